import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import type { Contract } from "#foundation/testing/contract";
import type { Values } from "#foundation/testing/factory";
import { signedIn } from "#foundation/testing/personas";
import type { SubgraphReply } from "#foundation/serving/subgraph-service";
import { smallSchool, type SmallSchool } from "../../contract/small-school.ts";

/**
 * The small school with two quarters in its fall (17 August to 24 October, then to 16 January), letters from A (90) to F (0) with P beside
 * them, an official policy (A 4, B 3, C 2, D 1, F 0; honors +0.5, AP +1), and open windows for both quarters and the fall. Today is 14
 * October 2026.
 */
export interface GradingSchool extends SmallSchool {
  quarters: { one: string; two: string };
  scale: string;
  policy: string;
  levels: { honors: string; ap: string };
  subject(title: string): string;
  /** A section of a course of one credit, of the fall alone unless told otherwise. */
  course(title: string, given?: { credits?: string; level?: string; subject?: string; grading?: string; terms?: readonly string[]; kind?: string }): string;
  /** Somebody who teaches the section from the first day on. */
  teacher(section: string, more?: Values & { roles?: readonly Role[]; personId?: string }): Identity;
  /** A student of the school who is on the rosters of these sections from the first day on. */
  pupil(...sections: readonly string[]): string;
  parentOf(student: string): Identity;
  self(student: string): Identity;
  category(section: string, title: string, weight: number, dropLowest?: number): string;
  assignment(category: string, pointsPossible: string, given?: Values): string;
  /** A score past all rules, as an import writes it. */
  score(student: string, assignment: string, given: Values): string;
  /** A posted mark past all rules; of the first quarter unless told otherwise. */
  mark(student: string, section: string, mark: string, given?: Values): string;
  /** A finished course past all rules. */
  finished(student: string, courseTitle: string, mark: string, given?: Values): string;
  call(identity: Identity, document: string, variables?: Record<string, unknown>, key?: string): Promise<SubgraphReply>;
}

const letters: readonly (readonly [string, string | null, Values?])[] = [["A", "90"], ["B", "80"], ["C", "70"], ["D", "60"], ["F", "0", { passing: false }], ["P", null, { countsInGpa: false }]];
const points: readonly (readonly [string, string])[] = [["A", "4"], ["B", "3"], ["C", "2"], ["D", "1"], ["F", "0"]];

const opens = new Date("2026-09-01T00:00:00Z");
const closes = new Date("2027-01-30T00:00:00Z");

export function gradingSchool(contract: Contract, beside?: GradingSchool): GradingSchool {
  const school = smallSchool(contract, beside);
  const { make, schoolId, terms } = school;
  const period = (name: string, sequence: number, firstDay: string, endDay: string) => make.a("GradingPeriod", { term: terms.fall, school: schoolId, name, sequence, firstDay, endDay });
  const quarters = { one: period("Quarter 1", 1, "2026-08-17", "2026-10-24"), two: period("Quarter 2", 2, "2026-10-24", "2027-01-16") };
  for (const gradingPeriodId of Object.values(quarters)) make.a("GradingWindow", { schoolId, gradingPeriodId, opensAt: opens, closesAt: closes });
  make.a("GradingWindow", { schoolId, termId: terms.fall, opensAt: opens, closesAt: closes });
  const shared = beside ? { scale: beside.scale, policy: beside.policy, levels: beside.levels } : district(make);
  const person = () => make.a("Person");
  const roster = (studentId: string, section: string) => make.a("SectionEnrollment", { studentId, section, fromDate: "2026-08-17", toDate: null, endReason: null });
  return {
    ...school, ...shared, quarters,
    subject: (title) => make.a("Subject", { title }),
    course(title, { terms: taught, kind = "SCHEDULED", ...given } = {}) {
      const course = make.a("Course", { title, credits: "1", grading: "MARKS", ...given });
      return school.section(`${title} ${make.valuesOf(course).code as string}`.slice(0, 60), { course, kind, ...(taught ? { terms: taught } : {}) });
    },
    teacher(section, { roles = [Role.Teacher, Role.Staff], personId = person(), ...given } = {}) {
      make.a("TeachingAssignment", { sectionId: section, personId, fromDate: "2026-08-17", toDate: null, ...given });
      return signedIn(make, { personId }, roles);
    },
    pupil(...sections) {
      const student = school.student();
      for (const section of sections) roster(student, section);
      return student;
    },
    parentOf: (student) => signedIn(make, contract.reaches.guardian_student!(make, student, { role: Role.Parent }), [Role.Parent]),
    self: (student) => signedIn(make, { personId: make.valuesOf(student).personId as string }, [Role.Student]),
    category: (sectionId, title, weight, dropLowest = 0) => make.a("AssignmentCategory", { sectionId, title, weight: String(weight), dropLowest }),
    assignment: (category, pointsPossible, given = {}) =>
      make.a("Assignment", { category, pointsPossible, gradingPeriodId: quarters.one, assignedDate: "2026-09-01", dueDate: "2026-09-08", ...given }),
    score: (studentId, assignment, given) => make.a("Score", { studentId, assignment, points: null, ...given }),
    mark: (studentId, sectionId, mark, given = {}) => make.a("Mark", { studentId, sectionId, scale: shared.scale, kind: "PERIOD", gradingPeriodId: given.termId ? null : quarters.one, mark, percent: null, exactPercent: null, computedPercent: null, ...given }),
    finished: (studentId, courseTitle, mark, given = {}) =>
      make.a("CourseHistory", {
        studentId, schoolId, source: null, courseTitle, courseCode: courseTitle.slice(0, 8).toUpperCase(), mark, creditsAttempted: "1", creditsEarned: mark === "F" ? "0" : "1",
        schoolYearName: "2025-26", termName: "Fall", endedOn: "2026-01-16", percent: null, ...given,
      }),
    call: (identity, document, variables = {}, key) => contract.platform.call("grading", identity, document, variables, key),
  };
}

/** What the district settles: the scale, the policy and the levels of courses. */
function district(make: SmallSchool["make"]): Pick<GradingSchool, "scale" | "policy" | "levels"> {
  const scale = make.a("GradingScale", { name: "Letters", kind: "PERCENT", maximum: "100", decimals: 0 });
  letters.forEach(([mark, minimum, given], i) => make.a("GradingScaleMark", { scale, mark, minimum, sequence: i, passing: true, ...given }));
  make.a("ScaleUse", { purpose: "MARKS", scale, fromDate: "2020-01-01" });
  const levels = { honors: make.a("CourseLevel", { code: "H", title: "Honors" }), ap: make.a("CourseLevel", { code: "AP", title: "Advanced Placement" }) };
  const policy = make.a("GpaPolicy", { name: "District GPA", fromDate: "2020-01-01", official: true, decimals: 3, bonusFromPoints: "1" });
  for (const [mark, worth] of points) make.a("GpaPolicyPoint", { policy, mark, points: worth });
  make.a("GpaPolicyWeight", { policy, courseLevelId: levels.honors, bonus: "0.5" });
  make.a("GpaPolicyWeight", { policy, courseLevelId: levels.ap, bonus: "1" });
  return { scale, policy, levels };
}
