import type { WriteSession } from "#foundation/crud/write";
import { schools } from "../domains.ts";
import { gradeLevel } from "../oneroster/grade-levels.ts";
import { leaveOut } from "./left-out.ts";

export interface Place {
  id: string;
  code: string;
  name: string;
}

export interface Year {
  id: string;
  name: string;
  firstDay: string;
  /** The day after the last. */
  endDay: string;
}

/** The district's schools, years and grade levels by the names that files write. Each throws LeftOut where there is none. */
export class Places {
  readonly schools: readonly Place[];
  readonly years: readonly Year[];
  readonly #grades: ReadonlyMap<string, string>;

  private constructor(places: readonly Place[], years: readonly Year[], grades: ReadonlyMap<string, string>) {
    this.schools = places;
    this.years = years;
    this.#grades = grades;
  }

  /** Runs as schools. */
  static async read(session: WriteSession): Promise<Places> {
    return new Places(
      (await schools.schools(session)).map(({ id, code, name }) => ({ id, code, name })),
      (await schools.schoolYears(session)).map(({ id, name, firstDay, endDay }) => ({ id, name, firstDay, endDay })),
      new Map((await schools.gradeLevels(session)).map(({ id, code }) => [code, id])),
    );
  }

  /** Spreadsheets take the zeros off "001": where only one school can be meant, it is that one. */
  school(code: string): Place {
    const bare = (text: string) => text.toLowerCase().replace(/^0+(?=.)/, "");
    const close = this.schools.filter((school) => bare(school.code) === bare(code));
    return this.schools.find((school) => school.code === code) ?? (close.length === 1 ? close[0]! : leaveOut("The district has no school with this code. Correct school_code, or make the school first."));
  }

  /** The year of a day, which is the one that the file names where it names one. */
  yearOn(day: string, name: string | null): Year {
    const year = this.years.find(({ firstDay, endDay }) => firstDay <= day && day < endDay) ?? leaveOut(`No school year of the district contains ${day}. Make the school year first, or correct the day.`);
    if (name !== null && name !== year.name) leaveOut(`${day} lies in the school year ${year.name} and not in the one that the row names. Correct one of the two.`);
    return year;
  }

  /** Null where the file says none. */
  grade(written: string | null): string | null {
    if (written === null) return null;
    return this.#grades.get(written) ?? this.#grades.get(gradeLevel(written) ?? "") ?? leaveOut("The district has no such grade level. Correct grade_level, or say in the preview which one it stands for.");
  }
}
