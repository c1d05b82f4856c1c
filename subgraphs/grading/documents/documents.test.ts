import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { gradingSchool, type GradingSchool } from "../tests/grading-school.ts";
import type { ReportCardFigures, TranscriptFigures } from "./figures.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage({ poolSize: 8 });
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const fields = "{ id kind edition series reason outdatedReason figures html version }";
interface Issued<F> { id: string; edition: number; series: string; reason: string | null; outdatedReason: string | null; figures: F; html: string; version: number }
type Caller = Pick<GradingSchool, "call" | "schoolId" | "quarters">;
const cards = (s: Caller, caller: Identity, studentIds: string[], input: object = {}, dryRun = false) =>
  s.call(caller, `mutation($input: IssueReportCardsInput!, $dryRun: Boolean!) { out: issueReportCards(input: $input, dryRun: $dryRun) { record ${fields} } }`, { input: { schoolId: s.schoolId, gradingPeriodId: s.quarters.one, studentIds, ...input }, dryRun });
const transcript = (s: Caller, caller: Identity, studentId: string, schoolId = s.schoolId) =>
  s.call(caller, `mutation($input: IssueTranscriptInput!) { out: issueTranscript(input: $input) { record ${fields} } }`, { input: { schoolId, studentId } });
const reissue = (s: Caller, caller: Identity, documentId: string, reason = "A mark was corrected.") =>
  s.call(caller, `mutation($input: ReissueDocumentInput!, $reason: String!) { out: reissueDocument(input: $input, reason: $reason) { record ${fields} } }`, { input: { documentId }, reason });
const issued = <F>(reply: Awaited<ReturnType<typeof cards>>): Issued<F> => dataOf<{ out: { record: Issued<F> } }>(reply).out.record;

async function scene() {
  const s = gradingSchool(contract);
  const [biology, history] = [s.course("Biology <AP> & lab", { level: s.levels.ap }), s.course("History")];
  const student = s.pupil(biology, history);
  const common = { biology, history, student, outsider: s.make.a("Student"), registrar: s.office(Role.Registrar), counselor: s.office(Role.Counselor), assistant: s.office(Role.AssistantPrincipal), teacher: s.teacher(biology), parent: s.parentOf(student) };
  const marks = { biology: s.mark(student, biology, "A", { percent: "91.449" }), history: s.mark(student, history, "B", { percent: "84.5" }), later: s.mark(student, history, "C", { percent: "70", gradingPeriodId: s.quarters.two }) };
  s.make.a("MarkComment", { studentId: student, sectionId: biology, gradingPeriodId: s.quarters.one, text: "Careful <b>work</b>." });
  const policy = s.make.a("HonorRollPolicy", { fromDate: "2020-01-01", schoolId: null, weighted: false, minimumCourses: 2, excludesIncompletes: true });
  s.make.a("HonorRollLevel", { policy, title: "Honors", sequence: 1, minimumGpa: "3.5", lowestPoints: "3" });
  await s.make.save();
  return { ...s, school: s, ...common, marks };
}

