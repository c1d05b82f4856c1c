import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { gradingSchool, type GradingSchool } from "../tests/grading-school.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

type Caller = Pick<GradingSchool, "call">;
const ofStudents = (s: Caller, caller: Identity, ids: readonly string[], selection: string, variables: object = {}, declared = "") =>
  s.call(caller, `query($representations: [_Any!]!${declared}) { _entities(representations: $representations) { ... on Student { id ${selection} } } }`, { representations: ids.map((id) => ({ __typename: "Student", id })), ...variables });
const values = <T>(reply: Awaited<ReturnType<typeof ofStudents>>, field: string): (T | null)[] => (reply.data as { _entities: Record<string, T | null>[] })._entities.map((e) => e[field] ?? null);

describe("Student.gpa", () => {
  const gpa = "gpa { policy weighted unweighted credits }";
  async function scene() {
    const s = gradingSchool(contract);
    const student = s.student();
    const algebra = s.finished(student, "Algebra I", "F", { endedOn: "2025-01-16" });
    s.finished(student, "Algebra I", "B", { repeats: algebra });
    s.finished(student, "English 9", "A", { transferSchool: "Lakeside High School" });
    s.finished(student, "Biology", "B", { courseLevelId: s.levels.honors, creditsAttempted: "0.5", creditsEarned: "0.5" });
    const other = s.make.a("GpaPolicy", { name: "College", fromDate: "2020-01-02", official: false, repeats: "AVERAGE", countsTransfers: false, decimals: 2, rounding: "TRUNCATE", bonusFromPoints: "1" });
    for (const [mark, points] of [["A", "4"], ["B", "3"], ["F", "0"]]) s.make.a("GpaPolicyPoint", { policy: other, mark, points });
    const made = { ...s, learner: student, other, parent: s.parentOf(student), counselor: s.office(Role.Counselor) };
    await s.make.save();
    return made;
  }

  it("is computed under the official policy, or under the one that is named", async () => {
    const s = await scene();
    // Better replaces: Algebra 3, English 4, Biology 3 (0.5): (3 + 4 + 1.5) / 2.5 = 3.400; with honors (3 + 4 + 1.75) / 2.5 = 3.500.
    expect(values(await ofStudents(s, s.parent, [s.learner], gpa), "gpa")).toEqual([{ policy: "District GPA", unweighted: "3.400", weighted: "3.500", credits: "2.500" }]);
    // Average of attempts 1.5, no transfer, no bonuses: (1.5 + 1.5) / 1.5 = 2.00.
    expect(values(await ofStudents(s, s.counselor, [s.learner], `gpa(policyId: $policy) { policy weighted unweighted credits }`, { policy: s.other }, ", $policy: ID"), "gpa")).toEqual([{ policy: "College", unweighted: "2.00", weighted: "2.00", credits: "1.500" }]);
    expect(codeOf(await ofStudents(s, s.counselor, [s.learner], `gpa(policyId: "x") { policy }`))).toBe("VALIDATION_FAILED");
  });

  it("is told of nobody whose whole record the caller does not read", async () => {
    const s = await scene();
    const former = gradingSchool(contract, s);
    s.make.a("SchoolEnrollment", { student: s.learner, schoolId: former.schoolId, kind: "SECONDARY", entryDate: "2024-08-17", exitDate: "2025-06-05", exitCode: "W1" });
    const callers = { formerPrincipal: former.office(Role.Principal), otherParent: s.parentOf(s.student()), otherCounselor: former.office(Role.Counselor) };
    const teacher = s.teacher(s.course("Art"));
    await s.make.save();
    for (const [name, caller] of Object.entries({ ...callers, teacher })) {
      const reply = await ofStudents(s, caller, [s.learner], gpa);
      expect.soft([values(reply, "gpa"), codeOf(reply)], name).toEqual([[null], "FORBIDDEN"]);
    }
    expect(values(await ofStudents(s, s.self(s.learner), [s.learner], gpa), "gpa")).toMatchObject([{ unweighted: "3.400" }]);
  });

  it("is null without a policy", async () => {
    const s = await scene();
    await contract.platform.sql("UPDATE grading.gpa_policy SET archived_at = now() WHERE district_id = $1", [s.make.districtId]);
    expect(values(await ofStudents(s, s.parent, [s.learner], gpa), "gpa")).toEqual([null]);
  });
});

