import type { Draft } from "../draft.ts";

export const subjects = {
  ENG: "English language arts", MTH: "Mathematics", SCI: "Science", SOC: "Social studies", WL: "World languages",
  PE: "Physical education and health", ART: "Visual and performing arts", CTE: "Career and technical education", GEN: "General",
} as const;
export type SubjectCode = keyof typeof subjects;

const levels = { REG: ["Regular", 10], HON: ["Honors", 20], AP: ["Advanced Placement", 30] } as const;
export type LevelCode = keyof typeof levels;

export interface Course {
  readonly code: string;
  readonly title: string;
  readonly subject: SubjectCode;
  readonly level: LevelCode;
  /** For the whole course; 0 below grade 9. */
  readonly credits: number;
  readonly grading: "MARKS" | "STANDARDS" | "NONE";
}

type Row = readonly [code: string, title: string, subject: SubjectCode, credits: number, level?: LevelCode];

const high: readonly Row[] = [
  ["ENG9", "English 9", "ENG", 1], ["ENG9H", "English 9 Honors", "ENG", 1, "HON"], ["ENG10", "English 10", "ENG", 1], ["ENG10H", "English 10 Honors", "ENG", 1, "HON"],
  ["ENG11", "English 11", "ENG", 1], ["APLANG", "AP English Language", "ENG", 1, "AP"], ["ENG12", "English 12", "ENG", 1], ["APLIT", "AP English Literature", "ENG", 1, "AP"],
  ["ALG1", "Algebra I", "MTH", 1], ["GEOM", "Geometry", "MTH", 1], ["ALG2", "Algebra II", "MTH", 1], ["PCALC", "Precalculus", "MTH", 1, "HON"], ["APCALC", "AP Calculus AB", "MTH", 1, "AP"],
  ["STAT", "Statistics", "MTH", 1], ["FINM", "Financial mathematics", "MTH", 1],
  ["BIO", "Biology", "SCI", 1], ["CHEM", "Chemistry", "SCI", 1], ["ENVS", "Environmental science", "SCI", 1], ["PHYS", "Physics", "SCI", 1], ["ANAT", "Anatomy", "SCI", 1], ["APBIO", "AP Biology", "SCI", 1, "AP"],
  ["GEOG", "World geography", "SOC", 1], ["WHIST", "World history", "SOC", 1], ["USHIST", "United States history", "SOC", 1], ["APUSH", "AP United States History", "SOC", 1, "AP"],
  ["GOV", "Government", "SOC", 0.5], ["ECON", "Economics", "SOC", 0.5], ["PSYCH", "Psychology", "SOC", 1],
  ["SPA1", "Spanish I", "WL", 1], ["SPA2", "Spanish II", "WL", 1], ["SPA3", "Spanish III", "WL", 1, "HON"], ["FRE1", "French I", "WL", 1], ["FRE2", "French II", "WL", 1], ["FRE3", "French III", "WL", 1, "HON"],
  ["PE9", "Physical education 9", "PE", 0.5], ["HLTH", "Health", "PE", 0.5], ["WTRN", "Strength and conditioning", "PE", 1],
  ["ART1", "Art I", "ART", 1], ["ART2", "Art II", "ART", 1], ["CERAM", "Ceramics", "ART", 1], ["BAND", "Concert band", "ART", 1], ["CHOIR", "Choir", "ART", 1], ["DRAMA", "Theater", "ART", 1],
  ["COMP1", "Computer science I", "CTE", 1], ["APCSP", "AP Computer Science Principles", "CTE", 1, "AP"], ["FOODS", "Culinary arts", "CTE", 1], ["AUTO", "Automotive technology", "CTE", 1], ["BUS", "Business and marketing", "CTE", 1],
  ["STUDY", "Study hall", "GEN", 0],
];

const middle: readonly Row[] = [
  ...[6, 7, 8].flatMap((grade): Row[] => [
    [`ELA${grade}`, `English language arts ${grade}`, "ENG", 0], [`MTH${grade}`, `Mathematics ${grade}`, "MTH", 0], [`MTH${grade}A`, `Mathematics ${grade} accelerated`, "MTH", 0, "HON"],
    [`SCI${grade}`, `Science ${grade}`, "SCI", 0], [`SOC${grade}`, `Social studies ${grade}`, "SOC", 0],
  ]),
  ["MPE", "Physical education", "PE", 0], ["MART", "Art", "ART", 0], ["MMUS", "Music", "ART", 0], ["MTEC", "Technology", "CTE", 0],
  ["MSPA", "Exploratory Spanish", "WL", 0], ["MREAD", "Reading workshop", "ENG", 0], ["MBAND", "Beginning band", "ART", 0],
  ["ADV", "Advisory", "GEN", 0],
];

const elementary: readonly Row[] = [["CLS", "Elementary class", "GEN", 0], ["PKCLS", "Pre-kindergarten class", "GEN", 0]];

const ungraded = new Set(["STUDY", "ADV", "PKCLS"]);

export const courses: ReadonlyMap<string, Course> = new Map(
  [...high, ...middle, ...elementary].map(([code, title, subject, credits, level = "REG"]) => [code, { code, title, subject, level, credits, grading: ungraded.has(code) ? "NONE" : code === "CLS" ? "STANDARDS" : "MARKS" }]),
);

export interface Catalog {
  readonly subjectIds: ReadonlyMap<SubjectCode, string>;
  readonly levelIds: ReadonlyMap<LevelCode, string>;
  readonly courseIds: ReadonlyMap<string, string>;
}

/** The district's catalog, as everything that has to do with courses refers to it. */
export function planCatalog(draft: Draft): Catalog {
  const subjectIds = new Map((Object.entries(subjects) as [SubjectCode, string][]).map(([code, title]) => [code, draft.add("academics", "Subject", { code, title })]));
  const levelIds = new Map((Object.entries(levels) as [LevelCode, (typeof levels)[LevelCode]][]).map(([code, [title, sequence]]) => [code, draft.add("academics", "CourseLevel", { code, title, sequence })]));
  const courseIds = new Map(
    [...courses.values()].map(({ code, title, subject, level, credits, grading }) => [
      code,
      draft.add("academics", "Course", { code, title, subject: subjectIds.get(subject)!, level: credits > 0 ? levelIds.get(level)! : null, credits: String(credits), grading }),
    ]),
  );
  return { subjectIds, levelIds, courseIds };
}
