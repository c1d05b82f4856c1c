import { idOf, type Rows } from "./world-rows.ts";

const school = (name: string) => idOf("School", name);
const student = (name: string) => idOf("Student", name);
const year = (name: string) => idOf("SchoolYear", name);
const counts = { promoted: 1, retained: 0, graduated: 0, left: 0, alreadyPlaced: 0, unplanned: 0, openedYear: false };

/** Two students who were taken for one, and are two again. */
function merged(rows: Rows, survivor: string, duplicate: string): void {
  rows.add("rostering", "StudentMerge", survivor, { duplicateId: student(duplicate), survivorId: student(survivor), status: "UNDONE", reason: `Note of ${survivor}`, undoReason: "Not one", movedRows: 1 });
  rows.add("rostering", "StudentMergeMove", survivor, { merge: idOf("StudentMerge", survivor), survivorId: student(survivor), recordType: "SupportParticipation", recordId: student(duplicate), field: "student", kind: "MOVED", tableName: "students.support_participation", columnName: "student_id" });
}

/** An export to the party of an agreement. */
function exported(rows: Rows): void {
  rows.add("rostering", "Export", "study", { agreementId: idOf("Agreement", "study"), status: "DONE", students: 8 });
  rows.add("rostering", "ExportCount", "users", { export: idOf("Export", "study"), file: "users.csv", rows: 8 });
}

/** An import that named a student and her mother. */
function imported(rows: Rows): void {
  const of = { import: idOf("Import", "sis") };
  rows.add("rostering", "Import", "sis", { format: "ONEROSTER", source: "sis", status: "PREVIEWED", fileId: idOf("StoredFile", "dora") });
  rows.add("rostering", "Import", "written", { format: "ONEROSTER", source: "sis of before", status: "COMMITTED", committedAt: "2026-10-01T08:00:00Z" });
  rows.add("rostering", "ImportRow", "lena", { ...of, position: 1, file: "users.csv", line: 2, sourcedId: "EXT-lena", label: "Note of lena", action: "CHANGE", schoolId: school("A1"), changes: [] });
  rows.add("rostering", "ImportCount", "users", { ...of, file: "users.csv", schoolId: null, changed: 1 });
  rows.add("rostering", "ImportProblem", "lena", { ...of, position: 1, severity: "NOTE", code: "note", file: "users.csv", line: 2, message: "Note of lena" });
  rows.add("rostering", "ImportCandidate", "maria", { ...of, sourcedId: "EXT-maria", label: "Note of maria", personId: idOf("Person", "maria"), reasons: ["SAME_NAME"], likely: false });
  rows.add("rostering", "ImportSchedule", "nightly", { source: "sis", format: "ONEROSTER", folder: "sis", time: "04:30", delegationId: idOf("Delegation", "sis") });
  rows.add("rostering", "ImportAlert", "nightly", { import: of.import, schedule: idOf("ImportSchedule", "nightly"), kind: "STOPPED", message: "Note of the import" });
  rows.add("rostering", "SourceDecision", "maria", { source: "sis", kind: "NEW_PERSON", file: "users.csv", subject: "EXT-maria" });
  rows.add("rostering", "SourceRecord", "lena", { source: "sis", file: "users", sourcedId: "EXT-lena", values: { username: "lena" }, digest: "0", import: of.import });
}

/** The change of the school year, planned and done, and merges. */
export function rosteringOfA(rows: Rows): void {
  rows.add("rostering", "EnrollmentCode", "E1", { kind: "ENTRY", code: "E1", title: "First entry", meaning: "FIRST_ENTRY" });
  // Each at one school this year, and at the other one the next.
  for (const [pupil, next] of [["lena", "A2"], ["leo", "A1"]] as const) {
    rows.add("rostering", "NextYearPlacement", pupil, { studentId: student(pupil), schoolYearId: year("this year"), action: "PROMOTE", nextSchoolId: school(next), nextGradeLevelId: idOf("GradeLevel", "09") });
  }
  for (const at of ["A1", null]) rows.add("rostering", "Rollover", at ?? "all", { fromYearId: year("last year"), toYearId: year("this year"), schoolId: at && school(at), ...counts });
  rows.add("rostering", "RolloverRow", "lena", {
    rollover: idOf("Rollover", "all"), studentId: student("lena"), schoolId: school("A2"), action: "PROMOTE", endedEnrollmentId: idOf("SchoolEnrollment", "lena@A2 former"), newEnrollmentId: idOf("SchoolEnrollment", "lena@A1"),
  });
  rows.add("rostering", "RolloverRow", "gina", { rollover: idOf("Rollover", "A1"), studentId: student("gina"), schoolId: school("A1"), action: "GRADUATE", endedEnrollmentId: idOf("SchoolEnrollment", "gina@A1 former") });
  merged(rows, "lena", "nick");
  merged(rows, "leo", "gina");
  imported(rows);
  exported(rows);
  rows.add("academics", "MeetingDerivation", "A1", { schoolId: school("A1"), fromDate: "2026-10-01", toDate: "2026-10-02", added: 0, changed: 0, cancelled: 0, removed: 0 });
}
