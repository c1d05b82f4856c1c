import { plusDays, plusYears } from "./days.ts";
import type { FamilyPlanner } from "./families.ts";
import { allRights, pickUpOnly } from "./learners.ts";
import { origins, type Origin } from "./names.ts";
import type { SeededPerson } from "./persons.ts";

/** How many students the stories make; a demo has at least these. */
export const storyStudents = 13;

const [northern, latin, african] = origins as unknown as [Origin, Origin, Origin];

/**
 * The families that show what a school has to think of. Returns the persons of the demo users among them, by user name; `nurse` is the
 * nurse whose child goes to another school, `named` the demo users' own names.
 */
export function planStories(families: FamilyPlanner, nurse: SeededPerson, named: (username: string) => { firstName: string; lastName: string }): Map<string, SeededPerson> {
  return new Map([
    ["parent", parentOfThree(families, named("parent"))],
    ["student", studentAlone(families, named("student"))],
    ["nurse-parent", nurseWithChildElsewhere(families, nurse)],
    ...[twoHomesOneSecret, orderInEffect, adultSenior, adultSeniorStillRead, eighteenSoon, fosterPlacement].flatMap((story) => (story(families), [])),
  ]);
}

const since = ({ draft }: FamilyPlanner, years: number) => plusDays(plusYears(draft.today, -years), -40);

/** Both parents, children at all three schools, a grandmother who fetches the youngest. */
function parentOfThree(families: FamilyPlanner, name: { firstName: string; lastName: string }): SeededPerson {
  const { persons, learners } = families;
  const father = families.adult("MALE", name.lastName, african, name.firstName);
  const mother = families.adult("FEMALE", name.lastName, african, "Ngozi");
  const grandmother = families.adult("FEMALE", "Eze", african, "Beatrice");
  const children = [
    families.child(name.lastName, african, { grade: "10", givenName: "Adaeze", sex: "FEMALE", language: "en", meals: null, programs: ["GATE"] }),
    families.child(name.lastName, african, { grade: "07", givenName: "Chidi", sex: "MALE", language: "en", meals: null, programs: ["504"] }),
    families.child(name.lastName, african, { grade: "02", givenName: "Obi", sex: "MALE", language: "en", meals: null, programs: [] }),
  ];
  persons.household(`${name.lastName} family`, [father, mother, ...children.map(({ person }) => person)], { fromDate: since(families, 6) });
  for (const child of children) {
    learners.contact(child, father, { relationship: "FATHER", ...allRights, emergencyOrder: 1 });
    learners.contact(child, mother, { relationship: "MOTHER", ...allRights, emergencyOrder: 2 });
    learners.contact(child, grandmother, { relationship: "GRANDPARENT", ...pickUpOnly, emergencyOrder: 3 });
  }
  return father;
}

/** A junior of the high school who signs in herself, and goes by a shorter name. */
function studentAlone(families: FamilyPlanner, name: { firstName: string; lastName: string }): SeededPerson {
  const { persons, learners } = families;
  const child = families.child(name.lastName, northern, { grade: "11", givenName: name.firstName, sex: "FEMALE", pronouns: "she/her", language: "en", meals: "REDUCED", programs: ["TUTOR"] });
  const mother = families.adult("FEMALE", name.lastName, northern, "Leila");
  persons.household(`${name.lastName} family`, [mother, child.person], { fromDate: since(families, 9) });
  learners.contact(child, mother, { relationship: "MOTHER", ...allRights, emergencyOrder: 1 });
  return child.person;
}

/** The nurse of the middle school is the mother of a pupil of the elementary school, and nothing more there. */
function nurseWithChildElsewhere(families: FamilyPlanner, nurse: SeededPerson): SeededPerson {
  const { persons, learners } = families;
  const child = families.child(nurse.familyName, latin, { grade: "03", givenName: "Mateo", sex: "MALE", language: "es", meals: null, programs: ["ESL"] });
  persons.household(`${nurse.familyName} family`, [nurse, child.person], { fromDate: since(families, 4) });
  learners.contact(child, nurse, { relationship: "MOTHER", ...allRights, emergencyOrder: 1 });
  return nurse;
}

/** Parents apart with equal rights; the mother's address and number are confidential, from the father too. */
function twoHomesOneSecret(families: FamilyPlanner): void {
  const { persons, learners } = families;
  const child = families.child("Halloran", northern, { grade: "07", givenName: "Wren", sex: "FEMALE", preferredGivenName: "Birdie", language: "en", meals: "FREE" });
  const mother = families.adult("FEMALE", "Sorensen", northern, "Katrin", true);
  const father = families.adult("MALE", "Halloran", northern, "Declan");
  persons.household("Sorensen household", [mother, child.person], { fromDate: since(families, 1), confidential: true });
  persons.household("Halloran household", [father, child.person], { fromDate: since(families, 7) });
  learners.contact(child, mother, { relationship: "MOTHER", ...allRights, emergencyOrder: 1 });
  learners.contact(child, father, { relationship: "FATHER", ...allRights, emergencyOrder: 2 });
}

