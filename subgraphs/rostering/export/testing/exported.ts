import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { anonymous, identityOf } from "#foundation/identity/identity";
import type { TestPlatform } from "#foundation/testing/test-platform";
import { exportRoster, type ExportOptions, type ExportResult } from "../export-roster.ts";
import { inSnapshot } from "../export-snapshot.ts";
import { folderSink } from "../folder-sink.ts";
import { wholeDistrict } from "../scope.ts";
import { readStrictly, type StrictPackage, type StrictRow } from "./strict-package.ts";

export interface Exported extends StrictPackage {
  folder: string;
  result: ExportResult;
  /** The rows of a file; none where it is absent. */
  rows(file: string): readonly StrictRow[];
  row(file: string, sourcedId: string): StrictRow | undefined;
}

/** Exports the district into a folder of its own, removed when the test ends, and reads it strictly. */
export async function exported(platform: TestPlatform, districtId: string, options: Partial<ExportOptions> = {}): Promise<Exported> {
  const parent = await mkdtemp(join(tmpdir(), "osss-export-"));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const folder = join(parent, "package");
  const sink = await folderSink(folder);
  const result = await inSnapshot(platform.orchestration, identityOf({ ...anonymous, districtId }), (db) => exportRoster(db, { scope: wholeDistrict, since: null, speaks: null, systemName: "OSSS", ...options }, sink));
  await sink.finish();
  const read = await readStrictly(folder);
  const rows = (file: string) => read.files[file] ?? [];
  return { ...read, folder, result, rows, row: (file, sourcedId) => rows(file).find((row) => row.sourcedId === sourcedId) };
}