describe("Student.rank", () => {
  /** Five of one grade: averages 4, 3.5 weighted twice, 2, and one who came late; one of another grade. */
  async function scene(policy: object = {}) {
    const s = gradingSchool(contract);
    const grade = s.make.once("GradeLevel");
    const seniors = ["A", "B+", "B+", "C"].map((mark) => {
      const student = s.student({ gradeLevelId: grade });
      for (const termName of ["Fall", "Spring"]) s.finished(student, "English", mark === "B+" ? "B" : mark, { termName, ...(mark === "B+" ? { courseLevelId: s.levels.honors } : {}) });
      return student;
    });
    const late = s.student({ gradeLevelId: grade });
    s.finished(late, "English", "A", { courseLevelId: s.levels.ap });
    const transferred = s.student({ gradeLevelId: grade });
    for (const termName of ["Fall", "Spring"]) s.finished(transferred, "English", "A", { termName, transferSchool: "Lakeside" });
    const younger = s.student({ gradeLevelId: s.make.a("GradeLevel") });
    s.finished(younger, "English", "A", { courseLevelId: s.levels.ap });
    s.make.a("RankPolicy", { fromDate: "2020-01-01", schoolId: null, enabled: true, weighted: true, minimumTerms: 2, minimumCredits: "2", ...policy });
    const made = { ...s, seniors, late, transferred, younger, grade, counselor: s.office(Role.Counselor), parents: seniors.map((id) => s.parentOf(id)) };
    await s.make.save();
    return made;
  }
  const rank = "rank { rank outOf weighted school { id } gradeLevel { id } }";
  const ranks = async (s: Caller, caller: Identity, ids: readonly string[]) => values<{ rank: number; outOf: number }>(await ofStudents(s, caller, ids, rank), "rank").map((r) => r && [r.rank, r.outOf]);

  it("shares ties and skips the next: 1, 2, 2, 4; nobody is ranked who was here too short", async () => {
    const s = await scene();
    // Weighted 4.0, 3.5, 3.5, 2.0. The late one has one term here, the transferred one none; the younger one alone in her grade, one term.
    expect(await ranks(s, s.counselor, [...s.seniors, s.late, s.transferred, s.younger])).toEqual([[1, 4], [2, 4], [2, 4], [4, 4], null, null, null]);
  });

  it("is told to a student and her parents about herself alone", async () => {
    const s = await scene();
    const reply = await ofStudents(s, s.parents[3]!, s.seniors, rank);
    expect(values(reply, "rank")).toEqual([null, null, null, { rank: 4, outOf: 4, weighted: true, school: { id: s.schoolId }, gradeLevel: { id: s.grade } }]);
    expect(reply.errors!.map((e) => e.extensions!.code)).toEqual(["FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]);
    expect(await ranks(s, s.self(s.seniors[1]!), [s.seniors[1]!])).toEqual([[2, 4]]);
  });

  it("follows the policy: unweighted, or switched off at a school", async () => {
    const s = await scene({ weighted: false, minimumTerms: 0, minimumCredits: "0" });
    // Unweighted: three with 4.0 (the late and the transferred one too), two with 3.0, one with 2.0: 1, 1, 1, 4, 4, 6.
    expect(await ranks(s, s.counselor, [...s.seniors, s.late, s.transferred])).toEqual([[1, 6], [4, 6], [4, 6], [6, 6], [1, 6], [1, 6]]);
    s.make.a("RankPolicy", { fromDate: "2026-08-01", schoolId: s.schoolId, enabled: false });
    await s.make.save();
    expect(await ranks(s, s.counselor, s.seniors)).toEqual([null, null, null, null]);
  });
});

describe("Student.graduationProgress", () => {
  it("counts what is earned and under way by area, for those who read the whole record", async () => {
    const s = gradingSchool(contract);
    const [english, math] = [s.subject("English"), s.subject("Mathematics")];
    const learner = s.pupil(s.course("English 10", { subject: english }), s.course("Geometry", { subject: math, credits: "0.5" }));
    s.finished(learner, "English 9", "A", { subjectId: english });
    s.finished(learner, "Algebra I", "F", { subjectId: math });
    s.finished(learner, "Art", "B");
    const plan = s.make.a("GraduationPlan", { name: "Standard" });
    for (const [title, sequence, credits, subjectId] of [["English", 1, "4", english], ["Mathematics", 2, "3", math], ["Electives", 3, "1.5", null]] as const) s.make.a("GraduationRequirement", { plan, title, sequence, credits, subjectId });
    s.make.a("StudentGraduationPlan", { plan, studentId: learner, fromDate: "2025-08-01", toDate: null });
    const [parent, teacher, counselor, without] = [s.parentOf(learner), s.teacher(s.course("Chess")), s.office(Role.Counselor), s.student()];
    await s.make.save();
    const progress = "graduationProgress { name required earned inProgress missing requirements { title required earned inProgress missing } }";
    // English 1 earned, 1 under way of 4; mathematics 0.5 under way of 3, the F earns nothing; electives 1 of 1.5.
    const expected = {
      name: "Standard", required: "8.500", earned: "2.000", inProgress: "1.500", missing: "5.000",
      requirements: [
        { title: "English", required: "4.000", earned: "1.000", inProgress: "1.000", missing: "2.000" },
        { title: "Mathematics", required: "3.000", earned: "0.000", inProgress: "0.500", missing: "2.500" },
        { title: "Electives", required: "1.500", earned: "1.000", inProgress: "0.000", missing: "0.500" },
      ],
    };
    expect(values(await ofStudents(s, parent, [learner], progress), "graduationProgress")).toEqual([expected]);
    expect(values(await ofStudents(s, counselor, [learner, without], progress), "graduationProgress")).toEqual([expected, null]);
    expect(codeOf(await ofStudents(s, teacher, [learner], progress))).toBe("FORBIDDEN");
  });
});

describe("School.honorRoll", () => {
  it("lists who reached a level, to the office of the school alone", async () => {
    const s = gradingSchool(contract);
    const sections = ["Biology", "History", "Art"].map((title) => s.course(title));
    const [high, honors, none, waiting] = [["A", "A", "A"], ["A", "B", "B"], ["A", "A", "D"], ["A", "A", "I"]].map((marks) => {
      const student = s.pupil(...sections);
      marks.forEach((mark, i) => s.mark(student, sections[i]!, mark, mark === "I" ? { status: "INCOMPLETE", deadline: "2026-12-01", becomes: "F" } : {}));
      return student;
    }) as [string, string, string, string];
    const policy = s.make.a("HonorRollPolicy", { fromDate: "2020-01-01", schoolId: null, weighted: false, minimumCourses: 2, excludesIncompletes: true });
    s.make.a("HonorRollLevel", { policy, title: "High honors", sequence: 1, minimumGpa: "3.8", lowestPoints: "3" });
    s.make.a("HonorRollLevel", { policy, title: "Honors", sequence: 2, minimumGpa: "3", lowestPoints: "2" });
    const elsewhere = gradingSchool(contract, s);
    const [principal, far, parent, teacher] = [s.office(Role.Principal), elsewhere.office(Role.Principal), s.parentOf(high), s.teacher(sections[0]!)];
    await s.make.save();
    const roll = (caller: Identity) => s.call(caller, "query($representations: [_Any!]!, $period: ID!) { _entities(representations: $representations) { ... on School { honorRoll(gradingPeriodId: $period) { student { id } level gpa } } } }", { representations: [{ __typename: "School", id: s.schoolId }], period: s.quarters.one });
    // 4.000; (4 + 3 + 3) / 3 = 3.333; 4 + 4 + 1 = 9 / 3 = 3.000, but a D; an incomplete waits.
    expect(values(await roll(principal), "honorRoll")).toEqual([[{ student: { id: high }, level: "High honors", gpa: "4.000" }, { student: { id: honors }, level: "Honors", gpa: "3.333" }]]);
    expect([none, waiting].length).toBe(2);
    for (const caller of [far, parent, teacher]) expect.soft([values(await roll(caller), "honorRoll"), codeOf(await roll(caller))]).toEqual([[null], "FORBIDDEN"]);
  });
});

describe("Student.sectionAverages", () => {
  it("is over the scores that the caller may see: without hidden ones for the family, of her own section for a teacher", async () => {
    const s = gradingSchool(contract);
    const [biology, history] = [s.course("Biology"), s.course("History")];
    const learner = s.pupil(biology, history);
    const tests = s.category(biology, "Tests", 100);
    s.score(learner, s.assignment(tests, "50"), { points: "45" });
    s.score(learner, s.assignment(tests, "50", { hidden: true }), { points: "30" });
    const essays = s.category(history, "Essays", 100, 1);
    for (const points of ["7", "9"]) s.score(learner, s.assignment(essays, "10"), { points });
    s.score(learner, s.assignment(essays, "10"), { missing: true });
    const [parent, biologist, counselor, stranger] = [s.parentOf(learner), s.teacher(biology), s.office(Role.Counselor), s.parentOf(s.student())];
    await s.make.save();
    const averages = async (caller: Identity) => {
      const reply = await ofStudents(s, caller, [learner], "sectionAverages(gradingPeriodId: $period) { section { id } percent shown mark missing categories { title earned possible percent } }", { period: s.quarters.one }, ", $period: ID!");
      return Object.fromEntries((values<{ section: { id: string }; percent: string; shown: string; mark: string; missing: number }[]>(reply, "sectionAverages")[0] ?? []).map((a) => [a.section.id, [a.percent, a.shown, a.mark, a.missing]]));
    };
    // Biology: 45/50 = 90 for the family, (45 + 30) / 100 = 75 for the teacher. History: 0 for the missing one is dropped, 16/20 = 80.
    expect(await averages(parent)).toEqual({ [biology]: ["90.000000", "90", "A", 0], [history]: ["80.000000", "80", "B", 1] });
    expect(await averages(biologist)).toEqual({ [biology]: ["75.000000", "75", "C", 0] });
    expect(await averages(counselor)).toEqual({ [biology]: ["75.000000", "75", "C", 0], [history]: ["80.000000", "80", "B", 1] });
    expect(await averages(stranger)).toEqual({});
  });
});

describe("the caseload", () => {
  it("opens the figures of its students to a counselor who has no duty at their school", async () => {
    const s = gradingSchool(contract);
    const learner = s.student();
    s.finished(learner, "Art", "A");
    const { personId } = contract.reaches.caseload_student!(s.make, learner, { role: Role.Counselor });
    await s.make.save();
    const counselor = signedIn(s.make, { personId }, [Role.Counselor, Role.Staff]);
    expect(values(await ofStudents(s, counselor, [learner], "gpa { unweighted } rank { rank }"), "gpa")).toEqual([{ unweighted: "4.000" }]);
  });
});
