import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeOf, type Contract } from "#foundation/testing/contract";
import type { SubgraphReply } from "#foundation/serving/subgraph-service";
import { stage } from "../../contract/stage.ts";
import { enrollmentsIn, operate, twoSchools, type TwoSchools } from "../testing/two-schools.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage({ poolSize: 8 });
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

/** Numbers that look random and are the same in every run (mulberry32). */
function chance(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { below: (n: number) => Math.floor(next() * n), of: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]! };
}

const day = (n: number) => new Date(Date.UTC(2026, 7, 20 + n)).toISOString().slice(0, 10);

/** One operation that a clerk might try at this moment, sensible or not, on one of the students; not called yet. */
async function plan(district: TwoSchools, student: string, { below, of }: ReturnType<typeof chance>): Promise<() => Promise<SubgraphReply>> {
  const schools = [district.oak, district.elm, district.high];
  const [from, to] = [of(schools), of(schools)];
  const grade = district.grades[of(["02", "03", "04"])];
  const call = (name: string, input: Record<string, unknown>, reason?: string) => () => operate(contract, district.districtRegistrar, name, input, { reason });
  const known = await enrollmentsIn(contract, student);
  const one = known.length > 0 ? of(known) : undefined;
  switch (below(9)) {
    case 0: return call("enrollStudent", { studentId: student, schoolId: to, entryDate: day(below(120)), gradeLevelId: grade, kind: of(["PRIMARY", "PRIMARY", "SECONDARY"]) });
    case 1:
    case 2: return call("transferStudent", { studentId: student, fromSchoolId: from, toSchoolId: to, day: day(below(120)), gradeLevelId: grade });
    case 3: return call("withdrawStudent", { studentId: student, schoolId: from, exitDate: day(below(120)), exitCode: "W1" });
    case 4: return call("reenterStudent", { studentId: student, schoolId: to, entryDate: day(below(120)), gradeLevelId: grade });
    case 5: return call("markNoShow", { enrollmentId: one?.id ?? crypto.randomUUID(), version: one?.version ?? 1 });
    case 6: return call("changeGradeLevel", { enrollmentId: one?.id ?? crypto.randomUUID(), version: one?.version ?? 1, gradeLevelId: grade, day: day(below(120)) });
    case 7: return call("correctEnrollment", { enrollmentId: one?.id ?? crypto.randomUUID(), version: one?.version ?? 1, entryDate: of([undefined, day(below(60))]), exitDate: of([undefined, null, day(60 + below(60))]), kind: of([undefined, "PRIMARY", "SECONDARY"]) }, "Typing error");
    default: return call("cancelEnrollment", { enrollmentId: one?.id ?? crypto.randomUUID(), version: one?.version ?? 1 }, "Wrong child");
  }
}

/** What must hold after every history: asked of the rows, not of the constraints. */
async function broken(district: TwoSchools): Promise<unknown[]> {
  return contract.platform.sql(
    `WITH e AS (SELECT *, daterange(entry_date, exit_date) AS span FROM students.school_enrollment WHERE district_id = $1 AND archived_at IS NULL)
     SELECT 'two primaries' AS what, a.id, b.id AS other FROM e a JOIN e b ON b.student_id = a.student_id AND b.id > a.id AND a.kind = 'PRIMARY' AND b.kind = 'PRIMARY' AND a.span && b.span
     UNION ALL SELECT 'twice at one school', a.id, b.id FROM e a JOIN e b ON b.student_id = a.student_id AND b.id > a.id AND a.school_id = b.school_id AND a.span && b.span
     UNION ALL SELECT 'a no-show with days, or days of none', id, NULL FROM e WHERE no_show <> isempty(span)
     UNION ALL SELECT 'an entry outside of its year', e.id, NULL FROM e JOIN schools.school_year y ON y.id = e.school_year_id WHERE e.entry_date < y.first_day OR e.entry_date >= y.end_day
     UNION ALL SELECT 'a code for no exit', id, NULL FROM e WHERE exit_code IS NOT NULL AND exit_date IS NULL`, [district.make.districtId]);
}

