import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { gradingSchool } from "../tests/grading-school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

/** A second grade with its homeroom, standards of two subjects on a scale from 1 to 3, and habits on S, N, U. */
async function scene() {
  const school = gradingSchool(contract);
  const { make } = school;
  const section = school.course("Grade 2", { credits: "0", grading: "STANDARDS", kind: "HOMEROOM" });
  const scale = (name: string, purpose: string, marks: readonly string[]) => {
    const made = make.a("GradingScale", { name, kind: "STANDARDS", maximum: "100" });
    marks.forEach((mark, sequence) => make.a("GradingScaleMark", { scale: made, mark, sequence, minimum: null }));
    make.a("ScaleUse", { purpose, scale: made, fromDate: "2020-01-01" });
  };
  scale("How far", "STANDARDS", ["3", "2", "1"]);
  scale("Habits", "WORK_HABITS", ["S", "N", "U"]);
  const standard = (code: string) => make.a("Standard", { code, subjectId: make.once("Subject") });
  const common = {
    section, student: school.pupil(section), stranger: school.student(), homeroom: school.teacher(section), registrar: school.office(Role.Registrar), counselor: school.office(Role.Counselor),
    adds: standard("2.OA.1"), reads: standard("2.RL.1"), onTime: make.a("WorkHabit", { title: "Completes work on time" }), kind: make.a("CommentBankEntry", { code: "K", text: "Is kind to others." }),
  };
  await make.save();
  return { ...school, ...common };
}
type Scene = Awaited<ReturnType<typeof scene>>;

const post = (s: Scene, caller: Identity, input: object, reason?: string) =>
  s.call(caller, "mutation($input: PostStandardMarksInput!, $reason: String) { out: postStandardMarks(input: $input, reason: $reason) { record { id mark version } } }", { input: { sectionId: s.section, gradingPeriodId: s.quarters.one, ...input }, ...(reason ? { reason } : {}) });
const all = (s: Scene) => ({
  standards: [{ studentId: s.student, standardId: s.adds, mark: "3" }, { studentId: s.student, standardId: s.reads, mark: "2" }],
  workHabits: [{ studentId: s.student, workHabitId: s.onTime, mark: "S" }],
  comments: [{ studentId: s.student, commentIds: [s.kind], comment: "Counts everything." }],
});

describe("marks of standards", () => {
  it("are posted by nobody but the section's teachers and the office", async () => {
    const s = await scene();
    const before = await rowCounts(contract.platform);
    const [parent, student] = [s.parentOf(s.student), s.self(s.student)];
    await s.make.save();
    for (const caller of [s.counselor, parent, student]) expect.soft(codeOf(await post(s, caller, all(s)))).toBe("FORBIDDEN");
    expect((await rowCounts(contract.platform))["grading.standard_mark"]).toBe(before["grading.standard_mark"]);
  });

  it("come with work habits and comments, and the family reads all of them", async () => {
    const s = await scene();
    dataOf(await post(s, s.homeroom, all(s)));
    const parent = s.parentOf(s.student);
    await s.make.save();
    const seen = dataOf(await s.call(parent, "{ standardMarks { nodes { mark standard { code } } } workHabitMarks { nodes { mark workHabit { title } } } markComments { nodes { text entry { text } } } }"));
    expect(seen.standardMarks!.nodes).toEqual([{ mark: "3", standard: { code: "2.OA.1" } }, { mark: "2", standard: { code: "2.RL.1" } }]);
    expect(seen.workHabitMarks!.nodes).toEqual([{ mark: "S", workHabit: { title: "Completes work on time" } }]);
    expect(seen.markComments!.nodes).toEqual(expect.arrayContaining([{ text: null, entry: { text: "Is kind to others." } }, { text: "Counts everything.", entry: null }]));
  });

  it("are refused for others than the roster, other standards, other marks, and twice; then nothing is written", async () => {
    const s = await scene();
    const before = await rowCounts(contract.platform);
    const [good] = all(s).standards;
    const at = async (standards: object[]) => ((await post(s, s.homeroom, { ...all(s), standards })).errors![0]!.extensions!.fields as { path: string }[]).map((f) => f.path);
    expect(await at([good!, { ...good, studentId: s.stranger }])).toEqual(["input.standards.1.studentId"]);
    expect(await at([{ ...good, standardId: s.onTime }])).toEqual(["input.standards.0.standardId"]);
    expect(await at([{ ...good, mark: "S" }])).toEqual(["input.standards.0.mark"]);
    expect(await at([good!, good!])).toEqual(["input.standards.1"]);
    expect(codeOf(await post(s, s.homeroom, {}))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("change in the open window under their version, afterwards by the office with a reason, and report cards that show them are outdated", async () => {
    const s = await scene();
    const { record } = dataOf<{ out: { record: { id: string } } }>(await post(s, s.homeroom, all(s))).out;
    const one = (mark: string, version?: number) => ({ standards: [{ studentId: s.student, standardId: s.adds, mark, version }] });
    expect(codeOf(await post(s, s.homeroom, one("2")))).toBe("STALE_VERSION");
    dataOf(await post(s, s.homeroom, one("2", 1)));
    const card = s.make.a("IssuedDocument", { kind: "REPORT_CARD", studentId: s.student, schoolId: s.schoolId, gradingPeriodId: s.quarters.one, sourceIds: [record.id], outdatedAt: null, outdatedReason: null });
    await s.make.save();
    contract.platform.clock.now = new Date("2027-02-01T15:00:00Z");
    try {
      expect(codeOf(await post(s, s.homeroom, one("1", 2)))).toBe("FORBIDDEN");
      expect(codeOf(await post(s, s.registrar, one("1", 2)))).toBe("VALIDATION_FAILED");
      expect(dataOf<{ out: { record: unknown } }>(await post(s, s.registrar, one("1", 2), "Entered for the wrong child.")).out.record).toEqual({ id: record.id, mark: "1", version: 3 });
    } finally {
      contract.platform.clock.now = new Date("2026-10-14T15:00:00Z");
    }
    const [flag] = await contract.platform.sql<{ outdated_reason: string }>("SELECT outdated_reason FROM grading.issued_document WHERE id = $1", [card]);
    expect(flag!.outdated_reason).toBe("A mark in Grade 2 was changed.");
  });
});
