import type { FileHandle } from "node:fs/promises";
import type { AcrossDomains, Orchestration } from "#foundation/crud/across-domains";
import type { Identity } from "#foundation/identity/identity";
import type { ImportFormat } from "../entities/import-format.ts";
import { importRoster, isComplete, type ImportResult } from "../import/import-roster.ts";
import type { Deviation, DeviationCode } from "../oneroster/deviation.ts";
import type { DescribedOutcome } from "../oneroster/describe-deviations.ts";
import { readRoster, type ReadRosterOptions, type RosterBundle } from "../oneroster/roster.ts";
import { readTemplateFiles } from "../templates/files.ts";
import type { Newcomer } from "./candidates.ts";
import type { Decisions } from "./decisions.ts";
import type { Ledger } from "./ledger.ts";
import type { Count } from "./thresholds.ts";

/** The district that an import writes into; a new one is made by it. */
export interface IntoDistrict {
  id: string;
  code: string;
  name: string;
  timeZone: string;
  isNew: boolean;
}

/** Something that is wrong with the files, or that was left as it is. */
export interface Problem {
  severity: "FAULT" | "WARNING" | "NOTE";
  code: DeviationCode | "note" | (string & {});
  /** "" for the package as a whole. */
  file: string;
  line: number | null;
  column: string | null;
  message: string;
}

export interface WriteFiles {
  source: string;
  district: IntoDistrict;
  dryRun: boolean;
  ledger: Ledger;
  decisions: Decisions;
  ids: () => () => string;
  identity?: Identity;
  begin: (across: AcrossDomains) => Promise<string | null>;
  finish: (across: AcrossDomains) => Promise<void>;
  progress?: (done: string) => void;
}

/** Files of any format, read whole and checked. */
export interface ReadFiles extends DescribedOutcome {
  outcome: "read";
  /** How the files name their own system; null where they do not. */
  systemName: string | null;
  version: string | null;
  /** Whether what they leave out has gone. */
  complete: boolean;
  newcomers: readonly Newcomer[];
  /** How many records of each file and school the source has brought before and not taken back; left out where its source records tell. */
  known?(across: AcrossDomains, source: string): Promise<readonly Pick<Count, "file" | "schoolId" | "known">[]>;
  /** The one district that they name, if they name one: a first import may make it. */
  district: { code: string; name: string } | null;
  /** Whether they name nothing at all. */
  isEmpty: boolean;
  /** Writes them in one transaction, with what `begin` and `finish` write. */
  write(orchestration: Orchestration, options: WriteFiles): Promise<Pick<ImportResult, "counts" | "changed" | "notes" | "deviations">>;
}

export interface RefusedFiles extends DescribedOutcome {
  outcome: "refused";
  version: string | null;
}

/** Reads the files of an import. */
export function readFiles(from: string | FileHandle, { format, asVersion10 }: { format: ImportFormat; asVersion10: boolean }): Promise<ReadFiles | RefusedFiles> {
  return format === "ONEROSTER" ? readOneRoster(from, asVersion10 ? { version: "1.0" } : {}) : readTemplateFiles(from);
}

/** Reads a OneRoster package, a folder, a zip or an open one. @throws RosterPathError when the path cannot be read at all. */
export async function readOneRoster(from: string | FileHandle, options: ReadRosterOptions = {}): Promise<ReadFiles | RefusedFiles> {
  const read = await readRoster(from, options);
  return read.outcome === "refused" ? read : filesOfRoster(read);
}

/** What a read package gives to an import. */
export function filesOfRoster(bundle: RosterBundle): ReadFiles {
  const [own, ...others] = bundle.organizations.filter(({ type, status }) => type === "district" && status === "active");
  const births = new Map(bundle.demographics.map(({ sourcedId, birthDate }) => [sourcedId, birthDate]));
  return {
    outcome: "read",
    systemName: bundle.source.systemCode ?? bundle.source.systemName,
    version: bundle.version,
    complete: isComplete(bundle),
    newcomers: bundle.users.filter(({ status }) => status === "active").map(({ sourcedId, givenName, familyName, identifier, email, roles }) => ({
      sourcedId, givenName, familyName, birthDate: births.get(sourcedId) ?? null, studentNumber: roles.some(({ role }) => role === "student") ? (identifier ?? sourcedId) : null, email,
    })),
    district: own !== undefined && others.length === 0 ? { code: (own.identifier ?? own.sourcedId).replaceAll(/[^\w.-]/g, "-").slice(0, 32), name: own.name } : null,
    isEmpty: bundle.organizations.length === 0 && bundle.users.length === 0 && bundle.sessions.length === 0,
    deviations: bundle.deviations,
    deviationTotals: bundle.deviationTotals,
    write: (orchestration, options) => importRoster(orchestration, { bundle, ...options }),
  };
}

/** What a reader found wrong, as it is put on record. */
export const problemsOf = (deviations: readonly Deviation[]): Problem[] =>
  deviations.map(({ severity, code, file, row, column, message }) => ({ severity: severity === "fatal" ? "FAULT" : "WARNING", code, file, line: row, column, message }));
