import type { Expected } from "./expected-reads.ts";
import { personas, type PersonaName } from "./personas.ts";

/** Scales, policies, plans and windows name no student. */
const knownInA: Expected = {
  GradingScale: "letters", GradingScaleMark: "A", ScaleUse: "all, standards", GradingWindow: "A1, A2", TermFormula: "A1", TermFormulaPart: "A1", CommentBankEntry: "1", Standard: "S1", WorkHabit: "on time",
  GpaPolicy: "official", GpaPolicyPoint: "A", GpaPolicyWeight: "regular", HonorRollPolicy: "all", HonorRollLevel: "honors", RankPolicy: "all", GraduationPlan: "standard", GraduationRequirement: "math",
};
const knownInB: Expected = { GradingScale: "b-letters" };
/** What sections are asked to do is known to everybody who works in the district. */
const workInA: Expected = { AssignmentCategory: "alg, bio, geo, geo-25", Assignment: "alg test, alg hidden, bio quiz, geo essay, geo-25 essay" };
const workInB: Expected = { AssignmentCategory: "b-alg", Assignment: "b-test" };

/** What a class may know of its own section: nothing that is hidden yet. */
const asks = (...sections: ("alg" | "bio" | "geo" | "geo-25")[]): Expected => {
  const of = { alg: "alg test", bio: "bio quiz", geo: "geo essay", "geo-25": "geo-25 essay" };
  return { AssignmentCategory: sections.join(", "), Assignment: sections.map((section) => of[section]).join(", ") };
};

// The school of today reads all of its pupils' rows; a former one those that were given at it.
const scoresHere = "omar alg test, tia alg test, tia alg hidden, alma alg test, omar alg hidden, tom bio quiz, lena bio quiz, adam bio quiz, lena geo-25 essay";
const scoresThere = "leo geo essay, lena geo-25 essay";
const marksHere = "omar alg, tia alg, alma alg, tom bio, lena bio, adam bio, lena geo-25, gina alg-25";
const marksThere = "leo geo, lena geo-25";
const changesHere = "omar alg, adam bio, lena geo-25";
const historyHere = "lena geo-25, lena here, gina alg-25, omar elsewhere";
const lenasScores = "lena bio quiz, lena geo-25 essay";
const lenasMarks = "lena bio, lena geo-25";
const lenasRecord: Expected = { Mark: lenasMarks, StandardMark: "lena bio", CourseHistory: "lena geo-25, lena here", IssuedDocument: "lena", StudentGraduationPlan: "lena" };
const omarsRecord: Expected = { Score: "omar alg test", Mark: "omar alg", MarkComment: "omar alg", CourseHistory: "omar elsewhere", ...asks("alg") };
const marksOfHere: Expected = { Mark: marksHere, MarkComment: "omar alg", StandardMark: "lena bio", WorkHabitMark: "tom bio" };
// The permanent record is the registrar's: not what was scored on the way.
const registrarHere: Expected = { ...marksOfHere, MarkChange: changesHere, CourseHistory: historyHere, IssuedDocument: "lena, gina", StudentGraduationPlan: "lena" };
const registrarThere: Expected = { Mark: marksThere, MarkChange: "lena geo-25", CourseHistory: "lena geo-25", IssuedDocument: "lena", StudentGraduationPlan: "leo" };
const leadersHere: Expected = { ...registrarHere, Score: scoresHere, ScoreNote: scoresHere };
const everything: Expected = {
  Score: "*", Mark: "*", MarkComment: "*", StandardMark: "*", WorkHabitMark: "*", MarkChange: "*", CourseHistory: "*", IssuedDocument: "*", StudentGraduationPlan: "*",
};

const cells: Readonly<Partial<Record<PersonaName, Expected>>> = {
  parentOfTwo: { ...lenasRecord, Score: `${lenasScores}, leo geo essay`, Mark: `${lenasMarks}, leo geo`, StudentGraduationPlan: "lena, leo", ...asks("bio", "geo-25", "geo") },
  motherOfBrothers: omarsRecord,
  confidentialContact: omarsRecord,
  motherLivingApart: asks("alg", "bio"),
  fatherLivingApart: asks("alg", "bio"),
  parentOfTwins: { Score: "alma alg test, adam bio quiz", Mark: "adam bio, alma alg", ...asks("alg", "bio") },
  parentOfFormer: { Mark: "gina alg-25", CourseHistory: "gina alg-25", IssuedDocument: "gina" },
  student: { ...lenasRecord, Score: lenasScores, ...asks("bio", "geo-25") },
  studentOfOrder: omarsRecord,
  studentLivingApart: asks("alg", "bio"),
  almostAdult: { Score: "adam bio quiz", Mark: "adam bio", ...asks("alg", "bio") },
  formerStudent: { Mark: "gina alg-25", CourseHistory: "gina alg-25", IssuedDocument: "gina" },

  registrarHere,
  principalHere: leadersHere,
  registrarThere,
  principalThere: { ...registrarThere, Score: scoresThere, ScoreNote: scoresThere },
  counselor: leadersHere,
  caseManager: { ...marksOfHere, CourseHistory: historyHere, IssuedDocument: "lena, gina" },
  // Her children's scores as a parent reads them: without the notes, and not what is hidden yet.
  teacherAndParent: {
    Score: "omar alg test, alma alg test, omar alg hidden, tom bio quiz, tia alg test", ScoreNote: "omar alg test, alma alg test, omar alg hidden",
    Mark: "omar alg, alma alg, tom bio, tia alg", MarkComment: "omar alg", WorkHabitMark: "tom bio", MarkChange: "omar alg",
  },
  // Adam left her section long ago, and another teacher gave his score.
  teacherOfHerChild: { Score: "tom bio quiz, lena bio quiz", ScoreNote: "tom bio quiz, lena bio quiz", Mark: "tom bio, lena bio, lena geo-25", StandardMark: "lena bio", WorkHabitMark: "tom bio" },
  coTeacher: { Score: "omar alg test, tia alg test, tia alg hidden, alma alg test, omar alg hidden", ScoreNote: "omar alg test, tia alg test, tia alg hidden, alma alg test, omar alg hidden", Mark: "omar alg, tia alg, alma alg", MarkComment: "omar alg", MarkChange: "omar alg" },
  // What he gave Lena last year he keeps reading, and nothing else of her.
  teacherThere: { Score: "leo geo essay, lena geo-25 essay", ScoreNote: "leo geo essay", Mark: "leo geo" },
  teacherUntilTheLag: { Score: "adam bio quiz" },
  principalWhoTeaches: {
    ...lenasRecord, Score: `${lenasScores}, leo geo essay`, ScoreNote: `${lenasScores}, leo geo essay`, Mark: `${lenasMarks}, leo geo`, MarkChange: "lena geo-25",
  },
  caseloadCounselor: { Score: "leo geo essay", ScoreNote: "leo geo essay", Mark: "leo geo", StudentGraduationPlan: "leo" },
  counselorAndParent: leadersHere,
  districtRegistrar: { ...everything, Score: "" },
  superintendent: everything,

  parentElsewhere: { Score: "b-bea b-test", Mark: "b-bea b-alg", CourseHistory: "b-bea", ...workInB },
  superintendentElsewhere: everything,
  registrarElsewhere: { ...everything, Score: "" },
};

/** Grading, for one persona. */
export function expectedGrades(name: PersonaName): Expected {
  const { person, district, roles } = personas[name];
  if (person === null) return {};
  const employed = roles.some((role) => role === "staff");
  return { ...(district === "A" ? knownInA : knownInB), ...(employed ? (district === "A" ? workInA : workInB) : {}), ...cells[name] };
}
