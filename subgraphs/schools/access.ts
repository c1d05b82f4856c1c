import { access, ofDistrict, ofSchool, read, readWrite, type Stamps } from "#foundation/access/access";
import { atSchool, district, member } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";

/** The portal roles: together, everybody who belongs to the district. Holders of a duty carry `staff` too. */
export const everyone = [Role.Admin, Role.Staff, Role.Teacher, Role.Parent, Role.Student];

const leaders = [Role.Superintendent, Role.Admin];
const schoolOffice = [Role.Principal, Role.AssistantPrincipal, Role.Registrar, Role.SchoolSecretary];

/** What the district settles once for all of its schools. */
const settledByDistrict = (stamps: Stamps) => access(stamps, [read(everyone, member), readWrite(leaders, district)]);

/** What each school arranges for itself; the district may arrange it too. */
const arrangedBySchool = (stamps: Stamps) => access(stamps, [read(everyone, member), readWrite(schoolOffice, atSchool), readWrite(leaders, district)]);

export const organizations = settledByDistrict(ofDistrict());
export const schools = settledByDistrict(ofSchool("id"));
export const gradeLevels = settledByDistrict(ofDistrict());
export const schoolYears = settledByDistrict(ofDistrict());

export const calendarTracks = arrangedBySchool(ofSchool("school"));
export const rotationDays = arrangedBySchool(ofSchool("school"));
export const bellSchedules = arrangedBySchool(ofSchool("school"));
export const bellPeriods = arrangedBySchool(ofSchool("school"));
export const instructionalDays = arrangedBySchool(ofSchool("school"));
export const terms = arrangedBySchool(ofSchool("school"));
export const gradingPeriods = arrangedBySchool(ofSchool("school"));
export const rooms = arrangedBySchool(ofSchool("school"));
