import { expectedAgreements } from "./expected-agreements.ts";
import { expectedClasses } from "./expected-classes.ts";
import { expectedDays } from "./expected-days.ts";
import { expectedGrades } from "./expected-grades.ts";
import { expectedPeople } from "./expected-people.ts";
import { expectedRostering } from "./expected-rostering.ts";
import { personaNames, type PersonaName } from "./personas.ts";

/**
 * What each persona may read on the morning of 14 October 2026, written by hand from the school's rules: persona -> type -> names of
 * rows, separated by commas. A type that is not listed must show nothing. `*` stands for every row of the persona's own district.
 */
export type Expected = Readonly<Record<string, string>>;

/** One table for each part of school life, put together. */
export const expectedReads = Object.fromEntries(
  personaNames.map((name) => [name, { ...expectedPeople[name], ...expectedClasses(name), ...expectedDays(name), ...expectedGrades(name), ...expectedRostering(name), ...expectedAgreements(name) }]),
) as Readonly<Record<PersonaName, Expected>>;

/** The names of a cell. */
export function expectedNames(persona: PersonaName, type: string, everyNameOfDistrict: readonly string[]): string[] {
  const cell = expectedReads[persona][type];
  if (!cell) return [];
  return (cell === "*" ? [...everyNameOfDistrict] : cell.split(", ")).sort();
}
