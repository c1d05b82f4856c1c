import type { StampName } from "#foundation/access/access";
import { atSchool, caseload, district, guardian, self, teachesSection, type Relation } from "#foundation/access/relations";
import type { Call } from "#foundation/crud/call";
import { Role } from "#foundation/identity/role";
import type { SectionFacts } from "./timetable.ts";

type Way = readonly [relation: Relation, roles: readonly Role[]];

/** The ways that open a student's whole record. A former school's is not among them: it reads its own part, and a figure over a part is wrong. */
const wholeRecord: readonly Way[] = [
  [self, [Role.Student]], [guardian("education"), [Role.Parent]], [caseload, [Role.Counselor, Role.CaseManager]],
  [atSchool, [Role.Counselor, Role.CaseManager, Role.Principal, Role.AssistantPrincipal, Role.Registrar]],
];
/** The district's offices that read every student's record. */
const recordOffices = [Role.Registrar, Role.Superintendent];

/** Everybody for whom some way to a whole record is declared: gate 1 of figures over it. */
export const recordReaders = [...new Set([...wholeRecord.flatMap(([, roles]) => roles), ...recordOffices])];

/** Which of these students' whole records the caller reads. */
export async function wholeRecordsOf(call: Call, studentIds: readonly string[]): Promise<Set<string>> {
  return (await districtWide(call, recordOffices)) ? new Set(studentIds) : covered(call, "student", wholeRecord, studentIds);
}

const sectionOffices = [Role.Principal, Role.AssistantPrincipal, Role.Counselor];
export const gradebookReaders = [Role.Teacher, ...sectionOffices, Role.Superintendent];

const asTeacher: readonly Way[] = [[teachesSection, [Role.Teacher]]];

/** Which of these sections' gradebooks the caller reads: whole for an office of the school, or as a teacher of the section, who reads the lines of the students whom she reaches. */
export async function gradebooksOf(call: Call, sections: readonly SectionFacts[]): Promise<Map<string, "whole" | "taught">> {
  if (await districtWide(call, [Role.Superintendent])) return new Map(sections.map((s) => [s.id, "whole"]));
  const schools = await wholeSchoolsOf(call, sectionOffices, [...new Set(sections.map((s) => s.school_id))]);
  const whole = sections.filter((s) => schools.has(s.school_id)).map((s): [string, "whole"] => [s.id, "whole"]);
  const taught = await covered(call, "section", asTeacher, sections.filter((s) => !schools.has(s.school_id)).map((s) => s.id));
  return new Map<string, "whole" | "taught">([...whole, ...[...taught].map((id): [string, "taught"] => [id, "taught"])]);
}

/** Of these students, those whom the caller reaches as a teacher. */
export const taughtBy = (call: Call, studentIds: readonly string[]): Promise<Set<string>> => covered(call, "student", asTeacher, studentIds);

/** Which of these schools the caller has one of these duties at. */
export async function wholeSchoolsOf(call: Call, roles: readonly Role[], schoolIds: readonly string[]): Promise<Set<string>> {
  return covered(call, "school", [[atSchool, roles]], schoolIds);
}

const carried = (call: Call, roles: readonly Role[]): Role[] => roles.filter((role) => call.identity.roles.includes(role));

async function districtWide(call: Call, roles: readonly Role[]): Promise<boolean> {
  const mine = carried(call, roles);
  return mine.length > 0 && (await call.holds(district, mine));
}

/** Only ways that the caller's token names are looked up. */
async function covered(call: Call, stamp: StampName, ways: readonly Way[], ids: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const [relation, roles] of ways) {
    const mine = carried(call, roles);
    const open = ids.filter((id) => !found.has(id));
    if (mine.length > 0 && open.length > 0) for (const id of await call.covers(relation, stamp, mine, open)) found.add(id);
  }
  return found;
}
