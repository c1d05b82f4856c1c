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

async function scene<T>(more: (school: GradingSchool, section: string) => T) {
  const school = gradingSchool(contract);
  const section = school.course("Biology");
  const common = { section, student: school.pupil(section), other: school.pupil(section), teacher: school.teacher(section) };
  const extra = more(school, section);
  await school.make.save();
  return { ...school, newStudent: school.student, ...common, ...extra };
}

const document = `mutation($input: PostMarksInput!, $dryRun: Boolean! = false) { out: postMarks(input: $input, dryRun: $dryRun) { record { id } changes { recordType field after } } }`;
type Scene = Pick<GradingSchool, "call" | "quarters"> & { section: string };
const post = (s: Scene, caller: Identity, input: object = {}, dryRun = false) => s.call(caller, document, { input: { sectionId: s.section, gradingPeriodId: s.quarters.one, ...input }, dryRun });
const marksOf = async (s: Scene, caller: Identity) =>
  Object.fromEntries(
    dataOf<{ marks: { nodes: { student: { id: string }; kind: string; mark: string; percent: string | null; computedPercent: string | null }[] } }>(
      await s.call(caller, "{ marks(first: 100) { nodes { student { id } kind mark percent computedPercent } } }"),
    ).marks.nodes.map((m) => [`${m.student.id} ${m.kind}`, [m.mark, m.percent, m.computedPercent]]),
  );

