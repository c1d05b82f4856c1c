import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { gradingSchool, type GradingSchool } from "../tests/grading-school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

async function scene() {
  const school = gradingSchool(contract);
  const section = school.course("Biology");
  const student = school.pupil(section);
  const common = { section, student, teacher: school.teacher(section), registrar: school.office(Role.Registrar), parent: school.parentOf(student), posted: school.mark(student, section, "B", { percent: "84.5" }) };
  await school.make.save();
  return { ...school, school, ...common };
}

const document = `mutation($input: ChangeMarkInput!, $reason: String!) { out: changeMark(input: $input, reason: $reason) { record { mark percent version status changes { nodes { kind before after beforePercent afterPercent reason changedOn changedBy { id } } } } } }`;
const change = (s: Pick<GradingSchool, "call"> & { posted: string }, caller: Identity, input: object = {}, reason = "A test was added up wrongly.") => s.call(caller, document, { input: { markId: s.posted, version: 1, to: "A", ...input }, reason });
const afterTheWindow = async <T>(work: () => Promise<T>): Promise<T> => {
  contract.platform.clock.now = new Date("2027-02-01T15:00:00Z");
  try {
    return await work();
  } finally {
    contract.platform.clock.now = new Date("2026-10-14T15:00:00Z");
  }
};

describe("who changes a posted mark", () => {
  it("is nobody without the section or the school", async () => {
    const s = await scene();
    const [elsewhere, history] = [gradingSchool(contract, s.school), s.course("History")];
    const [far, colleague] = [elsewhere.office(Role.Registrar), s.school.teacher(history)];
    s.make.a("SectionEnrollment", { studentId: s.student, section: history, fromDate: "2026-08-17", toDate: null, endReason: null });
    const counselorMother = signedIn(s.make, contract.reaches.guardian_student!(s.make, s.student, { role: Role.Parent, personId: s.office(Role.Counselor).personId! }), [Role.Counselor, Role.Parent, Role.Staff]);
    await s.make.save();
    const before = await rowCounts(contract.platform);
    expect(codeOf(await change(s, far)), "the registrar of another school, who does not read it").toBe("NOT_FOUND");
    for (const [name, caller] of [["a colleague with the same student", colleague], ["a counselor who is the mother", counselorMother], ["the parent", s.parent], ["the student", s.self(s.student)]] as const) {
      expect.soft(codeOf(await change(s, caller)), name).toBe("FORBIDDEN");
    }
    expect(codeOf(await change(s, s.teacher, {}, "  "))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("is the teacher while the window is open, and the office alone afterwards", async () => {
    const s = await scene();
    dataOf(await change(s, s.teacher, { to: "C" }));
    await afterTheWindow(async () => {
      const refused = await change(s, s.teacher, { version: 2, to: "D" });
      // On 1 February, within the days of lag after the fall, she still reaches the section; but the window is closed.
      expect([codeOf(refused), refused.errors![0]!.message]).toEqual(["FORBIDDEN", expect.stringContaining("window for this grading period is closed")]);
      dataOf(await change(s, s.registrar, { version: 2, to: "D" }));
    });
  });
});

describe("a changed mark", () => {
  it("keeps what it was, who changed it and why, where families do not read it", async () => {
    const s = await scene();
    const { record } = dataOf<{ out: { record: Record<string, unknown> } }>(await change(s, s.registrar)).out;
    expect(record).toEqual({
      mark: "A", percent: "90.000000", version: 2, status: "POSTED",
      changes: { nodes: [{ kind: "CHANGED", before: "B", after: "A", beforePercent: "84.500000", afterPercent: "90.000000", reason: "A test was added up wrongly.", changedOn: "2026-10-14", changedBy: { id: s.registrar.personId } }] },
    });
    const seen = await s.call(s.parent, "query($id: ID!) { mark(id: $id) { mark changes { nodes { reason } } } }", { id: s.posted });
    expect(seen.data).toEqual({ mark: { mark: "A", changes: null } });
    expect(codeOf(seen)).toBe("FORBIDDEN");
  });

  it("is refused under a stale version, to what it is already, and off the scale", async () => {
    const s = await scene();
    expect(codeOf(await change(s, s.registrar, { version: 7 }))).toBe("STALE_VERSION");
    expect(codeOf(await change(s, s.registrar, { to: "B", percent: "84.5" }))).toBe("CONFLICT");
    expect(codeOf(await change(s, s.registrar, { to: "Z" }))).toBe("VALIDATION_FAILED");
    expect(codeOf(await change(s, s.registrar, { to: null }))).toBe("VALIDATION_FAILED");
    expect(codeOf(await change(s, s.registrar, { markId: s.student }))).toBe("NOT_FOUND");
    // A percent alone reads the mark from the scale: 69.5 is shown as 70, a C.
    expect(dataOf<{ out: { record: { mark: string; percent: string } } }>(await change(s, s.registrar, { to: null, percent: "69.5" })).out.record).toMatchObject({ mark: "C", percent: "69.500000" });
  });

  it("brings the permanent record along and marks every document that shows it", async () => {
    const s = await scene();
    const final = s.mark(s.student, s.section, "D", { kind: "TERM_FINAL", termId: s.terms.fall, percent: "61" });
    const entry = s.make.a("CourseHistory", { source: final, mark: "D", percent: "61", creditsAttempted: "1", creditsEarned: "1", countsInGpa: true });
    const document = (sourceIds: string[]) => s.make.a("IssuedDocument", { kind: "TRANSCRIPT", studentId: s.student, schoolId: s.schoolId, sourceIds, outdatedAt: null, outdatedReason: null });
    const [shows, doesNot] = [document([entry]), document([s.posted])];
    await s.make.save();
    dataOf(await change(s, s.registrar, { markId: final, to: "F", percent: "52" }));
    const [row] = await contract.platform.sql<Record<string, unknown>>("SELECT mark, percent::text, credits_earned::text, version FROM grading.course_history WHERE id = $1", [entry]);
    expect(row).toEqual({ mark: "F", percent: "52.000000", credits_earned: "0.000", version: 2 });
    const flags = await contract.platform.sql<{ id: string; outdated_reason: string | null }>("SELECT id, outdated_reason FROM grading.issued_document WHERE id = ANY ($1)", [[shows, doesNot]]);
    expect(Object.fromEntries(flags.map((f) => [f.id, f.outdated_reason]))).toEqual({ [shows]: "A mark in " + courseTitle(s) + " was changed.", [doesNot]: null });
  });

  it("stays out of averages where the registrar keeps it out", async () => {
    const s = await scene();
    const final = s.mark(s.student, s.section, "D", { kind: "TERM_FINAL", termId: s.terms.fall, percent: "61" });
    const entry = s.make.a("CourseHistory", { source: final, mark: "D", creditsAttempted: "1", creditsEarned: "1", countsInGpa: false });
    await s.make.save();
    const counts = async () => (await contract.platform.sql<{ mark: string; counts_in_gpa: boolean }>("SELECT mark, counts_in_gpa FROM grading.course_history WHERE id = $1", [entry]))[0];
    dataOf(await change(s, s.registrar, { markId: final, to: "C" }));
    expect(await counts()).toEqual({ mark: "C", counts_in_gpa: false });
  });
});

const courseTitle = (s: { make: GradingSchool["make"]; section: string }): string => s.make.valuesOf(s.make.valuesOf(s.section).course as string).title as string;
