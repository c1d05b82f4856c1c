import { students as port } from "../../rostering/domains.ts";
import { plusDays } from "./days.ts";
import type { Draft, SeededSchool, SeededSchools } from "./draft.ts";
import type { SeededPerson } from "./persons.ts";

type ProgramCode = "ESL" | "GATE" | "TUTOR" | "IEP" | "504" | "MV" | "FOSTER" | "MIG";

const programs = {
  ESL: ["English language development", "EL", "SCHOOL"],
  GATE: ["Gifted and talented", "GIFTED", "SCHOOL"],
  TUTOR: ["After-school tutoring", "OTHER", "SCHOOL"],
  IEP: ["Special education", "IEP", "SUPPORT"],
  "504": ["Section 504 plan", "SECTION_504", "SUPPORT"],
  MV: ["McKinney-Vento support", "HOMELESS", "SUPPORT"],
  FOSTER: ["Foster care liaison", "FOSTER", "SUPPORT"],
  MIG: ["Migrant education", "MIGRANT", "SUPPORT"],
} as const;

export interface Learner {
  id: string;
  person: SeededPerson;
  grade: string;
  birthDate: string;
}

/** What a story fixes about a student; the rest is chance. */
export interface LearnerFacts {
  grade: string;
  birthDate: string;
  language: string;
  meals: "FREE" | "REDUCED" | null;
  programs?: readonly ProgramCode[];
  /** Came to the district only this year. */
  isNew?: boolean;
}

/** Makes students with their enrollments, programs, meals and wishes. */
export class LearnerPlanner {
  readonly #draft: Draft;
  readonly #schools: SeededSchools;
  readonly #programs = new Map<ProgramCode, string>();
  #number: number;
  count = 0;

  constructor(draft: Draft, schools: SeededSchools) {
    this.#draft = draft;
    this.#schools = schools;
    this.#number = 410_000 + draft.chance.whole(0, 999);
    for (const [code, [title, kind, tier]] of Object.entries(programs) as [ProgramCode, (typeof programs)[ProgramCode]][]) {
      const id = draft.chance.id();
      this.#programs.set(code, id);
      draft.students.push((s) => port.addProgram(s, { code, title, kind, tier }, id));
    }
  }

  /** A birth date with which a child is in the grade now: five years old on 1 September of kindergarten. */
  birthDate(grade: string): string {
    const years = (grade === "KG" ? 0 : Number(grade)) + 5;
    const youngest = `${Number(this.#schools.thisYear.firstDay.slice(0, 4)) - years}-09-01`;
    return plusDays(youngest, -this.#draft.chance.whole(0, 364));
  }

  student(person: SeededPerson, facts: LearnerFacts): Learner {
    const { chance, students } = this.#draft;
    const id = chance.id();
    this.#number += chance.whole(1, 7);
    const studentNumber = String(this.#number);
    const stateId = chance.happens(0.95) ? `OR${chance.whole(10_000_000, 99_999_999)}${this.#number % 1000}` : null;
    students.push((s) => port.addStudent(s, { personId: person.id, studentNumber }, id));
    if (stateId !== null) students.push((s) => port.addStudentIdentifiers(s, id, { stateId }));
    this.#enroll(id, facts);
    this.#takePart(id, facts);
    this.count += 1;
    return { id, person, grade: facts.grade, birthDate: facts.birthDate };
  }

  /** The school of a grade, and where it stands in the list. */
  schoolOf(grade: string): SeededSchool {
    return this.#schools.schools.find(({ grades }) => grades.includes(grade))!;
  }

  #enrollment(student: string, values: Parameters<typeof port.addSchoolEnrollment>[1]): void {
    const id = this.#draft.chance.id();
    this.#draft.students.push((s) => port.addSchoolEnrollment(s, { student, ...values }, id));
  }

  #enroll(student: string, facts: LearnerFacts): void {
    const { chance, today } = this.#draft;
    const { lastYear, thisYear, gradeIds, schools } = this.#schools;
    const number = facts.grade === "KG" ? 0 : Number(facts.grade);
    const before = number === 0 ? null : number === 1 ? "KG" : String(number - 1).padStart(2, "0");
    const isNew = facts.isNew ?? (before === null || chance.happens(0.05));
    if (!isNew && before !== null) {
      this.#enrollment(student, { schoolId: this.schoolOf(before).id, schoolYearId: lastYear.id, gradeLevelId: gradeIds.get(before)!, entryDate: lastYear.firstDay, entryCode: "R1", exitDate: thisYear.firstDay, exitCode: "P" });
    }
    const at = { schoolId: this.schoolOf(facts.grade).id, schoolYearId: thisYear.id, gradeLevelId: gradeIds.get(facts.grade)! };
    this.#enrollment(student, { ...at, entryDate: thisYear.firstDay, entryCode: isNew ? "E1" : "R1" });
    // A few of the oldest in middle school take one class at the high school.
    if (facts.grade === "08" && chance.happens(0.08) && today > thisYear.firstDay) {
      this.#enrollment(student, { ...at, schoolId: schools[0]!.id, kind: "SECONDARY", entryDate: thisYear.firstDay, entryCode: "E9", fullTimeShare: "0.167" });
    }
  }

