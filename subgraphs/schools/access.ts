import { access, ofDistrict, ofSchool, read, readWrite, type Grant, type Stamps } from "#foundation/access/access";
import { atSchool, district, member, partyToAgreement, underAgreement } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";

/** The portal roles: together, everybody who belongs to the district. Holders of a duty carry `staff` too. */
export const everyone = [Role.Admin, Role.Staff, Role.Teacher, Role.Parent, Role.Student];

const leaders = [Role.Superintendent, Role.Admin];
const schoolOffice = [Role.Principal, Role.AssistantPrincipal, Role.Registrar, Role.SchoolSecretary];

/** What the district settles once for all of its schools. */
const settledByDistrict = (stamps: Stamps, ...more: Grant[][]) => access(stamps, [read(everyone, member), readWrite(leaders, district), ...more]);

/** What each school arranges for itself; the district may arrange it too. */
const arrangedBySchool = (stamps: Stamps, ...more: Grant[][]) => access(stamps, [read(everyone, member), readWrite(schoolOffice, atSchool), readWrite(leaders, district), ...more]);

/** What a roster hangs on, for the systems of parties. */
const ofRosters = read(Role.Integration, partyToAgreement("ROSTER"));

export const organizations = settledByDistrict(ofDistrict());
export const schools = settledByDistrict(ofSchool("id"), read(Role.Integration, underAgreement("ROSTER")));
export const gradeLevels = settledByDistrict(ofDistrict(), ofRosters);
export const schoolYears = settledByDistrict(ofDistrict(), ofRosters);

export const calendarTracks = arrangedBySchool(ofSchool("school"));
export const rotationDays = arrangedBySchool(ofSchool("school"));
export const bellSchedules = arrangedBySchool(ofSchool("school"));
export const bellPeriods = arrangedBySchool(ofSchool("school"));
export const instructionalDays = arrangedBySchool(ofSchool("school"));
export const terms = arrangedBySchool(ofSchool("school"), ofRosters);
export const gradingPeriods = arrangedBySchool(ofSchool("school"), ofRosters);
export const rooms = arrangedBySchool(ofSchool("school"));
