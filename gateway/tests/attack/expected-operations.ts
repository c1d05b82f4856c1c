import type { PersonaName } from "./personas.ts";
import { writers } from "./expected-writes.ts";

/** Who tries every operation of the school's days, beside those who try every write. */
export const operators: readonly PersonaName[] = [
  ...writers, "humanResources", "teacher", "teacherAndParent", "teacherOfHerChild", "coTeacher", "aide", "teacherThere", "teacherUntilTheLag", "teacherBeforeTheLead", "principalWhoTeaches",
  "substituteToday", "substituteOutOfPool", "caseloadCounselor", "caseloadManager", "counselorAndParent", "clerkHere", "clerkThere", "superintendentElsewhere",
];

/** An operation with an input that is right for those who may: as GraphQL, with `{Type name}` for ids; the first one is what it is done to. */
export interface Act {
  readonly name: string;
  readonly input: string;
  /** Personas, separated by commas; everyone else is refused. */
  readonly by: string;
  readonly reason?: true;
  /** What is read of the outcome, of an operation that tells no changes. */
  readonly told?: string;
}

const none = "";
// The offices of A1 that arrange teaching, and those of A2; those of the district reach both.
const scheduleHere = "registrarHere, principalHere, districtRegistrar, superintendent";
const rostersHere = `${scheduleHere}, counselor, counselorAndParent`;
const marksHere = "registrarHere, principalHere, districtRegistrar";
const frontHere = "principalHere, clerkHere, secretary";
const ofAlg = "teacherAndParent, coTeacher";
const registrarsHere = "registrarHere, districtRegistrar";
const registrarsThere = "registrarThere, districtRegistrar";
const dutiesHere = "principalHere, humanResources, superintendent, admin";
const plannersHere = "registrarHere, principalHere, counselor, counselorAndParent, districtRegistrar";

const academics: readonly Act[] = [
  { name: "scheduleMeetings", input: `sectionId: "{Section alg}", fromDate: "2026-10-20", slots: [{ periodCode: "1" }]`, by: scheduleHere },
  { name: "deriveClassMeetings", input: `schoolId: "{School A1}", fromDate: "2026-10-20", toDate: "2026-10-21"`, by: scheduleHere },
  { name: "enrollInSection", input: `sectionId: "{Section alg}", studentId: "{Student lena}", fromDate: "2026-10-20"`, by: rostersHere },
  { name: "enrollManyInSection", input: `sectionId: "{Section alg}", studentIds: ["{Student lena}"], fromDate: "2026-10-20"`, by: rostersHere },
  { name: "dropFromSection", input: `sectionEnrollmentId: "{SectionEnrollment omar@alg}", version: 1, toDate: "2026-10-20"`, by: rostersHere },
  { name: "moveStudentSection", input: `sectionEnrollmentId: "{SectionEnrollment omar@alg}", version: 1, toSectionId: "{Section bio}", date: "2026-10-20"`, by: rostersHere },
];

const staff: readonly Act[] = [
  { name: "assignTeacher", input: `sectionId: "{Section alg}", personId: "{Person ben}", kind: CO_TEACHER, fromDate: "2026-10-20"`, by: scheduleHere },
  { name: "endTeachingAssignment", input: `teachingAssignmentId: "{TeachingAssignment ben@bio}", version: 1, toDate: "2026-10-20"`, by: scheduleHere },
  { name: "assignSubstitute", input: `sectionId: "{Section bio}", personId: "{Person subira}", fromDate: "2026-10-13", toDate: "2026-10-14"`, by: `${scheduleHere}, secretary, humanResources` },
  { name: "endSubstituteAssignment", input: `substituteAssignmentId: "{SubstituteAssignment subira@bio}", version: 1, toDate: "2026-10-14"`, by: `${scheduleHere}, secretary, humanResources` },
  { name: "assignCaseload", input: `studentId: "{Student dina}", personId: "{Person carl}", kind: COUNSELING, fromDate: "2026-10-20"`, by: "principalHere" },
  { name: "endCaseload", input: `caseloadAssignmentId: "{CaseloadAssignment cass>dina}", version: 1, toDate: "2026-10-20"`, by: "principalHere" },
  { name: "assignDuty", input: `personId: "{Person stan}", role: TEACHER, schoolId: "{School A1}", fromDate: "2026-10-20"`, by: dutiesHere },
  { name: "assignDuty", input: `personId: "{Person stan}", role: PRINCIPAL, schoolId: "{School A1}", fromDate: "2026-10-20"`, by: "humanResources, superintendent, admin" },
  { name: "endDuty", input: `dutyAssignmentId: "{DutyAssignment sid}", version: 1, toDate: "2026-10-20"`, by: dutiesHere },
];