/** Parents apart; a court has taken the father's rights to know, to the portal and to fetch the children. */
function orderInEffect(families: FamilyPlanner): void {
  const { draft, persons, learners } = families;
  const children = (["09", "06"] as const).map((grade) => families.child("Escalante", latin, { grade, givenName: grade === "09" ? "Paloma" : "Bruno", sex: grade === "09" ? "FEMALE" : "MALE", language: "es", meals: "FREE" }));
  const mother = families.adult("FEMALE", "Fuentes", latin, "Elena");
  const father = families.adult("MALE", "Escalante", latin, "Hugo");
  const aunt = families.adult("FEMALE", "Fuentes", latin, "Rosalind");
  persons.household("Fuentes household", [mother, ...children.map(({ person }) => person)], { fromDate: since(families, 2), confidential: true });
  persons.household("Escalante household", [father], { fromDate: since(families, 2) });
  for (const child of children) {
    learners.contact(child, mother, { relationship: "MOTHER", ...allRights, emergencyOrder: 1 });
    learners.contact(child, father, { relationship: "FATHER", ...allRights, livesWith: false });
    learners.contact(child, aunt, { relationship: "OTHER_RELATIVE", ...pickUpOnly, emergencyOrder: 2 });
    learners.courtOrder(child, father, {
      kind: "PROTECTION", number: "FC-20417", issuedBy: "Alder County Circuit Court", fromDate: plusDays(draft.today, -140), toDate: plusDays(draft.today, 590),
      restrictsEducation: true, restrictsPortal: true, restrictsPickUp: true, restrictsLivesWith: true, restrictsMailings: true,
    });
  }
}

/** Eighteen since six weeks: her parents' rights are hers. */
function adultSenior(families: FamilyPlanner): void {
  const { draft, persons, learners } = families;
  const student = families.child("Kettering", northern, { grade: "12", givenName: "Ivy", sex: "FEMALE", birthDate: plusDays(plusYears(draft.today, -18), -42), language: "en", meals: null });
  const parents = [families.adult("FEMALE", "Kettering", northern, "Maureen"), families.adult("MALE", "Kettering", northern, "Lambert")];
  persons.household("Kettering family", [...parents, student.person], { fromDate: since(families, 10) });
  parents.forEach((parent, index) => learners.contact(student, parent, { relationship: index === 0 ? "MOTHER" : "FATHER", ...allRights, emergencyOrder: index + 1 }));
}

/** Eighteen, and dependent for tax: by the district's policy the mother keeps reading. */
function adultSeniorStillRead(families: FamilyPlanner): void {
  const { draft, persons, learners } = families;
  const student = families.child("Lattimore", african, { grade: "12", givenName: "Omari", sex: "MALE", birthDate: plusDays(plusYears(draft.today, -18), -75), language: "en", meals: "REDUCED" });
  const mother = families.adult("FEMALE", "Lattimore", african, "Simone");
  persons.household("Lattimore family", [mother, student.person], { fromDate: since(families, 8) });
  learners.contact(student, mother, { relationship: "MOTHER", ...allRights, emergencyOrder: 1 });
  learners.arrangement(student, { ground: "DEPENDENT_FOR_TAX", fromDate: plusDays(draft.today, -75) });
}

/** Eighteen in nine days, at local midnight. */
function eighteenSoon(families: FamilyPlanner): void {
  const { draft, persons, learners } = families;
  const student = families.child("Saldaña", latin, { grade: "12", givenName: "Uriel", sex: "MALE", birthDate: plusDays(plusYears(draft.today, -18), 9), language: "es", meals: null });
  const parents = [families.adult("FEMALE", "Saldaña", latin, "Ximena"), families.adult("MALE", "Saldaña", latin, "Leonel")];
  persons.household("Saldaña family", [...parents, student.person], { fromDate: since(families, 3) });
  parents.forEach((parent, index) => learners.contact(student, parent, { relationship: index === 0 ? "MOTHER" : "FATHER", ...allRights, emergencyOrder: index + 1 }));
}

/** A protected placement: the foster parent is listed, and hidden from the mother, who keeps her rights. */
function fosterPlacement(families: FamilyPlanner): void {
  const { draft, persons, learners } = families;
  const child = families.child("Rollins", african, { grade: "04", givenName: "Zaire", sex: "MALE", language: "en", meals: "FREE", programs: ["FOSTER", "TUTOR"], isNew: true });
  const mother = families.adult("FEMALE", "Rollins", african, "Denise");
  const foster = families.adult("FEMALE", "Yarrow", northern, "Winifred", true);
  const worker = families.adult("MALE", "Stavert", northern, "Conrad");
  persons.household("Yarrow household", [foster, child.person], { fromDate: plusDays(draft.today, -95), confidential: true });
  learners.contact(child, foster, { relationship: "FOSTER_PARENT", educationRights: true, portalAccess: true, livesWith: true, mailings: true, pickUp: true, confidential: true, emergencyOrder: 1 });
  learners.contact(child, worker, { relationship: "SOCIAL_WORKER", educationRights: true, emergencyOrder: 2 });
  learners.contact(child, mother, { relationship: "MOTHER", educationRights: true, portalAccess: true });
}
