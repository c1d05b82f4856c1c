import type { FamilyPlanner } from "../people/families.ts";
import type { Learner } from "../people/learners.ts";
import type { SeededPerson } from "../people/persons.ts";
import * as family from "./families.ts";
import * as life from "./school-life.ts";

/** How many students the stories make; a demo has at least these. */
export const storyStudents = 28;

export interface Stories {
  /** Students by the name of their story. */
  readonly students: Readonly<Record<string, readonly Learner[]>>;
  /** The persons of demo users among the families, by user name. */
  readonly persons: ReadonlyMap<string, SeededPerson>;
  /** Children of employees, by the id of the employee's person. */
  readonly relatives: ReadonlyMap<string, ReadonlySet<string>>;
}

/** The families and students that show what a school has to think of. `employee` finds the demo users who work for the district. */
export function planStories(families: FamilyPlanner, employee: (username: string) => SeededPerson, named: (username: string) => { firstName: string; lastName: string }): Stories {
  const { father, children } = family.parentOfThree(families, named("parent"));
  const student = family.studentAlone(families, named("student"));
  // The nurse of the middle school, whose child goes to another school.
  const [nurse, teacher, counselor] = [employee("nurse-parent"), employee("teacher-parent"), employee("counselor-parent")];
  const nursesChild = family.childOfEmployee(families, nurse, { grade: 3, givenName: "Mateo", origin: family.latin, language: "es" });
  // In a colleague's class at the school where she teaches: she may neither mark him nor read notes about him.
  const teachersChild = family.childOfEmployee(families, teacher, { grade: 2, givenName: "Bram", origin: family.northern, language: "en" });
  // At the school where she is a counselor, on a colleague's caseload.
  const counselorsChild = family.childOfEmployee(families, counselor, { grade: 9, givenName: "Anders", origin: family.northern, language: "en" });
  const students = {
    siblingsAtThreeSchools: children,
    studentAlone: [student],
    childOfNurse: [nursesChild],
    childOfTeacher: [teachersChild],
    childOfCounselor: [counselorsChild],
    twoHomesOneSecret: [family.twoHomesOneSecret(families)],
    orderInEffect: family.orderInEffect(families),
    adultSenior: [family.adultSenior(families)],
    adultSeniorStillRead: [family.adultSeniorStillRead(families)],
    eighteenSoon: [family.eighteenSoon(families)],
    fosterPlacement: [family.fosterPlacement(families)],
    optedOut: [family.optedOut(families)],
    chronicallyAbsent: [life.chronicallyAbsent(families)],
    truant: [life.truant(families)],
    failingTwoCourses: [life.failingTwoCourses(families)],
    seniorShortOfCredits: [life.seniorShortOfCredits(families)],
    honorRollStudent: [life.honorRollStudent(families)],
    incompleteWithDeadline: [life.incompleteWithDeadline(families)],
    movedInMidYear: [life.movedInMidYear(families)],
    cameInMidYear: [life.cameInMidYear(families)],
    neverCame: [life.neverCame(families)],
    droppedLately: [life.droppedLately(families)],
    geometryAtSeven: [life.geometryAtSeven(families)],
    duplicateStudent: life.duplicateStudent(families),
  };
  return {
    students,
    persons: new Map([["parent", father], ["student", student.person]]),
    relatives: new Map([[nurse.id, new Set([nursesChild.id])], [teacher.id, new Set([teachersChild.id])], [counselor.id, new Set([counselorsChild.id])]]),
  };
}
