import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { gradingSchool, type GradingSchool } from "../tests/grading-school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

interface Entry { id: string; courseCode: string; courseTitle: string; mark: string; creditsAttempted: string; creditsEarned: string; countsInGpa: boolean; transferSchool: string | null; repeats: { id: string } | null; version: number }
const history = async (s: Pick<GradingSchool, "call">, caller: Identity): Promise<Entry[]> =>
  dataOf<{ courseHistories: { nodes: Entry[] } }>(await s.call(caller, "{ courseHistories(orderBy: [{ field: endedOn }], first: 500) { nodes { id courseCode courseTitle mark creditsAttempted creditsEarned countsInGpa transferSchool repeats { id } version } } }")).courseHistories.nodes;
const final = (s: GradingSchool, student: string, section: string, mark: string, termId = s.terms.fall) => s.mark(student, section, mark, { kind: "TERM_FINAL", termId });

describe("completing courses", () => {
  const complete = (s: GradingSchool, caller: Identity, termId = s.terms.fall) =>
    s.call(caller, "mutation($input: CompleteCoursesInput!) { out: completeCourses(input: $input) { record { id } } }", { input: { schoolId: s.schoolId, termId } });

  it("is refused to everybody but the office of the school, and for another school's term", async () => {
    const s = gradingSchool(contract);
    const section = s.course("Biology");
    const elsewhere = gradingSchool(contract, s);
    final(s, s.pupil(section), section, "A");
    const [teacher, counselor, far, registrar] = [s.teacher(section), s.office(Role.Counselor), elsewhere.office(Role.Principal), s.office(Role.Registrar)];
    await s.make.save();
    const before = await rowCounts(contract.platform);
    for (const caller of [teacher, counselor, far]) expect.soft(codeOf(await complete(s, caller))).toBe("FORBIDDEN");
    expect(codeOf(await complete(s, registrar, elsewhere.terms.fall))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("enters each final mark once, with the term's share of the credits, and nothing for what was not passed", async () => {
    const s = gradingSchool(contract);
    const [half, year, failed, gym] = [s.course("Half", { credits: "0.5" }), s.course("Year", { credits: "1", terms: [s.terms.fall, s.terms.spring] }), s.course("Hard"), s.course("Gym", { credits: "0.25" })];
    const student = s.pupil(half, year, failed, gym);
    final(s, student, half, "A");
    final(s, student, year, "B");
    final(s, student, failed, "F");
    final(s, student, gym, "P");
    const registrar = s.office(Role.Registrar);
    await s.make.save();
    dataOf(await complete(s, registrar));
    // Half a credit in one term; one credit in two terms is half a credit each; F earns nothing; P earns and stays out of averages.
    const entries = (await history(s, registrar)).map((e) => [e.courseTitle, e.mark, e.creditsAttempted, e.creditsEarned, e.countsInGpa]).sort();
    expect(entries).toEqual([["Gym", "P", "0.250", "0.250", false], ["Half", "A", "0.500", "0.500", true], ["Hard", "F", "1.000", "0.000", true], ["Year", "B", "0.500", "0.500", true]]);
    const before = await rowCounts(contract.platform);
    expect(dataOf<{ out: { record: null } }>(await complete(s, registrar)).out.record).toBeNull();
    expect(await rowCounts(contract.platform)).toEqual(before);
    // A late mark is entered by the next run alone.
    const late = s.course("Late");
    s.make.a("SectionEnrollment", { studentId: student, section: late, fromDate: "2026-08-17", toDate: null, endReason: null });
    final(s, student, late, "C");
    await s.make.save();
    dataOf(await complete(s, registrar));
    expect((await history(s, registrar)).length).toBe(5);
  });

  it("notes the attempt that earned nothing as repeated, of the same part of the course, and no passed one", async () => {
    const s = gradingSchool(contract);
    const section = s.course("Algebra I", { terms: [s.terms.fall, s.terms.spring] });
    const student = s.pupil(section);
    const { course: courseId } = s.make.valuesOf(section);
    const earlier = (termName: string, mark: string, endedOn: string) => s.finished(student, "Algebra I", mark, { courseId, termName, endedOn, creditsAttempted: "0.5", creditsEarned: mark === "F" ? "0" : "0.5" });
    const [fall, spring] = [earlier("Fall", "F", "2026-01-16"), earlier("Spring", "F", "2026-06-05")];
    const passed = s.pupil(section);
    s.finished(passed, "Algebra I", "C", { courseId, termName: "Fall" });
    for (const [who, term] of [[student, s.terms.fall], [student, s.terms.spring], [passed, s.terms.fall]] as const) final(s, who, section, "B", term);
    const registrar = s.office(Role.Registrar);
    await s.make.save();
    dataOf(await complete(s, registrar, s.terms.fall));
    dataOf(await complete(s, registrar, s.terms.spring));
    const rows = await contract.platform.sql<{ student_id: string; term_name: string; repeats_id: string | null }>("SELECT student_id, term_name, repeats_id FROM grading.course_history WHERE source_id IS NOT NULL AND district_id = $1", [s.make.districtId]);
    expect(Object.fromEntries(rows.map((r) => [`${r.student_id} ${r.term_name}`, r.repeats_id]))).toEqual({ [`${student} Fall`]: fall, [`${student} Spring`]: spring, [`${passed} Fall`]: null });
  });
});

describe("transfer credit", () => {
  const english = { courseCode: "ENG9", courseTitle: "English 9", schoolYearName: "2024-25", termName: "Full year", endedOn: "2025-06-10", mark: "A", creditsAttempted: "1", creditsEarned: "1" };
  const record = (s: Pick<GradingSchool, "call" | "schoolId"> & { student: string }, caller: Identity, ...entries: object[]) =>
    s.call(caller, "mutation($input: RecordTransferCreditInput!) { out: recordTransferCredit(input: $input) { record { id } } }", { input: { studentId: s.student, schoolId: s.schoolId, transferSchool: "Lakeside High School, Duluth", entries } });
  async function scene() {
    const s = gradingSchool(contract);
    const elsewhere = gradingSchool(contract, s);
    const made = { ...s, student: s.student(), elsewhere, registrar: s.office(Role.Registrar), counselor: s.office(Role.Counselor), far: elsewhere.office(Role.Registrar) };
    await s.make.save();
    return made;
  }

  it("is recorded by the registrar of the student's school alone", async () => {
    const s = await scene();
    for (const caller of [s.counselor, s.far]) expect.soft(codeOf(await record(s, caller, english))).toMatch(/FORBIDDEN|VALIDATION_FAILED/);
    // Nor does the far registrar reach the student by stamping her own school.
    expect(codeOf(await record({ ...s, schoolId: s.elsewhere.schoolId }, s.far, english))).toMatch(/FORBIDDEN|VALIDATION_FAILED/);
    expect(await history(s, s.registrar)).toEqual([]);
  });

  it("takes subject and level from our course, once, and never more credit than was attempted", async () => {
    const s = await scene();
    const subject = s.subject("English");
    const ours = s.make.a("Course", { subject, level: s.levels.honors });
    await s.make.save();
    dataOf(await record(s, s.registrar, { ...english, courseId: ours }, { ...english, courseCode: "PE", courseTitle: "Gym", mark: "P", countsInGpa: false, creditsEarned: "0.5" }));
    const rows = await contract.platform.sql<{ subject_id: string | null; course_level_id: string | null; credits_earned: string }>("SELECT subject_id, course_level_id, credits_earned::text FROM grading.course_history WHERE student_id = $1 ORDER BY course_code", [s.student]);
    expect(rows).toEqual([{ subject_id: subject, course_level_id: s.levels.honors, credits_earned: "1.000" }, { subject_id: null, course_level_id: null, credits_earned: "0.500" }]);
    const before = await rowCounts(contract.platform);
    expect(codeOf(await record(s, s.registrar, { ...english, courseCode: "ART" }, english))).toBe("VALIDATION_FAILED");
    expect(codeOf(await record(s, s.registrar, { ...english, courseCode: "ART", creditsEarned: "1.5" }))).toBe("VALIDATION_FAILED");
    expect(codeOf(await record(s, s.registrar, { ...english, courseCode: "ART", repeatsId: s.student }))).toBe("VALIDATION_FAILED");
    expect(codeOf(await record(s, s.registrar))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });
});

describe("a correction of the record", () => {
  const correct = (s: Pick<GradingSchool, "call">, caller: Identity, input: object, reason = "Typed from the wrong line.") =>
    s.call(caller, "mutation($input: CorrectCourseHistoryInput!, $reason: String!) { out: correctCourseHistory(input: $input, reason: $reason) { record { mark creditsEarned countsInGpa version archivedAt repeats { id } } } }", { input, reason });
  async function scene() {
    const s = gradingSchool(contract);
    const elsewhere = gradingSchool(contract, s);
    const student = elsewhere.student();
    // Earned here, where the student no longer is.
    const entry = s.finished(student, "Geometry", "B");
    const shows = s.make.a("IssuedDocument", { kind: "TRANSCRIPT", studentId: student, schoolId: s.schoolId, sourceIds: [entry], outdatedAt: null, outdatedReason: null });
    const third = gradingSchool(contract, s);
    const callers = { here: s.office(Role.Registrar), there: elsewhere.office(Role.Registrar), far: third.office(Role.Registrar), principal: s.office(Role.Principal), district: s.districtOffice(Role.Registrar) };
    await s.make.save();
    return { ...s, pupilThere: student, entry, shows, callers };
  }

  it("is the registrar's of the school that recorded it, of the student's school, or of the district", async () => {
    const s = await scene();
    for (const [caller, code] of [[s.callers.far, "NOT_FOUND"], [s.callers.principal, "FORBIDDEN"]] as const) expect.soft(codeOf(await correct(s, caller, { entryId: s.entry, version: 1, mark: "A" }))).toBe(code);
    dataOf(await correct(s, s.callers.here, { entryId: s.entry, version: 1, mark: "A" }));
    dataOf(await correct(s, s.callers.there, { entryId: s.entry, version: 2, countsInGpa: false }));
    dataOf(await correct(s, s.callers.district, { entryId: s.entry, version: 3, creditsEarned: "0.5" }));
    const [flag] = await contract.platform.sql<{ outdated_reason: string }>("SELECT outdated_reason FROM grading.issued_document WHERE id = $1", [s.shows]);
    expect(flag!.outdated_reason).toBe("The entry of Geometry was corrected.");
  });

  it("leaves marks to changeMark, keeps repeats in one direction, and takes an error out of the record", async () => {
    const s = await scene();
    const again = s.finished(s.pupilThere, "Geometry", "A", { endedOn: "2026-06-05" });
    const section = s.course("Biology");
    const other = s.pupil(section);
    const ofMark = s.make.a("CourseHistory", { source: final(s, other, section, "B"), creditsAttempted: "1", creditsEarned: "1" });
    await s.make.save();
    expect(codeOf(await correct(s, s.callers.here, { entryId: ofMark, version: 1, mark: "A" }))).toBe("CONFLICT");
    expect(codeOf(await correct(s, s.callers.here, { entryId: s.entry, version: 5 }))).toBe("STALE_VERSION");
    expect(codeOf(await correct(s, s.callers.here, { entryId: s.entry, version: 1, creditsEarned: "2" }))).toBe("VALIDATION_FAILED");
    expect(dataOf<{ out: { record: unknown } }>(await correct(s, s.callers.there, { entryId: again, version: 1, repeatsId: s.entry })).out.record).toMatchObject({ repeats: { id: s.entry } });
    for (const repeatsId of [again, ofMark, s.entry]) expect.soft(codeOf(await correct(s, s.callers.here, { entryId: s.entry, version: 1, repeatsId }))).toBe("VALIDATION_FAILED");
    dataOf(await correct(s, s.callers.here, { entryId: s.entry, version: 1, remove: true }));
    expect((await history(s, s.callers.there)).map((e) => e.id)).toEqual([again]);
  });
});
