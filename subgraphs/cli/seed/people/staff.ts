import type { RealmUser } from "../../../../identity/realm.ts";
import type { Chance } from "../chance.ts";
import { plusDays, plusYears } from "../days.ts";
import type { Draft } from "../draft.ts";
import type { District } from "../places/district.ts";
import type { School, Zone } from "../places/schools.ts";
import type { PersonPlanner, SeededPerson } from "./persons.ts";

const positions = {
  SUP: "Superintendent", DIR: "Director", CLK: "Office clerk", PRN: "Principal", APR: "Assistant principal", SEC: "School secretary", REG: "Registrar", COU: "School counselor", NUR: "School nurse",
  ATT: "Attendance clerk", CSM: "Special education case manager", LIB: "Librarian", TCH: "Teacher", COT: "Co-teacher, special education", AID: "Instructional aide", SUB: "Substitute teacher", CUS: "Custodian", ITS: "Information systems",
} as const;
type PositionCode = keyof typeof positions;

type Duty =
  | "SUPERINTENDENT" | "ADMIN" | "AUDITOR" | "DATA_ANALYST" | "PRINCIPAL" | "ASSISTANT_PRINCIPAL" | "REGISTRAR" | "SCHOOL_SECRETARY" | "COUNSELOR" | "NURSE" | "ATTENDANCE_CLERK" | "CASE_MANAGER"
  | "LIBRARIAN" | "TEACHER" | "SUBSTITUTE" | "HUMAN_RESOURCES" | "FOOD_SERVICE" | "TRANSPORTATION" | "FINANCE" | "STAFF";
const positionOf: Readonly<Record<Duty, PositionCode>> = {
  SUPERINTENDENT: "SUP", ADMIN: "ITS", AUDITOR: "CLK", DATA_ANALYST: "ITS", PRINCIPAL: "PRN", ASSISTANT_PRINCIPAL: "APR", REGISTRAR: "REG", SCHOOL_SECRETARY: "SEC", COUNSELOR: "COU", NURSE: "NUR", ATTENDANCE_CLERK: "ATT",
  CASE_MANAGER: "CSM", LIBRARIAN: "LIB", TEACHER: "TCH", SUBSTITUTE: "SUB", HUMAN_RESOURCES: "DIR", FOOD_SERVICE: "DIR", TRANSPORTATION: "DIR", FINANCE: "DIR", STAFF: "CUS",
};

/** Demo users who work for the district: their duty, and the place of the school in the first zone (null: the whole district). */
const demoStaff: Readonly<Record<string, readonly [Duty, number | null, PositionCode?]>> = {
  superintendent: ["SUPERINTENDENT", null], admin: ["ADMIN", null], auditor: ["AUDITOR", null], "data-analyst": ["DATA_ANALYST", null],
  principal: ["PRINCIPAL", 0], "principal-2": ["PRINCIPAL", 1], "principal-teacher": ["PRINCIPAL", 2], "assistant-principal": ["ASSISTANT_PRINCIPAL", 0],
  registrar: ["REGISTRAR", 0], "registrar-2": ["REGISTRAR", 1], secretary: ["SCHOOL_SECRETARY", 0],
  counselor: ["COUNSELOR", 0], "counselor-parent": ["COUNSELOR", 0], "case-manager": ["CASE_MANAGER", 0],
  nurse: ["NURSE", 0], "nurse-parent": ["NURSE", 1], "attendance-clerk": ["ATTENDANCE_CLERK", 0],
  teacher: ["TEACHER", 0], "co-teacher": ["TEACHER", 0, "COT"], "teacher-parent": ["TEACHER", 2], substitute: ["SUBSTITUTE", null],
};

const districtOffice: readonly Duty[] = ["REGISTRAR", "HUMAN_RESOURCES", "FOOD_SERVICE", "TRANSPORTATION", "FINANCE", "STAFF"];
const schoolOffices: Readonly<Record<School["level"], readonly Duty[]>> = {
  high: ["PRINCIPAL", "ASSISTANT_PRINCIPAL", "REGISTRAR", "SCHOOL_SECRETARY", "COUNSELOR", "NURSE", "ATTENDANCE_CLERK", "CASE_MANAGER", "LIBRARIAN", "STAFF"],
  middle: ["PRINCIPAL", "ASSISTANT_PRINCIPAL", "REGISTRAR", "SCHOOL_SECRETARY", "COUNSELOR", "NURSE", "ATTENDANCE_CLERK", "CASE_MANAGER", "STAFF"],
  elementary: ["PRINCIPAL", "SCHOOL_SECRETARY", "COUNSELOR", "NURSE", "CASE_MANAGER", "STAFF"],
};

/** Ids of the kinds of positions, by code. */
export type Positions = ReadonlyMap<PositionCode, string>;
export const planPositions = (draft: Draft): Positions =>
  new Map((Object.entries(positions) as [PositionCode, string][]).map(([code, title]) => [code, draft.add("staff", "Position", { code, title })]));

interface Span {
  from: string;
  to?: string | null;
}

