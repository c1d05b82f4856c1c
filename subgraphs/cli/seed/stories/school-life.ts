import type { FamilyPlanner } from "../people/families.ts";
import type { Learner } from "../people/learners.ts";
import { withMother } from "./families.ts";

/** Absent on about every sixth day, mostly ill and called in: chronically absent, and not truant. */
export const chronicallyAbsent = (families: FamilyPlanner): Learner =>
  withMother(families, "Fairbairn", "Tessa", { grade: 8, traits: { absence: 0.17, skips: { of: 6, days: [2] }, unexcused: 0.05, tardiness: 0.02, ability: -0.4 } });

/** Stays away on two of five days without an excuse, and nobody calls. */
export const truant = (families: FamilyPlanner): Learner =>
  withMother(families, "Mossman", "Reid", { grade: 10, sex: "MALE", traits: { absence: 0.4, skips: { of: 5, days: [0, 3] }, unexcused: 1, tardiness: 0.1, ability: -1 } });

/** Does little in mathematics and science, and well in the rest: two courses failed in every period. */
export const failingTwoCourses = (families: FamilyPlanner): Learner =>
  withMother(families, "Garside", "Otis", { grade: 11, sex: "MALE", traits: { ability: 0.2, absence: 0.05, fails: ["MTH", "SCI"] } });

/** Failed English and mathematics in every year of high school: cannot have the credits by June. */
export const seniorShortOfCredits = (families: FamilyPlanner): Learner =>
  withMother(families, "Hargreave", "Quinn", { grade: 12, traits: { ability: -0.6, absence: 0.07, fails: ["ENG", "MTH"] } });

/** The best of her grade in everything, honors courses included. */
export const honorRollStudent = (families: FamilyPlanner): Learner =>
  withMother(families, "Oakden", "Thea", { grade: 11, traits: { ability: 2.6, absence: 0.005, unexcused: 0, tardiness: 0 } });

/** Was ill when the last marks were posted: one course is incomplete, with a day until which the work may be made up. */
export const incompleteWithDeadline = (families: FamilyPlanner): Learner =>
  withMother(families, "Selby", "Maren", { grade: 10, traits: { ability: 0.6, absence: 0.06, incomplete: true } });

/** Moved across town in February: until then at the second elementary school, since then at the first. */
export const movedInMidYear = (families: FamilyPlanner): Learner => withMother(families, "Larkham", "Delia", { grade: 3, home: 0, movedOn: families.lessonOfLastYear(0.6) });

/** Came from another state in January of last year, with the marks of three semesters. */
export const cameInMidYear = (families: FamilyPlanner): Learner =>
  withMother(families, "Renshaw", "Marlow", { grade: 11, since: families.lessonOfLastYear(0.52), traits: { ability: 0.7, absence: 0.03 } });

/** Was expected in August and never came: no day of membership, and no withdrawal. */
export const neverCame = (families: FamilyPlanner): Learner => withMother(families, "Ullman", "Josie", { grade: 7, since: families.district.thisYear.firstDay, noShow: true });

/** Dropped one of the demo teacher's sections a week ago: she still sees him, for as long as the lag days last. */
export const droppedLately = (families: FamilyPlanner): Learner => withMother(families, "Westerby", "Eamon", { grade: 10, sex: "MALE", traits: { ability: 0.1, absence: 0.03, drops: true } });

/** A middle schooler so far ahead that she takes geometry at the high school before her own day begins. */
export const geometryAtSeven = (families: FamilyPlanner): Learner => withMother(families, "Lindqvist", "Edith", { grade: 8, alsoAtHighSchool: true, traits: { ability: 2.2, absence: 0.01 } });

/** Registered anew in August although the middle school had her record: two students who are one, waiting to be merged. */
export function duplicateStudent(families: FamilyPlanner): [known: Learner, again: Learner] {
  const birthDate = families.learners.birthDate(9);
  const { firstDay } = families.district.thisYear;
  const known = withMother(families, "Holloway", "Cecilia", { grade: 9, birthDate, left: firstDay, traits: { absence: 0.03 } });
  const again = withMother(families, "Holloway", "Cecily", { grade: 9, birthDate, since: firstDay, traits: { absence: 0.03 } });
  return [known, again];
}
