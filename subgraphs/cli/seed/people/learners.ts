import { plusDays } from "../days.ts";
import type { Chance } from "../chance.ts";
import type { Draft, Planned } from "../draft.ts";
import { programs, type District, type ProgramCode, type Year } from "../places/district.ts";
import { lastGrade, preKindergarten } from "../places/grades.ts";
import type { School, Zone } from "../places/schools.ts";
import type { SeededPerson } from "./persons.ts";
import { usualTraits, type Traits } from "./traits.ts";

/** An enrollment at a school, as the rest of the plan needs it. */
export interface Stay {
  readonly school: School;
  readonly year: Year;
  /** The year's place in the district's list. */
  readonly yearIndex: number;
  readonly grade: number;
  readonly from: string;
  /** The first day no longer; the end of the year for those who stay. */
  readonly until: string;
  /** A second school beside the primary one, for a single course. */
  readonly secondary?: string;
}

export interface Learner {
  readonly id: string;
  readonly person: SeededPerson;
  /** This year's grade, counted; above 12 for those who have graduated. */
  readonly grade: number;
  readonly birthDate: string;
  /** The first day in the district, where it was not the first of kindergarten. */
  readonly since: string | null;
  readonly stays: readonly Stay[];
  readonly traits: Traits;
  readonly programs: ReadonlySet<ProgramCode>;
}

/** What a story fixes about a student; the rest is chance. */
export interface LearnerFacts {
  grade: number;
  birthDate: string;
  language: string;
  meals: "FREE" | "REDUCED" | null;
  /** Which of the two elementary schools is the family's. */
  home: 0 | 1;
  programs?: readonly ProgramCode[];
  /** The first day in the district, where it was not the first of kindergarten. */
  since?: string;
  /** Until this day at the other elementary school. */
  movedOn?: string;
  /** The first day no longer in the district. */
  left?: string;
  /** Was expected this year and never came. */
  noShow?: boolean;
  /** Audiences to whom no directory information goes. */
  optOuts?: readonly Audience[];
  /** Takes a course at the high school beside the middle school this year. */
  alsoAtHighSchool?: boolean;
  traits?: Partial<Traits>;
}

type Audience = "PUBLIC" | "RECRUITERS" | "COLLEGES";

/** Makes the students of a zone with their enrollments, programs, meals and wishes. */
export class LearnerPlanner {
  readonly all: Learner[] = [];
  readonly #draft: Draft;
  readonly #chance: Chance;
  readonly #district: District;
  readonly #zone: Zone;
  #number: number;

  constructor(draft: Draft, chance: Chance, district: District, zone: Zone) {
    this.#draft = draft;
    this.#chance = chance;
    this.#district = district;
    this.#zone = zone;
    this.#number = 410_000 + zone.number * 20_000 + chance.whole(0, 999);
  }

