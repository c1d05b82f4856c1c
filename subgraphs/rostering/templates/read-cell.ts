import { readCell } from "../oneroster/cells.ts";
import { quoted, type DeviationCode } from "../oneroster/deviation.ts";
import type { TemplateColumn } from "./columns.ts";

export interface TemplateCell {
  value: string | number | boolean | null;
  faults: { code: DeviationCode; message: string }[];
}

const flags: Readonly<Record<string, boolean>> = { yes: true, y: true, true: true, 1: true, x: true, no: false, n: false, false: false, 0: false };

/**
 * Reads one cell. What cannot be understood is a fault in every column: an office that wrote something meant it. Never throws. Text that a
 * spreadsheet shields from itself (`="00123"`) is unpacked; any other formula is text like any text, and nothing ever computes it.
 */
export function readTemplateCell(raw: string, column: TemplateColumn): TemplateCell {
  const shielded = /^="([^"]*)"$/.exec(raw.trim());
  const written = shielded?.[1] ?? raw;
  const text = written.trim();
  if (text === "") return { value: null, faults: column.required ? [{ code: "value-missing", message: `The cell is blank, and the row cannot be read without it. Fill it in: ${column.meaning}` }] : [] };
  if (column.kind === "flag") {
    const value = flags[text.toLowerCase()];
    return value === undefined ? refused(`${quoted(text)} is neither yes nor no. Write one of the two${column.required ? "" : ", or clear the cell"}.`) : { value, faults: [] };
  }
  // A value that is there is needed: readCell would leave out what a row can do without.
  const reading = readCell(written, column.kind === "choice" ? { kind: "choice", required: true, values: column.values ?? [], later: [], extensible: false } : { kind: column.kind, required: true });
  const value = reading.value as string | number | null;
  const outside = value === null ? null : outsideOf(value, column);
  if (outside !== null) return refused(outside);
  return { value, faults: reading.faults.map(({ code, message }) => ({ code, message: message.replace("in the source system", "in the file") })) };
}

const refused = (message: string): TemplateCell => ({ value: null, faults: [{ code: "value-unreadable", message }] });

function outsideOf(value: string | number, { maxLength, min, max }: TemplateColumn): string | null {
  if (typeof value === "string") return maxLength !== undefined && value.length > maxLength ? `The cell has ${value.length} characters; at most ${maxLength} can be kept. Shorten it.` : null;
  if (min !== undefined && value < min) return `${value} is too little: at least ${min} is possible. Correct it.`;
  return max !== undefined && value > max ? `${value} is too much: at most ${max} is possible. Correct it.` : null;
}
