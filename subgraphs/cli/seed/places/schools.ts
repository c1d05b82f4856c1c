import type { Draft } from "../draft.ts";
import { planBells, type Bells } from "./bells.ts";
import { planCalendar, type Calendar } from "./calendar.ts";
import type { District } from "./district.ts";
import { preKindergarten } from "./grades.ts";
import { placeNames } from "./names.ts";

export type SchoolLevel = "high" | "middle" | "elementary";

export interface School {
  readonly id: string;
  /** "001" and so on. */
  readonly code: string;
  readonly name: string;
  readonly level: SchoolLevel;
  /** The youngest first. */
  readonly grades: readonly number[];
  /** Ids of the rotation days in order; empty in a school without a rotation. */
  readonly rotation: readonly string[];
  readonly bells: { readonly regular: Bells; readonly early: Bells };
  /** One for each year of the district, in the same order. */
  readonly calendars: readonly Calendar[];
}

/** Schools that pupils pass through together: a high school, a middle school, two elementary schools. A large district has several. */
export interface Zone {
  /** From 0. The stories and the demo users live in the first one. */
  readonly number: number;
  readonly high: School;
  readonly middle: School;
  readonly elementary: readonly [School, School];
  /** In the order of their codes. */
  readonly schools: readonly School[];
}

const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const kinds = [
  { level: "high", kind: "HIGH", title: "High School", short: "HS", grades: span(9, 12), rotation: ["A", "B"] },
  { level: "middle", kind: "MIDDLE", title: "Middle School", short: "MS", grades: span(6, 8), rotation: ["1", "2", "3", "4", "5", "6"] },
  { level: "elementary", kind: "ELEMENTARY", title: "Elementary School", short: "ES", grades: span(preKindergarten, 5), rotation: [] },
  { level: "elementary", kind: "ELEMENTARY", title: "Elementary School", short: "ES", grades: span(0, 5), rotation: [] },
] as const;

export function planZone(draft: Draft, district: District, number: number): Zone {
  const schools = kinds.map(({ level, kind, title, short, grades, rotation }, index): School => {
    const place = placeNames(number * kinds.length + index);
    const code = String(number * kinds.length + index + 1).padStart(3, "0");
    const id = draft.add("schools", "School", {
      code, name: `${place} ${title}`, shortName: `${place} ${short}`, kind, organization: district.organization, phone: `+1 541 555 01${code.slice(-2)}`,
      lowGrade: district.gradeIds.get(grades[0]!)!, highGrade: district.gradeIds.get(grades.at(-1)!)!,
    });
    const days = rotation.map((day, place) => draft.add("schools", "RotationDay", { school: id, code: day, sequence: place + 1 }));
    const plain = { id, code, name: `${place} ${title}`, level, grades, rotation: days, bells: planBells(draft, { id, level }) };
    for (const [room, roomKind, capacity, name] of commonRooms) draft.add("schools", "Room", { school: id, number: room, kind: roomKind, capacity, name });
    return { ...plain, calendars: district.years.map((year) => planCalendar(draft, plain, year)) };
  });
  const [high, middle, first, second] = schools as [School, School, School, School];
  return { number, high, middle, elementary: [first, second], schools };
}

/** Rooms that no teacher calls her own; classrooms come with the teachers. */
const commonRooms = [
  ["OFFICE", "OFFICE", 12, "Front office"],
  ["HEALTH", "OFFICE", 6, "Health office"],
  ["CAF", "CAFETERIA", 220, "Cafeteria"],
] as const;
