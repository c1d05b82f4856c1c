import { type JSX, Show } from "solid-js";
import { useViewer } from "../../app/viewer.ts";
import { dayBefore, showDay } from "../../primitives/days.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Chip, type Tone } from "../../ui/chip.tsx";
import { ScreenTitle } from "../../ui/screen-title.tsx";
import { initialsOf, legalNameOf, nameOf } from "../people/names.ts";
import { type EnrollmentStanding, mainEnrollment, standingOf } from "./enrollments.ts";
import type { Student } from "./student-query.ts";
import { studentWords } from "./student-words.ts";

const tones: Readonly<Record<EnrollmentStanding, Tone>> = { here: "good", coming: "brand", left: "plain", "no-show": "note" };

/** Who the student is, and where she is today. */
export function StudentHeader(props: { readonly student: Student; readonly actions: JSX.Element }): JSX.Element {
  const viewer = useViewer();
  const name = () => (props.student.person ? nameOf(props.student.person) : props.student.sortName);
  const legal = () => (props.student.person ? legalNameOf(props.student.person) : null);
  const enrollment = () => mainEnrollment(props.student.schoolEnrollments?.nodes ?? [], viewer().today);
  const place = () => {
    const one = enrollment();
    const words = studentWords().standing;
    if (!one) return props.student.schoolEnrollments ? words.none : null;
    const school = one.school?.name ?? "";
    const standing = standingOf(one, viewer().today);
    switch (standing) {
      case "here":
        return words.here(school);
      case "coming":
        return words.coming(school, showDay(one.entryDate));
      case "left":
        return words.left(school, one.exitDate ? showDay(dayBefore(one.exitDate)) : "");
      case "no-show":
        return words["no-show"](school);
    }
  };
  return (
    <header class="bg-sheet border border-line rounded-xl p-5 flex flex-wrap items-center gap-x-5 gap-y-4 print:border-0 print:p-0">
      <Avatar large initials={initialsOf(name())} />
      <div class="min-w-0 flex-1 basis-36">
        <div class="flex flex-wrap items-center gap-x-3 gap-y-1">
          <ScreenTitle window={studentWords().window} class="text-2xl font-semibold tracking-tight wrap-anywhere">
            {name()}
          </ScreenTitle>
          <Show when={props.student.person?.pronouns}>{(pronouns) => <span class="text-sm text-soft">{pronouns()}</span>}</Show>
          <Show when={enrollment()}>
            {(one) => {
              const standing = () => standingOf(one(), viewer().today);
              return <Chip tone={tones[standing()]}>{studentWords().status[standing()]}</Chip>;
            }}
          </Show>
        </div>
        <p class="text-soft text-sm mt-1 flex flex-wrap gap-x-1.5">
          <span class="tabular-nums">{studentWords().number(props.student.studentNumber)}</span>
          <Show when={enrollment()?.gradeLevel}>{(grade) => <><span aria-hidden="true">·</span><span>{grade().title}</span></>}</Show>
          <Show when={place()}>{(text) => <><span aria-hidden="true">·</span><span>{text()}</span></>}</Show>
        </p>
        <Show when={legal()}>
          {(text) => (
            <p class="text-soft text-sm">
              {studentWords().legalName}: <span class="text-ink">{text()}</span>
            </p>
          )}
        </Show>
      </div>
      <div class="no-print flex flex-wrap gap-2">{props.actions}</div>
    </header>
  );
}
