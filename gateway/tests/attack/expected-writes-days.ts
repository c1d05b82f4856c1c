import type { WriteTable } from "./write-table.ts";

const leaders = "superintendent, admin";
const district = `${leaders}, districtRegistrar`;
// Who builds a school's schedule, and who arranges its grading; the district's offices do it too, its administrators only where they settle it.
const scheduleHere = "registrarHere, principalHere, districtRegistrar, superintendent";
const scheduleThere = "registrarThere, principalThere, districtRegistrar, superintendent";
const gradingHere = `registrarHere, principalHere, ${district}`;
const gradingThere = `registrarThere, principalThere, ${district}`;
/** In the district of their own, which a new row that names no other one is in. */
const elsewhere = "registrarElsewhere, superintendentElsewhere";
const ofAlg = "teacherAndParent, coTeacher";
const ofGeo = "teacherThere, principalWhoTeaches";
const settled = Object.fromEntries(
  ([["GradingScale", "letters"], ["GradingScaleMark", "A"], ["ScaleUse", "all"], ["CommentBankEntry", "1"], ["Standard", "S1"], ["WorkHabit", "on time"], ["GpaPolicy", "official"], ["GpaPolicyPoint", "A"], ["HonorRollPolicy", "all"], ["RankPolicy", "all"],
    ["GraduationPlan", "standard"], ["GraduationRequirement", "math"]] as const).map(([type, name]) => [type, { [name]: district }]),
);

/** Who may change and archive which row; see `mayChange`. */
export const mayChangeDays: WriteTable["mayChange"] = {
  // How long a teacher sees a student is the district's to settle.
  RosterPolicy: { "to come": leaders },
  Subject: { math: district },
  Course: { alg: district, "b-alg": elsewhere },
  SectionTerm: { alg: scheduleHere, geo: scheduleThere },
  Employee: { ben: "humanResources", "b-tim": "" },
  Position: { teacher: "humanResources" },
  PositionAssignment: { ben: "humanResources", gus: "humanResources" },
  Substitute: { subira: "humanResources" },
  AttendanceCode: { U: leaders },
  AttendancePolicy: { "to come": leaders },
  ...settled,
  GradingWindow: { A1: gradingHere, A2: gradingThere },
  TermFormula: { A1: gradingHere },
  // Its teachers, and nobody for last year's section.
  AssignmentCategory: { alg: ofAlg, bio: "teacherOfHerChild", geo: ofGeo, "geo-25": "" },
  Assignment: { "alg hidden": ofAlg, "bio quiz": "teacherOfHerChild", "geo-25 essay": "", "b-test": "" },
  StudentGraduationPlan: { lena: "registrarHere, counselor, counselorAndParent, districtRegistrar", leo: "registrarThere, caseloadCounselor, districtRegistrar" },
  EnrollmentCode: { E1: district },
};

export const changeOfDays: WriteTable["changeOf"] = {
  RosterPolicy: "lagDays: 1", Subject: `title: "Renamed"`, Course: `title: "Renamed"`, SectionTerm: null, Employee: `endDate: "2030-01-01"`, Position: `title: "Renamed"`, PositionAssignment: `toDate: "2030-01-01"`, Substitute: `toDate: "2030-01-01"`,
  AttendanceCode: `title: "Renamed"`, AttendancePolicy: "chronicMinimumDays: 11",
  GradingScale: `name: "Renamed"`, GradingScaleMark: `title: "Renamed"`, ScaleUse: null, CommentBankEntry: `text: "Other"`, Standard: `text: "Other"`, WorkHabit: `title: "Renamed"`, GpaPolicy: `name: "Renamed"`, GpaPolicyPoint: `points: "3"`, HonorRollPolicy: "weighted: true",
  RankPolicy: "weighted: false", GraduationPlan: `name: "Renamed"`, GraduationRequirement: `title: "Renamed"`, GradingWindow: `closesAt: "2026-12-01T05:00:00Z"`, TermFormula: null,
  AssignmentCategory: `title: "Renamed"`, Assignment: `title: "Renamed"`, StudentGraduationPlan: `toDate: "2030-01-01"`, EnrollmentCode: `title: "Renamed"`,
};

export const mayAddDays: WriteTable["mayAdd"] = [
  { type: "Section", input: `courseId: "{Course alg}", schoolId: "{School A1}", schoolYearId: "{SchoolYear this year}", code: "new", title: "new"`, by: scheduleHere },
  { type: "Section", input: `courseId: "{Course alg}", schoolId: "{School A2}", schoolYearId: "{SchoolYear this year}", code: "new", title: "new"`, by: scheduleThere },
  { type: "SectionTerm", input: `sectionId: "{Section bio}", schoolId: "{School A1}", termId: "{Term A1}"`, by: scheduleHere },
  { type: "Course", input: `code: "new", title: "new", subjectId: "{Subject math}"`, by: district },
  { type: "RosterPolicy", input: `fromDate: "2026-10-14"`, by: `${leaders}, superintendentElsewhere` },
  { type: "Employee", input: `personId: "{Person cora}", employeeNumber: "E-cora", hireDate: "2026-10-01"`, by: "humanResources" },
  { type: "PositionAssignment", input: `employeeId: "{Employee ben}", personId: "{Person ben}", positionId: "{Position teacher}", schoolId: "{School A2}", fromDate: "2026-10-01"`, by: "humanResources" },
  { type: "Substitute", input: `personId: "{Person stan}", fromDate: "2026-10-01"`, by: "humanResources" },
  { type: "AttendanceCode", input: `code: "N", title: "New", effect: ABSENT, excuse: EXCUSED`, by: `${leaders}, superintendentElsewhere` },
  { type: "GradingWindow", input: `schoolId: "{School A1}", termId: "{Term A1}", opensAt: "2026-10-01T05:00:00Z", closesAt: "2026-12-01T05:00:00Z"`, by: gradingHere },
  // What holds for every school is the district's.
  { type: "TermFormula", input: `termId: "{Term A2}", schoolId: "{School A2}"`, by: gradingThere },
  { type: "GpaPolicy", input: `name: "New", fromDate: "2027-08-01"`, by: `${district}, ${elsewhere}` },
  { type: "AssignmentCategory", input: `sectionId: "{Section alg}", schoolId: "{School A1}", title: "New", weight: "1"`, by: ofAlg },
  { type: "AssignmentCategory", input: `sectionId: "{Section alg-25}", schoolId: "{School A1}", title: "New", weight: "1"`, by: "" },
  { type: "Assignment", input: `sectionId: "{Section bio}", schoolId: "{School A1}", categoryId: "{AssignmentCategory bio}", gradingPeriodId: "{GradingPeriod A1}", title: "New", assignedDate: "2026-10-01", dueDate: "2026-10-02", pointsPossible: "1"`, by: "teacherOfHerChild" },
  { type: "StudentGraduationPlan", input: `studentId: "{Student omar}", planId: "{GraduationPlan standard}", fromDate: "2026-10-01"`, by: "registrarHere, counselor, counselorAndParent, districtRegistrar" },
  { type: "StudentGraduationPlan", input: `studentId: "{Student kit}", planId: "{GraduationPlan standard}", fromDate: "2026-10-01"`, by: "registrarThere, districtRegistrar" },
  { type: "EnrollmentCode", input: `kind: EXIT, code: "N", title: "New", meaning: OTHER`, by: `${district}, ${elsewhere}` },
];