  /** A birth date with which a child is in the grade now: five years old on 1 September of kindergarten. */
  birthDate(grade: number): string {
    const youngest = `${Number(this.#district.thisYear.firstDay.slice(0, 4)) - grade - 5}-09-01`;
    return plusDays(youngest, -this.#chance.whole(0, 364));
  }

  student(person: SeededPerson, facts: LearnerFacts): Learner {
    const chance = this.#chance;
    this.#number += chance.whole(1, 7);
    const number = this.#number;
    const id = this.#draft.add("students", "Student", { personId: person.id, studentNumber: String(number) });
    if (chance.happens(0.95)) this.#draft.add("students", "StudentIdentifiers", { id, stateId: `OR${chance.whole(10_000_000, 99_999_999)}${number % 1000}` });
    const stays = this.#enroll(id, facts);
    const chosen = this.#takePart(id, facts);
    const learner: Learner = { id, person, grade: facts.grade, birthDate: facts.birthDate, since: facts.since ?? null, stays, traits: { ...usualTraits(chance), ...facts.traits }, programs: chosen };
    this.all.push(learner);
    return learner;
  }

  /** The school of a grade for a family that belongs to the first or the second elementary school. */
  schoolOf(grade: number, home: 0 | 1): School {
    if (grade > 8) return this.#zone.high;
    if (grade > 5) return this.#zone.middle;
    return this.#zone.elementary[grade === preKindergarten ? 0 : home];
  }

  #enroll(student: string, facts: LearnerFacts): Stay[] {
    const { since = "", left = null, movedOn } = facts;
    const stays: Stay[] = [];
    const attendedPreKindergarten = facts.home === 0 || this.#chance.happens(0.4);
    this.#district.years.forEach((year, yearIndex) => {
      const grade = facts.grade + year.offset;
      if (grade > lastGrade || grade < preKindergarten || (grade === preKindergarten && year.offset < 0 && !attendedPreKindergarten)) return;
      const current = year === this.#district.thisYear;
      const moves = movedOn !== undefined && movedOn > year.firstDay && movedOn < year.endDay && grade >= 0 && grade <= 5;
      const parts = moves ? ([[year.firstDay, movedOn], [movedOn, year.endDay]] as const) : ([[year.firstDay, year.endDay]] as const);
      for (const [begin, end] of parts) {
        const from = begin > since ? begin : since;
        const until = left !== null && left < end ? left : end;
        if (from >= until) continue;
        const elsewhere = movedOn !== undefined && from < movedOn;
        const school = this.schoolOf(grade, elsewhere ? (facts.home === 0 ? 1 : 0) : facts.home);
        const exits = until < year.endDay || !current;
        const exitCode = until === left ? "W1" : moves && end === movedOn ? "T" : grade === lastGrade ? "G" : "P";
        this.#draft.add("students", "SchoolEnrollment", {
          student, schoolId: school.id, schoolYearId: year.id, gradeLevelId: this.#district.gradeIds.get(grade)!, trackId: school.calendars[yearIndex]!.track,
          entryDate: from, entryCode: moves && begin === movedOn ? "T1" : stays.length > 0 || (since === "" && grade > 0) ? "R1" : "E1",
          ...(facts.noShow && current ? { exitDate: from, exitCode: "NS", noShow: true } : exits ? { exitDate: until, exitCode } : {}),
          fullTimeShare: grade === preKindergarten ? "0.5" : "1",
        });
        if (!(facts.noShow && current)) stays.push({ school, year, yearIndex, grade, from, until });
        if (facts.alsoAtHighSchool && current) stays.push(this.#enrollAtHighSchool(student, { year, yearIndex, grade, from, until }));
      }
    });
    return stays;
  }

  #enrollAtHighSchool(student: string, stay: Omit<Stay, "school">): Stay {
    const { high } = this.#zone;
    this.#draft.add("students", "SchoolEnrollment", {
      student, schoolId: high.id, schoolYearId: stay.year.id, gradeLevelId: this.#district.gradeIds.get(stay.grade)!, trackId: high.calendars[stay.yearIndex]!.track, kind: "SECONDARY", entryDate: stay.from, entryCode: "E9", fullTimeShare: "0.125",
    });
    return { ...stay, school: high, secondary: "GEOM" };
  }

  #takePart(student: string, facts: LearnerFacts): Set<ProgramCode> {
    const chance = this.#chance;
    const learnsEnglish = facts.language !== "en" && chance.happens(0.55);
    const chosen = new Set<ProgramCode>(facts.programs ?? []);
    const maybe: readonly (readonly [ProgramCode, number])[] = [["GATE", 0.07], ["TUTOR", 0.08], ["IEP", 0.13], ["504", 0.05], ["MV", 0.015], ["MIG", 0.01], ["ESL", learnsEnglish ? 1 : 0]];
    for (const [code, share] of maybe) if (chance.happens(share) && facts.programs === undefined) chosen.add(code);
    if (chosen.has("IEP")) chosen.delete("504");
    const { years, thisYear, programIds } = this.#district;
    const first = facts.since ?? (facts.grade <= 0 ? thisYear.firstDay : years.at(-2)?.firstDay ?? thisYear.firstDay);
    for (const code of chosen) {
      this.#draft.add("students", programs[code][2] === "SCHOOL" ? "ProgramParticipation" : "SupportParticipation", { student, program: programIds.get(code)!, fromDate: first });
    }
    if (facts.meals !== null && facts.grade <= lastGrade) {
      const basis = chosen.has("MV") || chosen.has("FOSTER") ? "CATEGORICAL" : chance.happens(0.6) ? "DIRECT_CERTIFICATION" : "APPLICATION";
      this.#draft.add("students", "MealEligibility", { student, status: facts.meals, basis, fromDate: facts.since ?? thisYear.firstDay });
    }
    const maybeOut: readonly (readonly [Audience, number])[] = [["PUBLIC", 0.06], ["RECRUITERS", facts.grade >= 11 ? 0.2 : 0], ["COLLEGES", facts.grade >= 11 ? 0.04 : 0]];
    for (const audience of facts.optOuts ?? maybeOut.flatMap(([to, share]) => (chance.happens(share) ? [to] : []))) {
      this.#draft.add("students", "DirectoryOptOut", { student, audience, fromDate: thisYear.firstDay });
    }
    return chosen;
  }

  /** Someone listed for a student. Rights that are not named are not given. */
  contact(learner: Learner, person: SeededPerson, values: Planned<"students", "StudentContact">, fromDate: string = learner.since ?? this.#district.years[0]!.firstDay): void {
    this.#draft.add("students", "StudentContact", { student: learner.id, personId: person.id, status: "CONFIRMED", fromDate, ...values });
  }

  courtOrder(learner: Learner, person: SeededPerson, values: Planned<"students", "CourtOrder">): void {
    this.#draft.add("students", "CourtOrder", { student: learner.id, personId: person.id, ...values });
  }

  arrangement(learner: Learner, values: Planned<"students", "MajorityArrangement">): void {
    this.#draft.add("students", "MajorityArrangement", { student: learner.id, ...values });
  }
}

/** What a parent with all rights has. */
export const allRights = { educationRights: true, portalAccess: true, livesWith: true, mailings: true, pickUp: true, decisionMaking: true } as const;
/** May take the child home and be called, and reads nothing. */
export const pickUpOnly = { pickUp: true } as const;
