import { access, ofDistrict, ofPerson, ofSchool, ofStudent, read, readWrite, write } from "#foundation/access/access";
import { atSchool, caseload, district, guardian, member, on, onDuty, self, teachesSection, underAgreement } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";

/** The portal roles: together, everybody who belongs to the district. Holders of a duty carry `staff` too. */
export const everyone = [Role.Admin, Role.Staff, Role.Teacher, Role.Parent, Role.Student];
const workforce = [Role.Admin, Role.Staff, Role.Teacher];

/** Who says who teaches, substitutes and stands in at a school. */
export const schoolOffice = [Role.Principal, Role.AssistantPrincipal, Role.Registrar];
export const districtOffice = [Role.Superintendent, Role.Registrar];

/** Employment itself: the employee and the offices that keep it. A school knows its people by their duties and positions. */
export const employees = access(ofPerson("personId"), [
  read(workforce, self),
  read(Role.HumanResources, district), write(Role.HumanResources, district).exceptSelf("personId"),
  read([Role.Superintendent, Role.Payroll], district),
]);

export const positions = access(ofDistrict(), [read(workforce, member), readWrite(Role.HumanResources, district)]);

export const positionAssignments = access(ofPerson("personId", { school: "schoolId" }), [
  read(workforce, on(self, "person")),
  read([Role.Principal, Role.AssistantPrincipal], on(atSchool, "school")),
  read(Role.HumanResources, district), write(Role.HumanResources, district).exceptSelf("personId"),
  read([Role.Superintendent, Role.Payroll], district),
]);

/** Who teaches what is no secret. It gives reach, so only named operations write it. */
export const teachingAssignments = access(ofSchool("schoolId"), [read(everyone, member), read(Role.Integration, underAgreement("ROSTER"))]);

/** Every school's office chooses from the pool: whoever has such a duty anywhere. */
export const substitutePool = access(ofPerson("personId"), [
  read(workforce, self),
  read([...schoolOffice, Role.SchoolSecretary], onDuty),
  read(Role.HumanResources, district), write(Role.HumanResources, district).exceptSelf("personId"),
  read(Role.Superintendent, district),
]);

/** Who stands in when: the substitute, the section's teachers, the office. Gives reach, so only named operations write it. */
export const substituteAssignments = access(ofPerson("personId", { school: "schoolId", section: "sectionId" }), [
  read(Role.Substitute, on(self, "person")), read(Role.Teacher, on(teachesSection, "section")),
  read([...schoolOffice, Role.SchoolSecretary, Role.AttendanceClerk], on(atSchool, "school")),
  read(districtOffice, district), read(Role.HumanResources, district),
]);

/** Whose caseload a student is on tells of special education, so not every office knows it, nor the district's. Gives reach: operations alone write it. */
export const caseloadAssignments = access(ofStudent("studentId", { person: "personId" }), [
  read([Role.Counselor, Role.CaseManager], on(self, "person")),
  read(Role.Student, on(self, "student")), read(Role.Parent, guardian("education")),
  read([Role.Counselor, Role.CaseManager], caseload, atSchool),
  read([Role.Principal, Role.AssistantPrincipal], atSchool),
]);
