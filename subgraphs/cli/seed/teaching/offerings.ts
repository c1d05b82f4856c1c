import { courses, type SubjectCode } from "./courses.ts";

/** A course within an offering: in which terms of the year and on which days of the rotation (both counted from 0; null: all) it is taught. */
export interface Part {
  readonly course: string;
  readonly subject: SubjectCode;
  readonly terms: readonly number[] | null;
  readonly days: readonly number[] | null;
}

/** What a student asks for as one thing, in one slot of the timetable: mostly one course, sometimes two that share its hours. */
export interface Offering {
  readonly key: string;
  readonly parts: readonly Part[];
  /** Seats in a section. */
  readonly seats: number;
  /** Offered however few ask for it. Others are not held for a handful: who asked gets `instead`, or another elective. */
  readonly required: boolean;
  readonly instead: string | null;
  /** May be taken year after year. */
  readonly repeatable: boolean;
}

const part = (course: string, terms: readonly number[] | null = null, days: readonly number[] | null = null): Part => ({ course, subject: courses.get(course)!.subject, terms, days });

function offering(key: string, parts: readonly Part[], options: Partial<Offering> = {}): [string, Offering] {
  return [key, { key, parts, seats: 27, required: false, instead: null, repeatable: false, ...options }];
}
const plain = (list: string, options: Partial<Offering> = {}) => list.split(" ").map((key) => offering(key, [part(key)], options));
const unless = (pairs: Readonly<Record<string, string>>, options: Partial<Offering> = {}) => Object.entries(pairs).map(([key, instead]) => offering(key, [part(key)], { instead, ...options }));

export const highOfferings: ReadonlyMap<string, Offering> = new Map([
  ...plain("ENG9 ENG10 ENG11 ENG12 ALG1 GEOM ALG2 STAT BIO CHEM PHYS GEOG WHIST USHIST", { required: true }),
  ...unless({ ENG9H: "ENG9", ENG10H: "ENG10", APLANG: "ENG11", APLIT: "ENG12", PCALC: "STAT", APCALC: "STAT", FINM: "STAT", ENVS: "CHEM", ANAT: "PHYS", APBIO: "PHYS", APUSH: "USHIST" }),
  ...unless({ FRE1: "SPA1", FRE2: "SPA2", FRE3: "SPA3" }),
  ...plain("SPA1 SPA2 SPA3 PSYCH ART1 ART2 CERAM DRAMA COMP1 APCSP FOODS AUTO BUS"),
  ...plain("WTRN BAND CHOIR", { repeatable: true, seats: 34 }),
  // One after the other in the same hours, a semester each.
  offering("PEHL", [part("PE9", [0]), part("HLTH", [1])], { required: true, seats: 34 }),
  offering("GOVEC", [part("GOV", [0]), part("ECON", [1])], { required: true }),
  offering("STUDY", [part("STUDY")], { required: true, repeatable: true, seats: 45 }),
]);

/** Before the day begins: for middle schoolers who are ahead. */
export const zeroPeriod: Offering = offering("GEOM0", [part("GEOM")], { required: true })[1];

const odd = [0, 2, 4];
const even = [1, 3, 5];
const withPe = (course: string, options: Partial<Offering> = {}) => offering(`PE+${course}`, [part("MPE", null, odd), part(course, null, even)], { repeatable: true, seats: 28, ...options });

export const middleOfferings: ReadonlyMap<string, Offering> = new Map([
  ...plain("ELA6 ELA7 ELA8 MTH6 MTH7 MTH8 SCI6 SCI7 SCI8 SOC6 SOC7 SOC8", { required: true }),
  ...unless({ MTH6A: "MTH6", MTH7A: "MTH7", MTH8A: "MTH8" }),
  // Physical education on odd days of the rotation, one of the others on even ones.
  withPe("MART", { required: true }), withPe("MMUS", { instead: "PE+MART" }), withPe("MTEC", { instead: "PE+MART" }),
  ...plain("MSPA", { required: true, repeatable: true }), ...unless({ MREAD: "MSPA", MBAND: "MSPA" }, { repeatable: true }),
]);

/** The groups of a middle school that begin the day together. */
export const advisory: Offering = offering("ADV", [part("ADV")], { required: true, repeatable: true })[1];
