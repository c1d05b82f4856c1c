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

async function scene() {
  const school = gradingSchool(contract);
  const section = school.course("Chemistry");
  const student = school.pupil(section);
  const test = school.assignment(school.category(section, "Tests", 100), "50");
  school.score(student, test, { points: "41" });
  const common = { section, student, test, teacher: school.teacher(section), registrar: school.office(Role.Registrar), counselor: school.office(Role.Counselor) };
  await school.make.save();
  return { ...school, ...common };
}
type Scene = Awaited<ReturnType<typeof scene>>;

const fields = "{ record { id mark percent status deadline becomes version changes(first: 10) { nodes { kind before after reason } } } }";
const record = (s: Scene, caller: Identity, input: object = {}) =>
  s.call(caller, `mutation($input: RecordIncompleteInput!) { out: recordIncomplete(input: $input, reason: "Ill for two weeks.") ${fields} }`, { input: { sectionId: s.section, studentId: s.student, gradingPeriodId: s.quarters.one, deadline: "2026-11-06", becomes: "F", ...input } });
const resolve = (s: Scene, caller: Identity, input: object) => s.call(caller, `mutation($input: ResolveIncompleteInput!) { out: resolveIncomplete(input: $input) ${fields} }`, { input });
const expire = (s: Pick<GradingSchool, "call" | "schoolId">, caller: Identity) => s.call(caller, `mutation($input: ExpireIncompletesInput!) { out: expireIncompletes(input: $input) ${fields} }`, { input: { schoolId: s.schoolId } });
interface Shown { id: string; mark: string; percent: string | null; status: string; deadline: string | null; becomes: string | null; version: number; changes: { nodes: { kind: string; before: string; after: string; reason: string }[] } }
const shown = (reply: Awaited<ReturnType<typeof record>>): Shown => dataOf<{ out: { record: Shown } }>(reply).out.record;
const on = async <T>(day: string, work: () => Promise<T>): Promise<T> => {
  contract.platform.clock.now = new Date(`${day}T15:00:00Z`);
  try {
    return await work();
  } finally {
    contract.platform.clock.now = new Date("2026-10-14T15:00:00Z");
  }
};

describe("an incomplete", () => {
  it("is refused to those who may not post, with a deadline in the past, and off the scale", async () => {
    const s = await scene();
    const before = await rowCounts(contract.platform);
    expect(codeOf(await record(s, s.counselor))).toBe("FORBIDDEN");
    expect(codeOf(await record(s, s.self(s.student)))).toBe("FORBIDDEN");
    expect(codeOf(await record(s, s.teacher, { deadline: "2026-10-13" }))).toBe("VALIDATION_FAILED");
    expect(codeOf(await record(s, s.teacher, { becomes: "E" }))).toBe("VALIDATION_FAILED");
    expect(codeOf(await record(s, s.teacher, { version: 3 }))).toBe("VALIDATION_FAILED");
    expect(codeOf(await expire(s, s.teacher))).toBe("FORBIDDEN");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("stands in place of a mark until it is made up, then takes what the gradebook gives", async () => {
    const s = await scene();
    const incomplete = shown(await record(s, s.teacher));
    expect(incomplete).toMatchObject({ mark: "I", percent: null, status: "INCOMPLETE", deadline: "2026-11-06", becomes: "F", version: 1, changes: { nodes: [] } });
    expect(codeOf(await record(s, s.teacher, { version: 1 }))).toBe("CONFLICT");
    // On the deadline itself the teacher still settles it, 41 / 50 = 82 %.
    const settled = await on("2026-11-06", async () => shown(await resolve(s, s.teacher, { markId: incomplete.id, version: 1 })));
    expect(settled).toMatchObject({ mark: "B", percent: "82.000000", status: "POSTED", deadline: null, becomes: null, version: 2, changes: { nodes: [{ kind: "RESOLVED", before: "I", after: "B", reason: "The work was made up." }] } });
    expect(codeOf(await resolve(s, s.registrar, { markId: incomplete.id, version: 2, to: "A" }))).toBe("CONFLICT");
  });

  it("becomes the agreed mark the day after the deadline, once, and is the office's from then on", async () => {
    const s = await scene();
    const { id } = shown(await record(s, s.teacher));
    expect(dataOf<{ out: { record: null } }>(await on("2026-11-06", () => expire(s, s.registrar))).out.record).toBeNull();
    await on("2027-02-01", async () => {
      expect(codeOf(await resolve(s, s.teacher, { markId: id, version: 1 }))).toBe("FORBIDDEN");
      const expired = shown(await expire(s, s.registrar));
      expect(expired).toMatchObject({ id, mark: "F", percent: "0.000000", status: "POSTED", version: 2, changes: { nodes: [{ kind: "EXPIRED", before: "I", after: "F", reason: "The work was not made up by 2026-11-06." }] } });
      const before = await rowCounts(contract.platform);
      expect(dataOf<{ out: { record: null } }>(await expire(s, s.registrar)).out.record).toBeNull();
      expect(await rowCounts(contract.platform)).toEqual(before);
    });
  });

  it("takes the place of a posted mark under its version, and that is kept", async () => {
    const s = await scene();
    const posted = s.mark(s.student, s.section, "B", { percent: "82" });
    await s.make.save();
    expect(codeOf(await record(s, s.registrar))).toBe("STALE_VERSION");
    expect(shown(await record(s, s.registrar, { version: 1 }))).toMatchObject({ id: posted, mark: "I", status: "INCOMPLETE", changes: { nodes: [{ kind: "MADE_INCOMPLETE", before: "B", after: "I", reason: "Ill for two weeks." }] } });
  });

  it("earns nothing in the permanent record until it is settled, and then what its mark earns", async () => {
    const s = await scene();
    const final = shown(await record(s, s.teacher, { kind: "TERM_FINAL", gradingPeriodId: null, termId: s.terms.fall, deadline: "2027-02-15" }));
    const complete = () => s.call(s.registrar, "mutation($input: CompleteCoursesInput!) { out: completeCourses(input: $input) { record { mark creditsAttempted creditsEarned countsInGpa } } }", { input: { schoolId: s.schoolId, termId: s.terms.fall } });
    expect(dataOf<{ out: { record: unknown } }>(await complete()).out.record).toEqual({ mark: "I", creditsAttempted: "1.000", creditsEarned: "0.000", countsInGpa: false });
    shown(await resolve(s, s.registrar, { markId: final.id, version: 1, to: "C", percent: "74" }));
    const history = dataOf<{ courseHistories: { nodes: unknown[] } }>(await s.call(s.registrar, "{ courseHistories { nodes { mark percent creditsEarned countsInGpa } } }")).courseHistories.nodes;
    expect(history).toEqual([{ mark: "C", percent: "74.000000", creditsEarned: "1.000", countsInGpa: true }]);
  });
});
