import { declareRelation } from "#foundation/access/declare-relation";
import { atSchool, contactOfChild, familyAtSchool, guardian, otherTimeAtSchool, ownRights, self, studentAtSchool } from "#foundation/access/relations";
import { familiesOf, guardianOf, inEffect, personsOf, rightsHavePassed, studentsAtSchool, studentsEverAtSchool } from "./sql.ts";

const named = guardianOf(`("right" = 'education' AND c.education_rights)`);
const familiesAtSchool = familiesOf(studentsAtSchool);

export const relations = [
  declareRelation(self, "student", `SELECT s.id FROM students.student s WHERE s.person_id = (SELECT access.person()) AND s.archived_at IS NULL`),
  declareRelation(ownRights, "student", `SELECT s.id FROM students.student s WHERE s.person_id = (SELECT access.person()) AND s.archived_at IS NULL AND ${rightsHavePassed}`),
  declareRelation(guardian("education"), "student", `SELECT s.id FROM ${named}`),
  declareRelation(guardian("education"), "person", `SELECT s.person_id FROM ${named}`),
  declareRelation(
    contactOfChild,
    "person",
    `SELECT listed.person_id FROM students.student_contact listed WHERE listed.status = 'CONFIRMED' AND NOT listed.confidential AND ${inEffect("listed")}
      AND listed.student_id IN (SELECT s.id FROM ${guardianOf("c.education_rights")})`,
  ),
  declareRelation(atSchool, "student", studentsAtSchool),
  declareRelation(atSchool, "person", familiesAtSchool),
  declareRelation(studentAtSchool, "person", personsOf(studentsAtSchool)),
  declareRelation(familyAtSchool, "person", familiesAtSchool),
  declareRelation(
    atSchool,
    "household",
    (ids) => `SELECT m.household_id FROM people.household_member m
      WHERE m.archived_at IS NULL AND (m.to_date IS NULL OR m.to_date > (SELECT access.today())) AND ${ids.among("m.person_id", familiesAtSchool(ids))}`,
  ),
  declareRelation(otherTimeAtSchool, "student", studentsEverAtSchool),
  declareRelation(otherTimeAtSchool, "person", personsOf(studentsEverAtSchool)),
];
