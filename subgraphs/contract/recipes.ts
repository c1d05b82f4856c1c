import type { Recipes, World } from "#foundation/testing/factory";

/** The school stamped on a part of a school's calendar is that of what it is part of. */
const ofSameSchool = (make: World, given: Readonly<Record<string, unknown>>, parent: string, parentType: string) => {
  const known = given[parent] as string | undefined;
  const school = (given.school ?? (known ? make.valuesOf(known).school : undefined) ?? make.a("School")) as string;
  return { school, [parent]: known ?? make.a(parentType, { school }) };
};

/** The section that a row is stamped with, or a new one of the school that it is stamped with. */
const sectionOf = (make: World, given: Readonly<Record<string, unknown>>): string => (given.sectionId ?? make.a("Section", given.schoolId ? { schoolId: given.schoolId } : {})) as string;

let years = 0;
let sequence = 0;

/** What the domains' own rules ask of a believable record. */
export const recipes: Recipes = {
  SchoolYear: () => {
    const year = 2100 + (years++ % 7000);
    return { name: `${year}-${year + 1}`, firstDay: `${year}-08-01`, endDay: `${year + 1}-08-01` };
  },
  CalendarTrack: (given, make) => ({ schoolYear: given.schoolYear ?? make.once("SchoolYear") }),
  Term: (given, make) => ({ schoolYear: given.schoolYear ?? make.once("SchoolYear"), school: given.school ?? make.a("School") }),
  GradingPeriod: (given, make) => ofSameSchool(make, given, "term", "Term"),
  InstructionalDay: (given, make) => ofSameSchool(make, given, "track", "CalendarTrack"),
  BellPeriod: (given, make) => {
    const n = sequence++ % 50;
    return { ...ofSameSchool(make, given, "bellSchedule", "BellSchedule"), sequence: n + 1, startTime: `08:${String(n).padStart(2, "0")}`, endTime: `09:${String(n).padStart(2, "0")}` };
  },
  DutyAssignment: (given, make) => ({ role: "NURSE", schoolId: "schoolId" in given ? given.schoolId : make.a("School") }),
  StudentContact: () => ({ status: "CONFIRMED" }),
  // From the first day at a college on, all rights are the student's: not what most tests are about.
  Student: () => ({ postsecondaryFrom: null }),
  CourtOrder: () => ({ restrictsMailings: true }),
  Program: () => ({ kind: "GIFTED", tier: "SCHOOL" }),
  SupportParticipation: (given, make) => ({ program: given.program ?? make.a("Program", { kind: "IEP", tier: "SUPPORT" }) }),
  SchoolEnrollment: (given, make) => ({ kind: "PRIMARY", schoolYearId: given.schoolYearId ?? make.once("SchoolYear"), gradeLevelId: given.gradeLevelId ?? make.once("GradeLevel") }),
  EnrollmentCode: () => ({ kind: "EXIT", meaning: "WITHDRAWN", standard: false }),
  NextYearPlacement: (given, make) => ({
    action: "PROMOTE", nextSchoolId: "nextSchoolId" in given ? given.nextSchoolId : make.a("School"), nextGradeLevelId: "nextGradeLevelId" in given ? given.nextGradeLevelId : make.once("GradeLevel"),
  }),
  Rollover: (given, make) => ({ schoolId: "schoolId" in given ? given.schoolId : make.a("School") }),
  StudentMerge: () => ({ status: "MERGED" }),
  MajorityArrangement: () => ({ ground: "STUDENT_CONSENT" }),
  Section: (given, make) => ({ schoolYearId: given.schoolYearId ?? make.once("SchoolYear") }),
  SectionTerm: (given, make) => {
    const section = (given.section ?? make.a("Section")) as string;
    const { schoolId, schoolYearId } = make.valuesOf(section);
    return { section, termId: given.termId ?? make.a("Term", { school: schoolId, schoolYear: schoolYearId }) };
  },
  ClassMeeting: (given, make) => {
    const n = sequence++ % 50;
    const section = (given.section ?? make.a("Section")) as string;
    // Within the days on which substitutes of the tests stand in.
    return { section, date: given.date ?? "2026-10-14", roomId: given.roomId ?? make.a("Room", { school: make.valuesOf(section).schoolId }), startTime: `08:${String(n).padStart(2, "0")}`, endTime: `09:${String(n).padStart(2, "0")}`, minutes: 60 };
  },
  GradingScale: () => ({ maximum: "100" }),
  Assignment: (given, make) => {
    const sectionId = given.category ? make.valuesOf(given.category as string).sectionId : sectionOf(make, given);
    return { sectionId, gradingPeriodId: given.gradingPeriodId ?? make.a("GradingPeriod", { school: make.valuesOf(sectionId as string).schoolId }), pointsPossible: "100" };
  },
  // Whether a score is hidden follows from its assignment.
  Score: (given, make) => (given.hidden ? { assignment: make.a("Assignment", { hidden: true }) } : {}),
  GradingWindow: (given, make) => {
    const schoolId = given.schoolId ?? make.a("School");
    return { schoolId, gradingPeriodId: given.gradingPeriodId ?? (given.termId ? null : make.a("GradingPeriod", { school: schoolId })), closesAt: new Date("2026-12-01T06:00:00Z") };
  },
  TermFormula: (given, make) => ({ schoolId: "schoolId" in given ? given.schoolId : make.a("School") }),
  TermFormulaPart: () => ({ kind: "EXAM" }),
  Mark: (given, make) => {
    const sectionId = sectionOf(make, given);
    const school = make.valuesOf(sectionId).schoolId;
    const ofTerm = given.kind === "TERM_FINAL" || given.kind === "EXAM";
    return { sectionId, gradingPeriodId: ofTerm ? null : (given.gradingPeriodId ?? make.a("GradingPeriod", { school })), termId: ofTerm ? (given.termId ?? make.a("Term", { school })) : null, deadline: null, becomes: null };
  },
  MarkComment: (given) => (given.entry ? { text: null } : { text: given.text ?? "Asks good questions." }),
  CourseHistory: (given, make) => ({
    ...("source" in given ? {} : { source: make.a("Mark", Object.fromEntries(Object.entries(given).filter(([name]) => name === "studentId" || name === "schoolId"))) }),
    transferSchool: null,
  }),
  IssuedDocument: (given, make) => {
    const kind = given.kind ?? "REPORT_CARD";
    return { kind, gradingPeriodId: given.gradingPeriodId ?? (kind === "REPORT_CARD" ? make.a("GradingPeriod") : null), edition: 1, reason: null };
  },
  AttendanceCode: (given) => ({ excuse: given.effect === "PRESENT_ELSEWHERE" ? "ACTIVITY" : "EXCUSED" }),
  OfficeEntry: (given) => {
    const check = String(given.kind).startsWith("CHECK");
    return { kind: given.kind ?? "CALL", fromTime: check ? "10:15" : "09:00", toTime: check ? null : "11:30" };
  },
  EarlierDay: (given, make) => ({ code: given.code ?? make.a("AttendanceCode"), minutesMissed: 20, dayMinutes: 360 }),
  PositionAssignment: (given, make) => ({ schoolId: "schoolId" in given ? given.schoolId : make.a("School") }),
  Account: (given, make) => ({ issuer: "https://test", personId: "personId" in given ? given.personId : make.a("Person") }),
  DirectoryPolicy: () => ({ noticeGivenOn: "2026-07-01" }),
};
