import type { Column } from "../oneroster/columns.ts";

export type CellValue = string | number | boolean | Date | readonly string[] | null | undefined;

/** A value as its column is written: one line, `true` and `false`, lists whose items hold no comma. */
export function cellText(value: CellValue, kind: Column["kind"]): string {
  // A password is never written, whoever gives one.
  if (value === null || value === undefined || kind === "secret") return "";
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item: string) => oneLine(item).replaceAll(",", ";")).join(",");
  if (kind === "decimal") return String(Number(value));
  if (kind === "whole" || kind === "year") return String(Math.round(Number(value)));
  return oneLine(String(value));
}

const oneLine = (text: string): string => text.replaceAll(/\s*[\r\n]+\s*/g, " ").trim();

/** One record of a CSV file (RFC 4180). */
export function csvRecord(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\r\n`;
}
