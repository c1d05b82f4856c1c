import type { Column } from "./columns.ts";
import { toDay } from "./day.ts";
import { quoted, type DeviationCode } from "./deviation.ts";

/** What one cell says: its value, null when blank or unusable, and how it departs from the specification. */
export interface CellReading {
  value: string | number | boolean | string[] | null;
  faults: { code: DeviationCode; message: string }[];
}

type Scalar = string | number | boolean;

/** A value that was understood, perhaps with a remark; or undefined when it was not. */
interface Understood {
  value: Scalar;
  remark?: { code: DeviationCode; message: string };
}

/**
 * Reads one cell by the kind of its column. Never throws. A value that cannot be understood is fatal
 * where the row needs it, and in dates (a dropped end date would keep a student enrolled for ever);
 * elsewhere it is left out with a warning, so that one bad value does not hide a record.
 */
export function readCell(raw: string, column: Column): CellReading {
  const faults: CellReading["faults"] = [];
  const text = raw.trim();
  const unusual = /[\u0000\r\n]/.test(text);
  if (unusual && text.includes("\u0000")) {
    return { value: null, faults: [{ code: "value-unreadable", message: "The cell holds a NUL character, which no record can store. Export the file again as plain text." }] };
  }
  if (column.kind === "secret") {
    if (text !== "") faults.push({ code: "password-ignored", message: "The password was not read and is kept nowhere. Leave passwords out of the export." });
    return { value: null, faults };
  }
  if (looksLikeFormula(text, column)) {
    faults.push({ code: "value-formula", message: `${quoted(text)} begins like a spreadsheet's formula. It is kept as text, letter for letter; never let a spreadsheet reckon it.` });
  }
  if (unusual) faults.push({ code: "value-line-break", message: "The cell holds a line break. It is kept; write it on one line." });
  if (column.kind === "texts" || column.kind === "references" || column.kind === "choices") {
    const value = readList(text, column, faults);
    if (column.required && value.length === 0) faults.push(missing);
    return { value, faults };
  }
  if (text === "") {
    if (column.required) faults.push(missing);
    return { value: null, faults };
  }
  return { value: readScalar(text, column, faults), faults };
}

const missing = { code: "value-missing", message: "The cell is blank, and the row cannot be read without it. Fill it in the source system." } as const;

/** What a spreadsheet would run when it opens the file. A telephone number and a negative one begin so too. */
function looksLikeFormula(text: string, column: Column): boolean {
  return (column.kind === "text" || column.kind === "texts") && /^[=+\-@]/.test(text) && !/^[+-]?[\d\s().,/-]*$/.test(text);
}

function readList(text: string, column: Column, faults: CellReading["faults"]): string[] {
  const items = text.split(",").map((item) => item.trim()).filter((item) => item !== "");
  const unique = [...new Set(items)];
  if (unique.length < items.length) faults.push({ code: "list-item-repeated", message: `The list ${quoted(text)} names the same item twice. It is counted once.` });
  if (column.kind !== "choices") return unique;
  return unique.map((item) => readScalar(item, { ...column, kind: "choice", required: false }, faults)).filter((item) => typeof item === "string");
}

function readScalar(text: string, column: Column, faults: CellReading["faults"]): Scalar | null {
  const understood = understand(text, column);
  if (understood === undefined) {
    const fatal = column.required || column.kind === "day";
    faults.push({
      code: fatal ? "value-unreadable" : "value-dropped",
      message: `${quoted(text)} is not ${expectation(column)}. ${fatal ? "Correct it in the source system." : "The value is left out."}`,
    });
    return null;
  }
  if (understood.remark !== undefined) faults.push(understood.remark);
  return understood.value;
}

function understand(text: string, column: Column): Understood | undefined {
  switch (column.kind) {
    case "boolean": return readBoolean(text);
    case "day": return readDay(text);
    case "year": return readYear(text);
    case "whole": return /^-?\d{1,15}$/.test(text) ? { value: Number(text) } : undefined;
    case "decimal": return /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? { value: Number(text) } : undefined;
    case "choice": return readChoice(text, column);
    default: return { value: text };
  }
}

function readBoolean(text: string): Understood | undefined {
  if (text === "true" || text === "false") return { value: text === "true" };
  const folded = text.toLowerCase();
  if (folded === "true" || folded === "false") return { value: folded === "true", remark: { code: "value-case", message: `${quoted(text)} is read as "${folded}". Write it in lower case.` } };
  const value = ["yes", "y", "1"].includes(folded) ? true : ["no", "n", "0"].includes(folded) ? false : undefined;
  return value === undefined ? undefined : { value, remark: reformat(text, String(value)) };
}

function readDay(text: string): Understood | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})(T.*)?$/.exec(text);
  if (iso !== null) {
    const value = toDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
    return value === null ? undefined : iso[4] === undefined ? { value } : { value, remark: reformat(text, value) };
  }
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (american === null) return undefined;
  const value = toDay(Number(american[3]), Number(american[1]), Number(american[2]));
  return value === null ? undefined : { value, remark: reformat(text, value) };
}

/** A school year is named by the year in which it ends; "2018-2019" and "2018-19" are read so. */
function readYear(text: string): Understood | undefined {
  if (/^[12]\d{3}$/.test(text)) return { value: Number(text) };
  const span = /^([12]\d{3})[-/](\d{4}|\d{2})$/.exec(text);
  if (span === null) return undefined;
  const end = Number(span[1]) + 1;
  return String(end).endsWith(span[2] ?? "") ? { value: end, remark: reformat(text, String(end)) } : undefined;
}

function readChoice(text: string, column: Column & { kind: "choice" | "choices" }): Understood | undefined {
  if (column.values.includes(text)) return { value: text };
  if (text.startsWith("ext:") && text.length > 4) {
    return column.extensible ? { value: text } : undefined;
  }
  const known = column.values.find((value) => value.toLowerCase() === text.toLowerCase());
  if (known !== undefined) return { value: known, remark: { code: "value-case", message: `${quoted(text)} is read as "${known}". Write it so.` } };
  const later = column.later.find((value) => value.toLowerCase() === text.toLowerCase());
  if (later !== undefined) return { value: later, remark: { code: "value-of-later-version", message: `"${later}" is not a value of this version of OneRoster. It is read as another version means it.` } };
  return undefined;
}

function reformat(text: string, value: string): { code: DeviationCode; message: string } {
  return { code: "value-format", message: `${quoted(text)} is read as ${value}. Write it so.` };
}

function expectation(column: Column): string {
  switch (column.kind) {
    case "boolean": return "true or false";
    case "day": return "a day of the calendar written YYYY-MM-DD";
    case "year": return "a year written YYYY";
    case "whole": return "a whole number";
    case "decimal": return "a number";
    case "choice":
    case "choices": return `one of ${column.values.join(", ")}`;
    default: return "a value";
  }
}

/**
 * An instant of `dateLastModified`: ISO 8601 with an offset, given back in UTC; null when it is none.
 */
export function readInstant(text: string): string | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.exec(text);
  if (parts === null || toDay(Number(parts[1]), Number(parts[2]), Number(parts[3])) === null) return null;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString();
}
