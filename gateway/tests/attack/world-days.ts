import { meets, placeOf } from "./world-classes.ts";
import { idOf, type Rows } from "./world-rows.ts";

const school = (name: string) => idOf("School", name);
const student = (name: string) => idOf("Student", name);

function taken(rows: Rows, of: string, date: string, by: string): void {
  rows.add("attendance", "AttendanceSubmission", `${of} ${date}`, {
    classMeetingId: idOf("ClassMeeting", `${of} ${date}`), sectionId: idOf("Section", of), schoolId: school(placeOf(of).school), date, takenById: idOf("Person", by), takenAt: new Date(`${date}T15:00:00Z`),
  });
}

/** An exception to a student's presence, with a confidential note. */
function missed(rows: Rows, pupil: string, of: string, date: string, code = "U"): void {
  const name = `${pupil} ${of} ${date}`;
  const stamps = { studentId: student(pupil), classMeetingId: idOf("ClassMeeting", `${of} ${date}`), sectionId: idOf("Section", of), schoolId: school(placeOf(of).school) };
  rows.add("attendance", "AttendanceEvent", name, { ...stamps, date, code: idOf("AttendanceCode", code), minutesMissed: 50 });
  rows.add("attendance", "AttendanceNote", name, { ...stamps, text: `Note of ${name}` });
}

/** What an office knows of a day, with a confidential note. */
function known(rows: Rows, pupil: string, at: string, date: string, code = "U"): void {
  const name = `${pupil} ${date}`;
  rows.add("attendance", "OfficeEntry", name, { studentId: student(pupil), schoolId: school(at), date, kind: "CALL", code: idOf("AttendanceCode", code), verified: true });
  rows.add("attendance", "OfficeEntryNote", name, { studentId: student(pupil), schoolId: school(at), text: `Note of ${name}` });
}

/** What a former system knew of a day. */
function before(rows: Rows, pupil: string, at: string, date: string, code: string): void {
  rows.add("attendance", "EarlierDay", `${pupil} ${date}`, { studentId: student(pupil), schoolId: school(at), date, code: idOf("AttendanceCode", code) });
  rows.add("attendance", "EarlierSchoolDay", `${at} ${date}`, { schoolId: school(at), date });
}

const codes = (rows: Rows, prefix: string) => rows.add("attendance", "AttendanceCode", `${prefix}U`, { code: "U", title: "Unexcused", effect: "ABSENT", excuse: "UNEXCUSED" });

/** Attendance of today, of the last days and of last year. */
export function daysOfA(rows: Rows): void {
  rows.add("attendance", "AttendancePolicy", "to come", { fromDate: "2027-08-01" });
  codes(rows, "");
  rows.add("attendance", "AttendanceCode", "E", { code: "E", title: "Excused", effect: "ABSENT", excuse: "EXCUSED" });
  rows.add("attendance", "AttendanceLock", "A2", { schoolId: school("A2"), throughDate: "2026-06-30" });
  meets(rows, "geo", "2026-10-13");
  meets(rows, "bio", "2026-08-20");
  // Nobody has taken geo today.
  for (const [of, date, by] of [["alg", "2026-10-14", "thea"], ["bio", "2026-10-14", "ben"], ["bio", "2026-10-13", "ben"], ["geo", "2026-10-13", "gus"], ["alg-25", "2026-04-15", "thea"], ["geo-25", "2026-04-15", "gus"]] as const) taken(rows, of, date, by);
  for (const pupil of ["omar", "tia"]) missed(rows, pupil, "alg", "2026-10-14");
  // The other child of a teacher of alg; a pupil of both teachers; one whom the substitute of today did not meet yesterday; one who left long ago.
  missed(rows, "tom", "bio", "2026-10-14");
  missed(rows, "dina", "bio", "2026-10-14");
  missed(rows, "lena", "bio", "2026-10-13");
  missed(rows, "adam", "bio", "2026-08-20");
  missed(rows, "leo", "geo", "2026-10-13");
  missed(rows, "lena", "geo-25", "2026-04-15");
  missed(rows, "gina", "alg-25", "2026-04-15");
  known(rows, "lena", "A1", "2026-10-14");
  known(rows, "lena", "A2", "2026-04-15");
  known(rows, "leo", "A2", "2026-10-14");
  known(rows, "tom", "A1", "2026-10-14");
  known(rows, "kit", "A2", "2026-10-14");
  known(rows, "gina", "A1", "2026-04-15");
  before(rows, "lena", "A2", "2026-04-15", "E");
}

export function daysOfB(rows: Rows): void {
  codes(rows, "b-");
  taken(rows, "b-alg", "2026-10-14", "b-tim");
  missed(rows, "b-bea", "b-alg", "2026-10-14", "b-U");
  known(rows, "b-bea", "b-B1", "2026-10-14", "b-U");
  before(rows, "b-bea", "b-B1", "2026-10-14", "b-U");
}

/** Students whose days the count at the end has not come to: written when it has counted all others. */
export const stillToCount: readonly (readonly [district: "A" | "B", pupil: string])[] = [["A", "lena"], ["A", "leo"], ["B", "b-bea"]];
