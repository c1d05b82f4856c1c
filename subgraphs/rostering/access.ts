import { access, ofDistrict, ofSchool, ofStudent, read, readWrite } from "#foundation/access/access";
import { atSchool, district, member } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";

/** The portal roles: together, everybody who belongs to the district. Holders of a duty carry `staff` too. */
const everyone = [Role.Admin, Role.Staff, Role.Teacher, Role.Parent, Role.Student];

const schoolLeaders = [Role.Principal, Role.AssistantPrincipal, Role.Counselor];
const districtOffice = [Role.Registrar, Role.Superintendent];

/** How other systems name the district's records: for those who keep the connections between systems. Only imports write it. */
export const externalIdentifiers = access(ofDistrict(), [read([Role.Registrar, Role.Admin], district)]);

/** The list of codes names no student. */
export const enrollmentCodes = access(ofDistrict(), [read(everyone, member), readWrite([Role.Registrar, Role.Superintendent, Role.Admin], district)]);

/**
 * What is planned for a student: for the office of the current school and of the next one. Families read the enrollment that comes of
 * it; until then a plan may change from day to day.
 */
export const nextYearPlacements = access(ofStudent("studentId", { school: "nextSchoolId" }), [
  read([...schoolLeaders, Role.SchoolSecretary], atSchool),
  read(Role.Registrar, atSchool, district), read(Role.Superintendent, district),
]);

/** A run over one school is read by its office, one over all of them by the district's. */
export const rollovers = access(ofSchool("schoolId"), [
  read(schoolLeaders, atSchool), read(Role.Registrar, atSchool, district), read(Role.Superintendent, district),
]);

export const rolloverRows = access(ofStudent("studentId", { school: "schoolId" }), [
  read(schoolLeaders, atSchool), read(Role.Registrar, atSchool, district), read(Role.Superintendent, district),
]);

/** That two records were one student: for whoever meets the old number. */
export const studentMerges = access(ofStudent("survivorId"), [
  read(schoolLeaders, atSchool), read(Role.Registrar, atSchool, district), read(Role.Superintendent, district),
]);

/** Which rows were moved tells what kinds of rows there are, health and special education included. */
export const studentMergeMoves = access(ofStudent("survivorId"), [read(districtOffice, district)]);

/** Whoever takes over other systems' files for the whole district. The files name every student, so a registrar of one school is none of them. */
export const importers = [Role.Registrar];
const seesImports = read([...importers, Role.Admin, Role.Superintendent, Role.Auditor], district);

/** How an import went, without a name of anybody. */
export const imports = access(ofDistrict(), [seesImports]);
export const importCounts = access(ofDistrict(), [seesImports]);

export const importAlerts = access(ofDistrict(), [seesImports]);
/** Imports that start by themselves act as whoever set them up. */
export const importSchedules = access(ofDistrict(), [seesImports]);

/** What they say of people: for whoever reads those people anyway, and for nobody who only keeps the systems. */
export const importProblems = access(ofDistrict(), [read(importers, district)]);
export const importRows = access(ofDistrict(), [read(importers, district)]);
export const importCandidates = access(ofDistrict(), [read(importers, district)]);
export const sourceDecisions = access(ofDistrict(), [read(importers, district)]);
export const sourceRecords = access(ofDistrict(), [read(importers, district)]);

/** Who sends the district's data out: the same who sign its agreements. */
export const exporters = [Role.Registrar, Role.Superintendent];

/** What left the district, without a name of anybody. */
export const exports = access(ofDistrict(), [read([...exporters, Role.Admin, Role.Auditor], district)]);
