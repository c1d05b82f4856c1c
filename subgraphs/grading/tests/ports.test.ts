import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordOf } from "#foundation/record/metadata";
import type { Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { load, loadOrder, marksAfter, scoresAfter } from "../ports.ts";
import { grading } from "../subgraph.ts";
import { gradingSchool } from "./grading-school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

describe("the ports of grading", () => {
  it("tell what a withdrawal dated back would leave outside", async () => {
    const s = gradingSchool(contract);
    const section = s.course("Biology");
    const student = s.pupil(section);
    const tests = s.category(section, "Tests", 100);
    for (const dueDate of ["2026-09-08", "2026-09-21", "2026-10-02"]) s.score(student, s.assignment(tests, "10", { dueDate }), { points: "8" });
    s.mark(student, section, "B", { postedOn: "2026-10-01" });
    s.mark(student, section, "A", { postedOn: "2026-09-01", gradingPeriodId: s.quarters.two });
    await s.make.save();
    const left = (day: string) => contract.platform.write(s.make.districtId, (across) => across.in("grading", async (session) => [await scoresAfter(session, student, day), await marksAfter(session, student, day, s.schoolId)]));
    // The exit is exclusive: work due on the first day that no longer counts lies outside.
    expect(await left("2026-09-21")).toEqual([{ count: 2, firstDay: "2026-09-21", lastDay: "2026-10-02" }, { count: 1, firstDay: "2026-10-01", lastDay: "2026-10-01" }]);
    expect(await left("2026-10-03")).toEqual([{ count: 0, firstDay: null, lastDay: null }, { count: 0, firstDay: null, lastDay: null }]);
  });

  it("load every record, each after what it refers to, and scores follow their assignments", async () => {
    expect([...loadOrder].sort()).toEqual(grading.records.map((type) => type.name).sort());
    const place = new Map(loadOrder.map((kind, i) => [kind as string, i]));
    for (const type of grading.records) {
      for (const field of recordOf(type).fields.values()) if (field.kind === "belongsTo" && field.target() !== type) expect(place.get(field.target().name)!, `${type.name}.${field.name}`).toBeLessThan(place.get(type.name)!);
    }
    const s = gradingSchool(contract);
    const section = s.course("Biology");
    const [late, ...students] = [s.pupil(section), s.pupil(section), s.pupil(section)];
    const tests = s.category(section, "Tests", 100);
    const [open, hidden] = [s.assignment(tests, "10"), s.assignment(tests, "10", { hidden: true })];
    const person = s.make.a("Person");
    await s.make.save();
    const row = (studentId: string, assignment: string, points: string) => ({ id: crypto.randomUUID(), studentId, assignment, sectionId: section, schoolId: s.schoolId, points, givenById: person });
    const loading = (rows: ReturnType<typeof row>[]) => contract.platform.write(s.make.districtId, (across) => across.in("grading", (session) => load(session, "Score", rows)));
    await loading(students.flatMap((student) => [row(student, open, "7"), row(student, hidden, "8")]));
    const stored = await contract.platform.sql("SELECT assignment_id, hidden, count(*)::int AS n FROM grading.score WHERE section_id = $1 GROUP BY 1, 2 ORDER BY 2", [section]);
    expect(stored).toEqual([{ assignment_id: open, hidden: false, n: 2 }, { assignment_id: hidden, hidden: true, n: 2 }]);
    await expect(loading([row(late!, open, "10.5")])).rejects.toThrow("more than the assignment's points possible");
  });
});
