import { declareRelation } from "#foundation/access/declare-relation";
import { attendsSection, guardian, self } from "#foundation/access/relations";

export const relations = [
  declareRelation(
    attendsSection,
    "section",
    ({ reached }) => `SELECT e.section_id FROM academics.section_enrollment e WHERE e.archived_at IS NULL AND e.from_date <= (SELECT access.today())
      AND (${reached("e.student_id", self, "student")} OR ${reached("e.student_id", guardian("education"), "student")})`,
  ),
];
