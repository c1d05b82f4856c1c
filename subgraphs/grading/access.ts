import { access, ofDistrict, ofSchool, ofStudent, read, readWrite, write, type Stamps } from "#foundation/access/access";
import { atSchool, attendsSection, author, caseload, district, guardian, member, on, self, teachesSection, teachesStudent } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";

/** The portal roles: together, everybody who belongs to the district. Holders of a duty carry `staff` too. */
const everyone = [Role.Admin, Role.Staff, Role.Teacher, Role.Parent, Role.Student];
const employees = [Role.Admin, Role.Staff, Role.Teacher];
const families = [Role.Student, Role.Parent];
const leaders = [Role.Superintendent, Role.Admin];
const withCaseload = [Role.Counselor, Role.CaseManager];

/** Whoever may post and correct marks for a school, besides the teachers of its sections. */
export const markOffice = [Role.Principal, Role.Registrar];
/** Whoever issues a school's report cards and transcripts. */
export const documentOffice = [Role.Principal, Role.AssistantPrincipal, Role.Registrar];

/** What the district settles once for all of its schools: scales, policies, plans, standards. */
export const settledByDistrict = access(ofDistrict(), [read(everyone, member), readWrite([...leaders, Role.Registrar], district)]);

/** What a school arranges for itself within that; the district may arrange it too. */
export const arrangedBySchool = access(ofSchool("schoolId"), [
  read(everyone, member), readWrite([Role.Principal, Role.AssistantPrincipal, Role.Registrar], atSchool), readWrite(leaders, district),
]);

/** How a section is graded, and what it is asked to do. Names no student; its teachers write it, its families read it. */
const ofSection: Stamps = { section: "sectionId", school: "schoolId" };
export const assignmentCategories = access(ofSection, [
  read(employees, member), read(families, attendsSection), write(Role.Teacher, teachesSection),
]);
export const assignments = access(ofSection, [
  read(employees, member), read(families, attendsSection).unless("hidden"), write(Role.Teacher, teachesSection),
]);

/**
 * Scores belong to the section: another section's teacher of the same student does not read them, and its own only while the student is
 * hers. Who gave one keeps reading it.
 */
export const scores = access(ofStudent("studentId", { section: "sectionId", school: "schoolId", author: "givenById" }), [
  read(Role.Student, self).unless("hidden"), read(Role.Parent, guardian("education")).unless("hidden"),
  read(Role.Teacher, teachesSection).together(), read(Role.Teacher, on(author, "author")), write(Role.Teacher, teachesSection),
  read(Role.Counselor, caseload, atSchool), read(Role.CaseManager, caseload),
  read([Role.Principal, Role.AssistantPrincipal], atSchool), read(Role.Superintendent, district),
]);

/** What a teacher notes for herself and her colleagues is not for the student or the family. */
export const scoreNotes = access(ofStudent("studentId", { section: "sectionId", school: "schoolId" }), [
  readWrite(Role.Teacher, teachesSection).together(),
  read(Role.Counselor, caseload, atSchool), read([Role.Principal, Role.AssistantPrincipal], atSchool),
]);

/** What stands on a report card. All who teach the student know it; the operations that write it ask who answers for the section. */
export const marks = access(ofStudent("studentId", { section: "sectionId", school: "schoolId" }), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  read(Role.Teacher, teachesStudent),
  read(withCaseload, caseload, atSchool), read([Role.Principal, Role.AssistantPrincipal, Role.Registrar], atSchool),
  read([Role.Registrar, Role.Superintendent], district),
]);

/** Why a mark was changed is between the school's people; the mark itself is open to the family. */
export const markChanges = access(ofStudent("studentId", { section: "sectionId", school: "schoolId" }), [
  read(Role.Teacher, teachesSection).together(),
  read(Role.Counselor, caseload, atSchool), read([Role.Principal, Role.AssistantPrincipal, Role.Registrar], atSchool),
  read(Role.Superintendent, district),
]);

/** The permanent record: the registrar's. A former school reads what it recorded itself. */
export const courseHistories = access(ofStudent("studentId", { school: "schoolId" }), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  read(withCaseload, caseload, atSchool), read([Role.Principal, Role.AssistantPrincipal], atSchool),
  readWrite(Role.Registrar, atSchool, district), read(Role.Superintendent, district),
]);

/** Report cards and transcripts as they were issued. Written by the operations that freeze them. */
export const issuedDocuments = access(ofStudent("studentId", { school: "schoolId" }), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  read(withCaseload, caseload, atSchool), read(documentOffice, atSchool),
  read([Role.Registrar, Role.Superintendent], district),
]);

/** Which plan a student follows; counselors and the registrar choose it. */
export const studentGraduationPlans = access(ofStudent("studentId"), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  readWrite(Role.Counselor, caseload, atSchool), read(Role.CaseManager, caseload), read([Role.Principal, Role.AssistantPrincipal], atSchool),
  readWrite(Role.Registrar, atSchool, district), read(Role.Superintendent, district),
]);
