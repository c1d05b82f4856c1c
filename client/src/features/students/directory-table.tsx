import { For, type JSX, Show } from "solid-js";
import { usePlaces } from "../../app/places.ts";
import { useViewer } from "../../app/viewer.ts";
import type { StudentDirectoryQuery } from "../../generated/graphql.ts";
import { moveAmong } from "../../primitives/arrow-keys.ts";
import { dayBefore, showDay } from "../../primitives/days.ts";
import { useRouter } from "../../primitives/router.tsx";
import { Chip } from "../../ui/chip.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { directoryWords } from "./directory-words.ts";
import { mainEnrollment, standingOf } from "./enrollments.ts";

type Row = NonNullable<StudentDirectoryQuery["students"]>["nodes"][number];
type Order = { readonly field: "sortName" | "studentNumber"; readonly ascending: boolean };

export function DirectoryTable(props: {
  readonly ref: (body: HTMLElement) => void;
  readonly students: readonly Row[];
  readonly order: Order;
  readonly dimmed: boolean;
  readonly withEnrollments: boolean;
  readonly onOpen: (id: string) => void;
  readonly onLeaveUp: () => void;
}): JSX.Element {
  const places = usePlaces();
  let body!: HTMLTableSectionElement;
  const keys = (event: KeyboardEvent) => moveAmong([...body.querySelectorAll<HTMLElement>("a.row-link")], event, props.onLeaveUp);
  return (
    <div tabindex="-1" class="transition-opacity outline-none" classList={{ "opacity-60": props.dimmed }}>
      <table class="w-full text-sm text-left">
        <caption class="sr-only">{directoryWords().list}</caption>
        <thead class="text-xs text-soft max-sm:sr-only">
          <tr>
            <SortHeader field="sortName" order={props.order}>{directoryWords().columns.name}</SortHeader>
            <Show when={props.withEnrollments}>
              <th scope="col" class="font-medium px-4 py-2 w-40">{directoryWords().columns.grade}</th>
              <Show when={places.school() === null}>
                <th scope="col" class="font-medium px-4 py-2">{directoryWords().columns.school}</th>
              </Show>
            </Show>
            <SortHeader field="studentNumber" order={props.order} narrow>{directoryWords().columns.number}</SortHeader>
          </tr>
        </thead>
        <tbody ref={(element) => ((body = element), props.ref(element))} onKeyDown={keys}>
          <For each={props.students}>{(student) => <StudentRow student={student} withEnrollments={props.withEnrollments} onOpen={props.onOpen} />}</For>
        </tbody>
      </table>
    </div>
  );
}

function StudentRow(props: { readonly student: Row; readonly withEnrollments: boolean; readonly onOpen: (id: string) => void }): JSX.Element {
  const viewer = useViewer();
  const places = usePlaces();
  const enrollment = () => mainEnrollment(props.student.schoolEnrollments?.nodes ?? [], viewer().today);
  const schoolName = () => enrollment()?.school?.name ?? "";
  return (
    <tr class="relative border-t border-line hover:bg-tint focus-within:bg-tint max-sm:flex max-sm:flex-wrap max-sm:px-4 max-sm:py-2.5">
      <td class="px-4 py-2.5 max-sm:p-0 max-sm:w-full">
        <a href={places.keep(`/students/${props.student.id}`)} data-student={props.student.id} class="row-link font-medium text-ink no-underline hover:underline" onClick={() => props.onOpen(props.student.id)}>
          {props.student.sortName}
        </a>
        <Show when={enrollment()}>
          {(one) => (
            <>
              {" "}
              <Standing enrollment={one()} />
            </>
          )}
        </Show>
      </td>
      <Show when={props.withEnrollments}>
        <td class="px-4 py-2.5 text-soft max-sm:p-0 max-sm:after:content-['·'] max-sm:after:mx-1.5">{enrollment()?.gradeLevel?.title ?? ""}</td>
        <Show when={places.school() === null}>
          <td class="px-4 py-2.5 text-soft max-sm:p-0 max-sm:order-3 max-sm:w-full">{schoolName()}</td>
        </Show>
      </Show>
      <td class="px-4 py-2.5 text-soft tabular-nums text-right max-sm:p-0 max-sm:order-2">{props.student.studentNumber}</td>
    </tr>
  );
}

function Standing(props: { readonly enrollment: NonNullable<ReturnType<typeof mainEnrollment<NonNullable<Row["schoolEnrollments"]>["nodes"][number]>>> }): JSX.Element {
  const viewer = useViewer();
  const words = () => directoryWords().standing;
  const text = () => {
    const { entryDate, exitDate } = props.enrollment;
    switch (standingOf(props.enrollment, viewer().today)) {
      case "here":
        return "";
      case "coming":
        return words().coming(showDay(entryDate));
      case "left":
        return words().left(exitDate ? showDay(dayBefore(exitDate)) : "");
      case "no-show":
        return words()["no-show"];
    }
  };
  return <Show when={text()}>{(label) => <Chip>{label()}</Chip>}</Show>;
}

function SortHeader(props: { readonly field: Order["field"]; readonly order: Order; readonly narrow?: boolean; readonly children: string }): JSX.Element {
  const router = useRouter();
  const active = () => props.order.field === props.field;
  const name = () => (props.field === "sortName" ? "name" : "number");
  const next = () => (active() && props.order.ascending ? `${name()}-desc` : name());
  return (
    <th scope="col" aria-sort={active() ? (props.order.ascending ? "ascending" : "descending") : undefined} class={`font-medium py-1 ${props.narrow ? "px-2 text-right w-32" : "px-2"}`}>
      <button type="button" class="inline-flex items-center gap-1 px-2 py-1 rounded-md font-medium hover:bg-tint-strong" classList={{ "text-ink": active() }} onClick={() => router.navigate(router.hrefWith({ order: next() === "name" ? null : next() }), { replace: true })}>
        {props.children}
        <Show when={active()}>
          <Icon name="down" class={`size-3.5 ${props.order.ascending ? "" : "rotate-180"}`} />
        </Show>
      </button>
    </th>
  );
}

export function DirectorySkeleton(): JSX.Element {
  return (
    <div class="divide-y divide-line">
      <For each={Array.from({ length: 12 })}>
        {(_, index) => (
          <div class="flex gap-6 px-4 py-3.5">
            <Skeleton class={`h-4 ${index() % 2 ? "w-40" : "w-52"}`} />
            <Skeleton class="h-4 w-20 max-sm:hidden" />
            <Skeleton class="h-4 flex-1 max-w-60 max-sm:hidden" />
            <Skeleton class="h-4 w-16 ml-auto" />
          </div>
        )}
      </For>
    </div>
  );
}
