import type { Draft } from "../draft.ts";
import type { District } from "../places/district.ts";
import type { Catalog, SubjectCode } from "../teaching/courses.ts";

/** Marks from the best down: the least percent, and the points of a grade point average. */
const letters: readonly (readonly [mark: string, minimum: string, points: string])[] = [
  ["A", "93", "4"], ["A-", "90", "3.7"], ["B+", "87", "3.3"], ["B", "83", "3"], ["B-", "80", "2.7"], ["C+", "77", "2.3"], ["C", "73", "2"], ["C-", "70", "1.7"], ["D+", "67", "1.3"], ["D", "63", "1"], ["D-", "60", "0.7"], ["F", "0", "0"],
];

export interface LetterScale {
  readonly id: string;
  readonly maximum: string;
  readonly decimals: number;
  readonly marks: readonly { mark: string; minimum: string; passing: boolean }[];
}

export interface StandardOfGrades {
  readonly id: string;
  readonly low: number;
  readonly high: number;
}

/** What the district has settled about grades. */
export interface GradePolicies {
  readonly letters: LetterScale;
  readonly standardsScale: string;
  readonly habitsScale: string;
  readonly standards: readonly StandardOfGrades[];
  readonly habits: readonly string[];
  readonly comments: readonly string[];
  readonly plan: string;
}

const standards: readonly (readonly [subject: SubjectCode, low: number, high: number, code: string, text: string])[] = [
  ["ENG", 0, 2, "RF.K2.1", "Knows and applies letter sounds in reading words"], ["ENG", 0, 2, "RL.K2.2", "Retells stories and names their characters and setting"], ["ENG", 0, 2, "W.K2.1", "Writes about what happened in order"],
  ["ENG", 3, 5, "RL.35.1", "Finds evidence in a text for what it says"], ["ENG", 3, 5, "RI.35.2", "Tells the main idea of a text and what supports it"], ["ENG", 3, 5, "W.35.1", "Writes opinions with reasons, in paragraphs"],
  ["MTH", 0, 2, "OA.K2.1", "Adds and subtracts within 20"], ["MTH", 0, 2, "NBT.K2.2", "Understands tens and ones"], ["MTH", 0, 2, "MD.K2.3", "Measures lengths and tells time"],
  ["MTH", 3, 5, "OA.35.1", "Multiplies and divides with understanding"], ["MTH", 3, 5, "NF.35.2", "Compares fractions and calculates with them"], ["MTH", 3, 5, "MD.35.3", "Finds areas and perimeters"],
  ["SCI", 0, 2, "PS.K2.1", "Describes what pushes and pulls do"], ["SCI", 3, 5, "LS.35.1", "Explains how living things depend on each other"],
  ["SOC", 0, 2, "C.K2.1", "Knows the rules of groups and why they are there"], ["SOC", 3, 5, "H.35.1", "Places events of the region on a timeline"],
  ["PE", 0, 5, "PE.1", "Moves with control and plays fairly"], ["ART", 0, 5, "VA.1", "Makes works in several materials"],
];
const habits = ["Works well with others", "Completes work on time", "Listens and follows directions", "Takes care of materials"];
const comments = [
  ["1", "Takes part in class with thought and courtesy."], ["2", "Has made good progress this period."], ["3", "Needs to hand in work on time."], ["4", "Would profit from coming to the study hour."],
  ["5", "Asks good questions and helps others."], ["6", "Absences stand in the way of learning."], ["7", "Is ready for more demanding work."], ["8", "Please arrange a conversation with the teacher."],
] as const;

const requirements: readonly (readonly [title: string, credits: string, subject: SubjectCode | null])[] = [
  ["English", "4", "ENG"], ["Mathematics", "3", "MTH"], ["Science", "3", "SCI"], ["Social studies", "3", "SOC"], ["Physical education and health", "1", "PE"], ["Electives", "10", null],
];

/** Scales, averages, honor roll, ranks, standards and the diploma: what most districts have. */
export function planGradePolicies(draft: Draft, district: District, catalog: Catalog): GradePolicies {
  const fromDate = district.years[0]!.firstDay;
  const scale = (name: string, kind: "PERCENT" | "STANDARDS", purpose: "MARKS" | "STANDARDS" | "WORK_HABITS", marks: readonly { mark: string; title?: string; minimum?: string; passing?: boolean; countsInGpa?: boolean }[]): string => {
    const id = draft.add("grading", "GradingScale", { name, kind });
    marks.forEach((mark, index) => draft.add("grading", "GradingScaleMark", { scale: id, sequence: index * 10, title: null, minimum: null, ...mark }));
    draft.add("grading", "ScaleUse", { purpose, scale: id, fromDate });
    return id;
  };
  const graded = letters.map(([mark, minimum]) => ({ mark, minimum, passing: mark !== "F" }));
  const id = scale("Letters, plus and minus", "PERCENT", "MARKS", [...graded, { mark: "P", title: "Passed", countsInGpa: false }, { mark: "NP", title: "Not passed", passing: false, countsInGpa: false }]);
  const standardsScale = scale("Standards, 1 to 4", "STANDARDS", "STANDARDS", [{ mark: "4", title: "Exceeds the standard" }, { mark: "3", title: "Meets the standard" }, { mark: "2", title: "Approaches the standard" }, { mark: "1", title: "Does not meet the standard yet" }]);
  const habitsScale = scale("Work habits", "STANDARDS", "WORK_HABITS", [{ mark: "C", title: "Consistently" }, { mark: "S", title: "Sometimes" }, { mark: "R", title: "Rarely" }]);
  planAverages(draft, catalog, fromDate);
  const plan = draft.add("grading", "GraduationPlan", { name: "Standard diploma" });
  requirements.forEach(([title, credits, subject], index) => draft.add("grading", "GraduationRequirement", { plan, title, credits, sequence: index + 1, subjectId: subject === null ? null : catalog.subjectIds.get(subject)! }));
  return {
    letters: { id, maximum: "100", decimals: 0, marks: graded }, standardsScale, habitsScale, plan,
    standards: standards.map(([subject, low, high, code, text], index) => ({
      low, high,
      id: draft.add("grading", "Standard", { subjectId: catalog.subjectIds.get(subject)!, code, text, sequence: index * 10, lowGradeLevelId: district.gradeIds.get(low)!, highGradeLevelId: district.gradeIds.get(high)! }),
    })),
    habits: habits.map((title, index) => draft.add("grading", "WorkHabit", { title, sequence: index * 10 })),
    comments: comments.map(([code, text]) => draft.add("grading", "CommentBankEntry", { code, text })),
  };
}

function planAverages(draft: Draft, catalog: Catalog, fromDate: string): void {
  const policy = draft.add("grading", "GpaPolicy", { name: "District GPA", fromDate });
  for (const [mark, , points] of letters) draft.add("grading", "GpaPolicyPoint", { policy, mark, points });
  for (const [level, bonus] of [["HON", "0.5"], ["AP", "1"]] as const) draft.add("grading", "GpaPolicyWeight", { policy, courseLevelId: catalog.levelIds.get(level)!, bonus });
  const roll = draft.add("grading", "HonorRollPolicy", { fromDate, minimumCourses: 4 });
  draft.add("grading", "HonorRollLevel", { policy: roll, title: "High honors", sequence: 1, minimumGpa: "3.7", lowestPoints: "2.7" });
  draft.add("grading", "HonorRollLevel", { policy: roll, title: "Honors", sequence: 2, minimumGpa: "3.3", lowestPoints: "2" });
  draft.add("grading", "RankPolicy", { fromDate, minimumTerms: 2 });
}

