import { access, ofDistrict, ofStudent, read, readWrite, write } from "#foundation/access/access";
import { atSchool, caseload, district, guardian, member, self, teachesSection, teachesStudent } from "#foundation/access/relations";
import { Role } from "#foundation/identity/role";

export const attendanceEvents = access(ofStudent("studentId", { section: "sectionId", school: "schoolId", on: "date" }), [
  read(Role.Student, self), read(Role.Parent, guardian("education")),
  read(Role.Teacher, teachesStudent), write(Role.Teacher, teachesSection),
  read(Role.Counselor, caseload, atSchool), readWrite(Role.AttendanceClerk, atSchool), readWrite(Role.Principal, atSchool),
  read(Role.Superintendent, district),
]);

/** What the office noted is not for the classroom, the student or the family. */
export const attendanceNotes = access(ofStudent("studentId", { school: "schoolId" }), [
  read(Role.Counselor, caseload), readWrite([Role.AttendanceClerk, Role.Principal], atSchool),
]);

export const attendanceCodes = access(ofDistrict(), [
  read([Role.Staff, Role.Teacher, Role.Parent, Role.Student], member), readWrite(Role.Superintendent, district),
]);
