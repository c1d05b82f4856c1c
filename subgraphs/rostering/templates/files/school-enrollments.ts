import { removeColumn, requireStudent, studentColumns, studentKey, template } from "../columns.ts";

export const schoolEnrollments = template({
  name: "school-enrollments",
  title: "School enrollments",
  about: [
    "To which school a student belonged, from when to when: the history that membership, headcounts and attendance rates rest on.",
    "One primary enrollment at a time, none twice at one school on the same days, each inside of its school year. A row that would break this is left out, and the preview says why.",
    "An enrollment that is here already with the same student, school and entry date is the same one: only what is empty is filled. To correct an entry date, say in entry_date_was which one stands in the records.",
    "history = earlier keeps a row about a school of another district with the import's source records; it makes no enrollment, for only schools of the district have members.",
  ],
  columns: [
    ...studentColumns,
    { name: "history", kind: "choice", values: ["own", "earlier"], example: "own", meaning: "own: a school of the district. earlier: a school of another district, told by school_name. Blank: own." },
    { name: "school_code", kind: "text", maxLength: 64, example: "GBHS", meaning: "The district's code of the school. Needed unless history is earlier." },
    { name: "school_name", kind: "text", maxLength: 160, example: "", meaning: "The name of a school of another district. For history = earlier only." },
    { name: "school_year", kind: "text", maxLength: 32, example: "2025-26", meaning: "The name of the school year. Blank: the one that contains the entry date." },
    { name: "grade_level", kind: "text", maxLength: 32, example: "09", meaning: "The grade level during the enrollment. A change within the year is a new row." },
    { name: "track", kind: "text", maxLength: 64, example: "", meaning: "The name of the calendar, where the school has several in the year." },
    { name: "entry_date", kind: "day", required: true, example: "2025-08-18", meaning: "The first day of membership." },
    { name: "entry_date_was", kind: "day", example: "", meaning: "The entry date that stands in the records and is corrected by this row." },
    { name: "entry_code", kind: "text", maxLength: 16, example: "E1", meaning: "The district's code for how the student came." },
    { name: "last_day", kind: "day", example: "2026-06-05", meaning: "The last day of membership. Blank while enrolled; needed in a year that is over." },
    { name: "exit_code", kind: "text", maxLength: 16, example: "W3", meaning: "The district's code for how the student left. Needs a last day." },
    { name: "kind", kind: "choice", values: ["primary", "secondary"], example: "primary", meaning: "secondary: a second school beside the one that counts the student. Blank: primary." },
    { name: "full_time_share", kind: "decimal", min: 0, max: 1, example: "1", meaning: "The share of full time, from 0 to 1. Blank: 1." },
    { name: "no_show", kind: "flag", example: "", meaning: "yes: the student was expected on the entry date and never came. No last day then." },
    removeColumn,
  ],
  key: (cells) => [studentKey(cells), cells.school_code ?? cells.school_name, cells.entry_date],
  keyInWords: "student, school and entry_date",
  faults: (cells) => {
    const { history, school_code: code, school_name: name, entry_date: entry, last_day: last, exit_code: exitCode, no_show: noShow } = cells;
    const faults = requireStudent(cells);
    if (history !== "earlier" && code === null) faults.push({ column: "school_code", message: "The row names no school of the district. Fill in school_code, or say history = earlier and the name of the school elsewhere." });
    if (history === "earlier" && name === null) faults.push({ column: "school_name", message: "Say in school_name which school elsewhere it was." });
    if (last !== null && last < entry) faults.push({ column: "last_day", message: "The last day lies before the entry date. Correct one of the two." });
    if (exitCode !== null && last === null && noShow !== true) faults.push({ column: "exit_code", message: "There is a code for how the student left and no last day. Fill in the last day, or clear the code." });
    if (noShow === true && last !== null) faults.push({ column: "no_show", message: "A student who never came has no last day of membership. Clear one of the two." });
    return faults;
  },
});
