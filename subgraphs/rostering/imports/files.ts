import type { AcrossDomains, Orchestration } from "#foundation/crud/across-domains";
import type { Identity } from "#foundation/identity/identity";
import { importRoster, isComplete, type ImportResult } from "../import/import-roster.ts";
import type { DeviationCode } from "../oneroster/deviation.ts";
import { readRoster, type ReadRosterOptions, type RosterBundle, type RefusedPackage } from "../oneroster/roster.ts";
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
export interface ReadFiles {
  outcome: "read";
  /** How the files name their own system; null where they do not. */
  systemName: string | null;
  version: string | null;
  /** Whether what they leave out has gone. */
  complete: boolean;
  newcomers: readonly Newcomer[];
  problems: readonly Problem[];
  /** How many records of each file and school the source has brought before and not taken back; left out where its source records tell. */
  known?(across: AcrossDomains, source: string): Promise<readonly Pick<Count, "file" | "schoolId" | "known">[]>;
  /** Writes them in one transaction, with what `begin` and `finish` write. */
  write(orchestration: Orchestration, options: WriteFiles): Promise<Pick<ImportResult, "counts" | "changed" | "notes" | "deviations">>;
}

export interface RefusedFiles {
  outcome: "refused";
  version: string | null;
  problems: readonly Problem[];
}

/** Reads a OneRoster package. @throws RosterPathError when the path cannot be read at all. */
export async function readOneRoster(path: string, options: ReadRosterOptions = {}): Promise<ReadFiles | RefusedFiles> {
  const read = await readRoster(path, options);
  return read.outcome === "refused" ? { outcome: "refused", version: read.version, problems: problemsOf(read) } : filesOfRoster(read);
}

/** What a read package gives to an import. */
export function filesOfRoster(bundle: RosterBundle): ReadFiles {
  const births = new Map(bundle.demographics.map(({ sourcedId, birthDate }) => [sourcedId, birthDate]));
  return {
    outcome: "read",
    systemName: bundle.source.systemCode ?? bundle.source.systemName,
    version: bundle.version,
    complete: isComplete(bundle),
    newcomers: bundle.users.filter(({ status }) => status === "active").map(({ sourcedId, givenName, familyName, identifier, email, roles }) => ({
      sourcedId, givenName, familyName, birthDate: births.get(sourcedId) ?? null, studentNumber: roles.some(({ role }) => role === "student") ? (identifier ?? sourcedId) : null, email,
    })),
    problems: problemsOf(bundle),
    write: (orchestration, options) => importRoster(orchestration, { bundle, ...options }),
  };
}

const problemsOf = ({ deviations }: Pick<RosterBundle | RefusedPackage, "deviations">): Problem[] =>
  deviations.map(({ severity, code, file, row, column, message }) => ({ severity: severity === "fatal" ? "FAULT" : "WARNING", code, file, line: row, column, message }));
