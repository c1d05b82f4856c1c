import { access, ofDistrict, ofSchool, ofStudent, read, readWrite } from "#foundation/access/access";
import { atSchool, caseload, district, guardian, member, partyToAgreement, self, substitutes, teachesStudent, underAgreement } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";

/** The portal roles: together, everybody who belongs to the district. Holders of a duty carry `staff` too. */
export const everyone = [Role.Admin, Role.Staff, Role.Teacher, Role.Parent, Role.Student];

/** Who builds a school's schedule, and who may do it for any school. */
export const scheduleOffice = [Role.Principal, Role.AssistantPrincipal, Role.Registrar];
export const districtOffice = [Role.Superintendent, Role.Registrar];

/** What the district settles once for all of its schools. */
const settledByDistrict = access(ofDistrict(), [read(everyone, member), readWrite([Role.Superintendent, Role.Admin, Role.Registrar], district)]);

/** The schedule names no student: everyone may know which sections there are, and when and where they meet. */
const schedule = access(ofSchool("schoolId"), [
  read(everyone, member), readWrite(scheduleOffice, atSchool), readWrite(districtOffice, district), read(Role.Integration, underAgreement("ROSTER")),
]);

/** Lead and lag days widen or narrow what every teacher sees, so the district's leaders alone settle them. */
export const rosterPolicies = access(ofDistrict(), [read(everyone, member), readWrite([Role.Superintendent, Role.Admin], district)]);
export const subjects = settledByDistrict;
export const courseLevels = settledByDistrict;
export const courses = access(settledByDistrict.stamps, [settledByDistrict.grants, read(Role.Integration, partyToAgreement("ROSTER"))]);
export const sections = schedule;
export const sectionTerms = schedule;
/** Changed only by the operations that look for conflicts. */
export const meetingPatterns = access(ofSchool("schoolId"), [read(everyone, member)]);
export const classMeetings = meetingPatterns;

export const meetingDerivations = access(ofSchool("schoolId"), [read(scheduleOffice, atSchool), read(districtOffice, district)]);

/** Who is on which roster. A roster gives teachers their reach, so only named operations write it. */
export const sectionEnrollments = access(ofStudent("studentId", { section: "section", school: "schoolId", on: "fromDate" }), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  read(Role.Teacher, teachesStudent), read(Role.Substitute, substitutes).together(),
  read([Role.Counselor, Role.CaseManager], caseload, atSchool),
  read([Role.Principal, Role.AssistantPrincipal, Role.SchoolSecretary, Role.AttendanceClerk, Role.Nurse], atSchool),
  read(Role.Registrar, atSchool, district), read(Role.Superintendent, district),
  read(Role.Integration, underAgreement("ROSTER")).together(),
]);