/** The people who work in a zone, with positions, duties and the pool of substitutes. */
export class Workforce {
  /** The persons of the demo users, by user name. */
  readonly demo = new Map<string, SeededPerson>();
  readonly substitutes: SeededPerson[] = [];
  /** Who holds a duty at a school, by "DUTY school", in the order of appointment. */
  readonly #holders = new Map<string, SeededPerson[]>();
  readonly #draft: Draft;
  readonly #chance: Chance;
  readonly #district: District;
  readonly #positions: Positions;
  readonly #persons: PersonPlanner;
  #number: number;

  constructor(persons: PersonPlanner, district: District, positions: Positions, zone: number) {
    this.#draft = persons.draft;
    this.#chance = persons.chance;
    this.#persons = persons;
    this.#district = district;
    this.#positions = positions;
    this.#number = 20_000 + zone * 500;
  }

  holders(duty: Duty, school: School): readonly SeededPerson[] {
    return this.#holders.get(`${duty} ${school.id}`) ?? [];
  }

  /** Employs somebody in a position, with the duty that goes with it. `role` null: the position alone. */
  employ(person: SeededPerson, role: Duty | null, school: School | null, span: Span, position: PositionCode = positionOf[role ?? "STAFF"]): void {
    const to = span.to ?? null;
    this.#number += this.#chance.whole(1, 3);
    const employee = this.#draft.add("staff", "Employee", { personId: person.id, employeeNumber: String(this.#number), hireDate: span.from, endDate: to });
    this.#draft.add("staff", "PositionAssignment", { employee, personId: person.id, position: this.#positions.get(position)!, schoolId: school?.id ?? null, fromDate: span.from, toDate: to });
    if (role === null) return;
    this.#draft.add("people", "DutyAssignment", { person: person.id, role, schoolId: school?.id ?? null, fromDate: span.from, toDate: to });
    const key = `${role} ${school?.id ?? ""}`;
    this.#holders.set(key, [...(this.#holders.get(key) ?? []), person]);
  }

  /** Some years before the seeded ones. */
  longAgo(): string {
    return plusYears(this.#district.years[0]!.firstDay, -this.#chance.whole(1, 9));
  }

  /** A new teacher of a school; with a place of a year above 0, hired for that year. */
  teacher(school: School, hiredIn: number): SeededPerson {
    const person = this.#persons.employee();
    this.employ(person, "TEACHER", school, { from: hiredIn === 0 ? this.longAgo() : this.#district.years[hiredIn]!.firstDay });
    return person;
  }

  coTeacher(school: School): SeededPerson {
    const person = this.#persons.employee();
    this.employ(person, "TEACHER", school, { from: this.longAgo() }, "COT");
    return person;
  }

  planDemoUsers(zone: Zone, users: readonly RealmUser[]): void {
    for (const user of users) {
      const post = demoStaff[user.username];
      if (post === undefined) continue;
      const [role, place, position] = post;
      const person = this.#persons.employee(user);
      const school = place === null ? null : zone.schools[place]!;
      this.employ(person, role, school, { from: this.longAgo() }, position);
      if (role === "SUBSTITUTE") this.#join(person);
      this.demo.set(user.username, person);
    }
  }

  planOffices(zone: Zone, students: number, users: readonly RealmUser[]): void {
    const filled = (role: Duty, school: School | null) => this.#holders.has(`${role} ${school?.id ?? ""}`);
    if (zone.number === 0) for (const role of districtOffice) this.employ(this.#ofTheDistrict(role, users), role, null, { from: this.longAgo() });
    for (const school of zone.schools) {
      for (const role of schoolOffices[school.level]) if (!filled(role, school)) this.employ(this.#persons.employee(), role, school, { from: this.longAgo() });
      for (let aides = 0; aides < Math.round(students / 600); aides += 1) this.employ(this.#persons.employee(), "STAFF", school, { from: this.longAgo() }, aides % 2 === 0 ? "AID" : "CUS");
    }
    // Yesterday was this person's last day.
    if (zone.number === 0) this.employ(this.#persons.employee(), "ASSISTANT_PRINCIPAL", zone.middle, { from: this.longAgo(), to: this.#draft.today });
    for (let pool = 0; pool < Math.max(2, Math.round(students / 200)); pool += 1) {
      const person = this.#persons.employee();
      this.employ(person, "SUBSTITUTE", null, { from: this.longAgo() });
      this.#join(person);
    }
  }

  /** The registrar of the district is a demo user: she imports other systems' files. */
  #ofTheDistrict(role: Duty, users: readonly RealmUser[]): SeededPerson {
    const user = role === "REGISTRAR" ? users.find(({ username }) => username === "district-registrar") : undefined;
    const person = this.#persons.employee(user, true);
    if (user !== undefined) this.demo.set(user.username, person);
    return person;
  }

  #join(person: SeededPerson): void {
    this.#draft.add("staff", "Substitute", { personId: person.id, fromDate: plusDays(this.#district.years[0]!.firstDay, 20) });
    this.substitutes.push(person);
  }
}
