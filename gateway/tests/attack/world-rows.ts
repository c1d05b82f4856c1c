import { uuidv7 } from "#foundation/record/uuid";

/** One row of the attacked world: a readable name, unique within its type, in place of an id. */
export interface WorldRow {
  readonly domain: string;
  readonly type: string;
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const ids = new Map<string, string>();

/** A companion has the id of the record that it completes. */
const companions: Readonly<Record<string, string>> = { PersonDemographics: "Person", StudentIdentifiers: "Student", AttendanceNote: "AttendanceEvent", OfficeEntryNote: "OfficeEntry", ScoreNote: "Score" };

/** The id of a row by its name; the same for the whole run of a file, whether or not the row has been written yet. */
export function idOf(type: string, name: string): string {
  const key = `${companions[type] ?? type} ${name}`;
  const known = ids.get(key) ?? uuidv7();
  ids.set(key, known);
  return known;
}

/** Names a row that the database made by itself. */
export function adopt(type: string, name: string, id: string): void {
  ids.set(`${type} ${name}`, id);
}

/** Collects the rows of one district. Names of the second district begin with `b-`, so that a leak names itself. */
export class Rows {
  readonly all: WorldRow[] = [];

  add(domain: string, type: string, name: string, values: Readonly<Record<string, unknown>>): void {
    this.all.push({ domain, type, name, values });
  }

  adult(name: string): void {
    this.add("people", "Person", name, { givenName: given(name), familyName: `Family-${name}` });
  }

  /** A pupil with person, demographics and identifiers. */
  pupil(name: string, born: string, more: Readonly<Record<string, unknown>> = {}): void {
    this.adult(name);
    this.demographics(name, born);
    this.add("students", "Student", name, { personId: idOf("Person", name), studentNumber: `N-${name}`, ...more });
    this.add("students", "StudentIdentifiers", name, { stateId: `STATE-${name}` });
  }

  demographics(name: string, born: string): void {
    this.add("people", "PersonDemographics", name, { birthDate: born, legalSex: "X", homeLanguage: "es", hispanicOrLatino: true });
  }

  enrolled(pupil: string, school: string, entryDate: string, more: Readonly<Record<string, unknown>> & { as?: string } = {}): void {
    const { as, ...values } = more;
    this.add("students", "SchoolEnrollment", as ?? `${pupil}@${school}`, {
      student: idOf("Student", pupil), schoolId: idOf("School", school), schoolYearId: idOf("SchoolYear", school.startsWith("b-") ? "b-year" : "this year"),
      gradeLevelId: idOf("GradeLevel", school.startsWith("b-") ? "b-09" : "09"), entryDate, ...values,
    });
  }

  contact(pupil: string, person: string, flags: Readonly<Record<string, unknown>>): void {
    this.add("students", "StudentContact", `${pupil}<${person}`, {
      student: idOf("Student", pupil), personId: idOf("Person", person), relationship: "PARENT", status: "CONFIRMED", fromDate: "2020-01-01", ...flags,
    });
  }

  order(pupil: string, person: string, values: Readonly<Record<string, unknown>>): void {
    this.add("students", "CourtOrder", `${pupil}!${person}`, { student: idOf("Student", pupil), personId: idOf("Person", person), kind: "CUSTODY", number: `ORDER-${pupil}`, ...values });
  }

  /** Rows of one table that hang on one pupil each, from a day of the past on. */
  perPupil(type: string, pupils: string, values: Readonly<Record<string, unknown>>): void {
    for (const pupil of pupils.split(" ")) this.add("students", type, pupil, { student: idOf("Student", pupil), fromDate: "2025-08-18", ...values });
  }

  household(name: string, members: string): void {
    this.add("people", "Household", name, { name: `Household ${name}` });
    for (const member of members.split(" ")) this.member(name, member, {});
  }

  member(household: string, person: string, values: Readonly<Record<string, unknown>>): void {
    this.add("people", "HouseholdMember", `${household}/${person}`, { household: idOf("Household", household), person: idOf("Person", person), fromDate: "2020-01-01", ...values });
  }

  address(household: string, name: string, values: Readonly<Record<string, unknown>>): void {
    this.add("people", "HouseholdAddress", name, {
      household: idOf("Household", household), kind: "HOME", line1: `Street of ${name}`, city: "Springfield", region: "IL", postalCode: "62701", fromDate: "2020-01-01", ...values,
    });
  }

  reachableAt(type: "PersonPhone" | "PersonEmail", people: string, confidential: boolean): void {
    for (const person of people.split(" ")) {
      const value = type === "PersonPhone" ? { number: `+1 555 ${person}`, kind: "MOBILE" } : { address: `${person}@example.org`, kind: "PERSONAL" };
      this.add("people", type, person, { person: idOf("Person", person), ...value, confidential });
    }
  }

  /** A duty from 2024 on; without a school it is the whole district's. */
  duty(person: string, role: string, school: string | null, values: Readonly<Record<string, unknown>> = {}): void {
    this.add("people", "DutyAssignment", person, { person: idOf("Person", person), role, schoolId: school === null ? null : idOf("School", school), fromDate: "2024-08-01", ...values });
  }
}

const given = (name: string): string => `Given-${name}`;
