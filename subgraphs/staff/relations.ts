import { declareRelation } from "#foundation/access/declare-relation";
import { caseload, substitutes, teachesSection, teachesStudent } from "#foundation/access/relations";
import { meetingsSubstituted, personsOf, sectionsSubstituted, sectionsTaught, studentsOnCaseload, studentsSubstituted, studentsTaught } from "./sql.ts";

export const relations = [
  declareRelation(teachesSection, "section", sectionsTaught),
  // Beside the section: who writes by a section must teach the student, too.
  declareRelation(teachesSection, "student", studentsTaught),
  declareRelation(teachesStudent, "student", studentsTaught),
  declareRelation(teachesStudent, "person", personsOf(studentsTaught)),
  declareRelation(substitutes, "section", sectionsSubstituted),
  declareRelation(substitutes, "meeting", meetingsSubstituted),
  declareRelation(substitutes, "student", studentsSubstituted),
  declareRelation(substitutes, "person", personsOf(studentsSubstituted)),
  declareRelation(caseload, "student", studentsOnCaseload),
  declareRelation(caseload, "person", personsOf(studentsOnCaseload)),
];
