import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import type { Identity } from "#foundation/identity/identity";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { enrollmentsIn, membershipIn, operate, twoSchools, type TwoSchools } from "../testing/two-schools.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage({ poolSize: 8 });
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const counts = "id version status promoted retained graduated left alreadyPlaced unplanned";
interface Run { out: { record: { id: string; version: number; status: string } & Record<string, number | string>; notes: string[] } }
const run = (district: TwoSchools, more: Record<string, unknown> = {}, identity = district.districtRegistrar) => operate(contract, identity, "runRollover", { fromYearId: district.year, ...more }, { shows: counts });
const undo = (district: TwoSchools, rolloverId: string, version = 1, identity = district.districtRegistrar) => operate(contract, identity, "undoRollover", { rolloverId, version }, { reason: "Too early", shows: counts });
const sql = <R extends Record<string, unknown>>(text: string, values: unknown[] = []) => contract.platform.sql<R>(text, values);
const enrollments = async (district: TwoSchools) => sql("SELECT id, student_id, school_year_id, exit_date::text, exit_code, archived_at IS NOT NULL AS archived FROM students.school_enrollment WHERE district_id = $1 ORDER BY id", [district.make.districtId]);

/** A senior class and the grade below, with placements: five graduate, two repeat the grade, one moves away, three move up, one is not planned. */
function classes(district: TwoSchools) {
  const { make } = district;
  const placed = (grade: string, action: string | null, next: string | null = null) => {
    const student = district.student({}, { schoolId: district.high, gradeLevelId: district.grades[grade] });
    if (action) make.a("NextYearPlacement", { studentId: student, schoolYearId: district.year, action, nextSchoolId: next === null ? null : district.high, nextGradeLevelId: next === null ? null : district.grades[next] });
    return student;
  };
  for (const [code, kind, meaning] of [["P", "EXIT", "PROMOTED"], ["G", "EXIT", "GRADUATED"], ["R", "EXIT", "RETAINED"], ["W", "EXIT", "WITHDRAWN"], ["C1", "ENTRY", "CONTINUED"], ["C2", "ENTRY", "RETAINED"]] as const) make.a("EnrollmentCode", { code, kind, meaning, standard: true });
  return {
    graduates: Array.from({ length: 5 }, () => placed("12", "GRADUATE")),
    retained: Array.from({ length: 2 }, () => placed("12", "RETAIN", "12")),
    leaver: placed("12", "LEAVE"),
    juniors: Array.from({ length: 3 }, () => placed("11", "PROMOTE", "12")),
    unplanned: placed("11", null),
  };
}