const attendance: readonly Act[] = [
  { name: "takeAttendance", input: `classMeetingId: "{ClassMeeting geo 2026-10-14}", entries: [{ studentId: "{Student leo}", codeId: "{AttendanceCode U}" }]`, by: "teacherThere, principalWhoTeaches, principalThere, clerkThere" },
  { name: "takeAttendance", input: `classMeetingId: "{ClassMeeting bio 2026-10-14}", version: 1, entries: [{ studentId: "{Student lena}", codeId: "{AttendanceCode U}" }]`, by: "teacherOfHerChild, substituteToday, principalHere, clerkHere" },
  // The substitute stood in elsewhere yesterday.
  { name: "takeAttendance", input: `classMeetingId: "{ClassMeeting bio 2026-10-13}", version: 1, entries: []`, by: "teacherOfHerChild, principalHere, clerkHere" },
  { name: "correctAttendance", input: `classMeetingId: "{ClassMeeting bio 2026-10-14}", studentId: "{Student tom}", version: 1, codeId: "{AttendanceCode E}"`, by: "teacherOfHerChild, substituteToday, principalHere, clerkHere", reason: true },
  { name: "recordOfficeEntry", input: `studentId: "{Student omar}", date: "2026-10-14", kind: CALL, codeId: "{AttendanceCode U}", note: "x"`, by: frontHere },
  { name: "excuseAbsence", input: `studentId: "{Student omar}", fromDate: "2026-10-14", codeId: "{AttendanceCode E}"`, by: frontHere, reason: true },
  { name: "bulkAttendanceCode", input: `studentIds: ["{Student omar}"], date: "2026-10-14", codeId: "{AttendanceCode E}"`, by: frontHere },
  { name: "verifyOfficeEntry", input: `entryId: "{OfficeEntry lena 2026-10-14}", version: 1, codeId: "{AttendanceCode E}"`, by: frontHere },
  { name: "withdrawOfficeEntry", input: `entryId: "{OfficeEntry lena 2026-10-14}", version: 1`, by: frontHere, reason: true },
  { name: "lockAttendance", input: `schoolId: "{School A1}", throughDate: "2026-09-30"`, by: "principalHere, clerkHere" },
  { name: "unlockAttendance", input: `schoolId: "{School A2}"`, by: "principalThere, clerkThere", reason: true },
];

