import { choice, type ChoiceOf } from "#foundation/record/fields";

export const DirectoryField = choice("DirectoryField", "What a district may call directory information (34 CFR 99.3), of what is kept here. What is not in this list never is, such as courses, scores and state numbers.", {
  NAME: "The student's name.",
  SCHOOL: "The school that the student attends, or attended last.",
  GRADE_LEVEL: "The grade level.",
  ATTENDANCE_DATES: "From when to when the student was enrolled; never attendance day by day.",
  EMAIL: "The student's e-mail address, unless it is confidential.",
  TELEPHONE: "The student's telephone number, unless it is confidential.",
  ADDRESS: "The student's address, unless it is confidential.",
  BIRTH_DATE: "The date of birth.",
  STUDENT_NUMBER: "The district's student number: only where nobody gets into a record by it without a password or the like (99.3, \"directory information\", (c)).",
});
export type DirectoryField = ChoiceOf<typeof DirectoryField>;

/** What most districts list: enough for programs, honor rolls and yearbooks. */
export const usualDirectoryFields: readonly DirectoryField[] = ["NAME", "SCHOOL", "GRADE_LEVEL", "ATTENDANCE_DATES"];
