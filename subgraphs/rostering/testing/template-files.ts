import { noDecisions, type Decisions } from "../imports/decisions.ts";
import { Ledger, type ImportedRow } from "../imports/ledger.ts";
import { folderOf } from "../oneroster/fixtures/build-package.ts";
import type { TwoSchools } from "./two-schools.ts";
import type { Contract } from "#foundation/testing/contract";
import { importTemplates, type TemplateOptions, type TemplateResult } from "../templates/import-templates.ts";
import { readTemplates, type TemplateBundle } from "../templates/read-templates.ts";
import type { TemplateName } from "../templates/columns.ts";

/** The files of a test, by template: a header and rows. */
export type Files = Partial<Record<TemplateName, readonly string[]>>;

export async function readFiles(files: Files): Promise<TemplateBundle> {
  const bundle = await readTemplates(await folderOf(Object.fromEntries(Object.entries(files).map(([name, lines]) => [`${name}.csv`, `${lines.join("\n")}\n`]))));
  if (bundle.outcome === "refused") throw new Error(bundle.deviations.map(({ file, row, column, message }) => `${file} ${row} ${column}: ${message}`).join("\n"));
  return bundle;
}

export interface Imported extends TemplateResult {
  rows: ImportedRow[];
  /** The notes' sentences with their lines: `3: The row is left out. ...`. */
  said: string[];
}

/** Imports files into a district of a test. */
export async function importFiles(contract: Contract, { make }: Pick<TwoSchools, "make">, files: Files, more: Partial<Omit<TemplateOptions, "decisions">> & { decisions?: Partial<Decisions> } = {}): Promise<Imported> {
  const ledger = new Ledger();
  const result = await importTemplates(contract.platform.orchestration, {
    bundle: await readFiles(files), source: "office", district: { id: make.districtId, code: make.districtId, name: "District", timeZone: "America/Chicago", isNew: false }, dryRun: false, ledger, ...more,
    decisions: { ...noDecisions, ...more.decisions },
  });
  return { ...result, rows: ledger.rows(), said: result.notes.map(({ row, message }) => `${row}: ${message}`) };
}

/** The rows of a preview in short: `CREATE School 12|...`. */
export const inShort = (rows: readonly ImportedRow[]): string[] => rows.map(({ action, sourcedId, changes }) => [action, sourcedId, ...changes.map((change) => `${change.recordType}:${change.action}:${change.version}`)].join(" "));
