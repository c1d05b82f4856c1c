import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { rowsInDatabase, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { smallSchool, type SmallSchool } from "../../contract/small-school.ts";
import { stage } from "../../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

/** Noon of a day by the clocks of the tests' districts. */
const on = (day: string): void => {
  contract.platform.clock.now = new Date(`${day}T15:00:00Z`);
};
beforeEach(() => on("2026-10-14"));

/** Records in which a student's stands open or closed. */
const records = [
  "Student", "Person", "SchoolEnrollment", "SectionEnrollment", "StudentContact", "CourtOrder", "ProgramParticipation", "SupportParticipation", "CaseloadAssignment", "PersonPhone",
  "PersonDemographics",
] as const;
type Counts = Partial<Record<(typeof records)[number], number>>;

/** How many rows of each record the database itself shows to a caller; records without any are left out. */
async function seen(school: SmallSchool, caller: Identity, names: readonly (typeof records)[number][] = records): Promise<Counts> {
  const counts: Counts = {};
  for (const name of names) {
    const { size } = await rowsInDatabase(contract.platform, school.make.meta(name), caller);
    if (size > 0) counts[name] = size;
  }
  return counts;
}

const seesStudent = async (school: SmallSchool, caller: Identity): Promise<boolean> => "Student" in (await seen(school, caller, ["Student"]));

/** On which of these days the caller sees any student. */
async function visibleOn(school: SmallSchool, caller: Identity, days: readonly string[]): Promise<string[]> {
  const visible: string[] = [];
  for (const day of days) {
    on(day);
    if (await seesStudent(school, caller)) visible.push(day);
  }
  return visible;
}

/** A student of the school, with something in every list, on no roster. */
function whole(school: SmallSchool): { student: string; person: string; mother: string } {
  const { make } = school;
  const student = school.student();
  const person = make.valuesOf(student).personId as string;
  const mother = make.a("Person");
  make.a("StudentContact", { student, personId: mother, relationship: "MOTHER", educationRights: true, portalAccess: true, confidential: false, fromDate: "2020-01-01", toDate: null });
  make.a("StudentContact", { student, relationship: "FOSTER_PARENT", confidential: true, fromDate: "2020-01-01", toDate: null });
  make.a("CourtOrder", { student, fromDate: "2020-01-01" });
  make.a("ProgramParticipation", { student, fromDate: "2026-08-17" });
  make.a("SupportParticipation", { student, fromDate: "2026-08-17" });
  make.a("PersonPhone", { person });
  make.a("PersonDemographics", {}, { id: person });
  return { student, person, mother };
}

const teacherOf = (school: SmallSchool, sectionId: string, given: Record<string, unknown> = {}, roles: readonly Role[] = [Role.Teacher, Role.Staff]): Identity => {
  const personId = school.make.a("Person");
  school.make.a("TeachingAssignment", { sectionId, personId, fromDate: "2026-08-17", toDate: null, ...given });
  return signedIn(school.make, { personId }, roles);
};

const roster = (school: SmallSchool, section: string, studentId: string, given: Record<string, unknown> = {}): string => school.make.a("SectionEnrollment", { section, studentId, fromDate: "2026-08-17", toDate: null, ...given });

describe("a teacher sees a student of her section", () => {
  it("from 14 days before the roster's first day to 30 days after its last", async () => {
    const school = smallSchool(contract);
    const section = school.section("ONE");
    const teacher = teacherOf(school, section);
    const coTeacher = teacherOf(school, section, { kind: "CO_TEACHER" });
    roster(school, section, school.student(), { fromDate: "2026-11-02", toDate: "2026-12-01" });
    await school.make.save();
    // 2 November - 14 = 19 October. The last day is 30 November, and 30 days later it is 30 December.
    const days = ["2026-10-18", "2026-10-19", "2026-11-15", "2026-12-01", "2026-12-30", "2026-12-31"];
    expect(await visibleOn(school, teacher, days)).toEqual(["2026-10-19", "2026-11-15", "2026-12-01", "2026-12-30"]);
    expect(await visibleOn(school, coTeacher, days)).toEqual(["2026-10-19", "2026-11-15", "2026-12-01", "2026-12-30"]);
  });

  it("and within the same days around her own assignment", async () => {
    const school = smallSchool(contract);
    const section = school.section("ONE");
    const teacher = teacherOf(school, section, { fromDate: "2026-11-02", toDate: "2026-12-01" });
    roster(school, section, school.student());
    await school.make.save();
    expect(await visibleOn(school, teacher, ["2026-10-18", "2026-10-19", "2026-12-30", "2026-12-31"])).toEqual(["2026-10-19", "2026-12-30"]);
  });

  it("until 30 days after the section's last day, where neither roster nor assignment has an end", async () => {
    const school = smallSchool(contract);
    const section = school.section("ONE");
    const teacher = teacherOf(school, section);
    roster(school, section, school.student());
    await school.make.save();
    // The fall's last day is 15 January; 30 days later it is 14 February.
    expect(await visibleOn(school, teacher, ["2027-02-14", "2027-02-15"])).toEqual(["2027-02-14"]);
  });

  it("by the district's own days from when they hold: the newest policy not after today", async () => {
    const school = smallSchool(contract);
    const section = school.section("ONE");
    const teacher = teacherOf(school, section);
    school.make.a("RosterPolicy", { fromDate: "2026-10-20", leadDays: 3, lagDays: 5 });
    school.make.a("RosterPolicy", { fromDate: "2027-01-01", leadDays: 0, lagDays: 0 });
    roster(school, section, school.student(), { fromDate: "2026-10-27", toDate: "2026-12-01" });
    await school.make.save();
    // The 13th is 14 days before; from the 20th on it takes 3 days (the 24th); then 5 days after 30 November.
    expect(await visibleOn(school, teacher, ["2026-10-13", "2026-10-19", "2026-10-20", "2026-10-23", "2026-10-24", "2026-12-05", "2026-12-06"])).toEqual(["2026-10-13", "2026-10-19", "2026-10-24", "2026-12-05"]);
  });

  it("not by an archived row, an archived assignment or without the role", async () => {
    const school = smallSchool(contract);
    const [section, other] = [school.section("ONE"), school.section("TWO")] as const;
    const teacher = teacherOf(school, section);
    const assignment = school.make.find("TeachingAssignment", { personId: teacher.personId })!;
    const row = roster(school, section, school.student());
    roster(school, other, school.student());
    await school.make.save();
    expect(await seen(school, teacher, ["Student"])).toEqual({ Student: 1 });
    expect(await seesStudent(school, signedIn(school.make, { personId: teacher.personId! }, [Role.Staff, Role.Substitute, Role.Counselor]))).toBe(false);
    for (const [table, id] of [["academics.section_enrollment", row], ["staff.teaching_assignment", assignment]] as const) {
      await contract.platform.sql(`UPDATE ${table} SET archived_at = now() WHERE id = $1`, [id]);
      expect(await seesStudent(school, teacher)).toBe(false);
      await contract.platform.sql(`UPDATE ${table} SET archived_at = NULL WHERE id = $1`, [id]);
    }
  });
});

describe("what is open", () => {
  it("to a teacher: name, grade level and schedule; no contact, number, demographics or program", async () => {
    const school = smallSchool(contract);
    const [one, two] = [school.section("ONE"), school.section("TWO")] as const;
    const teacher = teacherOf(school, one);
    const { student } = whole(school);
    for (const section of [one, two]) roster(school, section, student);
    await school.make.save();
    // Herself and the student among people.
    expect(await seen(school, teacher)).toEqual({ Student: 1, Person: 2, SchoolEnrollment: 1, SectionEnrollment: 2 });
  });

  it("to a substitute, on her day alone: the roster of the hour with its names", async () => {
    const school = smallSchool(contract);
    const [one, two] = [school.section("ONE"), school.section("TWO")] as const;
    const { student } = whole(school);
    for (const section of [one, two]) roster(school, section, student);
    roster(school, one, school.student(), { toDate: "2026-10-01" });
    const personId = school.make.a("Person");
    const pool = school.make.a("Substitute", { personId, fromDate: "2026-08-01", toDate: null });
    school.make.a("SubstituteAssignment", { personId, sectionId: one, fromDate: "2026-10-14", toDate: "2026-10-15" });
    const substitute = signedIn(school.make, { personId }, [Role.Substitute, Role.Staff]);
    await school.make.save();
    // Not the student who left, nor the other section of the one who is there.
    expect(await seen(school, substitute)).toEqual({ Student: 1, Person: 2, SectionEnrollment: 1 });
    expect(await visibleOn(school, substitute, ["2026-10-13", "2026-10-14", "2026-10-15"])).toEqual(["2026-10-14"]);
    on("2026-10-14");
    await contract.platform.sql("UPDATE staff.substitute SET to_date = '2026-10-14' WHERE id = $1", [pool]);
    expect(await seen(school, substitute)).toEqual({ Person: 1 });
  });

  it("to a counselor and a case manager: the whole record of those on the caseload, each by her own kind", async () => {
    const school = smallSchool(contract);
    const { student } = whole(school);
    whole(school);
    const personId = school.make.a("Person");
    school.make.a("CaseloadAssignment", { studentId: student, personId, kind: "CASE_MANAGEMENT", fromDate: "2026-08-17", toDate: "2026-10-15" });
    const manager = signedIn(school.make, { personId }, [Role.CaseManager, Role.Staff]);
    await school.make.save();
    expect(await seen(school, manager)).toEqual({ Student: 1, Person: 2, SchoolEnrollment: 1, StudentContact: 2, ProgramParticipation: 1, SupportParticipation: 1, CaseloadAssignment: 1, PersonDemographics: 1 });
    // A counselor's token does not carry the kind; the row about herself is still hers to read.
    expect(await seen(school, signedIn(school.make, { personId }, [Role.Counselor, Role.Staff]))).toEqual({ Person: 1, CaseloadAssignment: 1 });
    expect(await visibleOn(school, manager, ["2026-10-14", "2026-10-15"])).toEqual(["2026-10-14"]);
  });
});

describe("two relations of one person", () => {
  it("do not mix: a teacher sees her own child in a colleague's section as a parent does, and as a teacher not at all", async () => {
    const school = smallSchool(contract);
    const [hers, colleagues] = [school.section("HERS"), school.section("COLLEAGUES")] as const;
    const child = whole(school);
    roster(school, colleagues, child.student);
    school.make.a("TeachingAssignment", { sectionId: hers, personId: child.mother, fromDate: "2026-08-17", toDate: null });
    const as = (...roles: Role[]) => signedIn(school.make, { personId: child.mother }, roles);
    await school.make.save();
    const parent = await seen(school, as(Role.Parent));
    expect(parent).toMatchObject({ Student: 1, SectionEnrollment: 1, StudentContact: 1 });
    expect(await seen(school, as(Role.Teacher, Role.Staff))).toEqual({ Person: 1, StudentContact: 1 });
    expect(await seen(school, as(Role.Teacher, Role.Staff, Role.Parent))).toEqual(parent);
  });

  it("do not mix: a principal who teaches at another school knows there only her own students", async () => {
    const school = smallSchool(contract);
    const other = smallSchool(contract, school);
    const section = other.section("ONE");
    const [taught, untaught, atHome] = [whole(other), whole(other), whole(school)];
    roster(other, section, taught.student);
    const principal = school.office(Role.Principal);
    school.make.a("TeachingAssignment", { sectionId: section, personId: principal.personId, fromDate: "2026-08-17", toDate: null });
    await school.make.save();
    const both = { ...principal, roles: [Role.Principal, Role.Staff, Role.Teacher] } as Identity;
    const reply = await contract.platform.call("students", both, "{ students { nodes { id } } studentContacts { nodes { student { id } } } }");
    const data = reply.data as { students: { nodes: { id: string }[] }; studentContacts: { nodes: { student: { id: string } }[] } };
    expect(data.students.nodes.map((n) => n.id).sort()).toEqual([taught.student, atHome.student].sort());
    expect(data.studentContacts.nodes.map((n) => n.student.id)).toEqual([atHome.student, atHome.student]);
    expect(data.students.nodes.map((n) => n.id)).not.toContain(untaught.student);
  });
});