  #takePart(student: string, facts: LearnerFacts): void {
    const { chance, students } = this.#draft;
    const { lastYear, thisYear } = this.#schools;
    const learnsEnglish = facts.language !== "en" && chance.happens(0.55);
    const chosen = new Set<ProgramCode>(facts.programs ?? []);
    const maybe: readonly (readonly [ProgramCode, number])[] = [["GATE", 0.07], ["TUTOR", 0.08], ["IEP", 0.13], ["504", 0.05], ["MV", 0.015], ["MIG", 0.01]];
    for (const [code, share] of [...maybe, ["ESL", learnsEnglish ? 1 : 0] as const]) if (chance.happens(share) && facts.programs === undefined) chosen.add(code);
    if (chosen.has("IEP")) chosen.delete("504");
    for (const code of chosen) {
      const id = chance.id();
      const values = { student, program: this.#programs.get(code)!, fromDate: facts.isNew === true || facts.grade === "KG" ? thisYear.firstDay : lastYear.firstDay };
      students.push(programs[code][2] === "SCHOOL" ? (s) => port.addProgramParticipation(s, values, id) : (s) => port.addSupportParticipation(s, values, id));
    }
    if (facts.meals !== null) {
      const id = chance.id();
      const basis = chosen.has("MV") || chosen.has("FOSTER") ? "CATEGORICAL" : chance.happens(0.6) ? "DIRECT_CERTIFICATION" : "APPLICATION";
      const { meals } = facts;
      students.push((s) => port.addMealEligibility(s, { student, status: meals, basis, fromDate: thisYear.firstDay }, id));
    }
    this.#optOut(student, "PUBLIC", 0.06);
    if (Number(facts.grade) >= 11) this.#optOut(student, "RECRUITERS", 0.2);
    if (Number(facts.grade) >= 11) this.#optOut(student, "COLLEGES", 0.04);
  }

  #optOut(student: string, audience: "PUBLIC" | "RECRUITERS" | "COLLEGES", share: number): void {
    if (!this.#draft.chance.happens(share)) return;
    const id = this.#draft.chance.id();
    this.#draft.students.push((s) => port.addDirectoryOptOut(s, { student, audience, fromDate: this.#schools.thisYear.firstDay }, id));
  }

  /** Someone listed for a student. Rights that are not named are not given. */
  contact(learner: Learner, person: SeededPerson, values: Parameters<typeof port.addContact>[1], fromDate: string = this.#schools.lastYear.firstDay): void {
    const id = this.#draft.chance.id();
    this.#draft.students.push((s) => port.addContact(s, { student: learner.id, personId: person.id, status: "CONFIRMED", fromDate, ...values }, id));
  }

  courtOrder(learner: Learner, person: SeededPerson, values: Parameters<typeof port.addCourtOrder>[1]): void {
    const id = this.#draft.chance.id();
    this.#draft.students.push((s) => port.addCourtOrder(s, { student: learner.id, personId: person.id, ...values }, id));
  }

  arrangement(learner: Learner, values: Parameters<typeof port.addMajorityArrangement>[1]): void {
    const id = this.#draft.chance.id();
    this.#draft.students.push((s) => port.addMajorityArrangement(s, { student: learner.id, ...values }, id));
  }
}

/** What a parent with all rights has. */
export const allRights = { educationRights: true, portalAccess: true, livesWith: true, mailings: true, pickUp: true, decisionMaking: true } as const;
/** May take the child home and be called, and reads nothing. */
export const pickUpOnly = { pickUp: true } as const;
