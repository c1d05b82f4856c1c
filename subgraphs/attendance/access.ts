import { access, ofDistrict, ofSchool, ofStudent, read, readWrite, write, type Grant, type Stamps } from "#foundation/access/access";
import { atSchool, caseload, district, guardian, member, on, self, substitutes, teachesSection, teachesStudent } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";

/** The portal roles: together, everybody who belongs to the district. Holders of a duty carry `staff` too. */
export const everyone = [Role.Admin, Role.Staff, Role.Teacher, Role.Parent, Role.Student];

/** Who corrects attendance of any section of the school, and may change days that are locked. */
export const attendanceOffice = [Role.Principal, Role.AssistantPrincipal, Role.AttendanceClerk];
/** Who writes down what families call in, and who comes and goes during the day. */
export const frontOffice = [...attendanceOffice, Role.SchoolSecretary];
const leaders = [Role.Superintendent, Role.Admin];

/** The usual readers of what is about a student's days. */
const aboutDays = (stamps: Stamps, ...more: (readonly Grant[])[]) => access(stamps, [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  read(Role.Teacher, teachesStudent),
  read([Role.Counselor, Role.CaseManager], caseload, atSchool),
  read(frontOffice, atSchool),
  read(Role.Registrar, atSchool, district), read(Role.Superintendent, district),
  ...more,
]);

/** What the district settles once for all of its schools. */
export const attendanceCodes = access(ofDistrict(), [read(everyone, member), readWrite(leaders, district)]);
export const attendancePolicies = attendanceCodes;
/** Until when a school's days are closed: whoever takes attendance must know. */
export const attendanceLocks = access(ofSchool("schoolId"), [read(everyone, member), readWrite(attendanceOffice, on(atSchool, "school"))]);

/** That a meeting was taken says nothing of a student, and concerns those who take it and the office. */
export const attendanceSubmissions = access({ section: "sectionId", meeting: "classMeetingId", school: "schoolId", on: "date" }, [
  readWrite(Role.Teacher, teachesSection), readWrite(Role.Substitute, on(substitutes, "meeting")),
  readWrite(attendanceOffice, atSchool), read([Role.SchoolSecretary, Role.Counselor], atSchool),
  read(Role.Registrar, atSchool, district), read(Role.Superintendent, district),
]);

/** The office of a school writes by the school alone: the roster says that the student was there, also after a transfer. */
export const attendanceEvents = aboutDays(
  ofStudent("studentId", { section: "sectionId", meeting: "classMeetingId", school: "schoolId", on: "date" }),
  write(Role.Teacher, teachesSection), readWrite(Role.Substitute, substitutes).together(),
  write(attendanceOffice, on(atSchool, "school")),
);

/** What a teacher or the office noted about it: for the section's own teachers and the office, not for family, student or other teachers. */
export const attendanceNotes = access(ofStudent("studentId", { section: "sectionId", meeting: "classMeetingId", school: "schoolId" }), [
  readWrite(Role.Teacher, teachesSection).together(), readWrite(Role.Substitute, substitutes).together(),
  read(Role.Counselor, caseload),
  read(attendanceOffice, atSchool), write(attendanceOffice, on(atSchool, "school")),
]);

export const officeEntries = aboutDays(ofStudent("studentId", { school: "schoolId", on: "date" }), write(frontOffice, on(atSchool, "school")));

/** What families told the office is for the office. */
export const officeEntryNotes = access(ofStudent("studentId", { school: "schoolId" }), [
  read(Role.Counselor, caseload),
  read(frontOffice, atSchool), write(frontOffice, on(atSchool, "school")),
]);

export const dailyAttendances = aboutDays(ofStudent("studentId", { school: "schoolId", on: "date" }));

/** What a former system knew of a day: for whoever reads what the day was. */
export const earlierDays = dailyAttendances;

/** That a school's day was taken elsewhere says nothing of a student. */
export const earlierSchoolDays = access(ofSchool("schoolId"), [read([...frontOffice, Role.Counselor], atSchool), read(Role.Registrar, atSchool, district), read(Role.Superintendent, district)]);

/** Which students' days are still to be counted: for those who answer for the figures. */
export const recountRequests = access(ofStudent("studentId"), [
  read(attendanceOffice, atSchool), read(Role.Registrar, atSchool, district), read(Role.Superintendent, district),
]);
