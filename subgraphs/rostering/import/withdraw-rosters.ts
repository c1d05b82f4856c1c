import type { AcrossDomains } from "#foundation/crud/across-domains";
import { isExcluded, type Decisions } from "../imports/decisions.ts";
import type { Ledger } from "../imports/ledger.ts";
import type { Gone } from "./gone.ts";
import type { RosterMemory, SectionDays, Spot } from "./plan-rosters.ts";
import type { Registry } from "./registered.ts";
import type { Roster } from "./rosters.ts";

const file = "enrollments.csv";
const portion = 1_000;

/** A row that the source names no longer, or calls deleted. */
export interface GoneRow {
  sourcedId: string;
  /** The line that calls it deleted. */
  line: number | null;
  /** False for one that the package still names, as something else. */
  told: boolean;
}

/** What of a roster the source names no longer: rows that are gone, rows that have become something else, rows of users who are gone. */
export function rostersToWithdraw({ roster, spots, gone, vanished, registry, decisions, leftOut, refuse }: {
  roster: Roster;
  spots: readonly Spot[];
  gone: Gone;
  /** Users whom the source no longer names. */
  vanished: ReadonlySet<string>;
  registry: Registry;
  decisions: Decisions;
  leftOut: ReadonlySet<string>;
  /** Told of rows that stay because somebody has refused the withdrawal of what they belong to. */
  refuse: (sourcedId: string, memory: RosterMemory) => void;
}): GoneRow[] {
  const here = new Set(spots.map(({ row }) => row.sourcedId));
  const listed = new Map(gone.of(file, registry.sourcedIds(roster.type)).map((row) => [row.sourcedId, row.line]));
  const rows: GoneRow[] = [];
  for (const [sourcedId, { memory }] of registry.entries<RosterMemory>(roster.type)) {
    // Whose withdrawal, or that of whose section, somebody has refused stays.
    if (isExcluded(decisions, "users.csv", memory.who) || isExcluded(decisions, "classes.csv", registry.holderOf("Section", memory.section) ?? "")) {
      if (listed.has(sourcedId)) refuse(sourcedId, memory);
      continue;
    }
    if (isExcluded(decisions, file, sourcedId) || leftOut.has(`${file} ${sourcedId}`)) continue;
    const named = gone.has(file, sourcedId);
    if (listed.has(sourcedId)) rows.push({ sourcedId, line: listed.get(sourcedId)!, told: true });
    else if (named && !here.has(sourcedId)) rows.push({ sourcedId, line: null, told: false });
    else if (!named && vanished.has(memory.who)) rows.push({ sourcedId, line: null, told: true });
  }
  return rows;
}

export interface Withdrawing {
  today: string;
  source: string;
  registry: Registry;
  ledger: Ledger;
  sections: ReadonlyMap<string, SectionDays>;
  labelOf: (memory: RosterMemory) => string;
}

/**
 * Ends what the source had brought and brings no longer, from the day of the import. What had ended by itself, or where the section is over,
 * is no withdrawal: sources leave out what is past.
 */
export async function withdrawRosters(across: AcrossDomains, roster: Roster, gone: readonly GoneRow[], { today, source, registry, ledger, sections, labelOf }: Withdrawing): Promise<void> {
  const running = gone.flatMap((row) => {
    const known = registry.find<RosterMemory>(roster.type, row.sourcedId);
    if (known === undefined || known.memory.ended === true) return [];
    const { to, section } = known.memory;
    const over = (to !== null && to <= today) || (sections.get(section)?.endDay ?? today) <= today;
    return over ? [] : [{ ...row, known }];
  });
  for (let from = 0; from < running.length; from += portion) {
    const part = running.slice(from, from + portion);
    await across.in(roster.domain, async (session) => {
      const records = new Map((await roster.byId(session, part.map(({ known }) => known.recordId))).map((row) => [row.id, row]));
      for (const { sourcedId, line, told, known } of part) {
        const { memory } = known;
        const record = records.get(known.recordId);
        registry.change<RosterMemory>(roster.type, sourcedId, { ...memory, ended: true });
        const ends = record === undefined || record.archivedAt !== null ? null : (record.toDate ?? null);
        // An end that the office has set is the office's.
        const open = record !== undefined && record.archivedAt === null && memory.local !== true && (ends === memory.to || ends === null) && (ends === null || ends > today);
        if (told) ledger.withdraw({ file, line, sourcedId, label: labelOf(memory), schoolId: sections.get(memory.section)?.schoolId ?? null });
        if (!open) continue;
        ledger.attribute(record.id, file, sourcedId);
        roster.end(session, record, today, source);
      }
    });
  }
}
