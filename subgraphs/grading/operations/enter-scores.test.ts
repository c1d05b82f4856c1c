import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, journalOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { gradingSchool, type GradingSchool } from "../tests/grading-school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage({ poolSize: 8 });
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

async function scene<T>(more: (school: GradingSchool, section: string) => T) {
  const school = gradingSchool(contract);
  const section = school.course("Biology");
  const quizzes = school.category(section, "Quizzes", 100);
  const common = { section, quizzes, quiz: school.assignment(quizzes, "20"), student: school.pupil(section), other: school.pupil(section), teacher: school.teacher(section) };
  const extra = more(school, section);
  await school.make.save();
  return { ...school, ...common, ...extra };
}

const document = `mutation($input: EnterScoresInput!, $dryRun: Boolean! = false) { out: enterScores(input: $input, dryRun: $dryRun) { record { id scores(first: 100) { nodes { id version points missing late exempt comment hidden student { id } note { text } } } } changes { recordType field } } }`;
type Entry = { studentId: string; assignmentId: string; version?: number; points?: string | null; missing?: boolean; late?: boolean; exempt?: boolean; comment?: string | null; note?: string | null };
const enter = (s: { section: string; call: GradingSchool["call"] }, caller: Identity, ...entries: Entry[]) => s.call(caller, document, { input: { sectionId: s.section, entries } });
interface Given { id: string; version: number; points: string | null; missing: boolean; late: boolean; exempt: boolean; comment: string | null; student: { id: string }; note: { text: string } | null }
const scoresIn = (reply: Awaited<ReturnType<typeof enter>>): Given[] => dataOf<{ out: { record: { scores: { nodes: Given[] } } } }>(reply).out.record.scores.nodes;
const problemsOf = (reply: Awaited<ReturnType<typeof enter>>): string[] => (reply.errors![0]!.extensions!.fields as { path: string }[]).map((f) => f.path);

describe("who enters scores", () => {
  it("is nobody but the section's teachers", async () => {
    const s = await scene((school) => {
      const history = school.course("History");
      return {
        colleague: school.teacher(history), principal: school.office(Role.Principal), counselor: school.office(Role.Counselor), registrar: school.office(Role.Registrar),
        history,
      };
    });
    // The colleague teaches the same student in another section, and is her mother there.
    s.make.a("SectionEnrollment", { studentId: s.student, section: s.history, fromDate: "2026-08-17", toDate: null, endReason: null });
    s.make.a("StudentContact", { student: s.student, personId: s.colleague.personId!, status: "CONFIRMED", educationRights: true, portalAccess: true, relationship: "MOTHER", fromDate: "2020-01-01" });
    const mother = signedIn(s.make, { personId: s.colleague.personId! }, [Role.Teacher, Role.Parent, Role.Staff]);
    await s.make.save();
    const before = await rowCounts(contract.platform);
    for (const [name, caller] of [["a colleague with the same student", s.colleague], ["that colleague as the student's mother", mother], ["the principal", s.principal], ["a counselor", s.counselor], ["the registrar", s.registrar], ["a parent", s.parentOf(s.other)], ["the student", s.self(s.student)]] as const) {
      await s.make.save();
      expect.soft(codeOf(await enter(s, caller, { studentId: s.student, assignmentId: s.quiz, points: "20" })), name).toBe("FORBIDDEN");
    }
    expect((await rowCounts(contract.platform))["grading.score"]).toBe(before["grading.score"]);
  });

  it("is a co-teacher too, and a teacher until the days of lag have passed, who then keeps reading what she gave", async () => {
    const s = await scene((school, section) => ({ partner: school.teacher(section, { kind: "CO_TEACHER" }), former: school.teacher(section, { toDate: "2026-10-01" }) }));
    const [given] = scoresIn(await enter(s, s.former, { studentId: s.student, assignmentId: s.quiz, points: "15", note: "Talk to her" }));
    scoresIn(await enter(s, s.partner, { studentId: s.other, assignmentId: s.quiz, points: "16" }));
    contract.platform.clock.now = new Date("2026-11-01T15:00:00Z");
    try {
      // 30 days after 1 October: the section is closed to her, her own score is not, its note is.
      expect(codeOf(await enter(s, s.former, { studentId: s.student, assignmentId: s.quiz, version: 1, points: "16" }))).toBe("FORBIDDEN");
      const read = await s.call(s.former, "{ scores { nodes { id note { text } } } }");
      expect(dataOf<{ scores: unknown }>(read).scores).toEqual({ nodes: [{ id: given!.id, note: null }] });
    } finally {
      contract.platform.clock.now = new Date("2026-10-14T15:00:00Z");
    }
  });

  it("reaches a student who was dropped for the days of lag, and no longer", async () => {
    const s = await scene((school) => ({ recent: school.student(), long: school.student() }));
    s.make.a("SectionEnrollment", { studentId: s.recent, section: s.section, fromDate: "2026-08-17", toDate: "2026-10-01", endReason: "Schedule change" });
    s.make.a("SectionEnrollment", { studentId: s.long, section: s.section, fromDate: "2026-08-17", toDate: "2026-09-10", endReason: "Schedule change" });
    await s.make.save();
    scoresIn(await enter(s, s.teacher, { studentId: s.recent, assignmentId: s.quiz, points: "12" }));
    const refused = await enter(s, s.teacher, { studentId: s.long, assignmentId: s.quiz, points: "12" });
    expect(["FORBIDDEN", "VALIDATION_FAILED"]).toContain(codeOf(refused));
  });
});

