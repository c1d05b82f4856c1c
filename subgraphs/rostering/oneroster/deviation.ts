/**
 * Everything in a package that differs from the specification or from itself. "fatal" refuses the
 * whole package; "warning" is read on and told. The severity belongs to the code, so that one fault
 * weighs the same in every file.
 */
const severities = {
  // the package
  "package-unreadable": "fatal",
  "package-too-large": "fatal",
  "entry-name-unsafe": "fatal",
  "entry-encrypted": "fatal",
  "entry-damaged": "fatal",
  "entry-repeated": "fatal",
  "entry-nested": "warning",
  "entry-unknown": "warning",
  "entry-name-case": "warning",
  // the manifest and what it promises
  "manifest-missing": "fatal",
  "manifest-unreadable": "fatal",
  "manifest-incomplete": "warning",
  "manifest-property-unknown": "warning",
  "manifest-spelling": "warning",
  "manifest-version": "warning",
  "version-unsupported": "fatal",
  "version-contradicted": "fatal",
  "version-older": "warning",
  "file-mode-unknown": "fatal",
  "file-missing": "fatal",
  "file-undeclared": "fatal",
  "file-unexpected": "fatal",
  // a file as a whole
  "encoding-unreadable": "fatal",
  "quoting-broken": "fatal",
  "record-too-long": "fatal",
  "file-too-wide": "fatal",
  "file-too-long": "fatal",
  "header-missing": "fatal",
  "column-missing": "fatal",
  "column-repeated": "fatal",
  "column-absent": "warning",
  "column-name-case": "warning",
  "column-name-former": "warning",
  "column-unknown": "warning",
  "header-order": "warning",
  "metadata-not-last": "warning",
  "header-only": "warning",
  // a row or a cell
  "row-width": "fatal",
  "rows-misfit": "fatal",
  "row-trailing-cells": "warning",
  "value-missing": "fatal",
  "value-unreadable": "fatal",
  "value-dropped": "warning",
  "value-case": "warning",
  "value-format": "warning",
  "value-extension": "warning",
  "value-of-later-version": "warning",
  "value-line-break": "warning",
  "value-formula": "warning",
  "list-item-repeated": "warning",
  "lists-unequal": "warning",
  "id-repeated": "fatal",
  "id-too-long": "fatal",
  "id-characters": "warning",
  "user-id-malformed": "warning",
  "password-ignored": "warning",
  "status-in-bulk": "warning",
  "deleted-in-bulk": "warning",
  "reference-dangling": "fatal",
  "reference-type": "warning",
  // what rows say together
  "span-inverted": "fatal",
  "span-empty": "warning",
  "sessions-inclusive-ends": "warning",
  "sessions-mixed-ends": "warning",
  "sessions-start-year": "warning",
  "sessions-mixed-year": "warning",
  "sessions-without-year": "warning",
  "session-outside-parent": "warning",
  "session-outside-year": "warning",
  "parent-cycle": "fatal",
  "agent-self": "warning",
  "role-absent": "warning",
  "role-differs": "warning",
  "role-unmapped": "warning",
  "primary-repeated": "warning",
  "primary-not-teacher": "warning",
  "enrollment-school-differs": "warning",
  "enrollment-outside-term": "warning",
  "enrollment-overlap": "warning",
  "profile-of-another-user": "warning",
  "birth-date-unlikely": "warning",
  "score-range-inverted": "fatal",
  "scale-malformed": "fatal",
  "objective-malformed": "fatal",
  // what could not be derived
  "grade-unknown": "warning",
  "grade-several": "warning",
  "student-without-school": "warning",
} as const satisfies Record<string, "fatal" | "warning">;

/** The stable name of a kind of deviation. */
export type DeviationCode = keyof typeof severities;

/** One deviation at one place. `message` says what was met and what to do about it. */
export interface Deviation {
  severity: "fatal" | "warning";
  code: DeviationCode;
  /** Name of the CSV file as the specification spells it, or the package's own name; "" for the whole package. */
  file: string;
  /** Line of the CSV on which the row starts, the header being line 1; null for the whole file. */
  row: number | null;
  column: string | null;
  message: string;
}

/** Where a deviation was met. */
export interface Place {
  file: string;
  row?: number | null;
  column?: string | null;
}

const KEPT_PER_CODE_AND_FILE = 1000;

/**
 * Collects deviations with bounded memory: of one code in one file the first 1,000 are kept in full,
 * all are counted. One bad export must not cost a gigabyte of sentences.
 */
export class DeviationLog {
  readonly #kept: Deviation[] = [];
  readonly #perFile = new Map<string, number>();
  readonly #totals = new Map<DeviationCode, number>();
  #fatal = 0;

  /** Notes one deviation; its severity follows from the code. */
  add(code: DeviationCode, place: Place, message: string): void {
    const severity = severities[code];
    if (severity === "fatal") this.#fatal += 1;
    this.#totals.set(code, (this.#totals.get(code) ?? 0) + 1);
    const key = `${code} ${place.file}`;
    const seen = (this.#perFile.get(key) ?? 0) + 1;
    this.#perFile.set(key, seen);
    if (seen > KEPT_PER_CODE_AND_FILE) return;
    this.#kept.push({ severity, code, file: place.file, row: place.row ?? null, column: place.column ?? null, message });
  }

  /** True when the package must be refused. */
  get refuses(): boolean {
    return this.#fatal > 0;
  }

  /** The kept deviations, sorted: fatal first, then by file, row, column and code. */
  list(): Deviation[] {
    return [...this.#kept].sort(compareDeviations);
  }

  /** How often each code was met, those not kept included. */
  totals(): Partial<Record<DeviationCode, number>> {
    return Object.fromEntries([...this.#totals].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/**
 * A value as it may stand in a message: control characters shown, not sent to the terminal, and at
 * most 40 characters, because a message is no place for a person's whole record.
 */
export function quoted(value: string): string {
  const visible = value.slice(0, 41).replace(/[\p{Cc}\p{Cf}]/gu, (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
  return visible.length > 40 ? `"${visible.slice(0, 40)}…"` : `"${visible}"`;
}

function compareDeviations(a: Deviation, b: Deviation): number {
  if (a.severity !== b.severity) return a.severity === "fatal" ? -1 : 1;
  return (
    compareText(a.file, b.file) ||
    (a.row ?? 0) - (b.row ?? 0) ||
    compareText(a.column ?? "", b.column ?? "") ||
    compareText(a.code, b.code)
  );
}

/** Orders text by code unit: the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
