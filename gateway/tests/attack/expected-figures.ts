import type { PersonaName } from "./personas.ts";

/** A field that speaks of a group or a student, and to whom it answers: persona -> names of the rows for which it does, by hand; nobody else. `*`: all of district A. */
export interface Figure {
  readonly on: "School" | "Section" | "Student";
  readonly field: string;
  /** As GraphQL, with arguments and what is selected. */
  readonly ask: string;
  readonly answers: Readonly<Partial<Record<PersonaName, string>>>;
}

const period = `gradingPeriodId: "{GradingPeriod A1}"`;
const here = "alg, bio, alg-25";
const there = "geo, geo-25";
const pupilsHere = "lena, omar, dina, adam, alma, lea, pia, tom, tia";
const pupilsThere = "leo, samir, fred, kit";
const everyPupil = `${pupilsHere}, ${pupilsThere}, nils, gina, fia, nick`;

/** Teachers of a section know its figures, and the offices of its school. */
const teachers = { teacherAndParent: "alg", coTeacher: "alg", teacherOfHerChild: "bio", teacherThere: "geo", principalWhoTeaches: "geo" } as const;
/** A student's whole record: herself, who has her rights, her caseload and the school of today. A former school holds a part. */
const records: Figure["answers"] = {
  parentOfTwo: "lena, leo", parentUnderOrder: "samir", motherOfBrothers: "omar, samir", confidentialContact: "omar", motherLivingApart: "dina", fatherLivingApart: "dina", parentOfTwins: "adam, alma", parentOfAdults: "pia",
  parentOfFormer: "fred, gina", student: "lena", studentOfOrder: "omar", studentLivingApart: "dina", almostAdult: "adam", adultStudent: "lea", formerStudent: "gina",
  registrarHere: pupilsHere, principalHere: pupilsHere, registrarThere: pupilsThere, principalThere: pupilsThere, counselor: pupilsHere, caseManager: pupilsHere, counselorAndParent: `${pupilsHere}, kit`,
  nurseAndParent: "nils", teacherAndParent: "tom, tia", principalWhoTeaches: "nils, fia, lena", caseloadCounselor: "leo", caseloadManager: "nils", districtRegistrar: everyPupil, superintendent: everyPupil,
};

/** Of those whose whole record is open, the ones who have what the figure is made of. */
const among = (answers: Figure["answers"], having: readonly string[]): Figure["answers"] =>
  Object.fromEntries(Object.entries(answers).map(([persona, names]) => [persona, names.split(", ").filter((name) => having.includes(name)).join(", ")]));

export const figures: readonly Figure[] = [
  {
    on: "School", field: "attendance", ask: "attendance { students rate daysAbsent }",
    answers: {
      registrarHere: "A1", principalHere: "A1", counselor: "A1", caseManager: "A1", secretary: "A1", clerkHere: "A1", counselorAndParent: "A1", registrarThere: "A2", principalThere: "A2", clerkThere: "A2", principalWhoTeaches: "A3",
      districtRegistrar: "*", superintendent: "*", superintendentElsewhere: "b-B1", registrarElsewhere: "b-B1",
    },
  },
  {
    on: "School", field: "headcount", ask: "headcount",
    answers: {
      registrarHere: "A1", principalHere: "A1", counselor: "A1", caseManager: "A1", secretary: "A1", clerkHere: "A1", nurseAndParent: "A1", counselorAndParent: "A1", registrarThere: "A2", principalThere: "A2", clerkThere: "A2", principalWhoTeaches: "A3",
      districtRegistrar: "*", superintendent: "*", superintendentElsewhere: "b-B1", registrarElsewhere: "b-B1",
    },
  },
  {
    on: "School", field: "honorRoll", ask: `honorRoll(${period}) { level gpa student { id } }`,
    answers: { registrarHere: "A1", principalHere: "A1", counselor: "A1", counselorAndParent: "A1", registrarThere: "A2", principalThere: "A2", principalWhoTeaches: "A3", districtRegistrar: "*" },
  },
  {
    on: "Section", field: "attendance", ask: "attendance { students rate daysAbsent }",
    answers: {
      ...teachers, registrarHere: here, principalHere: here, counselor: here, caseManager: here, secretary: here, clerkHere: here, counselorAndParent: here, registrarThere: there, principalThere: there, clerkThere: there, districtRegistrar: "*", superintendent: "*",
      superintendentElsewhere: "b-alg", registrarElsewhere: "b-alg",
    },
  },
  {
    on: "Section", field: "seatsTaken", ask: "seatsTaken",
    answers: {
      ...teachers, registrarHere: here, principalHere: here, counselor: here, secretary: here, clerkHere: here, counselorAndParent: here, registrarThere: there, principalThere: there, clerkThere: there, districtRegistrar: "*", superintendent: "*",
      superintendentElsewhere: "b-alg", registrarElsewhere: "b-alg",
    },
  },
  {
    on: "Section", field: "gradebook", ask: `gradebook(${period}) { rows { percent student { id } scores { points } } }`,
    answers: { ...teachers, principalHere: here, counselor: here, counselorAndParent: here, principalThere: there, superintendent: "*" },
  },
  { on: "Student", field: "gpa", ask: "gpa { weighted credits }", answers: records },
  { on: "Student", field: "rank", ask: "rank { rank outOf }", answers: among(records, ["lena", "omar"]) },
  // Which plan a student follows is for the caseload's manager, not for a school's.
  { on: "Student", field: "graduationProgress", ask: "graduationProgress { earned }", answers: { ...among(records, ["lena", "leo"]), caseManager: "" } },
  {
    // Of the days that she may see: a former school those at it, marked as a part.
    on: "Student", field: "attendance", ask: `attendance(from: "2025-08-01") { membershipDays partial }`,
    answers: {
      ...records, registrarHere: `${pupilsHere}, fred, gina`, principalHere: `${pupilsHere}, fred, gina`, counselor: `${pupilsHere}, fred, gina`, counselorAndParent: `${pupilsHere}, fred, gina, kit`, caseManager: `${pupilsHere}, fred, gina`,
      registrarThere: `${pupilsThere}, lena`, principalThere: `${pupilsThere}, lena`, secretary: `${pupilsHere}, fred, gina`, clerkHere: `${pupilsHere}, fred, gina`, clerkThere: `${pupilsThere}, lena`,
      teacherAndParent: "tom, omar, dina, tia, alma, lea", coTeacher: "omar, dina, tia, alma, lea", teacherOfHerChild: "lena, tom, dina", teacherThere: "leo", principalWhoTeaches: "nils, fia, lena, leo",
      parentElsewhere: "b-bea", superintendentElsewhere: "b-bea", registrarElsewhere: "b-bea",
    },
  },
];
