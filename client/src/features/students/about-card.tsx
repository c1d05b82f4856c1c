import { For, type JSX, Show } from "solid-js";
import { useViewer } from "../../app/viewer.ts";
import { ageOn, covers, showDay } from "../../primitives/days.ts";
import { Card, Fact, Facts, Nothing } from "../../ui/card.tsx";
import { nameOf } from "../people/names.ts";
import type { Student } from "./student-query.ts";
import { studentWords } from "./student-words.ts";

/** What is known about the student as a person, as far as it is open. */
export function AboutCard(props: { readonly student: Student }): JSX.Element {
  const viewer = useViewer();
  const words = () => studentWords().about;
  const facts = () => props.student.person?.demographics;
  const something = () => [facts()?.birthDate, facts()?.legalSex, facts()?.homeLanguage, facts()?.countryOfBirth, facts()?.raceEthnicity, props.student.identifiers?.stateId, props.student.postsecondaryFrom].some((value) => value != null);
  return (
    <Card title={words().title}>
      <Show when={something()} fallback={<Nothing>{words().none}</Nothing>}>
        <Facts>
          <Fact name={words().birthDate}>{facts()?.birthDate ? words().age(showDay(facts()!.birthDate!), ageOn(facts()!.birthDate!, viewer().today)) : null}</Fact>
          <Fact name={words().sex}>{facts()?.legalSex ? words().sexes[facts()!.legalSex!] : null}</Fact>
          <Fact name={words().homeLanguage}>{languageName(facts()?.homeLanguage)}</Fact>
          <Fact name={words().country}>{regionName(facts()?.countryOfBirth)}</Fact>
          <Fact name={words().race}>{facts()?.raceEthnicity ? words().races[facts()!.raceEthnicity!] : null}</Fact>
          <Fact name={words().stateId}>{props.student.identifiers?.stateId}</Fact>
          <Fact name={words().postsecondary}>{props.student.postsecondaryFrom ? showDay(props.student.postsecondaryFrom) : null}</Fact>
        </Facts>
      </Show>
    </Card>
  );
}

/** Codes become words; what is no code stands as it was entered. */
function namedBy(type: "language" | "region", code: string | null | undefined): string | null {
  if (!code) return null;
  try {
    return new Intl.DisplayNames(["en"], { type }).of(code) ?? code;
  } catch {
    return code;
  }
}
const languageName = (code: string | null | undefined) => namedBy("language", code);
const regionName = (code: string | null | undefined) => namedBy("region", code);

/** To whom the district may not give directory information about the student. */
export function PrivacyCard(props: { readonly student: Student }): JSX.Element {
  const viewer = useViewer();
  const words = () => studentWords().privacy;
  const current = () => (props.student.directoryOptOuts?.nodes ?? []).filter((one) => covers({ from: one.fromDate, to: one.toDate }, viewer().today));
  return (
    <Show when={current().length > 0}>
      <Card title={words().title}>
        <p class="text-sm mb-1">{words().text}</p>
        <ul class="text-sm list-disc pl-5 space-y-0.5">
          <For each={current()}>
            {(one) => (
              <li>
                {words().audience[one.audience]} <span class="text-soft">{words().since(showDay(one.fromDate))}</span>
              </li>
            )}
          </For>
        </ul>
      </Card>
    </Show>
  );
}

/** Why parents keep reading after the rights have passed to the student. */
export function MajorityCard(props: { readonly student: Student }): JSX.Element {
  const viewer = useViewer();
  const words = () => studentWords().majority;
  const current = () => (props.student.majorityArrangements?.nodes ?? []).filter((one) => covers({ from: one.fromDate, to: one.toDate }, viewer().today));
  return (
    <Show when={current().length > 0}>
      <Card title={words().title}>
        <ul class="text-sm space-y-1">
          <For each={current()}>{(one) => <li>{words().line(one.person ? nameOf(one.person) : words().someone, words().ground[one.ground])}</li>}</For>
        </ul>
      </Card>
    </Show>
  );
}