const grading: readonly Act[] = [
  { name: "enterScores", input: `sectionId: "{Section bio}", entries: [{ studentId: "{Student dina}", assignmentId: "{Assignment bio quiz}", points: "8" }]`, by: "teacherOfHerChild" },
  { name: "enterScores", input: `sectionId: "{Section alg}", entries: [{ studentId: "{Student omar}", assignmentId: "{Assignment alg test}", version: 1, points: "8" }]`, by: ofAlg },
  { name: "postMarks", input: `sectionId: "{Section alg}", gradingPeriodId: "{GradingPeriod A1}", entries: [{ studentId: "{Student dina}", mark: "A" }]`, by: `${ofAlg}, ${marksHere}` },
  { name: "changeMark", input: `markId: "{Mark omar alg}", version: 1, percent: "92"`, by: `${ofAlg}, ${marksHere}`, reason: true },
  { name: "recordIncomplete", input: `studentId: "{Student omar}", sectionId: "{Section alg}", gradingPeriodId: "{GradingPeriod A1}", deadline: "2026-11-01", becomes: "A", version: 1`, by: `${ofAlg}, ${marksHere}`, reason: true },
  { name: "resolveIncomplete", input: `markId: "{Mark alma alg}", version: 1, to: "A"`, by: `${ofAlg}, ${marksHere}` },
  { name: "expireIncompletes", input: `schoolId: "{School A1}"`, by: marksHere },
  { name: "postStandardMarks", input: `sectionId: "{Section bio}", gradingPeriodId: "{GradingPeriod A1}", standards: [{ studentId: "{Student tom}", standardId: "{Standard S1}", mark: "A" }]`, by: `teacherOfHerChild, ${marksHere}` },
  { name: "completeCourses", input: `schoolId: "{School A1}", termId: "{Term A1}"`, by: marksHere },
  { name: "correctCourseHistory", input: `entryId: "{CourseHistory omar elsewhere}", version: 1, countsInGpa: false`, by: registrarsHere, reason: true },
  { name: "correctCourseHistory", input: `entryId: "{CourseHistory lena geo-25}", version: 1, countsInGpa: false`, by: `${registrarsHere}, registrarThere`, reason: true },
  {
    name: "recordTransferCredit", by: registrarsHere,
    input: `studentId: "{Student omar}", schoolId: "{School A1}", transferSchool: "Far", entries: [{ courseCode: "x", courseTitle: "x", schoolYearName: "2025-26", termName: "Fall", endedOn: "2026-01-01", mark: "A", creditsAttempted: "1", creditsEarned: "1" }]`,
  },
  { name: "issueReportCards", input: `schoolId: "{School A1}", gradingPeriodId: "{GradingPeriod A1}", studentIds: ["{Student omar}"]`, by: marksHere },
  { name: "issueTranscript", input: `studentId: "{Student omar}", schoolId: "{School A1}"`, by: marksHere },
  { name: "reissueDocument", input: `documentId: "{IssuedDocument gina}"`, by: marksHere, reason: true },
];

const rostering: readonly Act[] = [
  { name: "enrollStudent", input: `studentId: "{Student gina}", schoolId: "{School A1}", entryDate: "2026-10-20", gradeLevelId: "{GradeLevel 09}"`, by: registrarsHere },
  { name: "reenterStudent", input: `studentId: "{Student gina}", schoolId: "{School A1}", entryDate: "2026-10-20", gradeLevelId: "{GradeLevel 09}"`, by: registrarsHere },
  { name: "transferStudent", input: `studentId: "{Student leo}", fromSchoolId: "{School A2}", toSchoolId: "{School A1}", day: "2026-10-20", acknowledged: true`, by: `registrarHere, ${registrarsThere}` },
  { name: "withdrawStudent", input: `studentId: "{Student samir}", schoolId: "{School A2}", exitDate: "2026-10-20", exitCode: "W1", acknowledged: true`, by: registrarsThere },
  { name: "markNoShow", input: `enrollmentId: "{SchoolEnrollment tom@A1}", version: 1, acknowledged: true`, by: registrarsHere },
  { name: "changeGradeLevel", input: `enrollmentId: "{SchoolEnrollment tom@A1}", version: 1, gradeLevelId: "{GradeLevel 10}", day: "2026-10-20"`, by: registrarsHere },
  { name: "correctEnrollment", input: `enrollmentId: "{SchoolEnrollment tom@A1}", version: 1, fullTimeShare: "0.9"`, by: registrarsHere, reason: true },
  { name: "cancelEnrollment", input: `enrollmentId: "{SchoolEnrollment fia@A1 future}", version: 1`, by: registrarsHere, reason: true },
  // Neither is a student of the school today.
  { name: "mergeStudents", input: `duplicateId: "{Student nick}", survivorId: "{Student gina}"`, by: "districtRegistrar", reason: true },
  { name: "planNextYear", input: `schoolYearId: "{SchoolYear this year}", placements: [{ studentId: "{Student omar}", action: LEAVE }]`, by: plannersHere },
  { name: "planSchoolByGrades", input: `schoolId: "{School A1}", schoolYearId: "{SchoolYear this year}"`, by: plannersHere },
  { name: "runRollover", input: `schoolId: "{School A1}", fromYearId: "{SchoolYear this year}"`, by: "registrarHere, principalHere, districtRegistrar, superintendent" },
  { name: "undoRollover", input: `rolloverId: "{Rollover A1}", version: 1`, by: "registrarHere, principalHere, districtRegistrar, superintendent", reason: true },
  { name: "undoRollover", input: `rolloverId: "{Rollover all}", version: 1`, by: "districtRegistrar, superintendent", reason: true },
];

