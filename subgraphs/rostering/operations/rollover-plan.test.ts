import { describe, expect, it } from "vitest";
import { planRollover } from "./rollover-plan.ts";
import type { YearEndStudent } from "./year-end.ts";

let n = 0;
const student = (parts: Partial<YearEndStudent>): YearEndStudent => ({
  studentId: `s${n++}`, enrollmentId: `e${n}`, schoolId: "High", gradeLevelId: "g11", exitDate: null, exitCode: null, fullTimeShare: "1", secondaryIds: [], placementId: "p", action: "PROMOTE", nextSchoolId: "High", nextGradeLevelId: "g12", placed: false, blocked: false, ...parts,
});
const goes = (action: "GRADUATE" | "LEAVE", parts: Partial<YearEndStudent> = {}) => student({ action, nextSchoolId: null, nextGradeLevelId: null, ...parts });

describe("the plan of a rollover", () => {
  it("counts a grade with retained and graduating students", () => {
    // Of 8 seniors 5 graduate, 2 repeat the grade and 1 moves away; of 4 juniors 3 move up and 1 has no placement yet.
    const seniors = [...Array.from({ length: 5 }, () => goes("GRADUATE")), ...Array.from({ length: 2 }, () => student({ gradeLevelId: "g12", action: "RETAIN" })), goes("LEAVE")];
    const juniors = [...Array.from({ length: 3 }, () => student({})), student({ placementId: null, action: null, nextSchoolId: null, nextGradeLevelId: null })];
    const { counts, steps, unplanned } = planRollover([...seniors, ...juniors]);
    expect(counts).toEqual({ promoted: 3, retained: 2, graduated: 5, left: 1, alreadyPlaced: 0, unplanned: 1, blocked: 0 });
    expect([steps.length, unplanned.length]).toEqual([11, 1]);
    expect(steps.filter(({ next }) => next === null)).toHaveLength(6);
  });

  it("leaves alone who is in the next year already, and who has gone", () => {
    const { counts, steps } = planRollover([student({ placed: true }), goes("GRADUATE", { exitDate: "2027-08-01" }), student({ placed: true, action: null })]);
    expect([counts.alreadyPlaced, steps]).toEqual([3, []]);
  });

  it("takes up who was given the year's end as exit and not yet a next year", () => {
    expect(planRollover([student({ exitDate: "2027-08-01" })]).steps).toHaveLength(1);
  });

  it("skips who has another enrollment in the way, and says so", () => {
    const { counts, blocked, steps } = planRollover([student({ blocked: true })]);
    expect([counts.blocked, blocked.length, steps.length]).toEqual([1, 1, 0]);
  });
});
