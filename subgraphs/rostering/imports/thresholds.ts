import type { ImportedRow } from "./ledger.ts";

/** How many records of one file an import creates, changes and withdraws: in the district (`schoolId` null), or at one school. */
export interface Count {
  file: string;
  schoolId: string | null;
  /** Records that the source had named before and not withdrawn. */
  known: number;
  created: number;
  changed: number;
  withdrawn: number;
  unchanged: number;
  excluded: number;
  /** More of the known ones are withdrawn than may be without somebody's word. */
  stops: boolean;
}

type Counted = Pick<ImportedRow, "file" | "schoolId" | "action">;
const columns = { CREATE: "created", CHANGE: "changed", WITHDRAW: "withdrawn", UNCHANGED: "unchanged", EXCLUDED: "excluded" } as const;
const keyOf = (file: string, schoolId: string | null) => `${file} ${schoolId ?? ""}`;

/**
 * Counts rows by file and by file and school. Withdrawing more than `stopPercent` of what is known of one of these stops the import (SCHOOL-RULES,
 * OneRoster: 10 % unless told, per type and per school, section rosters included): most of what vanishes from a file vanishes by mistake. `known`
 * counts what the source named before; a package of changes names few of them.
 */
export function countRows(rows: Iterable<Counted>, known: readonly Pick<Count, "file" | "schoolId" | "known">[], stopPercent: number): Count[] {
  const counts = new Map<string, Count>();
  const countOf = (file: string, schoolId: string | null) => {
    const key = keyOf(file, schoolId);
    const count = counts.get(key) ?? { file, schoolId, known: 0, created: 0, changed: 0, withdrawn: 0, unchanged: 0, excluded: 0, stops: false };
    counts.set(key, count);
    return count;
  };
  for (const { file, schoolId, action } of rows) {
    if (file === "") continue;
    countOf(file, null)[columns[action]] += 1;
    if (schoolId !== null) countOf(file, schoolId)[columns[action]] += 1;
  }
  for (const { file, schoolId, known: before } of known) {
    const all = counts.get(keyOf(file, null));
    if (all === undefined) continue;
    all.known += before;
    if (schoolId !== null) countOf(file, schoolId).known += before;
  }
  for (const count of counts.values()) count.stops = count.withdrawn * 100 > stopPercent * count.known;
  return [...counts.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : (a.schoolId ?? "") < (b.schoolId ?? "") ? -1 : 1));
}

/** What stopped an import, for people: "enrollments.csv: 203 of 305 would be withdrawn (67 %)". Schools by name. */
export function describeStops(counts: readonly Count[], schoolName: (id: string) => string): string[] {
  return counts.filter(({ stops }) => stops).map(({ file, schoolId, withdrawn, known }) => {
    const at = schoolId === null ? "" : ` at ${schoolName(schoolId)}`;
    return `${file}${at}: ${withdrawn} of ${known} known would be withdrawn (${known === 0 ? 100 : Math.round((withdrawn * 100) / known)} %)`;
  });
}
