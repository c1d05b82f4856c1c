import { removeColumn, studentColumns, studentKey, template } from "../columns.ts";

export const dailyAttendance = template({
  name: "daily-attendance",
  title: "Daily attendance of before",
  about: [
    "What the district's former system knew of a student's day. It counts on days of which nothing is recorded here: as soon as a class meeting of the day was taken, or the office spoke of it, that goes before.",
    "Days on which a student was there count too: without them a rate would be made of absences alone. Write a row for each day with status present; or, where the former system kept exceptions only, one row for each school and day with status taken and no student: on that day attendance was taken, and whoever has no row of her own was there.",
    "The student is enrolled at the school on that day, and the school is in session by its calendar: import calendar-days and school-enrollments first, or with it. Nothing is recorded after a withdrawal, nor on days through which the school's attendance is locked.",
  ],
  columns: [
    ...studentColumns,
    { name: "school_code", kind: "text", maxLength: 64, example: "GBHS", meaning: "The district's code of the school. Blank: where the student had her primary enrollment on that day. Needed for status taken." },
    { name: "date", kind: "day", required: true, example: "2025-09-02", meaning: "The day." },
    { name: "status", kind: "choice", required: true, values: ["present", "code", "taken"], example: "code", meaning: "present: there, whatever the code. code: what the district's attendance code says. taken: of a school's day, see above." },
    { name: "code", kind: "text", maxLength: 16, example: "U", meaning: "The district's attendance code. Needed for status code." },
    { name: "minutes_missed", kind: "whole", min: 0, max: 1440, example: "", meaning: "How many minutes were missed. Blank: of an absence the whole day." },
    { name: "day_minutes", kind: "whole", min: 1, max: 1440, example: "", meaning: "How many minutes the day had. Needed with minutes_missed." },
    removeColumn,
  ],
  key: (cells) => [studentKey(cells) ?? `school:${cells.school_code}`, cells.date],
  keyInWords: "student (or school) and date",
  faults: (cells) => {
    const { status, code, minutes_missed: missed, day_minutes: minutes } = cells;
    const faults: { column: string; message: string }[] = [];
    const student = studentKey(cells);
    if (status === "taken" && (student !== null || cells.school_code === null)) faults.push({ column: "status", message: "taken speaks of a school's whole day: name the school and no student." });
    if (status !== "taken" && student === null) faults.push({ column: "student_number", message: "The row names no student. Fill in student_number or state_id." });
    if (status === "code" && code === null) faults.push({ column: "code", message: "Say which of the district's attendance codes it is, or write status present." });
    if (status !== "code" && (code !== null || missed !== null)) faults.push({ column: "status", message: "A code or missed minutes go with status code alone." });
    if (missed !== null && (minutes === null || missed > minutes)) faults.push({ column: "day_minutes", message: "Say how many minutes the day had: at least as many as were missed." });
    return faults;
  },
});
