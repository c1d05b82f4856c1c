import { removeColumn, requireStudent, studentColumns, studentKey, template } from "../columns.ts";

export const courseHistory = template({
  name: "course-history",
  title: "Course history",
  about: [
    "Courses that a student has finished, here or elsewhere: what transcripts, grade point averages and graduation plans are made of.",
    "Credit from elsewhere says the school's name in transfer_school; school_code is then the school of the district that accepted it. A mark of the district's own schools must be one of the grading scale in use, where there is one.",
    "A course that a posted mark has brought into the record stays as it is. A change marks issued transcripts that show the course as outdated.",
  ],
  columns: [
    ...studentColumns,
    { name: "school_code", kind: "text", required: true, maxLength: 64, example: "GBHS", meaning: "The school of the district where the course was taught, or that accepted the credit." },
    { name: "transfer_school", kind: "text", maxLength: 160, example: "", meaning: "The school elsewhere where the credit was earned, by name. Blank for a course of the district." },
    { name: "course_code", kind: "text", required: true, maxLength: 32, example: "MTH101", meaning: "The course's code at the time. Of a course of the catalog, subject and level are taken from it unless told." },
    { name: "course_title", kind: "text", required: true, maxLength: 120, example: "Algebra I", meaning: "The course's title at the time, as transcripts print it." },
    { name: "school_year", kind: "text", required: true, maxLength: 32, example: "2024-25", meaning: "The school year." },
    { name: "term", kind: "text", required: true, maxLength: 64, example: "Fall semester", meaning: "The term." },
    { name: "last_day", kind: "day", example: "2025-01-15", meaning: "The last day of the term. Blank where the district has a term of this name in that year." },
    { name: "grade_level", kind: "text", maxLength: 32, example: "09", meaning: "The student's grade level at the time." },
    { name: "mark", kind: "text", required: true, maxLength: 16, example: "B+", meaning: "The mark." },
    { name: "mark_kind", kind: "choice", values: ["period", "exam", "term_final"], example: "term_final", meaning: "What the mark speaks of. Averages usually count term_final alone. Blank: term_final." },
    { name: "percent", kind: "decimal", min: 0, max: 999, example: "88", meaning: "The percent behind the mark, where there is one." },
    { name: "credits_attempted", kind: "decimal", required: true, min: 0, max: 100, example: "0.5", meaning: "The credits that passing would earn, and what the course weighs in an average." },
    { name: "credits_earned", kind: "decimal", required: true, min: 0, max: 100, example: "0.5", meaning: "The credits earned: not more than were attempted, and none for a mark that does not pass." },
    { name: "counts_in_gpa", kind: "flag", example: "yes", meaning: "no: kept out of averages, e.g. pass/fail. Blank: as the scale says of the mark, else yes." },
    { name: "subject_code", kind: "text", maxLength: 16, example: "MATH", meaning: "The subject whose graduation requirement it counts for. Blank: that of the course in the catalog." },
    { name: "level_code", kind: "text", maxLength: 16, example: "", meaning: "How demanding the course was, e.g. AP. Blank: as the course is in the catalog." },
    { name: "repeats_year", kind: "text", maxLength: 32, example: "", meaning: "Of a repeated course: the school year of the attempt that this one repeats." },
    { name: "repeats_term", kind: "text", maxLength: 64, example: "", meaning: "And its term." },
    removeColumn,
  ],
  key: (cells) => [studentKey(cells), cells.transfer_school ?? cells.school_code, cells.school_year, cells.term, cells.course_code],
  keyInWords: "student, school, school_year, term and course_code",
  faults: (cells) => {
    const faults = requireStudent(cells);
    if (cells.credits_earned > cells.credits_attempted) faults.push({ column: "credits_earned", message: "Nobody earns more credits than were attempted. Correct one of the two." });
    if ((cells.repeats_year === null) !== (cells.repeats_term === null)) faults.push({ column: cells.repeats_year === null ? "repeats_year" : "repeats_term", message: "Say both the year and the term of the attempt that is repeated, or neither." });
    return faults;
  },
});
