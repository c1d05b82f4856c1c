import type { Chance } from "../chance.ts";

/** What a student asks for in grades 9 to 12, eight offerings in each: the same on a transcript of two years ago and on today's timetable. */
export type Pathway = ReadonlyMap<number, readonly string[]>;

const electives = "ART1 DRAMA FOODS AUTO BUS PSYCH COMP1 CHOIR WTRN".split(" ");
const repeatable = new Set(["CHOIR", "WTRN", "BAND", "STUDY"]);
const paths = {
  arts: ["ART1", "ART2", "CERAM", "DRAMA"],
  music: ["BAND", "BAND", "BAND", "BAND"],
  technology: ["COMP1", "APCSP", "BUS", "AUTO"],
  trades: ["FOODS", "AUTO", "BUS", "WTRN"],
} as const;

export function highSchoolPathway(chance: Chance, ability: number): Pathway {
  const strong = ability > 0.8;
  const ahead = ability > 1 || chance.happens(0.1);
  const mathematics = ahead ? ["GEOM", "ALG2", "PCALC", strong ? "APCALC" : "STAT"] : ["ALG1", "GEOM", "ALG2", ability > -0.2 ? "STAT" : "FINM"];
  const language = chance.weighed([["SPA", 68], ["FRE", 20], [null, 12]] as const);
  const path = paths[chance.weighed([["arts", 30], ["music", 22], ["technology", 26], ["trades", 22]] as const)];
  const asked = new Set<string>([...mathematics, ...path]);
  const elective = (): string => {
    const open = electives.filter((key) => !asked.has(key) || key === "WTRN");
    const key = open.length === 0 ? "WTRN" : chance.pick(open);
    asked.add(key);
    return key;
  };
  const languageOr = (year: 1 | 2 | 3) => (language === null || (year === 3 && ability < 0.2) ? elective() : `${language}${year}`);
  const plan = [
    [strong ? "ENG9H" : "ENG9", mathematics[0]!, "BIO", "GEOG", "PEHL", languageOr(1), path[0], elective()],
    [strong ? "ENG10H" : "ENG10", mathematics[1]!, ability > -0.5 ? "CHEM" : "ENVS", "WHIST", languageOr(2), path[1], elective(), "WTRN"],
    [strong ? "APLANG" : "ENG11", mathematics[2]!, ability > 1.2 ? "APBIO" : ability > -0.3 ? "PHYS" : "ANAT", ability > 0.6 ? "APUSH" : "USHIST", languageOr(3), path[2], elective(), chance.happens(0.3) ? "STUDY" : elective()],
    [strong ? "APLIT" : "ENG12", mathematics[3]!, "GOVEC", ability > 0 ? "ANAT" : "ENVS", path[3], elective(), chance.happens(0.3) ? "STUDY" : elective(), "STUDY"],
  ];
  return new Map(plan.map((keys, index) => [9 + index, withoutRepeats(keys, plan.slice(0, index).flat())]));
}

/** Nobody asks for a course twice: what would be one is a free hour. */
function withoutRepeats(keys: readonly string[], before: readonly string[]): string[] {
  return keys.map((key, index) => (keys.indexOf(key) < index || (!repeatable.has(key) && before.includes(key)) ? "STUDY" : key));
}

export function middleSchoolRequests(chance: Chance, grade: number, ability: number): string[] {
  return [
    `ELA${grade}`, ability > 0.9 ? `MTH${grade}A` : `MTH${grade}`, `SCI${grade}`, `SOC${grade}`,
    chance.weighed([["PE+MART", 4], ["PE+MMUS", 3], ["PE+MTEC", 3]]), ability < -0.9 ? "MREAD" : chance.weighed([["MSPA", 6], ["MBAND", 3], ["MREAD", 1]]),
  ];
}
