import type { RealmUser } from "../../../identity/realm.ts";
import { people as port } from "../../rostering/domains.ts";
import { plusDays, plusYears } from "./days.ts";
import type { Draft, SeededSchools } from "./draft.ts";
import { adultMen, adultWomen } from "./names.ts";
import type { PersonPlanner, SeededPerson } from "./persons.ts";

type Duty = Parameters<typeof port.addDuty>[1]["role"] & string;

/** Demo users who work for the district: their duty, and the place of the school in the list (null: the whole district). */
const demoStaff: Readonly<Record<string, readonly [Duty, number | null]>> = {
  superintendent: ["SUPERINTENDENT", null],
  admin: ["ADMIN", null],
  auditor: ["AUDITOR", null],
  "data-analyst": ["DATA_ANALYST", null],
  principal: ["PRINCIPAL", 0],
  "principal-2": ["PRINCIPAL", 1],
  "assistant-principal": ["ASSISTANT_PRINCIPAL", 0],
  registrar: ["REGISTRAR", 0],
  "registrar-2": ["REGISTRAR", 1],
  secretary: ["SCHOOL_SECRETARY", 0],
  counselor: ["COUNSELOR", 0],
  nurse: ["NURSE", 0],
  "nurse-parent": ["NURSE", 1],
  "attendance-clerk": ["ATTENDANCE_CLERK", 0],
  teacher: ["TEACHER", 0],
};

const districtOffice: readonly Duty[] = ["REGISTRAR", "HUMAN_RESOURCES", "FOOD_SERVICE", "TRANSPORTATION", "FINANCE", "STAFF"];
const schoolOffice: readonly Duty[] = ["PRINCIPAL", "ASSISTANT_PRINCIPAL", "REGISTRAR", "SCHOOL_SECRETARY", "COUNSELOR", "NURSE", "ATTENDANCE_CLERK", "CASE_MANAGER", "LIBRARIAN", "STAFF"];

/** Employees with their duties; returns the persons of the demo users among them, by user name. */
export function planStaff(draft: Draft, schools: SeededSchools, persons: PersonPlanner, users: readonly RealmUser[], students: number): Map<string, SeededPerson> {
  const { chance, today } = draft;
  const demo = new Map<string, SeededPerson>();
  const filled = new Set<string>();
  const assign = (person: SeededPerson, role: Duty, schoolId: string | null, span: { fromDate?: string; toDate?: string } = {}) => {
    const id = chance.id();
    const fromDate = span.fromDate ?? plusDays(plusYears(schools.thisYear.firstDay, -chance.whole(1, 9)), 0);
    draft.people.push((s) => port.addDuty(s, { person: person.id, role, schoolId, fromDate, toDate: span.toDate ?? null }, id));
    filled.add(`${role} ${schoolId ?? ""}`);
  };
  const employee = (): SeededPerson => {
    const origin = persons.origin();
    const person = persons.person(chance.pick(chance.happens(0.68) ? [...adultWomen, ...origin.girls] : [...adultMen, ...origin.boys]), chance.pick(origin.families));
    persons.email(person, "DISTRICT");
    persons.phone(person, "WORK");
    return person;
  };
  for (const user of users) {
    const [role, school] = demoStaff[user.username] ?? [];
    if (role === undefined || school === undefined) continue;
    const person = persons.person(user.firstName, user.lastName);
    persons.email(person, "DISTRICT", user.email);
    persons.phone(person, "WORK");
    assign(person, role, school === null ? null : schools.schools[school]!.id);
    demo.set(user.username, person);
  }
  for (const role of districtOffice) assign(employee(), role, null);
  for (const { id, grades, level } of schools.schools) {
    for (const role of schoolOffice) if (!filled.has(`${role} ${id}`)) assign(employee(), role, id);
    const teachers = Math.max(3, Math.round((students * grades.length) / 13 / 16));
    for (let count = 0; count < teachers; count += 1) assign(employee(), "TEACHER", id);
    // Yesterday was this person's last day.
    if (level === "middle") assign(employee(), "ASSISTANT_PRINCIPAL", id, { fromDate: plusYears(schools.lastYear.firstDay, -1), toDate: today });
  }
  return demo;
}
