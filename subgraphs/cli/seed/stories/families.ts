import { plusDays, plusYears } from "../days.ts";
import type { FamilyPlanner } from "../people/families.ts";
import { allRights, pickUpOnly, type Learner } from "../people/learners.ts";
import { origins, type Origin } from "../people/names.ts";
import type { SeededPerson } from "../people/persons.ts";

export const [northern, latin, african] = origins as unknown as [Origin, Origin, Origin];

interface Name {
  firstName: string;
  lastName: string;
}

/** The day from which a household has lived together. */
export const since = ({ today }: FamilyPlanner, years: number): string => plusDays(plusYears(today, -years), -40);

/** Both parents, siblings at three schools, a grandmother who fetches the youngest. The father is a demo user. */
export function parentOfThree(families: FamilyPlanner, name: Name): { father: SeededPerson; children: Learner[] } {
  const { persons, learners } = families;
  const father = persons.adult("MALE", name.lastName, african, name.firstName);
  const mother = persons.adult("FEMALE", name.lastName, african, "Ngozi");
  const grandmother = persons.adult("FEMALE", "Eze", african, "Beatrice");
  const children = [
    families.child(name.lastName, african, { grade: 10, givenName: "Adaeze", sex: "FEMALE", language: "en", meals: null, programs: ["GATE"], traits: { ability: 1.1, absence: 0.02, story: true } }),
    families.child(name.lastName, african, { grade: 7, givenName: "Chidi", sex: "MALE", language: "en", meals: null, programs: ["504"], traits: { ability: 0.1, absence: 0.04, story: true } }),
    families.child(name.lastName, african, { grade: 2, givenName: "Obi", sex: "MALE", language: "en", meals: null, programs: [], traits: { ability: 0.4, absence: 0.03, story: true } }),
  ];
  persons.household(`${name.lastName} family`, [father, mother, ...children.map(({ person }) => person)], { fromDate: since(families, 6) });
  for (const child of children) {
    learners.contact(child, father, { relationship: "FATHER", ...allRights, emergencyOrder: 1 });
    learners.contact(child, mother, { relationship: "MOTHER", ...allRights, emergencyOrder: 2 });
    learners.contact(child, grandmother, { relationship: "GRANDPARENT", ...pickUpOnly, emergencyOrder: 3 });
  }
  return { father, children };
}

/** A junior of the high school who signs in herself, and goes by a shorter name. */
export function studentAlone(families: FamilyPlanner, name: Name): Learner {
  const { persons, learners } = families;
  const child = families.child(name.lastName, northern, {
    grade: 11, givenName: name.firstName, sex: "FEMALE", pronouns: "she/her", language: "en", meals: "REDUCED", programs: ["TUTOR"], traits: { ability: 0.5, absence: 0.03, story: true },
  });
  const mother = persons.adult("FEMALE", name.lastName, northern, "Leila");
  persons.household(`${name.lastName} family`, [mother, child.person], { fromDate: since(families, 9) });
  learners.contact(child, mother, { relationship: "MOTHER", ...allRights, emergencyOrder: 1 });
  return child;
}

/** Somebody who works for the district is the mother of a pupil, and nothing more to that pupil than a mother. */
export function childOfEmployee(families: FamilyPlanner, mother: SeededPerson, child: { grade: number; givenName: string; origin: Origin; language: string }): Learner {
  const { persons, learners } = families;
  const { grade, givenName, origin, language } = child;
  const learner = families.child(mother.familyName, origin, { grade, givenName, sex: "MALE", language, meals: null, programs: language === "en" ? [] : ["ESL"], traits: { story: true, noted: true, absence: 0.03 } });
  persons.household(`${mother.familyName} family`, [mother, learner.person], { fromDate: since(families, 4) });
  learners.contact(learner, mother, { relationship: "MOTHER", ...allRights, emergencyOrder: 1 });
  return learner;
}

/** Parents apart with equal rights; the mother's address and number are confidential, from the father too. */
export function twoHomesOneSecret(families: FamilyPlanner): Learner {
  const { persons, learners } = families;
  const child = families.child("Halloran", northern, { grade: 7, givenName: "Wren", sex: "FEMALE", preferredGivenName: "Birdie", language: "en", meals: "FREE" });
  const mother = persons.adult("FEMALE", "Sorensen", northern, "Katrin", true);
  const father = persons.adult("MALE", "Halloran", northern, "Declan");
  persons.household("Sorensen household", [mother, child.person], { fromDate: since(families, 1), confidential: true });
  persons.household("Halloran household", [father, child.person], { fromDate: since(families, 7) });
  learners.contact(child, mother, { relationship: "MOTHER", ...allRights, emergencyOrder: 1 });
  learners.contact(child, father, { relationship: "FATHER", ...allRights, emergencyOrder: 2 });
  return child;
}

