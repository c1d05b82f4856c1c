import { declareRelation } from "#foundation/access/declare-relation";
import { atSchool, author, district, household, member, onDuty, self } from "#foundation/access/relations";
import { callersDuties, inEffect } from "./sql.ts";

/** In the order in which they rest on each other: `at_school_school` first. */
export const relations = [
  declareRelation(atSchool, "school", `SELECT d.school_id FROM ${callersDuties} AND d.school_id IS NOT NULL`),
  // A duty for the whole district is a duty at each of its schools.
  declareRelation(atSchool, "school", `SELECT s.id FROM schools.school s WHERE EXISTS (SELECT 1 FROM ${callersDuties} AND d.school_id IS NULL)`),
  declareRelation(
    atSchool,
    "person",
    ({ reached }) => `SELECT colleague.person_id FROM people.duty_assignment colleague
      WHERE ${inEffect("colleague")} AND ${reached("colleague.school_id", atSchool, "school")}`,
  ),
  declareRelation(district, null, `EXISTS (SELECT 1 FROM ${callersDuties} AND d.school_id IS NULL)`),
  declareRelation(onDuty, null, `EXISTS (SELECT 1 FROM ${callersDuties})`),
  declareRelation(member, null, `EXISTS (SELECT 1 FROM people.person p WHERE p.id = (SELECT access.person()) AND p.archived_at IS NULL)`),
  declareRelation(self, "person", `SELECT (SELECT access.person()) WHERE (SELECT access.person()) IS NOT NULL`),
  declareRelation(author, "author", `SELECT (SELECT access.person()) WHERE (SELECT access.person()) IS NOT NULL`),
  declareRelation(
    household,
    "household",
    `SELECT m.household_id FROM people.household_member m WHERE m.person_id = (SELECT access.person()) AND ${inEffect("m")}
      AND EXISTS (SELECT 1 FROM people.household h WHERE h.id = m.household_id AND h.archived_at IS NULL)`,
  ),
];
