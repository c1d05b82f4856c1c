import { placeOf } from "./world-classes.ts";
import { idOf, type Rows } from "./world-rows.ts";

const ref = (type: string) => (name: string) => idOf(type, name);
const school = ref("School");
const student = ref("Student");
const person = ref("Person");
const section = ref("Section");
const stamps = (pupil: string, of: string) => ({ studentId: student(pupil), sectionId: section(of), schoolId: school(placeOf(of).school) });
const scaleOf = (of: string) => idOf("GradingScale", of.startsWith("b-") ? "b-letters" : "letters");
const periodOf = (of: string) => idOf("GradingPeriod", placeOf(of).school);

/** A piece of work with the one category of its section. */
function work(rows: Rows, of: string, name: string, more: Readonly<Record<string, unknown>> = {}): void {
  const at = { sectionId: section(of), schoolId: school(placeOf(of).school) };
  if (!rows.all.some((r) => r.type === "AssignmentCategory" && r.name === of)) rows.add("grading", "AssignmentCategory", of, { ...at, title: "Tests", weight: "100" });
  rows.add("grading", "Assignment", name, { ...at, category: idOf("AssignmentCategory", of), gradingPeriodId: periodOf(of), title: name, assignedDate: "2026-08-20", dueDate: "2026-08-21", pointsPossible: "10", ...more });
}

/** A score with a teacher's note. */
function scored(rows: Rows, pupil: string, of: string, assignment: string, by: string): void {
  const name = `${pupil} ${assignment}`;
  rows.add("grading", "Score", name, { ...stamps(pupil, of), assignment: idOf("Assignment", assignment), points: "7", givenById: person(by) });
  rows.add("grading", "ScoreNote", name, { ...stamps(pupil, of), text: `Note of ${name}` });
}

function marked(rows: Rows, pupil: string, of: string, by: string): void {
  rows.add("grading", "Mark", `${pupil} ${of}`, { ...stamps(pupil, of), kind: "PERIOD", gradingPeriodId: periodOf(of), scale: scaleOf(of), mark: "A", percent: "95", postedOn: "2026-10-01", postedById: person(by) });
}

function remarked(rows: Rows, pupil: string, of: string, by: string): void {
  rows.add("grading", "MarkChange", `${pupil} ${of}`, { ...stamps(pupil, of), mark: idOf("Mark", `${pupil} ${of}`), kind: "CHANGED", before: "B", after: "A", reason: `Note of ${pupil} ${of}`, changedOn: "2026-10-02", changedById: person(by) });
}

function finished(rows: Rows, name: string, pupil: string, at: string, more: Readonly<Record<string, unknown>> = {}): void {
  rows.add("grading", "CourseHistory", name, { studentId: student(pupil), schoolId: school(at), courseCode: "alg", courseTitle: `Record of ${name}`, schoolYearName: "2025-26", termName: "Spring", endedOn: "2026-06-06", mark: "A", creditsAttempted: "1", creditsEarned: "1", ...more });
}

function issued(rows: Rows, name: string, pupil: string, at: string): void {
  rows.add("grading", "IssuedDocument", name, { series: idOf("IssuedDocument", name), studentId: student(pupil), schoolId: school(at), kind: "TRANSCRIPT", issuedAt: new Date("2026-06-10T15:00:00Z"), issuedById: person(at === "A1" ? "pam" : "paul"), figures: { of: `Note of ${name}` }, sourceIds: [] });
}

/** What the district and the schools have settled about grading. Names no student. */
function policiesOfA(rows: Rows): void {
  const add = (type: string, name: string, values: Readonly<Record<string, unknown>>) => rows.add("grading", type, name, values);
  add("GradingScale", "letters", { name: "Letters", kind: "PERCENT" });
  add("GradingScaleMark", "A", { scale: idOf("GradingScale", "letters"), mark: "A", minimum: "90", sequence: 1 });
  add("ScaleUse", "all", { scale: idOf("GradingScale", "letters"), fromDate: "2020-08-01" });
  add("ScaleUse", "standards", { purpose: "STANDARDS", scale: idOf("GradingScale", "letters"), fromDate: "2020-08-01" });
  for (const at of ["A1", "A2"]) add("GradingWindow", at, { schoolId: school(at), gradingPeriodId: idOf("GradingPeriod", at), opensAt: new Date("2026-10-01T05:00:00Z"), closesAt: new Date("2026-11-01T05:00:00Z") });
  add("TermFormula", "A1", { termId: idOf("Term", "A1"), schoolId: school("A1") });
  add("TermFormulaPart", "A1", { formula: idOf("TermFormula", "A1"), schoolId: school("A1"), kind: "PERIOD", gradingPeriodId: idOf("GradingPeriod", "A1"), weight: "1" });
  add("CommentBankEntry", "1", { code: "1", text: "Takes part" });
  add("Standard", "S1", { subjectId: idOf("Subject", "math"), code: "S1", text: "Adds", sequence: 1 });
  add("WorkHabit", "on time", { title: "On time", sequence: 1 });
  add("GpaPolicy", "official", { name: "Official", fromDate: "2020-08-01" });
  add("GpaPolicyPoint", "A", { policy: idOf("GpaPolicy", "official"), mark: "A", points: "4" });
  add("GpaPolicyWeight", "regular", { policy: idOf("GpaPolicy", "official"), courseLevelId: idOf("CourseLevel", "regular"), bonus: "0" });
  add("HonorRollPolicy", "all", { fromDate: "2020-08-01" });
  add("HonorRollLevel", "honors", { policy: idOf("HonorRollPolicy", "all"), title: "Honors", sequence: 1, minimumGpa: "3" });
  add("RankPolicy", "all", { fromDate: "2020-08-01" });
  add("GraduationPlan", "standard", { name: "Standard" });
  add("GraduationRequirement", "math", { plan: idOf("GraduationPlan", "standard"), title: "Mathematics", sequence: 1, credits: "3", subjectId: idOf("Subject", "math") });
}

