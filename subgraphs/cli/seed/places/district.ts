import { plusYears } from "../days.ts";
import type { Draft } from "../draft.ts";
import { allGrades, gradeCode, gradeTitle } from "./grades.ts";

export const districtName = "Alder Valley Unified School District";
export const districtCode = "AVUSD";

/** A school year of the demo: 1 August to 31 July. */
export interface Year {
  readonly id: string;
  readonly name: string;
  readonly firstDay: string;
  /** The day after the last one. */
  readonly endDay: string;
  /** 0 is the year of today, -1 the one before. */
  readonly offset: number;
}

export const programs = {
  ESL: ["English language development", "EL", "SCHOOL"],
  GATE: ["Gifted and talented", "GIFTED", "SCHOOL"],
  TUTOR: ["After-school tutoring", "OTHER", "SCHOOL"],
  IEP: ["Special education", "IEP", "SUPPORT"],
  "504": ["Section 504 plan", "SECTION_504", "SUPPORT"],
  MV: ["McKinney-Vento support", "HOMELESS", "SUPPORT"],
  FOSTER: ["Foster care liaison", "FOSTER", "SUPPORT"],
  MIG: ["Migrant education", "MIGRANT", "SUPPORT"],
} as const;
export type ProgramCode = keyof typeof programs;

/** What all schools of the district share. */
export interface District {
  readonly organization: string;
  /** The years with schedules and days, the oldest first; the last one holds today. */
  readonly years: readonly Year[];
  readonly thisYear: Year;
  readonly gradeIds: ReadonlyMap<number, string>;
  readonly programIds: ReadonlyMap<ProgramCode, string>;
}

export function planDistrict(draft: Draft, yearCount: number): District {
  const organization = draft.add("schools", "Organization", { name: districtName, kind: "DISTRICT", identifier: "4199001" });
  for (const name of ["Transportation", "Nutrition Services", "Student Services"]) draft.add("schools", "Organization", { name, kind: "DEPARTMENT", parent: organization });
  const gradeIds = new Map(allGrades.map((grade) => [grade, draft.add("schools", "GradeLevel", { code: gradeCode(grade), title: gradeTitle(grade), sequence: grade })] as const));
  const years = Array.from({ length: yearCount }, (_, index) => planYear(draft, index - yearCount + 1, index === yearCount - 1 ? "OPEN" : "CLOSED"));
  planYear(draft, 1, "PLANNED");
  const programIds = new Map(
    (Object.entries(programs) as [ProgramCode, (typeof programs)[ProgramCode]][]).map(([code, [title, kind, tier]]) => [code, draft.add("students", "Program", { code, title, kind, tier })] as const),
  );
  return { organization, years, thisYear: years.at(-1)!, gradeIds, programIds };
}

/** The school year that holds today, or one `offset` years later. */
function planYear(draft: Draft, offset: number, status: "CLOSED" | "OPEN" | "PLANNED"): Year {
  const start = Number(draft.today.slice(0, 4)) - (draft.today.slice(5) < "08-01" ? 1 : 0) + offset;
  const firstDay = `${start}-08-01`;
  const year = { name: `${start}-${String(start + 1).slice(2)}`, firstDay, endDay: plusYears(firstDay, 1) };
  return { id: draft.add("schools", "SchoolYear", { ...year, status }), ...year, offset };
}
