import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { codeOf, statementsOf, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { expectFactsToBeRight } from "../tests/expected-facts.ts";
import { Term, weekdays } from "../tests/term.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

/** Four weeks before the tests' today, 2026-10-14: Monday, September 14th to Friday, October 9th. */
const fourWeeks = weekdays("2026-09-14", 20);
const september = `from: "2026-09-14", to: "2026-10-10"`;

describe("the attendance rate", () => {
  it("is days attended by days with attendance taken, half up: 31 of 32 are 0.96875, so 0.9688", async () => {
    const term = new Term(contract, weekdays("2026-08-31", 32));
    const school = term.school();
    const student = term.student(school);
    term.missed(school, student, [term.dates[5]!], "excused");
    await term.save();
    expect(await term.figures(school.principal, "Student", student)).toMatchObject({ from: "2026-08-01", to: "2026-10-15", students: 1, membershipDays: 32, countedDays: 32, daysAttended: 31, daysAbsent: 1, rate: "0.9688", coverage: "1.0000", ada: null, adm: null, partial: false, complete: true });
  });

  it("leaves out days that nobody took, and says so: 15 of 20 days, one absent, 14 / 15 = 0.9333 at a coverage of 0.7500", async () => {
    const term = new Term(contract, fourWeeks);
    const school = term.school({ untaken: fourWeeks.slice(15) });
    const student = term.student(school);
    term.missed(school, student, [fourWeeks[0]!], "unexcused");
    await term.save();
    expect(await term.figures(school.principal, "Student", student, september)).toMatchObject({ membershipDays: 20, countedDays: 15, daysAttended: 14, rate: "0.9333", meetings: 20, meetingsTaken: 15, coverage: "0.7500" });
    const nothing = await term.figures(school.principal, "Student", student, `from: "2026-10-05", to: "2026-10-10"`);
    expect(nothing).toMatchObject({ membershipDays: 5, countedDays: 0, rate: null, coverage: "0.0000" });
    // No day at all, and none to come.
    expect(await term.figures(school.principal, "Student", student, `from: "2027-03-01", to: "2027-04-01"`)).toMatchObject({ membershipDays: 0, rate: null, coverage: null, to: "2026-10-15" });
  });

  it("counts excused days and suspensions as absence, a school's activity as attended, and tardy days beside it", async () => {
    const term = new Term(contract, fourWeeks);
    const school = term.school();
    const student = term.student(school);
    term.missed(school, student, fourWeeks.slice(0, 1), "excused");
    term.missed(school, student, fourWeeks.slice(1, 2), "suspension");
    term.missed(school, student, fourWeeks.slice(2, 4), "activity");
    term.missed(school, student, fourWeeks.slice(4, 7), "tardy", 15);
    await term.save();
    // 20 days less one excused and one suspended: 18 / 20.
    expect(await term.figures(school.principal, "Student", student, september)).toMatchObject({ daysAbsent: 2, unexcusedDays: 0, daysAttended: 18, tardies: 3, rate: "0.9000" });
  });
});

describe("ADA and ADM", () => {
  it("over an entry in the middle: (20 + 8) / 20 = 1.40 attended, (20 + 10) / 20 = 1.50 enrolled", async () => {
    const term = new Term(contract, fourWeeks);
    const school = term.school();
    term.student(school);
    const late = term.student(school, { from: fourWeeks[10]! });
    term.missed(school, late, fourWeeks.slice(10, 12), "excused");
    await term.save();
    const expected = { students: 2, instructionalDays: 20, membershipDays: 30, daysAttended: 28, rate: "0.9333", ada: "1.40", adm: "1.50", chronicallyAbsent: null, truant: null };
    expect(await term.figures(school.principal, "School", school.schoolId, september)).toMatchObject(expected);
    expect(await term.figures(term.superintendent, "School", school.schoolId, september)).toMatchObject(expected);
    expect(await term.figures(school.teacher, "Section", school.section, september)).toMatchObject(expected);
  });

  it("over a transfer: 8 days here, 11 of 19 days there, 19 days of the student", async () => {
    const term = new Term(contract, fourWeeks);
    const here = term.school();
    // The other school has a holiday of its own on the last Friday.
    const there = term.school({ dates: fourWeeks.slice(0, 19) });
    const student = term.student(here, { to: fourWeeks[8]! });
    term.student(there, { student, from: fourWeeks[8]! });
    await term.save();
    expect(await term.figures(here.principal, "School", here.schoolId, september)).toMatchObject({ students: 1, membershipDays: 8, instructionalDays: 20, adm: "0.40" });
    // 11 / 19 = 0.5789...
    expect(await term.figures(there.principal, "School", there.schoolId, september)).toMatchObject({ students: 1, membershipDays: 11, instructionalDays: 19, adm: "0.58" });
    // The present school reads all of the student's days, the former one those at it.
    expect(await term.figures(there.principal, "Student", student, september)).toMatchObject({ membershipDays: 19, partial: false });
    expect(await term.figures(here.principal, "Student", student, september)).toMatchObject({ membershipDays: 8, partial: true });
    await expectFactsToBeRight(contract.platform, term.make.districtId);
  });

  it("adds up calendars: 10 of 10 days on one track and 15 of 20 on another are 1.00 + 0.75", async () => {
    const term = new Term(contract, fourWeeks);
    const school = term.school();
    const track = term.make.a("CalendarTrack", { school: school.schoolId, schoolYear: term.year, name: "ZZ short" });
    for (const date of fourWeeks.slice(0, 10)) term.make.a("InstructionalDay", { track, school: school.schoolId, date });
    term.student(school, { from: fourWeeks[5]! });
    const short = term.make.a("Student");
    term.make.a("SchoolEnrollment", { student: short, schoolId: school.schoolId, schoolYearId: term.year, entryDate: "2026-08-20", trackId: track });
    term.make.a("SectionEnrollment", { studentId: short, section: school.section, fromDate: "2026-08-20" });
    await term.save();
    expect(await term.figures(school.principal, "School", school.schoolId, september)).toMatchObject({ membershipDays: 25, instructionalDays: 20, adm: "1.75", ada: "1.75" });
  });

  it("counts a student who came back once, a second school beside the first not at all, and grade levels by their day", async () => {
    const term = new Term(contract, fourWeeks);
    const [school, center] = [term.school(), term.school()];
    const [nine, ten] = [term.make.a("GradeLevel"), term.make.a("GradeLevel")];
    const student = term.student(school, { to: fourWeeks[5]!, grade: nine });
    term.student(school, { student, from: fourWeeks[10]!, grade: ten });
    term.make.a("SchoolEnrollment", { student, schoolId: center.schoolId, schoolYearId: term.year, kind: "SECONDARY", entryDate: "2026-08-20" });
    await term.save();
    expect(await term.figures(school.principal, "School", school.schoolId, september)).toMatchObject({ students: 1, membershipDays: 15 });
    expect(await term.figures(center.principal, "School", center.schoolId, september)).toMatchObject({ students: 0, membershipDays: 0, adm: null });
    expect(await term.figures(school.principal, "School", school.schoolId, `${september}, gradeLevelId: "${nine}"`)).toMatchObject({ membershipDays: 5 });
    expect(await term.figures(school.principal, "School", school.schoolId, `${september}, gradeLevelId: "${ten}"`)).toMatchObject({ membershipDays: 10 });
  });
});

describe("chronic absence", () => {
  const snow = "mutation($id: ID!, $version: Int!, $input: UpdateInstructionalDayInput!) { out: updateInstructionalDay(id: $id, version: $version, input: $input) { record { version } } }";

  it("is 2 of 20 days, 2 of 19 when a day attended is taken back for snow, not 1 of 19 when a missed one is, and 2 of 20 again", async () => {
    const term = new Term(contract, fourWeeks);
    const school = term.school();
    const student = term.student(school);
    term.missed(school, student, [fourWeeks[3]!, fourWeeks[4]!], "excused");
    await term.save();
    const chronic = async () => {
      const { chronicallyAbsent, membershipDays, daysAbsent, complete } = await term.figures(school.principal, "Student", student, september);
      return [chronicallyAbsent, daysAbsent, membershipDays, complete];
    };
    const change = async (date: string, version: number, input: object) => expect(codeOf(await contract.platform.call("schools", school.principal, snow, { id: school.days.get(date), version, input }))).toBeUndefined();
    expect(await chronic()).toEqual([true, 2, 20, true]);
    await change(fourWeeks[10]!, 1, { status: "CANCELLED", reason: "Snow" });
    // 2 / 19 = 10.5 %.
    expect(await chronic()).toEqual([true, 2, 19, true]);
    await change(fourWeeks[10]!, 2, { status: "SCHEDULED" });
    await change(fourWeeks[3]!, 1, { status: "CANCELLED", reason: "Snow" });
    // 1 / 19 = 5.3 %.
    expect(await chronic()).toEqual([false, 1, 19, true]);
    await change(fourWeeks[3]!, 2, { status: "SCHEDULED" });
    expect(await chronic()).toEqual([true, 2, 20, true]);
    await expectFactsToBeRight(contract.platform, term.make.districtId);
  });

  it("needs ten days of membership, counts each student once, and no activities", async () => {
    const term = new Term(contract, fourWeeks);
    const school = term.school();
    const [chronic, justNot, short, player] = [term.student(school), term.student(school), term.student(school, { from: fourWeeks[11]! }), term.student(school)];
    term.missed(school, chronic, fourWeeks.slice(0, 2), "suspension");
    term.missed(school, justNot, fourWeeks.slice(0, 1), "unexcused");
    // Nine days of membership, all missed.
    term.missed(school, short, fourWeeks.slice(11), "unexcused");
    term.missed(school, player, fourWeeks.slice(0, 8), "activity");
    await term.save();
    expect(await term.figures(school.principal, "Student", short, september)).toMatchObject({ membershipDays: 9, daysAbsent: 9, chronicallyAbsent: false });
    expect(await term.figures(school.principal, "Student", player, september)).toMatchObject({ daysAbsent: 0, chronicallyAbsent: false, rate: "1.0000" });
    // One of the three with ten days or more: 0.3333.
    expect(await term.figures(school.principal, "School", school.schoolId, september)).toMatchObject({ students: 4, chronicallyAbsentStudents: 1, chronicallyAbsentShare: "0.3333" });
    // By a policy of 5 percent of 9 days: the suspended, the one of 20, and the one of nine days: 3 of 4.
    await contract.platform.sql("INSERT INTO attendance.attendance_policy (id, district_id, version, created_at, updated_at, from_date, absent_share, tardy_rule, chronic_share, chronic_minimum_days, truancy_unexcused_days) VALUES (uuidv7(), $1, 1, now(), now(), '2026-10-09', 50, 'FIRST_PERIOD', 5, 9, 3)", [term.make.districtId]);
    expect(await term.figures(school.principal, "School", school.schoolId, september)).toMatchObject({ chronicallyAbsentStudents: 3, chronicallyAbsentShare: "0.7500", truantStudents: 1 });
    // The policy of the last day asked about: on October 8th the old one held.
    expect(await term.figures(school.principal, "School", school.schoolId, `from: "2026-09-14", to: "2026-10-09"`)).toMatchObject({ chronicallyAbsentStudents: 1 });
  });
});

describe("truancy", () => {
  it("is ten unexcused days, and neither nine nor ten excused ones", async () => {
    const term = new Term(contract, fourWeeks);
    const school = term.school();
    const [ten, nine, sick] = [term.student(school), term.student(school), term.student(school)];
    term.missed(school, ten, fourWeeks.slice(0, 10), "unexcused");
    term.missed(school, nine, fourWeeks.slice(0, 9), "unexcused");
    term.missed(school, sick, fourWeeks.slice(0, 10), "excused");
    await term.save();
    for (const [student, truant, unexcusedDays] of [[ten, true, 10], [nine, false, 9], [sick, false, 0]] as const) expect(await term.figures(school.principal, "Student", student, september)).toMatchObject({ truant, unexcusedDays, chronicallyAbsent: true });
    expect(await term.figures(school.principal, "School", school.schoolId, september)).toMatchObject({ truantStudents: 1, chronicallyAbsentStudents: 3, chronicallyAbsentShare: "1.0000" });
  });
});

describe("a figure over a group", () => {
  it("is never told to a parent, nor her child's as the group's; of her own child she gets it", async () => {
    const term = new Term(contract, fourWeeks);
    const [school, elsewhere] = [term.school(), term.school()];
    const [child, other] = [term.student(school), term.student(school)];
    term.missed(school, other, fourWeeks.slice(0, 5), "unexcused");
    const parent = signedIn(term.make, contract.reaches.guardian_student!(term.make, child, { role: Role.Parent }), [Role.Parent]);
    const teacherParent = signedIn(term.make, contract.reaches.guardian_student!(term.make, child, { role: Role.Parent, personId: elsewhere.teacher.personId! }), [Role.Parent, Role.Teacher, Role.Staff]);
    const self = signedIn(term.make, contract.reaches.self_student!(term.make, child, { role: Role.Student }), [Role.Student]);
    await term.save();
    for (const [name, identity] of Object.entries({ parent, teacherParent, self, "the teacher, of the school": school.teacher, "another school's principal": elsewhere.principal })) {
      const reply = await term.ask(identity, "School", [school.schoolId]);
      expect.soft(codeOf(reply), name).toBe("FORBIDDEN");
      expect.soft((reply.data as { _entities: { attendance: unknown }[] })._entities[0]!.attendance, name).toBeNull();
    }
    for (const [name, identity] of Object.entries({ parent, teacherParent, self, "another section's teacher": elsewhere.teacher, "another school's principal": elsewhere.principal })) expect.soft(codeOf(await term.ask(identity, "Section", [school.section])), name).toBe("FORBIDDEN");
    for (const identity of [parent, teacherParent, self]) {
      const both = await term.ask(identity, "Student", [child, other], september);
      expect((both.data as { _entities: { attendance: { rate: string } | null }[] })._entities.map((e) => e.attendance?.rate ?? null)).toEqual(["1.0000", null]);
    }
  });

  it("of a section keeps its students who left it, and takes as many statements for many groups as for one", async () => {
    const term = new Term(contract, fourWeeks);
    const schools = [term.school(), term.school(), term.school()];
    for (const school of schools) {
      term.student(school, { to: fourWeeks[4]! });
      term.student(school);
    }
    await term.save();
    expect(await term.figures(schools[0]!.teacher, "Section", schools[0]!.section, september)).toMatchObject({ students: 2, membershipDays: 24 });
    for (const [type, ids] of [["School", schools.map((s) => s.schoolId)], ["Section", schools.map((s) => s.section)]] as const) {
      const [one, three] = [await statementsOf(contract.platform, () => term.ask(term.superintendent, type, ids.slice(0, 1))), await statementsOf(contract.platform, () => term.ask(term.superintendent, type, ids))];
      expect(three.length, type).toBe(one.length);
    }
  });

  it("says when changes are not counted yet, and since when, to whom they concern", async () => {
    const term = new Term(contract, fourWeeks);
    const [school, other] = [term.school(), term.school()];
    const student = term.student(school);
    await term.save();
    // As an import does: written, and left for the background.
    term.missed(school, student, [fourWeeks[0]!], "unexcused");
    await term.make.save();
    const late = { complete: false, oldestOpenRequest: contract.platform.clock.now.toISOString(), daysAbsent: 0 };
    expect(await term.figures(school.principal, "School", school.schoolId)).toMatchObject(late);
    expect(await term.figures(school.teacher, "Section", school.section)).toMatchObject(late);
    expect(await term.figures(school.principal, "Student", student)).toMatchObject(late);
    expect(await term.figures(school.principal, "Student", student, `from: "2026-10-01", to: "2026-10-10"`)).toMatchObject({ complete: true });
    expect(await term.figures(other.principal, "School", other.schoolId)).toMatchObject({ complete: true, oldestOpenRequest: null });
    const freshness = async () => (await contract.platform.call("attendance", school.principal, "{ attendanceFreshness { complete openRequests students studentDays } }")).data;
    expect(await freshness()).toEqual({ attendanceFreshness: { complete: false, openRequests: 1, students: 1, studentDays: 1 } });
    await term.save();
    expect(await freshness()).toEqual({ attendanceFreshness: { complete: true, openRequests: 0, students: 0, studentDays: 0 } });
    expect(await term.figures(school.principal, "School", school.schoolId)).toMatchObject({ complete: true, daysAbsent: 1 });
    expect(codeOf(await contract.platform.call("attendance", school.teacher, "{ attendanceFreshness { complete } }"))).toBe("FORBIDDEN");
  });
});
