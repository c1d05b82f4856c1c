import type { Expected } from "./expected-reads.ts";
import { personas, type PersonaName } from "./personas.ts";

/** Courses, sections, their hours and their teachers name no student: everyone in the district may know them. */
const knownInA: Expected = {
  RosterPolicy: "to come", Subject: "math", CourseLevel: "regular", Course: "alg, bio, geo", Section: "alg, bio, alg-25, geo, geo-25", SectionTerm: "alg, geo", MeetingPattern: "alg, geo",
  ClassMeeting: "alg 2026-10-14, bio 2026-10-14, geo 2026-10-14, bio 2026-10-13, geo 2026-10-13, bio 2026-08-20, alg-25 2026-04-15, geo-25 2026-04-15",
  TeachingAssignment: "thea@alg, cora@alg, thea@alg-25, ben@bio, abe@bio, fern@bio, nell@bio, gus@geo-25, gus@geo, prue@geo",
};
const knownInB: Expected = { Subject: "b-math", Course: "b-alg", Section: "b-alg", ClassMeeting: "b-alg 2026-10-14", TeachingAssignment: "b-tim@b-alg" };

/** A child's places on rosters; nothing else of the class. */
const rosters = (of: string): Expected => ({ SectionEnrollment: of });

// The school of today reads all of its pupils' places, a former school those in its own sections.
const rostersHere = "omar@alg, dina@alg, tia@alg, alma@alg, adam@alg, lea@alg, pia@alg, lena@bio, tom@bio, adam@bio, dina@bio, lena@geo-25, gina@alg-25";
const rostersThere = "leo@geo, lena@geo-25";
const standInsHere = "subira@bio, subira@alg, sol@alg";
const pool = "subira, sol";
const officeHere: Expected = { SectionEnrollment: rostersHere, SubstituteAssignment: standInsHere, Substitute: pool };
const officeThere: Expected = { SectionEnrollment: rostersThere, SubstituteAssignment: "subira@geo", Substitute: pool };
// Why a student is on a caseload tells of special education: for those who work with it, and the principal.
const caseloadsHere = "cleo>omar, cass>dina";
const ofLena = "lena@bio, lena@geo-25";
const taughtInAlg = "omar@alg, dina@alg, tia@alg, dina@bio, alma@alg, lea@alg";

const cells: Readonly<Partial<Record<PersonaName, Expected>>> = {
  parentOfTwo: { ...rosters(`${ofLena}, leo@geo`), CaseloadAssignment: "cleo>leo" },
  parentUnderOrder: { CaseloadAssignment: "cleo>samir" },
  motherOfBrothers: { ...rosters("omar@alg"), CaseloadAssignment: "cleo>omar, cleo>samir" },
  confidentialContact: { ...rosters("omar@alg"), CaseloadAssignment: "cleo>omar" },
  motherLivingApart: { ...rosters("dina@alg, dina@bio"), CaseloadAssignment: "cass>dina" },
  fatherLivingApart: { ...rosters("dina@alg, dina@bio"), CaseloadAssignment: "cass>dina" },
  parentOfTwins: rosters("adam@alg, adam@bio, alma@alg"),
  parentOfAdults: rosters("pia@alg"),
  // Families keep access to the record after an exit.
  parentOfFormer: rosters("gina@alg-25"),
  student: rosters(ofLena),
  studentOfOrder: { ...rosters("omar@alg"), CaseloadAssignment: "cleo>omar" },
  studentLivingApart: { ...rosters("dina@alg, dina@bio"), CaseloadAssignment: "cass>dina" },
  almostAdult: rosters("adam@alg, adam@bio"),
  adultStudent: rosters("lea@alg"),
  formerStudent: rosters("gina@alg-25"),

  registrarHere: officeHere,
  principalHere: { ...officeHere, PositionAssignment: "ben", CaseloadAssignment: caseloadsHere },
  registrarThere: officeThere,
  principalThere: { ...officeThere, PositionAssignment: "gus", CaseloadAssignment: "cleo>leo, cleo>samir" },
  nurseAndParent: { ...rosters(rostersHere), CaseloadAssignment: "cass>nils" },
  counselor: { ...rosters(rostersHere), CaseloadAssignment: caseloadsHere },
  caseManager: { ...rosters(rostersHere), CaseloadAssignment: caseloadsHere },
  secretary: officeHere,
  // A student's teacher reads all places of the student, a parent those of the child.
  teacherAndParent: { ...rosters(`${taughtInAlg}, tom@bio`), SubstituteAssignment: "subira@alg, sol@alg" },
  teacherOfHerChild: { ...rosters(`${ofLena}, tom@bio, dina@bio, dina@alg`), SubstituteAssignment: "subira@bio", Employee: "ben", PositionAssignment: "ben" },
  coTeacher: { ...rosters(taughtInAlg), SubstituteAssignment: "subira@alg, sol@alg" },
  teacherThere: { ...rosters("leo@geo"), SubstituteAssignment: "subira@geo", Employee: "gus", PositionAssignment: "gus" },
  principalWhoTeaches: { ...rosters(`${ofLena}, leo@geo`), SubstituteAssignment: "subira@geo", Substitute: pool, CaseloadAssignment: "cass>nils" },
  // The roster of the hour she stands in today: not who was dropped from it, nor the hours of yesterday and tomorrow.
  substituteToday: { ...rosters("lena@bio, tom@bio, dina@bio"), SubstituteAssignment: "subira@bio, subira@alg, subira@geo", Substitute: "subira" },
  substituteOutOfPool: { SubstituteAssignment: "sol@alg", Substitute: "sol" },
  caseloadCounselor: { ...rosters("leo@geo"), CaseloadAssignment: "cleo>leo, cleo>omar, cleo>samir" },
  caseloadManager: { CaseloadAssignment: "cass>nils, cass>dina" },
  counselorAndParent: { ...rosters(rostersHere), CaseloadAssignment: caseloadsHere },
  clerkHere: { ...rosters(rostersHere), SubstituteAssignment: standInsHere },
  clerkThere: { ...rosters(rostersThere), SubstituteAssignment: "subira@geo" },
  districtRegistrar: { ...rosters("*"), SubstituteAssignment: "*", Substitute: pool },
  // Special education is closed to her, and so is who manages the case.
  superintendent: { ...rosters("*"), SubstituteAssignment: "*", Substitute: pool, Employee: "*", PositionAssignment: "*" },
  humanResources: { SubstituteAssignment: "*", Substitute: pool, Employee: "*", PositionAssignment: "*" },

  parentElsewhere: { ...rosters("b-bea@b-alg"), CaseloadAssignment: "b-tim>b-bea" },
  superintendentElsewhere: { ...rosters("b-bea@b-alg"), Employee: "b-tim" },
  registrarElsewhere: rosters("b-bea@b-alg"),
};

/** Sections, rosters and those who work with them, for one persona. */
export function expectedClasses(name: PersonaName): Expected {
  const { person, district, roles } = personas[name];
  const known = person === null ? {} : district === "A" ? knownInA : knownInB;
  const positions: Expected = person !== null && district === "A" && roles.some((role) => role === "staff") ? { Position: "teacher" } : {};
  return { ...known, ...positions, ...cells[name] };
}