describe("a list of scores", () => {
  it("is refused whole, with every problem at its place", async () => {
    const s = await scene((school) => {
      const elsewhere = school.course("Physics");
      return { foreign: school.assignment(school.category(elsewhere, "Labs", 100), "10"), stranger: school.student() };
    });
    const before = await rowCounts(contract.platform);
    const reply = await enter(s, s.teacher,
      { studentId: s.student, assignmentId: s.quiz, points: "19" },
      { studentId: s.other, assignmentId: s.quiz, points: "20.5" },
      { studentId: s.student, assignmentId: s.foreign, points: "1" },
      { studentId: s.stranger, assignmentId: s.quiz, points: "1" },
      { studentId: s.student, assignmentId: s.quiz, points: "18" },
    );
    expect(codeOf(reply)).toBe("VALIDATION_FAILED");
    expect(problemsOf(reply)).toEqual(["input.entries.1.points", "input.entries.2.assignmentId", "input.entries.3.studentId", "input.entries.4"]);
    expect(problemsOf(await enter(s, s.teacher, { studentId: s.student, assignmentId: s.quiz, missing: true, points: "0" }))).toEqual(["input.entries.0.missing"]);
    expect(problemsOf(await enter(s, s.teacher))).toEqual(["input.entries"]);
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("keeps what an entry leaves out, and lets missing, points and exempt end one another", async () => {
    const s = await scene(() => ({}));
    const one = async (entry: Partial<Entry>) => scoresIn(await enter(s, s.teacher, { studentId: s.student, assignmentId: s.quiz, ...entry }))[0]!;
    expect(await one({ points: "17", late: true, comment: "Well argued." })).toMatchObject({ version: 1, points: "17.000", late: true, comment: "Well argued.", missing: false });
    expect(await one({ version: 1, missing: true })).toMatchObject({ version: 2, points: null, missing: true, late: true, comment: "Well argued." });
    expect(await one({ version: 2, points: "9.5" })).toMatchObject({ version: 3, points: "9.500", missing: false });
    // The same number written otherwise is no change.
    expect(await one({ version: 3, points: "9.50" })).toMatchObject({ version: 3 });
    expect(await one({ version: 3, exempt: true, comment: null })).toMatchObject({ version: 4, points: "9.500", exempt: true, comment: null });
    expect(await one({ version: 4, missing: true })).toMatchObject({ version: 5, missing: true, exempt: false, points: null });
  });

  it("allows more points than possible for extra credit alone, and the assignment keeps to that", async () => {
    const s = await scene((school) => ({ bonus: (category: string) => school.assignment(category, "5", { extraCredit: true }) }));
    const bonus = s.bonus(s.quizzes);
    await s.make.save();
    scoresIn(await enter(s, s.teacher, { studentId: s.student, assignmentId: bonus, points: "8" }, { studentId: s.student, assignmentId: s.quiz, points: "20" }));
    const lower = (id: string, input: object) => s.call(s.teacher, "mutation($id: ID!, $input: UpdateAssignmentInput!) { updateAssignment(id: $id, version: 1, input: $input) { record { version } } }", { id, input });
    const refused = await lower(s.quiz, { pointsPossible: "15" });
    expect([codeOf(refused), refused.errors![0]!.message]).toEqual(["VALIDATION_FAILED", expect.stringContaining("Some scores are above these points")]);
    expect(codeOf(await lower(bonus, { extraCredit: false }))).toBe("VALIDATION_FAILED");
    dataOf(await lower(s.quiz, { pointsPossible: "25" }));
  });

  it("is not shown to families while the assignment is hidden, and notes never are", async () => {
    const s = await scene((school) => ({ hide: (category: string) => school.assignment(category, "10", { hidden: true }) }));
    const secret = s.hide(s.quizzes);
    const [parent, student] = [s.parentOf(s.student), s.self(s.student)];
    const otherParent = s.parentOf(s.other);
    await s.make.save();
    scoresIn(await enter(s, s.teacher, { studentId: s.student, assignmentId: s.quiz, points: "18", comment: "Good.", note: "Copied?" }, { studentId: s.student, assignmentId: secret, points: "3" }));
    const look = `{ scores { nodes { points comment note { text } assignment { id } } totalCount } assignments { nodes { id } } }`;
    for (const caller of [parent, student]) {
      const seen = await s.call(caller, look);
      expect(seen.data).toEqual({ scores: { nodes: [{ points: "18.000", comment: "Good.", note: null, assignment: { id: s.quiz } }], totalCount: 1 }, assignments: { nodes: [{ id: s.quiz }] } });
    }
    expect(dataOf<{ scores: { totalCount: number } }>(await s.call(otherParent, "{ scores { totalCount } }")).scores.totalCount).toBe(0);
    // Published: the flag of the scores follows, and their versions stay.
    dataOf(await s.call(s.teacher, "mutation($id: ID!) { updateAssignment(id: $id, version: 1, input: { hidden: false }) { record { hidden } } }", { id: secret }));
    const now = dataOf<{ scores: { nodes: { version: number; hidden: boolean }[] } }>(await s.call(parent, "{ scores { nodes { version hidden } } }"));
    expect(now.scores.nodes).toEqual([{ version: 1, hidden: false }, { version: 1, hidden: false }]);
    expect(dataOf<{ scores: { nodes: { note: unknown }[] } }>(await s.call(s.teacher, "{ scores(where: { note: { text: { contains: \"Copied\" } } }) { nodes { note { text } } } }")).scores.nodes).toEqual([{ note: { text: "Copied?" } }]);
  });

  it("changes notes, takes them away and brings them back", async () => {
    const s = await scene(() => ({}));
    const one = async (entry: Partial<Entry>) => scoresIn(await enter(s, s.teacher, { studentId: s.student, assignmentId: s.quiz, ...entry }))[0]!;
    expect((await one({ points: "17", note: "First" })).note).toEqual({ text: "First" });
    expect(await one({ version: 1, note: "Second" })).toMatchObject({ version: 1, note: { text: "Second" } });
    await one({ version: 1, note: null });
    expect((await one({ version: 1, note: "Third" })).note).toEqual({ text: "Third" });
  });
});

describe("two teachers at once", () => {
  it("lose nothing: the second one's stale score is refused whole, with what is there now", async () => {
    const s = await scene((school, section) => ({ partner: school.teacher(section) }));
    scoresIn(await enter(s, s.teacher, { studentId: s.student, assignmentId: s.quiz, points: "10" }));
    scoresIn(await enter(s, s.partner, { studentId: s.student, assignmentId: s.quiz, version: 1, points: "11" }));
    const before = await rowCounts(contract.platform);
    const stale = await enter(s, s.teacher, { studentId: s.other, assignmentId: s.quiz, points: "5" }, { studentId: s.student, assignmentId: s.quiz, version: 1, points: "12" });
    expect(codeOf(stale)).toBe("STALE_VERSION");
    expect(stale.errors![0]!.extensions!.current).toMatchObject({ scores: [{ version: 2, studentId: s.student, assignmentId: s.quiz, points: "11.000" }] });
    expect(await rowCounts(contract.platform)).toEqual(before);
    // Without a version an entry says that there was none.
    expect(codeOf(await enter(s, s.teacher, { studentId: s.student, assignmentId: s.quiz, points: "12" }))).toBe("STALE_VERSION");
    expect(codeOf(await enter(s, s.teacher, { studentId: s.other, assignmentId: s.quiz, version: 3, points: "12" }))).toBe("VALIDATION_FAILED");
  });

  it("both enter at the same moment: of two for one cell one wins, for different cells both do, and no error but STALE_VERSION is seen", async () => {
    const s = await scene((school, section) => ({ partner: school.teacher(section), pupils: Array.from({ length: 10 }, () => school.pupil(section)) }));
    const rounds = await Promise.all([s.teacher, s.partner].flatMap((caller, half) => s.pupils.map((studentId, i) => enter(s, caller, { studentId, assignmentId: s.quiz, points: String(half === 0 ? i : 19 - i) }))));
    expect(rounds.map(codeOf).filter((code) => code !== undefined)).toEqual(Array.from({ length: 10 }, () => "STALE_VERSION"));
    const stored = await contract.platform.sql<{ n: number }>("SELECT count(*)::int AS n FROM grading.score WHERE assignment_id = $1", [s.quiz]);
    expect(stored[0]!.n).toBe(10);
    const [first] = scoresIn(rounds.find((r) => codeOf(r) === undefined)!);
    expect((await journalOf(contract.platform, first!.id)).audit).toHaveLength(1);
  });
});