describe("a report card", () => {
  it("is issued by the office of the school alone, for its own students", async () => {
    const s = await scene();
    const elsewhere = gradingSchool(contract, s.school);
    const far = elsewhere.office(Role.Registrar);
    await s.make.save();
    const before = await rowCounts(contract.platform);
    for (const caller of [s.counselor, s.teacher, s.parent, far]) expect.soft(codeOf(await cards(s, caller, [s.student]))).toBe("FORBIDDEN");
    expect(codeOf(await cards(s, s.registrar, [s.student, s.outsider]))).toBe("VALIDATION_FAILED");
    expect(codeOf(await cards(s, s.registrar, []))).toBe("VALIDATION_FAILED");
    expect(codeOf(await cards(s, s.registrar, [s.student], { gradingPeriodId: elsewhere.quarters.one }))).toBe("VALIDATION_FAILED");
    // The other school's office does not issue a card for a student who was never there.
    expect(codeOf(await cards({ ...s, schoolId: elsewhere.schoolId, quarters: elsewhere.quarters }, far, [s.student]))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("freezes what is posted up to its period, with averages and honor roll, and nothing later", async () => {
    const s = await scene();
    const { figures, edition } = issued<ReportCardFigures>(await cards(s, s.assistant, [s.student]));
    expect(edition).toBe(1);
    expect(figures).toMatchObject({ kind: "REPORT_CARD", period: "Quarter 1", schoolYear: "2026-27", issuedOn: "2026-10-14" });
    expect(figures.columns.map((c) => c.title)).toEqual(["Quarter 1"]);
    expect(figures.courses.map((c) => [c.title, c.marks[s.quarters.one], c.comments])).toEqual([["Biology <AP> & lab", { mark: "A", percent: "91" }, ["Careful <b>work</b>."]], ["History", { mark: "B", percent: "85" }, []]]);
    // A and B, one credit each: 3.500; the A is AP: (5 + 3) / 2 = 4.000.
    expect(figures.averages).toEqual({ policy: "District GPA", unweighted: "3.500", weighted: "4.000", honor: "Honors" });
    // The card of the second quarter has both.
    const second = issued<ReportCardFigures>(await cards(s, s.assistant, [s.student], { gradingPeriodId: s.quarters.two }));
    expect(second.figures.columns.map((c) => c.title)).toEqual(["Quarter 1", "Quarter 2"]);
    expect(codeOf(await cards(s, s.registrar, [s.student]))).toBe("CONFLICT");
  });

  it("counts the days at the school in the period and in the year so far, as they are known on the day of the issue", async () => {
    const s = await scene();
    const yearId = s.make.valuesOf(s.biology).schoolYearId as string;
    const day = (date: string, status: string, more: object = {}, schoolId = s.schoolId) => s.make.a("DailyAttendance", { studentId: s.student, schoolId, schoolYearId: yearId, date, status, countsAbsent: status === "ABSENT", excuse: null, ...more });
    day("2026-09-01", "PRESENT");
    day("2026-09-02", "TARDY", { late: true });
    day("2026-09-03", "UNKNOWN");
    for (const [i, excuse] of ["EXCUSED", "UNEXCUSED", "SUSPENSION"].entries()) day(`2026-09-0${i + 7}`, "ABSENT", { excuse });
    // At an activity of the school; at another school; on a day to come.
    day("2026-09-10", "ABSENT", { excuse: "ACTIVITY", countsAbsent: false });
    day("2026-09-11", "ABSENT", { excuse: "UNEXCUSED" }, s.make.a("School"));
    day("2026-10-20", "UNKNOWN");
    await s.make.save();
    const { figures, html } = issued<ReportCardFigures>(await cards(s, s.registrar, [s.student]));
    // 7 days: present, tardy, not taken, three absences of which the excused one and the suspension are no truancy, and the activity.
    expect(figures.attendance).toEqual([{ title: "Quarter 1", days: 7, absent: 3, excused: 2, tardy: 1, unknown: 1 }]);
    expect(html).toContain("2 excused, 1 tardy, 1 not taken");
    // By today nothing of the second quarter is known: the year's line stands alone.
    expect(issued<ReportCardFigures>(await cards(s, s.registrar, [s.student], { gradingPeriodId: s.quarters.two })).figures.attendance).toEqual([{ title: "2026-27 so far", days: 7, absent: 3, excused: 2, tardy: 1, unknown: 1 }]);
  });

  it("is a page of its own, escaped, that the family reads and nobody else's family", async () => {
    const s = await scene();
    const { id } = issued(await cards(s, s.registrar, [s.student]));
    const other = s.parentOf(s.pupil(s.biology));
    await s.make.save();
    const read = (caller: Identity) => s.call(caller, "query($id: ID!) { issuedDocument(id: $id) { html } }", { id });
    const { html } = dataOf<{ issuedDocument: { html: string } }>(await read(s.parent)).issuedDocument;
    expect(html).toContain("Biology &lt;AP&gt; &amp; lab");
    expect(html).toContain("Careful &lt;b&gt;work&lt;/b&gt;.");
    expect(html).not.toMatch(/<script|<img|<link|https?:|url\(|@import/i);
    expect((await read(other)).data).toEqual({ issuedDocument: null });
    expect((await read(s.teacher)).data).toEqual({ issuedDocument: null });
  });
});

describe("a transcript", () => {
  it("has every finished course, credits once for an attempt and its repeat, averages, rank and progress", async () => {
    const s = await scene();
    const english = s.subject("English");
    const algebra = s.finished(s.student, "Algebra I", "F", { endedOn: "2025-01-16", schoolYearName: "2024-25" });
    s.finished(s.student, "Algebra I", "B", { repeats: algebra });
    s.finished(s.student, "English 9", "A", { transferSchool: "Lakeside High School", subjectId: english, endedOn: "2025-06-05", schoolYearName: "2024-25", termName: "Spring" });
    const plan = s.make.a("GraduationPlan", { name: "Standard diploma" });
    s.make.a("GraduationRequirement", { plan, title: "English", sequence: 1, credits: "4", subjectId: english });
    s.make.a("GraduationRequirement", { plan, title: "Electives", sequence: 2, credits: "6" });
    s.make.a("StudentGraduationPlan", { plan, studentId: s.student, fromDate: "2024-08-01", toDate: null });
    await s.make.save();
    for (const caller of [s.counselor, s.parent, s.teacher]) expect.soft(codeOf(await transcript(s, caller, s.student))).toBe("FORBIDDEN");
    const { figures, html } = issued<TranscriptFigures>(await transcript(s, s.registrar, s.student));
    expect(figures.terms.map((t) => [t.schoolYear, t.term, t.transfer, t.courses.map((c) => [c.title, c.mark, c.earned, c.repeat])])).toEqual([
      ["2024-25", "Fall", false, [["Algebra I", "F", "0.000", false]]],
      ["2024-25", "Spring", true, [["English 9", "A", "1.000", false]]],
      ["2025-26", "Fall", false, [["Algebra I", "B", "1.000", true]]],
    ]);
    // Attempted 3, earned 2. Better replaces: (3 + 4) / 2 = 3.500. Alone in the cohort: 1 of 1.
    expect([figures.credits, figures.averages!.unweighted, figures.averages!.credits, figures.rank]).toEqual([{ attempted: "3.000", earned: "2.000" }, "3.500", "2.000", { rank: 1, outOf: 1, gradeLevel: expect.any(String), weighted: true }]);
    // English 1 of 4 earned; Algebra 1 elective. Under way: Biology and History, two electives.
    expect(figures.plan!.requirements.map((r) => [r.title, r.earned, r.inProgress, r.missing])).toEqual([["English", "1.000", "0.000", "3.000"], ["Electives", "1.000", "2.000", "3.000"]]);
    expect(html).toContain("Lakeside High School (transfer)");
  });

  it("is issued by the school that has the student or had her last, and not by one of before, which does not read what came after", async () => {
    const s = await scene();
    const elsewhere = gradingSchool(contract, s.school);
    const graduate = s.make.a("Student");
    for (const [student, kind] of [[s.student, "SECONDARY"], [graduate, "PRIMARY"]] as const) {
      s.make.a("SchoolEnrollment", { student, schoolId: elsewhere.schoolId, kind, entryDate: "2025-08-17", exitDate: "2026-06-05", exitCode: "W1" });
      s.finished(student, "Art", "A");
    }
    const office = elsewhere.office(Role.Registrar);
    await s.make.save();
    expect(codeOf(await transcript(s, office, s.student, elsewhere.schoolId))).toBe("VALIDATION_FAILED");
    expect(codeOf(await transcript(s, s.registrar, graduate))).toBe("VALIDATION_FAILED");
    expect(issued<TranscriptFigures>(await transcript(s, office, graduate, elsewhere.schoolId)).figures.terms).toHaveLength(1);
  });
});

describe("a grade change after an issued document", () => {
  it("marks it as outdated, and a new edition shows the new mark while the old one stays as it was", async () => {
    const s = await scene();
    const first = issued<ReportCardFigures>(await cards(s, s.registrar, [s.student]));
    dataOf(await s.call(s.registrar, `mutation($input: ChangeMarkInput!) { changeMark(input: $input, reason: "A test was added up wrongly.") { record { mark } } }`, { input: { markId: s.marks.history, version: 1, to: "A", percent: "90" } }));
    const read = async () => dataOf<{ issuedDocuments: { nodes: Issued<ReportCardFigures>[] } }>(await s.call(s.registrar, `{ issuedDocuments(orderBy: [{ field: edition }]) { nodes ${fields} } }`)).issuedDocuments.nodes;
    const [flagged] = await read();
    expect(flagged).toMatchObject({ id: first.id, figures: first.figures, outdatedReason: "A mark in History was changed." });
    expect(flagged!.html).toContain("Outdated: A mark in History was changed.");

    const second = issued<ReportCardFigures>(await reissue(s, s.registrar, first.id));
    expect(second).toMatchObject({ edition: 2, series: first.series, reason: "A mark was corrected.", outdatedReason: null });
    expect(second.figures.courses[1]!.marks[s.quarters.one]).toEqual({ mark: "A", percent: "90" });
    expect(second.html).toContain("edition 2. It replaces the edition before: A mark was corrected.");
    const [old, now] = await read();
    expect([old!.figures, now!.figures]).toEqual([first.figures, second.figures]);
    expect(old!.html).toContain("A later edition of this document has replaced this one.");
    // Only the latest edition is reissued, with a reason, by the office.
    expect(codeOf(await reissue(s, s.registrar, first.id))).toBe("CONFLICT");
    expect(codeOf(await reissue(s, s.registrar, second.id, " "))).toBe("VALIDATION_FAILED");
    expect(codeOf(await reissue(s, s.counselor, second.id))).toBe("FORBIDDEN");
  });

  it("cannot reach the figures, not even in SQL", async () => {
    const s = await scene();
    const { id } = issued(await transcript(s, s.registrar, s.student));
    await expect(contract.platform.sql("UPDATE grading.issued_document SET figures = '{}' WHERE id = $1", [id])).rejects.toThrow("An issued document never changes. Issue a new edition.");
    await expect(contract.platform.sql("UPDATE grading.issued_document SET issued_at = now() WHERE id = $1", [id])).rejects.toThrow("never changes");
  });

  it("at the same moment as the issue: the card shows the new mark, or is outdated; and the permanent record has the new one", async () => {
    const s = await scene();
    const pupils = Array.from({ length: 12 }, () => s.school.pupil(s.history));
    const final = (student: string) => s.mark(student, s.history, "B", { kind: "TERM_FINAL", termId: s.terms.fall, percent: "85" });
    const rows = pupils.map((student) => ({ student, period: s.mark(student, s.history, "B", { percent: "85" }), final: final(student) }));
    await s.make.save();
    const change = (markId: string) => s.call(s.registrar, `mutation($input: ChangeMarkInput!) { changeMark(input: $input, reason: "Added up wrongly.") { record { mark } } }`, { input: { markId, version: 1, to: "A" } });
    const complete = () => s.call(s.registrar, "mutation($input: CompleteCoursesInput!) { completeCourses(input: $input) { record { id } } }", { input: { schoolId: s.schoolId, termId: s.terms.fall } });
    const work = [...rows.flatMap((row) => [() => change(row.period), () => change(row.final), () => cards(s, s.registrar, [row.student])]), complete];
    for (const reply of await Promise.all(work.map((each) => each()))) dataOf(reply);
    const shown = dataOf<{ issuedDocuments: { nodes: Issued<ReportCardFigures>[] } }>(await s.call(s.registrar, `{ issuedDocuments(first: 100) { nodes ${fields} } }`)).issuedDocuments.nodes;
    expect(shown).toHaveLength(12);
    for (const { figures, outdatedReason } of shown) expect(figures.courses[0]!.marks[s.quarters.one]!.mark === "A" || outdatedReason !== null).toBe(true);
    const entries = await contract.platform.sql<{ mark: string }>("SELECT mark FROM grading.course_history WHERE source_id = ANY ($1)", [rows.map((r) => r.final)]);
    expect(entries.map((e) => e.mark)).toEqual(Array.from({ length: 12 }, () => "A"));
  });

  it("two clerks at once: one reissues, the other is told", async () => {
    const s = await scene();
    const { id } = issued(await transcript(s, s.registrar, s.student));
    const codes = (await Promise.all([s.registrar, s.assistant].map((caller) => reissue(s, caller, id)))).map(codeOf).sort();
    expect(codes).toEqual(["CONFLICT", undefined]);
  });
});
