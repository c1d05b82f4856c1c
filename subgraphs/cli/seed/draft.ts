import type { WriteSession } from "#foundation/crud/write";
import type { Chance } from "./chance.ts";

/** One record to be written, in the transaction of the seed. */
export type Write = (session: WriteSession) => void;

/** What a seed is going to write, by domain, and what everything in it depends on. */
export interface Draft {
  readonly chance: Chance;
  /** The local day of the district on which the demo begins. */
  readonly today: string;
  readonly schools: Write[];
  readonly people: Write[];
  readonly students: Write[];
}

/** A school year of the demo: 1 August to 31 July. */
export interface Year {
  readonly id: string;
  readonly name: string;
  readonly firstDay: string;
  /** The day after the last one. */
  readonly endDay: string;
}

export interface SeededSchool {
  readonly id: string;
  readonly name: string;
  readonly level: "high" | "middle" | "elementary";
  /** Grade codes, the youngest first. */
  readonly grades: readonly string[];
}

/** The ids that people and students refer to. */
export interface SeededSchools {
  readonly schools: readonly SeededSchool[];
  readonly lastYear: Year;
  readonly thisYear: Year;
  /** Grade code to id. */
  readonly gradeIds: ReadonlyMap<string, string>;
}
