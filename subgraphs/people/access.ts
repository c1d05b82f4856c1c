import { access, ofHousehold, ofPerson, read, readWrite, write } from "#foundation/access/access";
import {
  atSchool, caseload, contactOfChild, district, familyAtSchool, guardian, household, on, otherTimeAtSchool, self, studentAtSchool, substitutes, teachesStudent, teachesUnderAgreement, underAgreement,
} from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";

/** The portal roles: together, everybody who belongs to the district. Holders of a duty carry `staff` too. */
const everyone = [Role.Admin, Role.Staff, Role.Teacher, Role.Parent, Role.Student];

const schoolOffice = [Role.Principal, Role.AssistantPrincipal, Role.SchoolSecretary];
const studentServices = [Role.Counselor, Role.CaseManager, Role.Nurse, Role.AttendanceClerk];
const withCaseload = [Role.Counselor, Role.CaseManager];

/**
 * Names. A school reads those of its students, their contacts and its staff; a former or coming school those of its students; who teaches,
 * stands in or has a caseload those of her students.
 */
export const people = access(ofPerson("id"), [
  read(everyone, self),
  read(Role.Parent, guardian("education"), contactOfChild),
  read(Role.Teacher, teachesStudent), read(Role.Substitute, substitutes), read(withCaseload, caseload),
  read([...schoolOffice, ...studentServices], atSchool),
  read([...schoolOffice, Role.Counselor], otherTimeAtSchool), read(Role.FoodService, studentAtSchool),
  read(Role.Registrar, atSchool, otherTimeAtSchool, district), write(Role.Registrar, familyAtSchool, district),
  read([Role.Superintendent, Role.Admin, Role.HumanResources], district),
  read(Role.Integration, underAgreement("ROSTER"), teachesUnderAgreement("ROSTER")),
]);

/** Who writes the demographics of students of the school, or of the district. */
export const demographicsOffice = [Role.Registrar];

/** Birth date, legal sex, languages, race and ethnicity: of students, to those who need them; never of contacts or staff. */
export const personDemographics = access(ofPerson("id"), [
  read(everyone, self),
  read(Role.Parent, guardian("education")),
  read([Role.Principal, Role.AssistantPrincipal, Role.Counselor, Role.CaseManager, Role.Nurse], studentAtSchool),
  read(withCaseload, caseload),
  readWrite(demographicsOffice, studentAtSchool, district),
  read(Role.Superintendent, district),
  read(Role.Integration, underAgreement("DEMOGRAPHICS")),
]);

/** Phones and e-mail addresses. A parent reads her own and her child's, never another contact's. */
export const contactDetails = access(ofPerson("person"), [
  read(everyone, self).unless("confidential"),
  read(Role.Parent, guardian("education")).unless("confidential"),
  read(studentServices, familyAtSchool).unless("confidential"),
  read([Role.AssistantPrincipal, Role.SchoolSecretary], atSchool).unless("confidential"),
  write(Role.SchoolSecretary, familyAtSchool).unless("confidential"),
  read(Role.Principal, atSchool),
  readWrite(Role.Registrar, atSchool), readWrite(Role.Registrar, district).unless("confidential"),
  read(Role.Integration, underAgreement("CONTACT_DETAILS")).unless("confidential"),
]);

/** A household is known to its members and to the schools of its students, never to another household of the same child. */
export const households = access(ofHousehold("id"), [
  read(everyone, household),
  read([...schoolOffice, ...studentServices], atSchool),
  readWrite(Role.Registrar, atSchool, district),
]);

/** Membership opens the household's address to the member, so nobody writes her own. */
export const householdMembers = access(ofHousehold("household"), [
  read(everyone, household),
  read([...schoolOffice, ...studentServices], atSchool),
  read(Role.Registrar, atSchool, district), write(Role.Registrar, atSchool, district).exceptSelf("person"),
]);

/** A confidential address is closed to everyone, members of the household included, but registrar and principal of the school. */
export const householdAddresses = access(ofHousehold("household"), [
  read(everyone, household).unless("addressConfidential"),
  read([Role.AssistantPrincipal, Role.SchoolSecretary, ...studentServices], atSchool).unless("addressConfidential"),
  read(Role.Principal, atSchool),
  readWrite(Role.Registrar, atSchool), readWrite(Role.Registrar, district).unless("addressConfidential"),
]);

/** Who has which duty. A duty gives reach, so only named operations write it. */
export const dutyAssignments = access(ofPerson("person", { school: "schoolId" }), [
  read(everyone, self),
  read([Role.Principal, Role.AssistantPrincipal, Role.Registrar], on(atSchool, "school")),
  read([Role.Superintendent, Role.Admin, Role.HumanResources, Role.Auditor], district),
]);
