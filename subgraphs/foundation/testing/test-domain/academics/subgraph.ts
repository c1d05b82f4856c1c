import { declareRelation, type Ids } from "#foundation/access/declare-relation";
import { caseload, substitutes, teachesSection, teachesStudent } from "#foundation/access/relations";
import { subgraph } from "#foundation/federation/manifest";
import { CaseloadEntry, ClassMeeting, RosterEntry, Section, SectionTeacher } from "./sections.ts";

const taught = `SELECT t.section_id FROM trial_academics.section_teacher t WHERE t.person_id = (SELECT access.person()) AND t.archived_at IS NULL`;
const studentsTaught = `SELECT r.student_id FROM trial_academics.roster_entry r WHERE r.archived_at IS NULL AND r.section_id IN (${taught})
  AND r.from_date - 14 <= (SELECT access.today()) AND (r.to_date IS NULL OR r.to_date + 30 > (SELECT access.today()))`;
const studentsOnCaseload = `SELECT c.student_id FROM trial_academics.caseload_entry c WHERE c.person_id = (SELECT access.person()) AND c.archived_at IS NULL`;
const personsOf = (students: string) => ({ among }: Ids) => `SELECT s.person_id FROM students.student s WHERE s.archived_at IS NULL AND ${among("s.id", students)}`;
const nobody = `SELECT NULL::uuid WHERE false`;

/** The owner of the facts on which the example's relations rest. */
export const trialAcademics = subgraph({
  name: "trial_academics",
  description: "Sections, their rosters and teachers, in as little as the example needs.",
  records: [Section, ClassMeeting, SectionTeacher, RosterEntry, CaseloadEntry],
  operations: [],
  relations: [
    declareRelation(teachesSection, "section", taught),
    // Beside the section: who writes by a section must teach the student, too.
    declareRelation(teachesSection, "student", studentsTaught),
    declareRelation(teachesStudent, "student", studentsTaught),
    declareRelation(teachesStudent, "person", personsOf(studentsTaught)),
    declareRelation(caseload, "student", studentsOnCaseload),
    declareRelation(caseload, "person", personsOf(studentsOnCaseload)),
    declareRelation(substitutes, "student", nobody),
    declareRelation(substitutes, "person", nobody),
  ],
  migrations: new URL("./migrations/", import.meta.url),
});