const allowed = new Set([undefined, "CONFLICT", "VALIDATION_FAILED", "STALE_VERSION", "NOT_FOUND"]);

describe("any history of operations", () => {
  it("leaves no student in two primaries, one after the other", async () => {
    let done = 0;
    for (const seed of [1, 2, 3]) {
      const random = chance(seed);
      const district = twoSchools(contract);
      const students = [district.student(), district.student({}, null)];
      await district.make.save();
      for (let step = 0; step < 60; step++) {
        const attempt = await plan(district, random.of(students), random);
        const code = codeOf(await attempt());
        expect(allowed, `step ${step} of ${seed}`).toContain(code);
        if (code === undefined) done += 1;
        expect(await broken(district), `step ${step} of ${seed}`).toEqual([]);
      }
    }
    // Most attempts are refused, as they should be; enough are not.
    expect(done).toBeGreaterThan(30);
  }, 120_000);

  it("leaves no student in two primaries, six clerks at once", async () => {
    let done = 0;
    for (const seed of [11, 12]) {
      const random = chance(seed);
      const district = twoSchools(contract);
      const students = [district.student(), district.student()];
      await district.make.save();
      for (let round = 0; round < 12; round++) {
        const attempts: (() => Promise<SubgraphReply>)[] = [];
        for (let i = 0; i < 6; i++) attempts.push(await plan(district, random.of(students), random));
        const replies = await Promise.all(attempts.map((attempt) => attempt()));
        for (const code of replies.map(codeOf)) expect(allowed, `round ${round} of ${seed}`).toContain(code);
        done += replies.filter((reply) => codeOf(reply) === undefined).length;
        expect(await broken(district), `round ${round} of ${seed}`).toEqual([]);
      }
    }
    expect(done).toBeGreaterThan(20);
  }, 120_000);
});

describe("a rollover", () => {
  it("run twice is a rollover run once, whatever was planned and placed before", async () => {
    for (const seed of [21, 22, 23]) {
      const random = chance(seed);
      const district = twoSchools(contract);
      const { make } = district;
      for (let i = 0; i < 25; i++) {
        const exit = random.of([null, null, null, "2027-08-01", "2027-02-01", "2026-08-24"]);
        const student = district.student({}, { exitDate: exit, noShow: exit === "2026-08-24", gradeLevelId: random.of([null, district.grades["03"], district.grades["05"]]) });
        const action = random.of([null, "PROMOTE", "PROMOTE", "RETAIN", "GRADUATE", "LEAVE"]);
        const goes = action === "PROMOTE" || action === "RETAIN";
        if (action) make.a("NextYearPlacement", { studentId: student, schoolYearId: district.year, action, nextSchoolId: goes ? random.of([district.oak, district.elm, district.high]) : null, nextGradeLevelId: goes ? district.grades["04"] : null });
        if (exit !== null && random.below(3) === 0) make.a("SchoolEnrollment", { student, schoolId: random.of([district.oak, district.elm]), schoolYearId: district.nextYear, gradeLevelId: district.grades["04"], kind: random.of(["PRIMARY", "SECONDARY"]), entryDate: random.of(["2027-08-01", "2027-08-20"]) });
      }
      await make.save();
      const state = () => contract.platform.sql("SELECT id, version, exit_date::text, exit_code FROM students.school_enrollment WHERE district_id = $1 AND archived_at IS NULL ORDER BY id", [make.districtId]);
      const run = () => operate(contract, district.districtRegistrar, "runRollover", { fromYearId: district.year });
      expect(codeOf(await run())).toBeUndefined();
      const once = await state();
      expect(codeOf(await run())).toBeUndefined();
      expect(await state(), `seed ${seed}`).toEqual(once);
      expect(await broken(district)).toEqual([]);
    }
  });
});
