import { access, ofDistrict, ofStudent, read, readWrite, write } from "#foundation/access/access";
import { atSchool, caseload, district, guardian, member, on, otherTimeAtSchool, self, substitutes, teachesStudent, underAgreement } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";

/** The portal roles: together, everybody who belongs to the district. Holders of a duty carry `staff` too. */
const everyone = [Role.Admin, Role.Staff, Role.Teacher, Role.Parent, Role.Student];

const schoolOffice = [Role.Principal, Role.AssistantPrincipal, Role.SchoolSecretary];
const studentServices = [Role.Counselor, Role.CaseManager, Role.Nurse, Role.AttendanceClerk];
const withCaseload = [Role.Counselor, Role.CaseManager];

/** Name and number. The rest of what is known about a student has records of its own. */
export const students = access(ofStudent("id"), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  read(Role.Teacher, teachesStudent), read(Role.Substitute, substitutes), read(withCaseload, caseload),
  read([...schoolOffice, ...studentServices, Role.FoodService], atSchool),
  read([...schoolOffice, Role.Counselor], otherTimeAtSchool),
  read(Role.Registrar, otherTimeAtSchool), readWrite(Role.Registrar, atSchool, district),
  read(Role.Superintendent, district),
  read(Role.Integration, underAgreement("ROSTER")),
]);

export const studentIdentifiers = access(ofStudent("id"), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  read([Role.Principal, Role.AssistantPrincipal, Role.Counselor, Role.CaseManager], atSchool),
  readWrite(Role.Registrar, atSchool, district),
  read(Role.Integration, underAgreement("IDENTIFIERS")),
]);

/** Who is listed for a student, and with which rights. Nobody writes what is listed about herself. */
export const studentContacts = access(ofStudent("student", { person: "personId" }), [
  read(everyone, on(self, "person")),
  read(Role.Student, on(self, "student")).unless("confidential"), read(Role.Parent, guardian("education")).unless("confidential"),
  read(withCaseload, caseload), read([...schoolOffice, ...studentServices], atSchool),
  read(Role.Registrar, atSchool, district), write(Role.Registrar, atSchool, district).exceptSelf("personId"),
  read(Role.Superintendent, district),
]);

/** Orders are not shown to those they are about, nor to the student. Nobody lifts one against herself. */
export const courtOrders = access(ofStudent("student", { person: "personId" }), [
  read([Role.AssistantPrincipal, Role.Counselor], atSchool),
  read(Role.Principal, atSchool), write(Role.Principal, atSchool).exceptSelf("personId"),
  read(Role.Registrar, atSchool, district), write(Role.Registrar, atSchool, district).exceptSelf("personId"),
]);

/** The current school reads all of a student's enrollments, another school those that were or will be at it. */
export const schoolEnrollments = access(ofStudent("student", { school: "schoolId", on: "entryDate" }), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  read(Role.Teacher, teachesStudent), read(withCaseload, caseload),
  read([...schoolOffice, ...studentServices], atSchool),
  read(Role.Registrar, atSchool, district),
  read(Role.Superintendent, district),
  read(Role.Integration, underAgreement("ROSTER")).together(),
]);

/** The list of programs names no student. */
export const programs = access(ofDistrict(), [read(everyone, member), readWrite([Role.Superintendent, Role.Admin], district)]);

/** The school's tier: what those who plan a student's day must know. */
export const programParticipations = access(ofStudent("student"), [
  read(Role.Student, self), read(Role.Parent, guardian("education")), read(withCaseload, caseload),
  read([...schoolOffice, Role.Counselor, Role.CaseManager], atSchool),
  readWrite(Role.Registrar, atSchool, district),
  read(Role.Superintendent, district),
]);

/** The support tier: special education, 504, homelessness, foster care, migrancy. Need to know, every read audited. */
export const supportParticipations = access(ofStudent("student"), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  read(withCaseload, caseload), readWrite(withCaseload, atSchool),
  read([Role.Principal, Role.Nurse], atSchool),
]);

/** The meals tier: federal law closes who eats free even to most of the school. */
export const mealEligibilities = access(ofStudent("student"), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  readWrite(Role.FoodService, atSchool),
]);

export const directoryOptOuts = access(ofStudent("student"), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  read([...schoolOffice, Role.Counselor], atSchool),
  readWrite(Role.Registrar, atSchool, district),
]);

/** Continues a parent's reach after the rights have passed, so nobody writes one for herself. */
export const majorityArrangements = access(ofStudent("student", { person: "personId" }), [
  read(Role.Student, on(self, "student")), read(Role.Parent, guardian("education")),
  read([Role.Principal, Role.AssistantPrincipal, Role.Counselor], atSchool),
  read(Role.Registrar, atSchool, district), write(Role.Registrar, atSchool, district).exceptSelf("personId"),
]);
