import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, statementsOf, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { gradingSchool, type GradingSchool } from "../tests/grading-school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const document = `query($representations: [_Any!]!, $period: ID!) { _entities(representations: $representations) { ... on Section { gradebook(gradingPeriodId: $period) {
  categories { title weight dropLowest } assignments { id title pointsPossible hidden } rows { student { id } percent shown proposed posted { mark incomplete } categories { categoryId percent } scores { id version assignmentId points missing exempt dropped } } } } } }`;
interface Book { assignments: { id: string }[]; rows: { student: { id: string }; percent: string | null; shown: string | null; proposed: string | null; posted: { mark: string } | null; scores: { assignmentId: string; points: string | null; dropped: boolean }[] }[] }
const open = (s: Pick<GradingSchool, "call" | "quarters">, caller: Identity, sections: readonly string[]) => s.call(caller, document, { representations: sections.map((id) => ({ __typename: "Section", id })), period: s.quarters.one });
const books = (reply: Awaited<ReturnType<typeof open>>): (Book | null)[] => (reply.data as { _entities: { gradebook: Book | null }[] })._entities.map((e) => e.gradebook);

describe("Section.gradebook", () => {
  it("is refused to everybody but the section's teachers and the office of its school", async () => {
    const s = gradingSchool(contract);
    const [section, other] = [s.course("Biology"), s.course("History")];
    const learner = s.pupil(section, other);
    const elsewhere = gradingSchool(contract, s);
    const callers = { colleague: s.teacher(other), far: elsewhere.office(Role.Principal), parent: s.parentOf(learner), registrar: s.office(Role.Registrar) };
    const teacher = s.teacher(section);
    const principal = s.office(Role.Principal);
    await s.make.save();
    for (const [name, caller] of Object.entries(callers)) {
      const reply = await open(s, caller, [section]);
      expect.soft([books(reply), codeOf(reply)], name).toEqual([[null], "FORBIDDEN"]);
    }
    const mixed = await open(s, callers.colleague, [section, other]);
    expect(books(mixed).map((b) => b?.rows.map((r) => r.student.id) ?? null)).toEqual([null, [learner]]);
    for (const caller of [teacher, principal]) expect.soft(books(await open(s, caller, [section]))[0]!.rows.map((r) => r.student.id)).toEqual([learner]);
  });

  it("shows the students of the period by name, with averages, dropped scores and the marks that posting would give", async () => {
    const s = gradingSchool(contract);
    const section = s.course("Biology");
    const [tests, homework] = [s.category(section, "Tests", 60), s.category(section, "Homework", 40, 1)];
    const [test, one, two, practice] = [s.assignment(tests, "50"), s.assignment(homework, "10", { dueDate: "2026-09-02" }), s.assignment(homework, "10", { dueDate: "2026-09-04" }), s.assignment(homework, "10", { countsInAverage: false, dueDate: "2026-10-01" })];
    const [learner, idle, early, future] = [s.pupil(section), s.pupil(section), s.student(), s.student()];
    s.make.a("SectionEnrollment", { studentId: early, section, fromDate: "2026-08-17", toDate: "2026-09-15", endReason: "Moved" });
    s.make.a("SectionEnrollment", { studentId: future, section, fromDate: "2026-11-01", toDate: null, endReason: null });
    for (const [assignment, given] of [[test, { points: "44" }], [one, { points: "9" }], [two, { missing: true }], [practice, { points: "1" }]] as const) s.score(learner, assignment, given);
    s.mark(early, section, "B", { percent: "80" });
    const teacher = s.teacher(section);
    await s.make.save();
    const [book] = books(await open(s, teacher, [section]));
    expect(book!.assignments.map((a) => a.id)).toEqual([one, two, test, practice]);
    const rows = new Map(book!.rows.map((r) => [r.student.id, r]));
    expect([...rows.keys()].sort()).toEqual([learner, idle, early].sort());
    // Tests 44/50 = 88; homework 9/10 = 90 after the missing one is dropped: 88 x 0.6 + 90 x 0.4 = 88.8, shown as 89, a B.
    expect(rows.get(learner)).toMatchObject({ percent: "88.800000", shown: "89", proposed: "B", posted: null });
    expect(rows.get(learner)!.scores.filter((x) => x.dropped).map((x) => x.assignmentId)).toEqual([two]);
    expect(rows.get(idle)).toMatchObject({ percent: null, shown: null, proposed: null, scores: [] });
    expect(rows.get(early)!.posted).toEqual({ mark: "B", incomplete: false });
    const names = await contract.platform.sql<{ id: string }>("SELECT id FROM students.student WHERE id = ANY ($1) ORDER BY sort_name, id", [[...rows.keys()]]);
    expect(book!.rows.map((r) => r.student.id)).toEqual(names.map((n) => n.id));
    expect(codeOf(await open({ ...s, quarters: { ...s.quarters, one: section } }, teacher, [section]))).toBe("VALIDATION_FAILED");
  });

  it("takes as many statements for 35 students and 40 assignments in two sections as for one of each", async () => {
    const s = gradingSchool(contract);
    const small = s.course("Small");
    s.score(s.pupil(small), s.assignment(s.category(small, "Tests", 100), "10"), { points: "8" });
    const large = ["Large", "Larger"].map((title) => s.course(title));
    for (const section of large) {
      const categories = ["Tests", "Homework", "Labs"].map((title, i) => s.category(section, title, 20 + 10 * i, i));
      const pupils = Array.from({ length: 35 }, () => s.pupil(section));
      const work = Array.from({ length: 40 }, (_, i) => s.assignment(categories[i % 3]!, "10"));
      for (const [i, student] of pupils.entries()) for (const [j, assignment] of work.entries()) s.score(student, assignment, { points: String((i * 7 + j * 3) % 11) });
    }
    const person = s.teacher(small).personId!;
    for (const section of large) s.teacher(section, { personId: person });
    const principal = s.office(Role.Principal);
    const teacher = { ...s.teacher(small, { personId: s.make.a("Person") }), personId: person } as Identity;
    await s.make.save();
    for (const caller of [teacher, principal]) {
      const few = await statementsOf(contract.platform, async () => dataOf(await open(s, caller, [small])));
      let pages: (Book | null)[] = [];
      const many = await statementsOf(contract.platform, async () => {
        pages = books(await open(s, caller, large));
      });
      expect(many.length).toBe(few.length);
      expect(many.length).toBeLessThanOrEqual(15);
      expect(pages.map((b) => [b!.rows.length, b!.rows.reduce((n, r) => n + r.scores.length, 0)])).toEqual([[35, 1400], [35, 1400]]);
    }
  });
});
