import type { FileHandle } from "node:fs/promises";
import { fileNames, type FileName, type RosterVersion } from "./columns.ts";
import { compareText, DeviationLog } from "./deviation.ts";
import { checkGradebookRow } from "./gradebook.ts";
import { readManifest, type Manifest } from "./manifest.ts";
import { openPackage } from "./package.ts";
import { defaultLimits, type PackageLimits, type RosterPackage } from "./package-contract.ts";
import { readRows, type Held, type ReadOutcome } from "./read-rows.ts";
import { References } from "./references.ts";
import { RecordKeeper } from "./records.ts";
import type { RefusedPackage, RosterBundle, RosterFile, RosterRow } from "./roster-model.ts";
import { settleSessions } from "./sessions.ts";
import { validateRecords } from "./validate.ts";

export type * from "./roster-model.ts";

export interface ReadRosterOptions {
  /** Read the package as OneRoster 1.0, which cannot say itself what it is. */
  version?: "1.0";
  /** Bounds other than the defaults. */
  limits?: Partial<PackageLimits>;
}

/**
 * Reads a OneRoster 1.1 or 1.2 package, a folder or a zip or the handle of an open zip, whole and checked. It touches no database
 * and gives either everything the package says or the reasons to refuse it; never a part. Bad input
 * never throws; RosterPathError is thrown when the path cannot be read at all. A handle stays open. Files are read as
 * streams, one at a time; memory grows with the number of records, not with the size of the files.
 */
export async function readRoster(from: string | FileHandle, options: ReadRosterOptions = {}): Promise<RosterBundle | RefusedPackage> {
  const limits = { ...defaultLimits, ...options.limits };
  const log = new DeviationLog();
  const opened = await openPackage(from, log, limits);
  if (opened === null) return refused(null, log);
  await using source = opened;
  const manifest = await readManifest(source, log, limits, options.version === "1.0");
  if (manifest === null) return refused(null, log);
  const references = new References(manifest, log);
  const keeper = new RecordKeeper(manifest.version, log);
  const { records } = keeper;
  const files = new Map<FileName, RosterFile>();
  const held: Held = { cells: 0 };
  const rows = Object.fromEntries(fileNames.map((file) => [file, [] as RosterRow[]])) as Record<FileName, RosterRow[]>;
  for (const file of fileNames) {
    const promised = manifest.files.get(file);
    if (promised === undefined) continue;
    const outcome = await readFile(source, manifest.version, file, promised, { references, keeper, rows: rows[file], held, log, limits });
    if (held.cells > limits.cells) return refused(manifest.version, log);
    files.set(file, { mode: promised.mode, rows: outcome.rows, headerOnly: outcome.complete && outcome.rows === 0 });
  }
  const inclusiveEnds = settleSessions(records, log);
  validateRecords(records, references, log);
  if (log.refuses) return refused(manifest.version, log);
  for (const list of Object.values(records)) list.sort((a, b) => compareText(a.sourcedId, b.sourcedId));
  return {
    outcome: "read",
    version: manifest.version,
    source: { systemName: manifest.systemName, systemCode: manifest.systemCode },
    files: filesOf(manifest, files),
    inclusiveEnds,
    ...records,
    openReferences: references.open,
    rows,
    deviations: log.list(),
    deviationTotals: log.totals(),
  };
}

interface Reading {
  references: References;
  keeper: RecordKeeper;
  rows: RosterRow[];
  held: Held;
  log: DeviationLog;
  limits: PackageLimits;
}

async function readFile<F extends FileName>(source: RosterPackage, version: RosterVersion, file: F, { mode, entry }: { mode: "bulk" | "delta"; entry: string }, reading: Reading): Promise<ReadOutcome> {
  const { references, keeper, rows, held, log, limits } = reading;
  const outcome: ReadOutcome = { rows: 0, refusedIds: new Set(), complete: true };
  for await (const row of readRows({ source, entry, version, file, mode }, outcome, held, log, limits)) {
    if (!references.add(version, file, row)) continue;
    checkGradebookRow(file, row, log);
    keeper.keep(file, row);
    rows.push({ sourcedId: row.sourcedId, line: row.line, status: row.status, digest: row.digest, kept: row.kept });
  }
  references.close(file, outcome);
  return outcome;
}

function filesOf(manifest: Manifest, read: ReadonlyMap<FileName, RosterFile>): Record<FileName, RosterFile> {
  const absent: RosterFile = { mode: "absent", rows: 0, headerOnly: false };
  return Object.fromEntries(fileNames.map((file) => [file, (manifest.files.has(file) ? read.get(file) : undefined) ?? absent])) as Record<FileName, RosterFile>;
}

function refused(version: RosterVersion | null, log: DeviationLog): RefusedPackage {
  return { outcome: "refused", version, deviations: log.list(), deviationTotals: log.totals() };
}