/** Parents apart; a court has taken the father's rights to know, to the portal and to fetch the children. */
export function orderInEffect(families: FamilyPlanner): Learner[] {
  const { today, persons, learners } = families;
  const children = [
    families.child("Escalante", latin, { grade: 9, givenName: "Paloma", sex: "FEMALE", language: "es", meals: "FREE" }),
    families.child("Escalante", latin, { grade: 6, givenName: "Bruno", sex: "MALE", language: "es", meals: "FREE" }),
  ];
  const mother = persons.adult("FEMALE", "Fuentes", latin, "Elena");
  const father = persons.adult("MALE", "Escalante", latin, "Hugo");
  const aunt = persons.adult("FEMALE", "Fuentes", latin, "Rosalind");
  persons.household("Fuentes household", [mother, ...children.map(({ person }) => person)], { fromDate: since(families, 2), confidential: true });
  persons.household("Escalante household", [father], { fromDate: since(families, 2) });
  for (const child of children) {
    learners.contact(child, mother, { relationship: "MOTHER", ...allRights, emergencyOrder: 1 });
    learners.contact(child, father, { relationship: "FATHER", ...allRights, livesWith: false });
    learners.contact(child, aunt, { relationship: "OTHER_RELATIVE", ...pickUpOnly, emergencyOrder: 2 });
    learners.courtOrder(child, father, {
      kind: "PROTECTION", number: "FC-20417", issuedBy: "Alder County Circuit Court", fromDate: plusDays(today, -140), toDate: plusDays(today, 590),
      restrictsEducation: true, restrictsPortal: true, restrictsPickUp: true, restrictsLivesWith: true, restrictsMailings: true,
    });
  }
  return children;
}

/** Eighteen since six weeks: her parents' rights are hers. */
export function adultSenior(families: FamilyPlanner): Learner {
  const { today, persons, learners } = families;
  const student = families.child("Kettering", northern, { grade: 12, givenName: "Ivy", sex: "FEMALE", birthDate: plusDays(plusYears(today, -18), -42), language: "en", meals: null });
  const parents = [persons.adult("FEMALE", "Kettering", northern, "Maureen"), persons.adult("MALE", "Kettering", northern, "Lambert")];
  persons.household("Kettering family", [...parents, student.person], { fromDate: since(families, 10) });
  parents.forEach((parent, index) => learners.contact(student, parent, { relationship: index === 0 ? "MOTHER" : "FATHER", ...allRights, emergencyOrder: index + 1 }));
  return student;
}

/** Eighteen, and dependent for tax: by the district's policy the mother keeps reading. */
export function adultSeniorStillRead(families: FamilyPlanner): Learner {
  const { today, persons, learners } = families;
  const student = families.child("Lattimore", african, { grade: 12, givenName: "Omari", sex: "MALE", birthDate: plusDays(plusYears(today, -18), -75), language: "en", meals: "REDUCED" });
  const mother = persons.adult("FEMALE", "Lattimore", african, "Simone");
  persons.household("Lattimore family", [mother, student.person], { fromDate: since(families, 8) });
  learners.contact(student, mother, { relationship: "MOTHER", ...allRights, emergencyOrder: 1 });
  learners.arrangement(student, { ground: "DEPENDENT_FOR_TAX", fromDate: plusDays(today, -75) });
  return student;
}

/** Eighteen in nine days, at local midnight. */
export function eighteenSoon(families: FamilyPlanner): Learner {
  const { today, persons, learners } = families;
  const student = families.child("Saldaña", latin, { grade: 12, givenName: "Uriel", sex: "MALE", birthDate: plusDays(plusYears(today, -18), 9), language: "es", meals: null });
  const parents = [persons.adult("FEMALE", "Saldaña", latin, "Ximena"), persons.adult("MALE", "Saldaña", latin, "Leonel")];
  persons.household("Saldaña family", [...parents, student.person], { fromDate: since(families, 3) });
  parents.forEach((parent, index) => learners.contact(student, parent, { relationship: index === 0 ? "MOTHER" : "FATHER", ...allRights, emergencyOrder: index + 1 }));
  return student;
}

/** A protected placement: the foster parent is listed, and hidden from the mother, who keeps her rights. */
export function fosterPlacement(families: FamilyPlanner): Learner {
  const { today, district, persons, learners } = families;
  const child = families.child("Rollins", african, { grade: 4, givenName: "Zaire", sex: "MALE", language: "en", meals: "FREE", programs: ["FOSTER", "TUTOR"], since: district.thisYear.firstDay });
  const mother = persons.adult("FEMALE", "Rollins", african, "Denise");
  const foster = persons.adult("FEMALE", "Yarrow", northern, "Winifred", true);
  const worker = persons.adult("MALE", "Stavert", northern, "Conrad");
  persons.household("Yarrow household", [foster, child.person], { fromDate: plusDays(today, -95), confidential: true });
  learners.contact(child, foster, { relationship: "FOSTER_PARENT", educationRights: true, portalAccess: true, livesWith: true, mailings: true, pickUp: true, confidential: true, emergencyOrder: 1 });
  learners.contact(child, worker, { relationship: "SOCIAL_WORKER", educationRights: true, emergencyOrder: 2 });
  learners.contact(child, mother, { relationship: "MOTHER", educationRights: true, portalAccess: true });
  return child;
}

/** Nothing about her goes to the public or to recruiters; colleges may write. */
export const optedOut = (families: FamilyPlanner): Learner => withMother(families, "Birchall", "Wanda", { grade: 11, optOuts: ["PUBLIC", "RECRUITERS"] });

/** A student with a mother, for stories that are not about the family. */
export function withMother(families: FamilyPlanner, familyName: string, givenName: string, facts: Omit<Parameters<FamilyPlanner["child"]>[2], "givenName">): Learner {
  const { persons, learners } = families;
  const student = families.child(familyName, northern, { sex: "FEMALE", language: "en", meals: null, programs: [], ...facts, givenName, traits: { ...facts.traits, story: true } });
  const mother = persons.adult("FEMALE", familyName, northern);
  persons.household(`${familyName} family`, [mother, student.person], { fromDate: since(families, 5) });
  learners.contact(student, mother, { relationship: "MOTHER", ...allRights, emergencyOrder: 1 });
  return student;
}
