import { subgraph } from "#foundation/federation/manifest";
import { CaseloadAssignment } from "./entities/caseload-assignment.ts";
import { Employee } from "./entities/employee.ts";
import { PositionAssignment } from "./entities/position-assignment.ts";
import { Position } from "./entities/position.ts";
import { SubstituteAssignment } from "./entities/substitute-assignment.ts";
import { Substitute } from "./entities/substitute.ts";
import { TeachingAssignment } from "./entities/teaching-assignment.ts";
import { personNames } from "./fields/person-names.ts";
import { Person, School, Section, Student } from "./foreign.ts";
import { lookups } from "./lookups.ts";
import { assignCaseload } from "./operations/assign-caseload.ts";
import { assignSubstitute } from "./operations/assign-substitute.ts";
import { assignTeacher } from "./operations/assign-teacher.ts";
import { endCaseload } from "./operations/end-caseload.ts";
import { endSubstituteAssignment } from "./operations/end-substitute-assignment.ts";
import { endTeachingAssignment } from "./operations/end-teaching-assignment.ts";
import { relations } from "./relations.ts";

export const staff = subgraph({
  name: "staff",
  description: "Employees and positions; who teaches which section, who substitutes, and who has whom on a caseload.",
  records: [Employee, Position, PositionAssignment, TeachingAssignment, Substitute, SubstituteAssignment, CaseloadAssignment],
  operations: [assignTeacher, endTeachingAssignment, assignSubstitute, endSubstituteAssignment, assignCaseload, endCaseload],
  fields: personNames,
  connections: [
    { on: Section, name: "teachingAssignments", of: TeachingAssignment, via: "sectionId", description: "Who teaches, taught or will teach the section." },
    { on: Section, name: "substituteAssignments", of: SubstituteAssignment, via: "sectionId", description: "Who stood in, or will stand in, for its teachers." },
    { on: School, name: "teachingAssignments", of: TeachingAssignment, via: "schoolId", description: "Who teaches, taught or will teach which section of the school." },
    { on: School, name: "substituteAssignments", of: SubstituteAssignment, via: "schoolId", description: "Who stood in, or will stand in, at the school." },
    { on: School, name: "positionAssignments", of: PositionAssignment, via: "schoolId", description: "Who holds or held which position at the school." },
    { on: Person, name: "employees", of: Employee, via: "personId", description: "The person as an employee; at most one that is not archived." },
    { on: Person, name: "teachingAssignments", of: TeachingAssignment, via: "personId", description: "The sections that the person teaches, taught or will teach." },
    { on: Person, name: "substituteAssignments", of: SubstituteAssignment, via: "personId", description: "The sections in which the person stood in, or will stand in." },
    { on: Person, name: "caseloadAssignments", of: CaseloadAssignment, via: "personId", description: "The students on the person's caseload." },
    { on: Student, name: "caseloadAssignments", of: CaseloadAssignment, via: "studentId", description: "Whose caseload the student is, was or will be on." },
  ],
  relations,
  lookups,
  migrations: new URL("./migrations/", import.meta.url),
});

export default staff;