// Other systems' files name every student: the registrar of the district alone.
const imports: readonly Act[] = [
  { name: "startImport", input: `fileId: "{StoredFile dora}", source: "sis"`, by: "districtRegistrar" },
  { name: "decideImport", input: `importId: "{Import sis}", version: 1, decisions: [{ kind: EXCLUDE, subject: "EXT-lena" }]`, by: "districtRegistrar" },
  { name: "commitImport", input: `importId: "{Import sis}", version: 1`, by: "districtRegistrar" },
  { name: "cancelImport", input: `importId: "{Import sis}", version: 1`, by: "districtRegistrar" },
  { name: "undoImport", input: `importId: "{Import written}", version: 1`, by: "districtRegistrar", reason: true },
  // Names a source and nothing of the district: the registrar of another one schedules in hers.
  { name: "scheduleImport", input: `source: "{School A1}", folder: "sis", time: "04:30"`, by: "districtRegistrar, registrarElsewhere" },
  { name: "settleImportAlert", input: `alertId: "{ImportAlert nightly}", version: 1`, by: "districtRegistrar" },
];

// Who signs for the district; a system of a party is its administrator's to connect.
const agreements: readonly Act[] = [
  {
    name: "signAgreement", by: "districtRegistrar, superintendent",
    input: `partyName: "x", partyContact: "x", purpose: "x", interest: "x", basis: STUDIES, categories: [ROSTER], schoolIds: ["{School A1}"], fromDate: "2026-10-20", toDate: "2027-08-01"`,
  },
  { name: "endAgreement", input: `agreementId: "{Agreement study}", version: 1`, by: "districtRegistrar, superintendent", reason: true },
  { name: "startExport", input: `agreementId: "{Agreement study}"`, by: "districtRegistrar, superintendent" },
  { name: "connectSystem", input: `agreementId: "{Agreement lms}", version: 1, subject: "sub-new", username: "new"`, by: "admin", reason: true },
];

// How people come in, and what they lend of their rights: the administrator's, a school's for its families, and each one's own.
const platform: readonly Act[] = [
  { name: "inviteToSignIn", input: `personId: "{Person tom}"`, by: "registrarHere, principalHere, districtRegistrar, admin", told: "code" },
  { name: "withdrawInvitation", input: `invitationId: "{AccountInvitation frank}", version: 1`, by: "registrarHere, principalHere, districtRegistrar, admin" },
  { name: "linkSignIn", input: `signInId: "{UnlinkedSignIn twins}", personId: "{Person tom}"`, by: "admin", reason: true },
  { name: "unlinkAccount", input: `accountId: "{Account maria}", version: 1`, by: "admin", reason: true },
  { name: "unlinkAccount", input: `accountId: "{Account ada}", version: 1`, by: none, reason: true },
  // Rights without a duty reach nothing, lent or not: whoever carries the role may lend it, a system and a stranger never.
  { name: "delegate", input: `purpose: "{Account maria}", use: SCHEDULE, roles: ["registrar"], operations: ["students"], toDate: "2026-12-01"`, by: "registrarHere, registrarThere, rolesWithoutDuty, districtRegistrar, registrarElsewhere" },
  { name: "delegate", input: `purpose: "{Account maria}", use: SCHEDULE, roles: ["parent"], operations: ["unlinkAccount"], toDate: "2026-12-01"`, by: none },
  { name: "revokeDelegation", input: `delegationId: "{Delegation maria}"`, by: "parentOfTwo, admin" },
  { name: "requestUpload", input: `name: "{Account maria}.csv", mediaType: "text/csv", size: 9, purpose: IMPORT`, by: "districtRegistrar, registrarElsewhere", told: "file { id }" },
];

export const acts: readonly Act[] = [...platform, ...agreements, ...academics, ...staff, ...attendance, ...grading, ...rostering, ...imports];
