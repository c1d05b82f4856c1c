import { For, type JSX, Show } from "solid-js";
import { useViewer } from "../../app/viewer.ts";
import { dayBefore, showDay } from "../../primitives/days.ts";
import { Card, Nothing } from "../../ui/card.tsx";
import { Chip } from "../../ui/chip.tsx";
import { standingOf } from "./enrollments.ts";
import type { Enrollment } from "./student-query.ts";
import { studentWords } from "./student-words.ts";

/** The schools attended, newest first. */
export function EnrollmentCard(props: { readonly enrollments: readonly Enrollment[] }): JSX.Element {
  const words = () => studentWords().enrollment;
  return (
    <Card title={words().title} flush={props.enrollments.length > 0}>
      <Show when={props.enrollments.length > 0} fallback={<Nothing>{words().none}</Nothing>}>
        <div class="overflow-x-auto" tabindex="0" role="group" aria-label={words().title}>
          <table class="w-full text-sm text-left">
            <thead class="text-xs text-soft">
              <tr>
                <th scope="col" class="font-medium pl-5 pr-3 py-1.5 print:pl-0">{words().columns.year}</th>
                <th scope="col" class="font-medium px-3 py-1.5">{words().columns.school}</th>
                <th scope="col" class="font-medium px-3 py-1.5">{words().columns.grade}</th>
                <th scope="col" class="font-medium px-3 py-1.5">{words().columns.from}</th>
                <th scope="col" class="font-medium px-3 py-1.5">{words().columns.to}</th>
                <th scope="col" class="font-medium pl-3 pr-5 py-1.5">{words().columns.codes}</th>
              </tr>
            </thead>
            <tbody>
              <For each={props.enrollments}>{(enrollment) => <Row enrollment={enrollment} />}</For>
            </tbody>
          </table>
        </div>
      </Show>
    </Card>
  );
}

function Row(props: { readonly enrollment: Enrollment }): JSX.Element {
  const viewer = useViewer();
  const words = () => studentWords().enrollment;
  const standing = () => standingOf(props.enrollment, viewer().today);
  const share = () => Number(props.enrollment.fullTimeShare);
  return (
    <tr class="border-t border-line align-top">
      <td class="pl-5 pr-3 py-2.5 whitespace-nowrap print:pl-0">{props.enrollment.schoolYear?.name ?? ""}</td>
      <td class="px-3 py-2.5">
        <span class={standing() === "here" ? "font-medium" : ""}>{props.enrollment.school?.name ?? ""}</span>
        <Show when={props.enrollment.kind === "SECONDARY"}> <Chip>{words().secondary}</Chip></Show>
        <Show when={share() < 1}> <span class="text-soft text-xs">{words().share(`${Math.round(share() * 100)} %`)}</span></Show>
      </td>
      <td class="px-3 py-2.5 whitespace-nowrap">{props.enrollment.gradeLevel?.title ?? ""}</td>
      <td class="px-3 py-2.5 whitespace-nowrap">{showDay(props.enrollment.entryDate)}</td>
      <td class="px-3 py-2.5 whitespace-nowrap">
        <Show when={props.enrollment.exitDate} fallback={<Show when={standing() === "here"}><Chip tone="good">{words().running}</Chip></Show>}>
          {(day) => <Show when={!props.enrollment.noShow}>{showDay(dayBefore(day()))}</Show>}
        </Show>
        <Show when={props.enrollment.noShow}><Chip tone="note">{words().noShow}</Chip></Show>
      </td>
      <td class="pl-3 pr-5 py-2.5 text-soft whitespace-nowrap">
        {[props.enrollment.entryCode && words().entry(props.enrollment.entryCode), props.enrollment.exitCode && words().exit(props.enrollment.exitCode)].filter(Boolean).join(", ")}
      </td>
    </tr>
  );
}
