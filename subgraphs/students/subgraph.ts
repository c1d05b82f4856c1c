import { subgraph } from "#foundation/federation/manifest";
import { CourtOrder } from "./entities/court-order.ts";
import { DirectoryOptOut } from "./entities/directory-opt-out.ts";
import { MajorityArrangement } from "./entities/majority-arrangement.ts";
import { MealEligibility } from "./entities/meal-eligibility.ts";
import { ProgramParticipation } from "./entities/program-participation.ts";
import { Program } from "./entities/program.ts";
import { SchoolEnrollment } from "./entities/school-enrollment.ts";
import { StudentContact } from "./entities/student-contact.ts";
import { StudentIdentifiers } from "./entities/student-identifiers.ts";
import { Student } from "./entities/student.ts";
import { SupportParticipation } from "./entities/support-participation.ts";
import { membershipDaysOfEnrollment, membershipLookup } from "./fields/school-enrollment-membership-days.ts";
import { headcountOfSchool } from "./fields/school-headcount.ts";
import { Person, School } from "./foreign.ts";
import { relations } from "./relations.ts";
import { repeatableSql } from "./sql.ts";

export const students = subgraph({
  name: "students",
  description: "Students, who is listed for them with which rights, the schools they attend and the programs they take part in.",
  records: [
    Student, StudentIdentifiers, StudentContact, CourtOrder, SchoolEnrollment, Program, ProgramParticipation, SupportParticipation, MealEligibility,
    DirectoryOptOut, MajorityArrangement,
  ],
  operations: [],
  connections: [
    { on: School, name: "schoolEnrollments", of: SchoolEnrollment, via: "schoolId", description: "The enrollments at the school, past, present and planned." },
    { on: Person, name: "listedFor", of: StudentContact, via: "personId", description: "The students for whom the person is listed as a contact." },
  ],
  fields: [membershipDaysOfEnrollment, headcountOfSchool],
  lookups: [membershipLookup],
  relations,
  movesRights: [CourtOrder, StudentContact],
  repeatableSql,
  migrations: new URL("./migrations/", import.meta.url),
});

export default students;
