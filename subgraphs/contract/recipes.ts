import type { Recipes, World } from "#foundation/testing/factory";

/** The school stamped on a part of a school's calendar is that of what it is part of. */
const ofSameSchool = (make: World, given: Readonly<Record<string, unknown>>, parent: string, parentType: string) => {
  const known = given[parent] as string | undefined;
  const school = (given.school ?? (known ? make.valuesOf(known).school : undefined) ?? make.a("School")) as string;
  return { school, [parent]: known ?? make.a(parentType, { school }) };
};

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
  MajorityArrangement: () => ({ ground: "STUDENT_CONSENT" }),
  Account: () => ({ issuer: "https://test" }),
};
