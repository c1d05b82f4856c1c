import type pg from "pg";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import { uuidv7 } from "#foundation/record/uuid";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../contract/stage.ts";
import { importRoster, type ImportOptions, type ImportResult } from "../import/import-roster.ts";
import type { ImportedRow } from "../imports/ledger.ts";
import { fixture, folderOf } from "../oneroster/fixtures/build-package.ts";
import { readRoster, type RosterBundle } from "../oneroster/roster.ts";

/** A district of its own that packages are imported into; tests of one file never meet. */
export interface ImportingDistrict {
  readonly id: string;
  load(files: Readonly<Record<string, string>>, options?: Partial<ImportOptions>): Promise<ImportResult>;
  /** Moves the clock to noon of a day. */
  on(day: string): void;
  /** Writes as the office does, past the rules of the operations. */
  write<T>(work: (across: AcrossDomains) => Promise<T>): Promise<T>;
  /** Rows of the database; $1 is the district. */
  rows<R extends pg.QueryResultRow>(query: string, ...values: unknown[]): Promise<R[]>;
  /** Who is on which section's roster: `Ada in Algebra I (1) 2024-08-19..2025-01-11`. */
  rosters(): Promise<string[]>;
  /** `Mei LEAD Algebra I (1) 2024-08-19..2025-06-07`. */
  teaching(): Promise<string[]>;
  /** `Ada at Tidewater High 2024-08-19..`. */
  enrollments(): Promise<string[]>;
}

export async function bundleOf(files: Readonly<Record<string, string>>): Promise<RosterBundle> {
  const bundle = await readRoster(await folderOf({ ...files }));
  if (bundle.outcome !== "read") throw new Error(bundle.deviations.map(({ message }) => message).join("\n"));
  return bundle;
}

export function importingDistrict(platform: TestPlatform, source = "harbor"): ImportingDistrict {
  const id = uuidv7();
  const district = { id, code: `D${id.slice(-12)}`, name: "Harbor Unified", timeZone: "America/Los_Angeles" };
  let isNew = true;
  const rows = <R extends pg.QueryResultRow>(query: string, ...values: unknown[]): Promise<R[]> => platform.sql<R>(query, [id, ...values]);
  const lines = async (query: string): Promise<string[]> => (await rows<{ line: string }>(query)).map(({ line }) => line);
  return {
    id, rows,
    async load(files, options = {}) {
      const result = await importRoster(platform.orchestration, { bundle: await bundleOf(files), source, district: { ...district, isNew }, dryRun: false, ...options });
      if (options.dryRun !== true) isNew = false;
      return result;
    },
    on: (day) => void (platform.clock.now = new Date(`${day}T20:00:00Z`)),
    write: (work) => platform.write(id, work),
    rosters: () => lines(`SELECT p.given_name || ' in ' || s.title || ' ' || e.from_date || '..' || coalesce(e.to_date::text, '') AS line FROM academics.section_enrollment e
      JOIN academics.section s ON s.id = e.section_id JOIN students.student t ON t.id = e.student_id JOIN people.person p ON p.id = t.person_id WHERE e.district_id = $1 AND e.archived_at IS NULL ORDER BY 1`),
    teaching: () => lines(`SELECT p.given_name || ' ' || a.kind || ' ' || s.title || ' ' || a.from_date || '..' || coalesce(a.to_date::text, '') AS line FROM staff.teaching_assignment a
      JOIN academics.section s ON s.id = a.section_id JOIN people.person p ON p.id = a.person_id WHERE a.district_id = $1 AND a.archived_at IS NULL ORDER BY 1`),
    enrollments: () => lines(`SELECT p.given_name || ' at ' || s.name || ' ' || e.entry_date || '..' || coalesce(e.exit_date::text, '') || coalesce(' ' || e.exit_code, '') AS line FROM students.school_enrollment e
      JOIN schools.school s ON s.id = e.school_id JOIN students.student t ON t.id = e.student_id JOIN people.person p ON p.id = t.person_id WHERE e.district_id = $1 AND e.archived_at IS NULL ORDER BY 1`),
  };
}

/** What each test of a file begins with. */
export interface ImportingTest {
  readonly platform: TestPlatform;
  /** A district of its own, on the second of October. */
  readonly harbor: ImportingDistrict;
  /** The files of the small package. */
  readonly files: Record<string, string>;
}

/** Gives each test of a file a district and files; `imported`: the files are there already, and it is the fifth of November. */
export function eachImportingTest(begin: (test: ImportingTest) => void, { imported = false } = {}): void {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await testPlatform({ manifests: await allManifests() });
  });
  afterAll(() => platform?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    const [harbor, files] = [importingDistrict(platform), await fixture("district-v1p1")];
    harbor.on("2024-10-02");
    if (imported) {
      await harbor.load(files);
      harbor.on("2024-11-05");
    }
    begin({ platform, harbor, files });
  });
}

/** The rows of a result that are not as they were: `WITHDRAW enrollments.csv e3`. */
export const told = (rows: readonly ImportedRow[]): string[] => rows.filter(({ action }) => action !== "UNCHANGED").map(({ action, file, sourcedId }) => `${action} ${file} ${sourcedId}`);

/** The files without the lines that hold a piece. */
export const without = (files: Readonly<Record<string, string>>, piece: string, ...names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, names.length > 0 && !names.includes(name) ? text : text.split("\n").filter((line) => !line.includes(piece)).join("\n")]));

/** The package as changes: the named files hold these lines, with status and moment; all others are absent. */
export function deltaOf(files: Readonly<Record<string, string>>, changes: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  const named = Object.keys(changes);
  const manifest = files["manifest.csv"]!.replaceAll(/^file\.(\w+),bulk$/gm, (_, name: string) => `file.${name},${named.includes(`${name}.csv`) ? "delta" : "absent"}`);
  return { "manifest.csv": manifest, ...Object.fromEntries(named.map((name) => [name, [files[name]!.split("\n")[0], ...changes[name]!, ""].join("\n")])) };
}

/** A line of a bulk file as one of a delta. */
export const changed = (line: string, status: "active" | "tobedeleted" = "active"): string => line.replace(/^([^,]+),,,/, `$1,${status},2024-11-05T10:00:00.000Z,`);
export const lineOf = (files: Readonly<Record<string, string>>, file: string, sourcedId: string): string => files[file]!.split("\n").find((line) => line.startsWith(`${sourcedId},`))!;
