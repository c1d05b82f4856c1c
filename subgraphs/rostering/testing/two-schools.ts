import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { newDistrict, type Contract } from "#foundation/testing/contract";
import type { Values, World } from "#foundation/testing/factory";
import { signedIn } from "#foundation/testing/personas";
import type { SubgraphReply } from "#foundation/serving/subgraph-service";

/** A district of two elementary schools and a high school in two school years, with their registrars. */
export interface TwoSchools {
  make: World;
  /** Kindergarten to grade 5, twice, and the grades after them. */
  oak: string;
  elm: string;
  high: string;
  year: string;
  nextYear: string;
  /** Ids by code: KG, 01 to 12. */
  grades: Readonly<Record<string, string>>;
  /** Calendars of this year: the weekdays from 24 August 2026 to 28 May 2027. */
  tracks: Readonly<Record<"oak" | "elm", string>>;
  oakRegistrar: Identity;
  elmRegistrar: Identity;
  districtRegistrar: Identity;
  /** A student, enrolled in grade 03 at Oak from the first day of instruction unless told. Null: not enrolled at all. */
  student(person?: Values, enrollment?: Values | null): string;
  /** Someone with a duty at a school; null for the whole district. */
  onDuty(role: Role, school: string | null): Identity;
}

export const firstDay = "2026-08-24";
const lastDay = "2027-05-28";

export function weekdays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) if (![0, 6].includes(new Date(at).getUTCDay())) days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

export function twoSchools(contract: Contract, { days = false }: { days?: boolean } = {}): TwoSchools {
  const make = newDistrict(contract);
  const year = make.share("SchoolYear", make.a("SchoolYear", { name: "2026-27", firstDay: "2026-08-01", endDay: "2027-08-01", status: "OPEN" }));
  const nextYear = make.a("SchoolYear", { name: "2027-28", firstDay: "2027-08-01", endDay: "2028-08-01", status: "PLANNED" });
  const codes = ["KG", ...Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, "0"))];
  const grades = Object.fromEntries(codes.map((code, sequence) => [code, make.a("GradeLevel", { code, title: sequence === 0 ? "Kindergarten" : `Grade ${sequence}`, sequence })]));
  make.share("GradeLevel", grades.KG!);
  const school = (name: string, low: string, high: string) => make.a("School", { name, kind: "OTHER", lowGrade: grades[low], highGrade: grades[high] });
  const [oak, elm, high] = [school("Oak", "KG", "05"), school("Elm", "KG", "05"), school("High", "06", "12")] as const;
  const track = (at: string) => {
    const id = make.a("CalendarTrack", { school: at, schoolYear: year, name: "Regular" });
    if (days) for (const date of weekdays(firstDay, lastDay)) make.a("InstructionalDay", { track: id, school: at, date, status: "SCHEDULED" });
    return id;
  };
  const onDuty = (role: Role, at: string | null) => signedIn(make, contract.reaches[at === null ? "district_office" : "at_school_school"]!(make, at ?? "", { role }), [role, Role.Staff]);
  return {
    make, oak, elm, high, year, nextYear, grades, onDuty,
    tracks: { oak: track(oak), elm: track(elm) },
    oakRegistrar: onDuty(Role.Registrar, oak),
    elmRegistrar: onDuty(Role.Registrar, elm),
    districtRegistrar: onDuty(Role.Registrar, null),
    student(person = {}, enrollment = {}) {
      const id = make.a("Student", { personId: make.a("Person", person) });
      if (enrollment) make.a("SchoolEnrollment", { student: id, schoolId: oak, schoolYearId: year, gradeLevelId: grades["03"], entryDate: firstDay, ...enrollment });
      return id;
    },
  };
}

export interface Outcome {
  record: { id: string } | null;
  changes: { recordType: string; field: string; before: unknown; after: unknown }[];
  notes: string[];
}

/** Calls one of rostering's mutations, as the gateway would. */
export function operate(contract: Contract, identity: Identity, name: string, input: Values, { reason, dryRun = false, key, shows = "id" }: { reason?: string; dryRun?: boolean; key?: string; shows?: string } = {}): Promise<SubgraphReply> {
  const [variable, argument] = reason === undefined ? ["", ""] : [", $reason: String!", ", reason: $reason"];
  const document = `mutation($input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!, $dryRun: Boolean!${variable}) {
    out: ${name}(input: $input, dryRun: $dryRun${argument}) { record { ${shows} } changes { recordType field before after } notes } }`;
  return contract.platform.call("rostering", identity, document, { input, dryRun, ...(reason === undefined ? {} : { reason }) }, key);
}

/** The days and codes of a student's enrollments that are not archived, in order. */
export async function enrollmentsIn(contract: Contract, student: string) {
  return contract.platform.sql<{ id: string; school: string; grade: string | null; kind: string; entry: string; exit: string | null; entry_code: string | null; exit_code: string | null; no_show: boolean; version: number }>(
    `SELECT e.id, s.name AS school, g.code AS grade, e.kind, e.entry_date::text AS entry, e.exit_date::text AS exit, e.entry_code, e.exit_code, e.no_show, e.version
     FROM students.school_enrollment e JOIN schools.school s ON s.id = e.school_id LEFT JOIN schools.grade_level g ON g.id = e.grade_level_id
     WHERE e.student_id = $1 AND e.archived_at IS NULL ORDER BY e.entry_date, e.id`, [student]);
}

/** Membership days of a student by school, as the graph tells them. */
export async function membershipIn(contract: Contract, identity: Identity, student: string, through: string): Promise<{ entryDate: string; days: number }[]> {
  const reply = await contract.platform.call("students", identity, "query($student: ID!, $through: Day!) { student(id: $student) { schoolEnrollments(orderBy: [{ field: entryDate }]) { nodes { entryDate membershipDays(through: $through) } } } }", { student, through });
  if (reply.errors) throw new Error(JSON.stringify(reply.errors));
  return (reply.data as { student: { schoolEnrollments: { nodes: { entryDate: string; membershipDays: number }[] } } }).student.schoolEnrollments.nodes.map(({ entryDate, membershipDays }) => ({ entryDate, days: membershipDays }));
}