describe("who posts marks", () => {
  it("is nobody but the section's teachers and the office of its school", async () => {
    const s = await scene((school) => {
      const history = school.course("History");
      const elsewhere = gradingSchool(contract, school);
      return { history, colleague: school.teacher(history), counselor: school.office(Role.Counselor), assistant: school.office(Role.AssistantPrincipal), far: elsewhere.office(Role.Registrar), farPrincipal: elsewhere.office(Role.Principal), parent: school.parentOf };
    });
    // A principal who teaches here is a teacher here, of her own section only.
    const principalWhoTeaches = signedIn(s.make, { personId: s.farPrincipal.personId! }, [Role.Principal, Role.Teacher, Role.Staff]);
    s.make.a("TeachingAssignment", { sectionId: s.history, personId: principalWhoTeaches.personId, fromDate: "2026-08-17", toDate: null });
    s.make.a("SectionEnrollment", { studentId: s.student, section: s.history, fromDate: "2026-08-17", toDate: null, endReason: null });
    const parent = s.parent(s.student);
    const motherWhoTeaches = signedIn(s.make, { personId: parent.personId! }, [Role.Teacher, Role.Parent, Role.Staff]);
    s.make.a("TeachingAssignment", { sectionId: s.history, personId: parent.personId, kind: "CO_TEACHER", fromDate: "2026-08-17", toDate: null });
    await s.make.save();
    const before = await rowCounts(contract.platform);
    for (const [name, caller] of [
      ["a colleague with the same student", s.colleague], ["the student's mother, who teaches the student elsewhere", motherWhoTeaches], ["a principal of another school who teaches here", principalWhoTeaches],
      ["the registrar of another school", s.far], ["a counselor", s.counselor], ["an assistant principal", s.assistant], ["the parent", parent], ["the student", s.self(s.student)],
    ] as const) {
      expect.soft(codeOf(await post(s, caller, { entries: [{ studentId: s.student, mark: "A" }] })), name).toBe("FORBIDDEN");
    }
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("is the registrar where a teacher cannot, without reading the scores", async () => {
    const s = await scene((school, section) => {
      const work = school.assignment(school.category(section, "Tests", 100), "50");
      return { registrar: school.office(Role.Registrar), work };
    });
    s.score(s.student, s.work, { points: "46" });
    await s.make.save();
    expect((await s.call(s.registrar, "{ scores { totalCount } }")).data).toEqual({ scores: null });
    dataOf(await post(s, s.registrar));
    // 46 / 50 = 92 %.
    expect(await marksOf(s, s.registrar)).toEqual({ [`${s.student} PERIOD`]: ["A", "92.000000", "92.000000"] });
  });
});

describe("a grading period's marks", () => {
  /** Tests 60, homework 40 with the lowest dropped. */
  async function gradebook() {
    const s = await scene((school, section) => {
      const [tests, homework] = [school.category(section, "Tests", 60), school.category(section, "Homework", 40, 1)];
      return { test: school.assignment(tests, "50"), work: [1, 2, 3].map(() => school.assignment(homework, "10")), hidden: school.assignment(tests, "50", { hidden: true }), later: school.assignment(tests, "50", { gradingPeriodId: school.quarters.two }) };
    });
    // Tests 44/50 and 45/50: 89 %. Homework 9, 10 and missing, the missing one dropped: 95 %. 89 x 0.6 + 95 x 0.4 = 53.4 + 38 = 91.4.
    s.score(s.student, s.test, { points: "44" });
    s.score(s.student, s.hidden, { points: "45" });
    s.score(s.student, s.work[0]!, { points: "9" });
    s.score(s.student, s.work[1]!, { points: "10" });
    s.score(s.student, s.work[2]!, { missing: true });
    s.score(s.student, s.later, { points: "1" });
    // Only homework, 7.95 of 10 twice and an exempt one: 79.5 %, shown as 80.
    for (const [i, given] of [{ points: "7.95" }, { points: "7.95" }, { exempt: true }].entries()) s.score(s.other, s.work[i]!, given);
    await s.make.save();
    return s;
  }

  it("are computed for everybody who has scores, and read from the percent rounded half up", async () => {
    const s = await gradebook();
    dataOf(await post(s, s.teacher));
    // The second student's lowest homework is dropped: 7.95/10 = 79.5 %, shown as 80, a B.
    expect(await marksOf(s, s.teacher)).toEqual({ [`${s.student} PERIOD`]: ["A", "91.400000", "91.400000"], [`${s.other} PERIOD`]: ["B", "79.500000", "79.500000"] });
    expect(codeOf(await post(s, s.teacher))).toBe("CONFLICT");
  });

  it("are the teacher's to choose: a mark, a percent, or both", async () => {
    const s = await gradebook();
    const third = s.pupil(s.section);
    await s.make.save();
    // B in place of the computed A counts as 80; a percent of 93 reads as A; P has no number.
    dataOf(await post(s, s.teacher, { entries: [{ studentId: s.student, mark: "B" }, { studentId: s.other, percent: "93" }, { studentId: third, mark: "P" }] }));
    expect(await marksOf(s, s.teacher)).toEqual({
      [`${s.student} PERIOD`]: ["B", "80.000000", "91.400000"], [`${s.other} PERIOD`]: ["A", "93.000000", "79.500000"], [`${third} PERIOD`]: ["P", null, null],
    });
  });

  it("are posted for those who are there at the end, and by name for those who left in between: by the office, once they are out of the teacher's reach", async () => {
    const s = await gradebook();
    const [left, before] = [s.newStudent(), s.newStudent()];
    for (const [student, toDate] of [[left, "2026-09-12"], [before, "2026-08-17"]] as const) s.make.a("SectionEnrollment", { studentId: student, section: s.section, fromDate: "2026-08-10", toDate, endReason: "Moved" });
    s.score(left, s.test, { points: "30" });
    await s.make.save();
    dataOf(await post(s, s.teacher));
    expect(Object.keys(await marksOf(s, s.teacher)).sort()).toEqual([`${s.student} PERIOD`, `${s.other} PERIOD`].sort());
    const [principal, missing] = [s.office(Role.Principal), await post(s, s.teacher, { entries: [{ studentId: before, mark: "F" }] })];
    expect(codeOf(missing)).toBe("VALIDATION_FAILED");
    await s.make.save();
    // The student left longer ago than the teacher's days of lag reach.
    expect(codeOf(await post(s, s.teacher, { entries: [{ studentId: left }] }))).toBe("VALIDATION_FAILED");
    dataOf(await post(s, principal, { entries: [{ studentId: left }] }));
    // 30 / 50 = 60 %.
    expect((await marksOf(s, principal))[`${left} PERIOD`]).toEqual(["D", "60.000000", "60.000000"]);
  });

  it("are shown by a dry run, posted once, and changed only by changeMark", async () => {
    const s = await gradebook();
    const before = await rowCounts(contract.platform);
    const { changes } = dataOf<{ out: { changes: { field: string; after: unknown }[] } }>(await post(s, s.teacher, {}, true)).out;
    expect(changes.filter((c) => c.field === "mark").map((c) => c.after).sort()).toEqual(["A", "B"]);
    expect(await rowCounts(contract.platform)).toEqual(before);
    dataOf(await post(s, s.teacher, { entries: [{ studentId: s.student }] }));
    dataOf(await post(s, s.teacher, { entries: [{ studentId: s.student }, { studentId: s.other, mark: "C" }] }));
    const unchanged = await rowCounts(contract.platform);
    expect(codeOf(await post(s, s.teacher, { entries: [{ studentId: s.other, mark: "B" }] }))).toBe("CONFLICT");
    expect(await rowCounts(contract.platform)).toEqual(unchanged);
  });

  it("are refused where there is nothing to read them from, off the roster, twice, off the scale, or for a section that is not graded so", async () => {
    const s = await gradebook();
    const third = s.pupil(s.section);
    const stranger = s.make.a("Student");
    const standards = s.course("Grade 2", { grading: "STANDARDS" });
    await s.make.save();
    const at = async (entries: object[]) => {
      const reply = await post(s, s.teacher, { entries });
      return [codeOf(reply), (reply.errors?.[0]?.extensions?.fields as { path: string }[] | undefined)?.map((f) => f.path)];
    };
    expect(await at([{ studentId: third }])).toEqual(["VALIDATION_FAILED", ["input.entries.0.mark"]]);
    expect(await at([{ studentId: stranger, mark: "A" }])).toEqual(["VALIDATION_FAILED", ["input.entries.0.studentId"]]);
    expect(await at([{ studentId: s.student, mark: "A" }, { studentId: s.student, mark: "A" }])).toEqual(["VALIDATION_FAILED", ["input.entries.1.studentId"]]);
    expect(await at([{ studentId: third, mark: "A+" }])).toEqual(["VALIDATION_FAILED", ["input.entries.0.mark"]]);
    const principal = s.office(Role.Principal);
    await s.make.save();
    expect(codeOf(await s.call(principal, document, { input: { sectionId: standards, gradingPeriodId: s.quarters.one } }))).toBe("CONFLICT");
  });

  it("wait for the school's window", async () => {
    const s = await gradebook();
    contract.platform.clock.now = new Date("2027-02-01T15:00:00Z");
    try {
      const principal = s.office(Role.Principal);
      await s.make.save();
      const reply = await post(s, principal);
      expect([codeOf(reply), reply.errors![0]!.message]).toEqual(["CONFLICT", expect.stringContaining("window for Quarter 1 is not open")]);
      // A second window for late marks opens it again.
      s.make.a("GradingWindow", { schoolId: s.schoolId, gradingPeriodId: s.quarters.one, opensAt: new Date("2027-02-01T00:00:00Z"), closesAt: new Date("2027-02-02T00:00:00Z") });
      await s.make.save();
      dataOf(await post(s, principal));
    } finally {
      contract.platform.clock.now = new Date("2026-10-14T15:00:00Z");
    }
  });

  it("carry comments from the bank and one of the teacher's own", async () => {
    const s = await gradebook();
    const [kind, slow] = [s.make.a("CommentBankEntry", { code: "1", text: "A pleasure to have in class." }), s.make.a("CommentBankEntry", { code: "2", text: "Should ask for help sooner." })];
    const parent = s.parentOf(s.student);
    await s.make.save();
    dataOf(await post(s, s.teacher, { entries: [{ studentId: s.student, commentIds: [kind, slow], comment: "Loves frogs." }] }));
    const read = async () => dataOf<{ markComments: { nodes: { text: string | null; entry: { text: string } | null }[] } }>(await s.call(parent, "{ markComments { nodes { text entry { text } } } }")).markComments.nodes.map((c) => c.text ?? c.entry!.text).sort();
    expect(await read()).toEqual(["A pleasure to have in class.", "Loves frogs.", "Should ask for help sooner."]);
    // Posting the same mark again with other comments changes the comments alone.
    dataOf(await post(s, s.teacher, { entries: [{ studentId: s.student, commentIds: [slow], comment: null }] }));
    expect(await read()).toEqual(["Should ask for help sooner."]);
    expect(codeOf(await post(s, s.teacher, { entries: [{ studentId: s.other, commentIds: [s.student] }] }))).toBe("VALIDATION_FAILED");
  });
});

describe("a term's final marks", () => {
  const finals = (s: Scene & { terms: { fall: string } }, caller: Identity, input: object = {}) => post(s, caller, { kind: "TERM_FINAL", gradingPeriodId: null, termId: s.terms.fall, ...input });

  it("follow the formula quarter 1 40, quarter 2 40, exam 20, over the parts that have marks", async () => {
    const s = await scene((school) => {
      const formula = school.make.a("TermFormula", { termId: school.terms.fall, schoolId: school.schoolId, courseId: null });
      const part = (kind: string, weight: string, gradingPeriodId: string | null) => school.make.a("TermFormulaPart", { formula, kind, weight, gradingPeriodId });
      part("PERIOD", "40", school.quarters.one);
      part("PERIOD", "40", school.quarters.two);
      part("EXAM", "20", null);
      return {};
    });
    const third = s.pupil(s.section);
    for (const [student, one, two, exam] of [[s.student, "88", "92", "75"], [s.other, "88", "92", null], [third, null, "92", "75"]] as const) {
      if (one) s.mark(student, s.section, "B", { percent: one });
      s.mark(student, s.section, "A", { percent: two, gradingPeriodId: s.quarters.two });
      if (exam) s.mark(student, s.section, "C", { kind: "EXAM", termId: s.terms.fall, percent: exam });
    }
    await s.make.save();
    dataOf(await finals(s, s.teacher));
    const all = await marksOf(s, s.teacher);
    // 88 x 0.4 + 92 x 0.4 + 75 x 0.2 = 87; without the exam 90; without quarter 1 (92 x 40 + 75 x 20) / 60 = 86.333333.
    expect([s.student, s.other, third].map((id) => all[`${id} TERM_FINAL`]!.slice(0, 2))).toEqual([["B", "87.000000"], ["A", "90.000000"], ["B", "86.333333"]]);
  });

  it("weigh the term's periods alike where there is no formula, in full precision, and an incomplete not at all", async () => {
    const s = await scene(() => ({}));
    // 89 1/6 and 89 5/6 in equal parts are 89.5 exactly: shown as 90, an A. The incomplete has no number: 84 alone.
    s.mark(s.student, s.section, "B", { percent: "89.166667", exactPercent: "535/6" });
    s.mark(s.student, s.section, "A", { percent: "89.833333", exactPercent: "539/6", gradingPeriodId: s.quarters.two });
    s.mark(s.other, s.section, "B", { percent: "84" });
    s.mark(s.other, s.section, "I", { gradingPeriodId: s.quarters.two, status: "INCOMPLETE", deadline: "2026-12-01", becomes: "F" });
    await s.make.save();
    dataOf(await finals(s, s.teacher));
    const all = await marksOf(s, s.teacher);
    expect([s.student, s.other].map((id) => all[`${id} TERM_FINAL`]!.slice(0, 2))).toEqual([["A", "89.500000"], ["B", "84.000000"]]);
  });

  it("name a term, periods name a period, and both are of the section's school and year, and of its own terms", async () => {
    const s = await scene((school) => ({ elsewhere: gradingSchool(contract, school) }));
    const spring = s.make.a("GradingPeriod", { term: s.terms.spring, school: s.schoolId, firstDay: "2027-01-16", endDay: "2027-03-20" });
    await s.make.save();
    for (const input of [{ gradingPeriodId: spring }, { kind: "TERM_FINAL", gradingPeriodId: null, termId: s.terms.spring }, { termId: s.terms.fall }, { gradingPeriodId: null }, { gradingPeriodId: s.elsewhere.quarters.one }, { kind: "EXAM", gradingPeriodId: null, termId: s.elsewhere.terms.fall }]) {
      expect.soft(codeOf(await post(s, s.teacher, { entries: [{ studentId: s.student, mark: "A" }], ...input })), JSON.stringify(input)).toBe("VALIDATION_FAILED");
    }
    dataOf(await finals(s, s.teacher, { kind: "EXAM", entries: [{ studentId: s.student, percent: "81" }] }));
  });
});
