import type { Problem } from "../rostering/imports/files.ts";
import type { ImportedRow, RowChange } from "../rostering/imports/ledger.ts";
import { awaitsWord, stopped, type Outcome } from "../rostering/imports/run.ts";
import { describeStops } from "../rostering/imports/thresholds.ts";

export interface ImportHeading {
  /** The import's id, for undoing it; null where nothing was kept. */
  id: string | null;
  district: string;
  source: string;
  format: string;
  written: boolean;
  seconds: number;
}

const shown = 20;
const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, "?");

/** What an import did or would do, for a terminal: in all, by type of record, and the first rows of each kind. */
export function describeImport(outcome: Outcome, about: ImportHeading): string {
  const lines = [`${about.source}, ${about.format}, into ${about.district}${about.written ? "" : " (nothing is written)"}:`];
  lines.push(...table([["", "known", "new", "changed", "withdrawn", "unchanged", "left out"], ...outcome.counts.filter(({ schoolId }) => schoolId === null).map((c) => [c.file, c.known, c.created, c.changed, c.withdrawn, c.unchanged, c.excluded])]));
  const types = Object.entries(outcome.changes.counts).map(([type, actions]) => {
    const said = [["CREATED", "added"], ["UPDATED", "changed"], ["ARCHIVED", "archived"], ["RESTORED", "restored"]] as const;
    return `  ${type.padEnd(20)} ${said.flatMap(([action, word]) => (actions[action] === undefined ? [] : [`${actions[action]} ${word}`])).join(", ")}`;
  });
  if (types.length > 0) lines.push("Records of the district:", ...types);
  for (const [title, action] of [["Withdrawn", "WITHDRAW"], ["Changed", "CHANGE"]] as const) lines.push(...examples(title, outcome.rows.filter((row) => row.action === action)));
  if (outcome.candidates.length > 0) lines.push(...candidates(outcome));
  lines.push(...problems(outcome.problems));
  if (stopped(outcome)) lines.push("Stopped, since so much would be withdrawn:", ...describeStops(outcome.counts, (id) => `the school ${id}`).map((line) => `  ${line}`));
  if (outcome.changes.changed === 0) lines.push(`0 changes: everything ${about.written ? "was" : "is"} here already.`);
  else lines.push(about.written ? `${outcome.changes.changed} changes made in ${about.seconds.toFixed(1)} s.` : `${outcome.changes.changed} changes would be made; nothing was.`);
  if (about.written && about.id !== null) lines.push(`Import ${about.id}. To take it back: osss import undo ${about.id}`);
  return lines.join("\n");
}

function table(rows: readonly (readonly (string | number)[])[]): string[] {
  if (rows.length < 2) return [];
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => String(row[at]).length)));
  return rows.map((row) => `  ${row.map((cell, at) => (at === 0 ? String(cell).padEnd(widths[at]!) : String(cell).padStart(widths[at]!))).join("  ")}`.trimEnd());
}

function examples(title: string, rows: readonly ImportedRow[]): string[] {
  if (rows.length === 0) return [];
  const lines = rows.slice(0, shown).map(({ file, line, label, changes }) => `  ${file}${line === null ? "" : ` line ${line}`}: ${plain(label)}${changes.length === 0 ? "" : ` (${changes.map(said).slice(0, 4).join("; ")})`}`);
  if (rows.length > shown) lines.push(`  and ${rows.length - shown} more`);
  return [`${title}:`, ...lines];
}

/** Ids mean nothing to a reader. */
const id = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const value = (of: unknown): string => (of === null ? "nothing" : typeof of === "string" && id.test(of) ? "another record" : plain(typeof of === "string" ? of : JSON.stringify(of)).slice(0, 60));

function said({ recordType, action, fields }: RowChange): string {
  if (action === "CREATED") return `new ${recordType}`;
  if (action === "ARCHIVED") return `${recordType} archived`;
  if (action === "RESTORED") return `${recordType} restored`;
  return fields.slice(0, 3).map(({ field, before, after }) => `${recordType}.${field}: ${value(before)} -> ${value(after)}`).join(", ");
}

function candidates(outcome: Outcome): string[] {
  const lines = outcome.candidates.slice(0, shown).map(({ sourcedId, label, personId, reasons, likely }) => `  ${plain(label)} (${plain(sourcedId)}) ${likely ? "is likely" : "may be"} the person ${personId}: ${reasons.join(", ").toLowerCase().replaceAll("_", " ")}`);
  if (outcome.candidates.length > shown) lines.push(`  and ${outcome.candidates.length - shown} more`);
  return [awaitsWord(outcome) ? "People who resemble others; decide about the likely ones first (--same, --new-people):" : "People who resemble others:", ...lines];
}

/** What the reader had told before the import began is not told again. What is said of many lines of a file is said once, with the first of them. */
export function problems(all: readonly Problem[]): string[] {
  const notes = Map.groupBy(all.filter(({ severity, code }) => severity === "NOTE" || code.startsWith("derived")), ({ file, message }) => `${file}\n${message}`);
  const lines = [...notes.values()].slice(0, shown).map((same) => `  ${placeOf(same)}${plain(same[0]!.message)}`);
  if (notes.size > shown) lines.push(`  and ${notes.size - shown} more`);
  return lines;
}

function placeOf(same: readonly Problem[]): string {
  const { file } = same[0]!;
  const numbers = same.flatMap(({ line }) => (line === null ? [] : [line]));
  if (file === "") return "";
  if (numbers.length < 2) return `${file}${numbers.length === 0 ? "" : ` line ${numbers[0]}`}: `;
  const [first, rest] = [numbers.slice(0, 3), numbers.length - 3];
  return `${file} lines ${rest > 0 ? `${first.join(", ")} and ${rest} more` : `${first.slice(0, -1).join(", ")} and ${first.at(-1)}`}: `;
}