describe("the rollover", () => {
  it("is for the registrar and the leaders of the district; of a school for its own", async () => {
    const district = twoSchools(contract);
    classes(district);
    const [principal, superintendent] = [district.onDuty(Role.Principal, district.high), district.onDuty(Role.Superintendent, null)];
    const others: [Identity, Record<string, unknown>][] = [[principal, {}], [district.onDuty(Role.Registrar, district.high), {}], [district.elmRegistrar, { schoolId: district.high }], [district.onDuty(Role.Counselor, district.high), { schoolId: district.high }]];
    await district.make.save();
    const before = await rowCounts(contract.platform);
    for (const [identity, more] of others) expect(codeOf(await run(district, more, identity)), identity.roles.join()).toBe("FORBIDDEN");
    for (const [identity, more] of [[principal, { schoolId: district.high }], [superintendent, {}], [district.districtRegistrar, {}]] as const) {
      expect(codeOf(await operate(contract, identity, "runRollover", { fromYearId: district.year, ...more }, { dryRun: true })), identity.roles.join()).toBeUndefined();
    }
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("ends the year for a grade with retained and graduating students, and begins the next", async () => {
    const district = twoSchools(contract, { days: true });
    const { graduates, retained, leaver, juniors, unplanned } = classes(district);
    district.make.a("SchoolEnrollment", { student: juniors[0], schoolId: district.oak, schoolYearId: district.year, gradeLevelId: district.grades["11"], kind: "SECONDARY", entryDate: "2026-08-24" });
    await district.make.save();
    const { out } = dataOf<Run>(await run(district));
    // 3 juniors move up, 2 seniors repeat, 5 graduate, 1 leaves; 1 junior has no placement.
    expect(out.record).toMatchObject({ status: "DONE", promoted: 3, retained: 2, graduated: 5, left: 1, alreadyPlaced: 0, unplanned: 1 });
    expect(out.notes).toEqual(["1 student without a placement stay enrolled without an exit. Plan them, and run the rollover again."]);
    expect(await enrollmentsIn(contract, graduates[0]!)).toMatchObject([{ exit: "2027-08-01", exit_code: "G" }]);
    expect(await enrollmentsIn(contract, leaver)).toMatchObject([{ exit: "2027-08-01", exit_code: "W" }]);
    expect(await enrollmentsIn(contract, retained[0]!)).toMatchObject([{ grade: "12", exit: "2027-08-01", exit_code: "R" }, { grade: "12", entry: "2027-08-01", exit: null, entry_code: "C2" }]);
    expect(await enrollmentsIn(contract, juniors[1]!)).toMatchObject([{ grade: "11", exit: "2027-08-01", exit_code: "P" }, { grade: "12", entry: "2027-08-01", exit: null, entry_code: "C1" }]);
    expect((await enrollmentsIn(contract, juniors[0]!)).map(({ kind, exit, entry }) => [kind, entry, exit])).toEqual(expect.arrayContaining([["SECONDARY", "2026-08-24", "2027-08-01"], ["PRIMARY", "2027-08-01", null]]));
    expect(await enrollmentsIn(contract, unplanned)).toMatchObject([{ exit: null }]);
    expect(await sql("SELECT name, status FROM schools.school_year WHERE district_id = $1 ORDER BY name", [district.make.districtId]), "both years are open").toEqual([{ name: "2026-27", status: "OPEN" }, { name: "2027-28", status: "OPEN" }]);
    expect(await sql("SELECT operation, action FROM journal.audit_entry a JOIN students.school_enrollment e ON e.id = a.record_id WHERE e.student_id = $1 AND a.operation <> 'test' ORDER BY action", [juniors[1]])).toEqual([{ operation: "runRollover", action: "CREATED" }, { operation: "runRollover", action: "UPDATED" }]);
  });

  it("run again creates nothing, and takes up who was planned in between", async () => {
    const district = twoSchools(contract);
    const { unplanned, juniors } = classes(district);
    await district.make.save();
    const first = dataOf<Run>(await run(district)).out.record;
    const [before, rows] = [await enrollments(district), await rowCounts(contract.platform)];
    const second = dataOf<Run>(await run(district)).out;
    expect([second.record.id, second.notes[0]]).toEqual([first.id, "There was nothing left to do."]);
    expect([await enrollments(district), await rowCounts(contract.platform)]).toEqual([before, rows]);
    dataOf(await operate(contract, district.districtRegistrar, "planNextYear", { schoolYearId: district.year, placements: [{ studentId: unplanned, action: "PROMOTE" }] }));
    const third = dataOf<Run>(await run(district)).out.record;
    expect(third).toMatchObject({ promoted: 1, retained: 0, graduated: 0, left: 0, alreadyPlaced: 11, unplanned: 0 });
    expect([await enrollmentsIn(contract, unplanned), await enrollmentsIn(contract, juniors[0]!)].map((list) => list.length)).toEqual([2, 2]);
  });

  it("skips who has left, who never came and who is placed by hand", async () => {
    const district = twoSchools(contract);
    const { make } = district;
    const promote = (student: string) => make.a("NextYearPlacement", { studentId: student, schoolYearId: district.year, nextSchoolId: district.oak, nextGradeLevelId: district.grades["04"] });
    const [gone, noShow, byHand, secondary, going] = [district.student({}, { exitDate: "2027-03-01", exitCode: "W1" }), district.student({}, { exitDate: "2026-08-24", noShow: true }), district.student({}, { exitDate: "2027-08-01" }), district.student({}, { exitDate: "2027-08-01" }), district.student()] as const;
    make.a("SchoolEnrollment", { student: byHand, schoolId: district.elm, schoolYearId: district.nextYear, gradeLevelId: district.grades["04"], entryDate: "2027-08-01" });
    make.a("SchoolEnrollment", { student: secondary, schoolId: district.oak, schoolYearId: district.nextYear, gradeLevelId: district.grades["04"], kind: "SECONDARY", entryDate: "2027-08-10" });
    // The fourth is to come to Oak for half of the day next year: that is in the way of a whole one there.
    for (const student of [gone, noShow, byHand, secondary, going]) promote(student);
    await make.save();
    const { out } = dataOf<Run>(await run(district));
    expect(out.record).toMatchObject({ promoted: 1, alreadyPlaced: 1, unplanned: 0 });
    expect(out.notes).toEqual(["1 student had been placed before, and were skipped.", expect.stringContaining("1 student with another enrollment at the planned school")]);
    const lengths: number[] = [];
    for (const student of [gone, noShow, byHand, secondary, going]) lengths.push((await enrollmentsIn(contract, student)).length);
    expect(lengths).toEqual([1, 1, 2, 2, 2]);
  });

  it("needs a next year, an open one before it, and something to do", async () => {
    const district = twoSchools(contract);
    await district.make.save();
    expect((await run(district)).errors![0]!.message).toContain("nothing to roll over");
    expect((await run(district, { fromYearId: district.nextYear })).errors![0]!.message).toContain("no school year after 2027-28");
    await sql("UPDATE schools.school_year SET status = 'CLOSED' WHERE id = $1", [district.year]);
    expect((await run(district)).errors![0]!.message).toContain("2026-27 is closed");
    expect(codeOf(await run(district, { fromYearId: crypto.randomUUID() }))).toBe("NOT_FOUND");
  });

  it("is told beforehand by its preview, to whoever may run it", async () => {
    const district = twoSchools(contract);
    const { unplanned } = classes(district);
    await district.make.save();
    const document = `query($year: ID!, $school: ID) { p: previewRollover(fromYearId: $year, schoolId: $school) { toYear { id } exitDate entryDate promoted retained graduated left alreadyPlaced unplanned blocked opensYear
      ways { school { id } gradeLevel { id } action nextGradeLevel { id } students } unplannedStudents { student { id } } } }`;
    const ask = (identity: Identity, school?: string) => contract.platform.call("rostering", identity, document, { year: district.year, school });
    expect(codeOf(await ask(district.elmRegistrar, district.high))).toBe("FORBIDDEN");
    expect(codeOf(await ask(district.elmRegistrar))).toBe("FORBIDDEN");
    const before = await rowCounts(contract.platform);
    const { p } = dataOf<{ p: Record<string, unknown> & { ways: { action: string; students: number }[] } }>(await ask(district.districtRegistrar));
    expect(p).toMatchObject({ toYear: { id: district.nextYear }, exitDate: "2027-08-01", entryDate: "2027-08-01", promoted: 3, retained: 2, graduated: 5, left: 1, alreadyPlaced: 0, unplanned: 1, blocked: 0, opensYear: true, unplannedStudents: [{ student: { id: unplanned } }] });
    expect(p.ways.map(({ action, students }) => [action, students]).sort()).toEqual([["GRADUATE", 5], ["LEAVE", 1], ["PROMOTE", 3], ["RETAIN", 2]]);
    expect(await rowCounts(contract.platform)).toEqual(before);
    dataOf(await run(district));
    expect(dataOf<{ p: unknown }>(await ask(district.districtRegistrar)).p).toMatchObject({ promoted: 0, graduated: 0, alreadyPlaced: 11, unplanned: 1, opensYear: false, ways: [] });
  });

  it("run by two at once is run once", async () => {
    const district = twoSchools(contract);
    const { juniors } = classes(district);
    await district.make.save();
    const replies = await Promise.all([run(district), run(district), run(district)]);
    expect(replies.map(codeOf)).toEqual([undefined, undefined, undefined]);
    expect(new Set(replies.map((reply) => dataOf<Run>(reply).out.record.id)).size).toBe(1);
    expect(await enrollmentsIn(contract, juniors[0]!)).toHaveLength(2);
  });
});

describe("both years stay open", () => {
  it("so that spring marks can still be posted, and the student is where she is until the year ends", async () => {
    const district = twoSchools(contract);
    const { make, oak } = district;
    const student = district.student();
    make.a("NextYearPlacement", { studentId: student, schoolYearId: district.year, nextSchoolId: district.elm, nextGradeLevelId: district.grades["04"] });
    const section = make.a("Section", { schoolId: oak, schoolYearId: district.year, course: make.a("Course", { grading: "MARKS" }) });
    make.a("SectionEnrollment", { studentId: student, section, schoolId: oak, fromDate: "2026-08-24", toDate: null, endReason: null });
    const teacher = signedIn(make, contract.reaches.teaches_section_section!(make, section, { role: Role.Teacher }), [Role.Teacher, Role.Staff]);
    const scale = make.a("GradingScale", { kind: "PERCENT", maximum: "100" });
    make.a("GradingScaleMark", { scale, mark: "A", minimum: "0", sequence: 1 });
    make.a("ScaleUse", { purpose: "MARKS", scale, fromDate: "2020-01-01" });
    const spring = make.a("GradingPeriod", { school: oak, term: make.a("Term", { school: oak, schoolYear: district.year, firstDay: "2026-08-01", endDay: "2027-08-01" }), firstDay: "2026-08-10", endDay: "2027-06-05" });
    make.a("GradingWindow", { schoolId: oak, gradingPeriodId: spring, termId: null, opensAt: new Date("2026-09-01T00:00:00Z"), closesAt: new Date("2027-07-01T00:00:00Z") });
    const nurses = [district.onDuty(Role.Nurse, oak), district.onDuty(Role.Nurse, district.elm)] as const;
    await make.save();
    dataOf(await run(district));
    const posted = await contract.platform.call("grading", teacher, "mutation($input: PostMarksInput!) { postMarks(input: $input) { changes { field } } }", { input: { sectionId: section, gradingPeriodId: spring, entries: [{ studentId: student, mark: "A" }] } });
    expect(codeOf(posted), JSON.stringify(posted.errors)).toBeUndefined();
    expect(await sql("SELECT mark FROM grading.mark WHERE student_id = $1", [student])).toEqual([{ mark: "A" }]);
    expect(await sql("SELECT to_date FROM academics.section_enrollment WHERE student_id = $1", [student])).toEqual([{ to_date: null }]);
    const reads: boolean[] = [];
    for (const nurse of nurses) reads.push(dataOf(await contract.platform.call("students", nurse, "query($id: ID!) { student(id: $id) { id } }", { id: student })).student !== null);
    expect(reads, "this year's school, and not yet the next one").toEqual([true, false]);
  });
});

describe("undoing a rollover", () => {
  it("archives what nobody touched, puts exits back, and leaves the year as it was", async () => {
    const district = twoSchools(contract);
    classes(district);
    await district.make.save();
    const before = await enrollments(district);
    const { record } = dataOf<Run>(await run(district)).out;
    expect(codeOf(await undo(district, record.id, 1, district.elmRegistrar))).toBe("NOT_FOUND");
    const { out } = dataOf<Run>(await undo(district, record.id));
    expect([out.record.status, out.notes]).toEqual(["UNDONE", []]);
    expect((await enrollments(district)).filter(({ archived }) => !archived)).toEqual(before);
    expect(await sql("SELECT status FROM schools.school_year WHERE id = $1", [district.nextYear])).toEqual([{ status: "PLANNED" }]);
    expect(codeOf(await undo(district, record.id, out.record.version))).toBe("CONFLICT");
    // And it can be run again, to the same effect.
    expect(dataOf<Run>(await run(district)).out.record).toMatchObject({ promoted: 3, retained: 2, graduated: 5, left: 1 });
  });

  it("keeps and lists who was changed since, or has a schedule", async () => {
    const district = twoSchools(contract);
    const { juniors, retained, graduates } = classes(district);
    await district.make.save();
    const { record } = dataOf<Run>(await run(district)).out;
    const next = async (student: string) => (await enrollmentsIn(contract, student)).at(-1)!;
    // The first junior's next enrollment was corrected; the second is in a section already; the first graduate's exit got another code.
    dataOf(await operate(contract, district.districtRegistrar, "correctEnrollment", { enrollmentId: (await next(juniors[0]!)).id, version: 1, fullTimeShare: "0.5" }, { reason: "Half days" }));
    const section = district.make.a("Section", { schoolId: district.high, schoolYearId: district.nextYear });
    district.make.a("SectionEnrollment", { studentId: juniors[1], section, schoolId: district.high, fromDate: "2027-08-20" });
    await district.make.save();
    dataOf(await operate(contract, district.districtRegistrar, "correctEnrollment", { enrollmentId: (await next(graduates[0]!)).id, version: 2, exitCode: "P" }, { reason: "Another diploma" }));
    const { out } = dataOf<Run>(await undo(district, record.id));
    expect(out.notes).toEqual([expect.stringContaining("3 students were changed or scheduled since")]);
    // Kept: two juniors and a graduate. Taken back: one junior, two seniors who repeat, four graduates, one who leaves = 8.
    expect(await sql("SELECT outcome, count(*)::int AS n FROM rostering.rollover_row WHERE rollover_id = $1 GROUP BY 1 ORDER BY 1", [record.id])).toEqual([{ outcome: "KEPT", n: 3 }, { outcome: "UNDONE", n: 8 }]);
    const found: unknown[] = [];
    for (const student of [juniors[0]!, juniors[1]!, juniors[2]!, retained[0]!]) found.push((await enrollmentsIn(contract, student)).map(({ exit }) => exit));
    expect(found).toEqual([["2027-08-01", null], ["2027-08-01", null], [null], [null]]);
    expect(await sql("SELECT status FROM schools.school_year WHERE id = $1", [district.nextYear]), "somebody is in it").toEqual([{ status: "OPEN" }]);
    expect(dataOf<Run>(await run(district)).out.record).toMatchObject({ promoted: 1, retained: 2, graduated: 4, left: 1, alreadyPlaced: 3 });
  });
});

describe("membership over the change of the year", () => {
  it("counts each day in one year only, and the year's end takes none away", async () => {
    const district = twoSchools(contract, { days: true });
    const student = district.student();
    district.make.a("NextYearPlacement", { studentId: student, schoolYearId: district.year, nextSchoolId: district.oak, nextGradeLevelId: district.grades["04"] });
    const next = district.make.a("CalendarTrack", { school: district.oak, schoolYear: district.nextYear, name: "Regular" });
    for (const date of ["2027-08-23", "2027-08-24", "2027-08-25"]) district.make.a("InstructionalDay", { track: next, school: district.oak, date, status: "SCHEDULED" });
    await district.make.save();
    dataOf(await run(district));
    // 24 August 2026 to 28 May 2027: 39 weeks and 5 days of weekdays = 200 days; then three days of the next year, in the next enrollment.
    expect(await membershipIn(contract, district.districtRegistrar, student, "2027-12-31")).toEqual([{ entryDate: "2026-08-24", days: 200 }, { entryDate: "2027-08-01", days: 3 }]);
  });
});
