import { declareRelation, type Ids } from "#foundation/access/declare-relation";
import { partyToAgreement, self, teachesUnderAgreement, underAgreement } from "#foundation/access/relations";

/** Agreements (`a`) in effect today that name the caller's account and let data of the category go. Another category's grant is another call. */
const callersAgreements = `platform.agreement a WHERE a.account_id = (SELECT access.account()) AND a.archived_at IS NULL
  AND a.from_date <= (SELECT access.today()) AND a.to_date > (SELECT access.today()) AND "right" = ANY (a.categories)`;

/** Such agreements about the school. */
const aboutSchool = (school: string): string => `${callersAgreements}
  AND (a.every_school OR EXISTS (SELECT 1 FROM platform.agreement_school named WHERE named.agreement_id = a.id AND named.school_id = ${school} AND named.archived_at IS NULL))`;

/** Under written consents a student counts while a consent to that very agreement holds. */
const consented = `(a.basis <> 'WRITTEN_CONSENT' OR EXISTS (SELECT 1 FROM platform.disclosure_consent c WHERE c.agreement_id = a.id AND c.student_id = e.student_id
  AND c.archived_at IS NULL AND c.from_date <= (SELECT access.today()) AND (c.to_date IS NULL OR c.to_date > (SELECT access.today()))))`;

/** Students who attend such a school today; over a summer between two years, those of both. */
const students = `SELECT e.student_id FROM students.school_enrollment e
  WHERE e.archived_at IS NULL AND e.entry_date <= (SELECT upper(access.enrollment_days()) - 1)
    AND (e.exit_date IS NULL OR (e.exit_date > (SELECT lower(access.enrollment_days())) AND e.exit_date > e.entry_date))
    AND EXISTS (SELECT 1 FROM ${aboutSchool("e.school_id")} AND ${consented})`;

const personsOfStudents = (ids: Ids): string => `SELECT s.person_id FROM students.student s WHERE s.archived_at IS NULL AND ${ids.among("s.id", students)}`;

export const relations = [
  declareRelation(self, "account", "SELECT access.account()"),
  declareRelation(partyToAgreement(""), null, `EXISTS (SELECT 1 FROM ${callersAgreements})`),
  declareRelation(underAgreement(""), "school", `SELECT s.id FROM schools.school s WHERE s.archived_at IS NULL AND EXISTS (SELECT 1 FROM ${aboutSchool("s.id")})`),
  declareRelation(underAgreement(""), "student", students),
  declareRelation(underAgreement(""), "person", personsOfStudents),
  declareRelation(
    teachesUnderAgreement(""),
    "person",
    `SELECT t.person_id FROM staff.teaching_assignment t
      WHERE t.archived_at IS NULL AND t.from_date <= (SELECT access.today()) AND (t.to_date IS NULL OR t.to_date > (SELECT access.today()))
        AND EXISTS (SELECT 1 FROM ${aboutSchool("t.school_id")})`,
  ),
];