/** Scores and marks of this year and the last, the permanent record and what was issued. */
export function gradesOfA(rows: Rows): void {
  policiesOfA(rows);
  work(rows, "alg", "alg test");
  work(rows, "alg", "alg hidden", { hidden: true });
  work(rows, "bio", "bio quiz");
  work(rows, "geo", "geo essay");
  work(rows, "geo-25", "geo-25 essay");
  scored(rows, "omar", "alg", "alg test", "thea");
  scored(rows, "alma", "alg", "alg test", "thea");
  scored(rows, "omar", "alg", "alg hidden", "cora");
  for (const of of ["alg test", "alg hidden"]) scored(rows, "tia", "alg", of, "cora");
  scored(rows, "tom", "bio", "bio quiz", "ben");
  scored(rows, "lena", "bio", "bio quiz", "ben");
  // Given by a teacher who left, to a student who left longer ago than the lag.
  scored(rows, "adam", "bio", "bio quiz", "fern");
  scored(rows, "leo", "geo", "geo essay", "gus");
  scored(rows, "lena", "geo-25", "geo-25 essay", "gus");
  for (const [pupil, of, by] of [["omar", "alg", "thea"], ["tia", "alg", "cora"], ["tom", "bio", "ben"], ["lena", "bio", "ben"], ["adam", "bio", "fern"], ["leo", "geo", "gus"], ["lena", "geo-25", "gus"], ["gina", "alg-25", "thea"]] as const) marked(rows, pupil, of, by);
  rows.add("grading", "Mark", "alma alg", { ...stamps("alma", "alg"), kind: "PERIOD", gradingPeriodId: periodOf("alg"), scale: scaleOf("alg"), mark: "I", status: "INCOMPLETE", deadline: "2026-11-01", becomes: "A", postedOn: "2026-10-01", postedById: person("thea") });
  for (const [pupil, of, by] of [["omar", "alg", "pam"], ["adam", "bio", "pam"], ["lena", "geo-25", "paul"]] as const) remarked(rows, pupil, of, by);
  const period = { gradingPeriodId: idOf("GradingPeriod", "A1") };
  rows.add("grading", "MarkComment", "omar alg", { ...stamps("omar", "alg"), ...period, entry: idOf("CommentBankEntry", "1"), writtenById: person("thea") });
  rows.add("grading", "StandardMark", "lena bio", { ...stamps("lena", "bio"), ...period, standard: idOf("Standard", "S1"), scale: scaleOf("bio"), mark: "A", postedOn: "2026-10-01", postedById: person("ben") });
  rows.add("grading", "WorkHabitMark", "tom bio", { ...stamps("tom", "bio"), ...period, workHabit: idOf("WorkHabit", "on time"), scale: scaleOf("bio"), mark: "A", postedOn: "2026-10-01", postedById: person("ben") });
  finished(rows, "lena geo-25", "lena", "A2");
  finished(rows, "lena here", "lena", "A1");
  finished(rows, "gina alg-25", "gina", "A1");
  finished(rows, "omar elsewhere", "omar", "A1", { transferSchool: "Elsewhere" });
  issued(rows, "lena", "lena", "A2");
  issued(rows, "gina", "gina", "A1");
  for (const pupil of ["lena", "leo"]) rows.add("grading", "StudentGraduationPlan", pupil, { studentId: student(pupil), plan: idOf("GraduationPlan", "standard"), fromDate: "2025-08-18" });
}

export function gradesOfB(rows: Rows): void {
  rows.add("schools", "Term", "b-B1", { school: school("b-B1"), schoolYear: idOf("SchoolYear", "b-year"), name: "Fall", kind: "SEMESTER", firstDay: "2026-08-01", endDay: "2027-01-01" });
  rows.add("schools", "GradingPeriod", "b-B1", { school: school("b-B1"), term: idOf("Term", "b-B1"), name: "MP1", sequence: 1, firstDay: "2026-08-01", endDay: "2026-10-01" });
  rows.add("grading", "GradingScale", "b-letters", { name: "Letters", kind: "PERCENT" });
  work(rows, "b-alg", "b-test");
  scored(rows, "b-bea", "b-alg", "b-test", "b-tim");
  marked(rows, "b-bea", "b-alg", "b-tim");
  remarked(rows, "b-bea", "b-alg", "b-sven");
  finished(rows, "b-bea", "b-bea", "b-B1");
}
