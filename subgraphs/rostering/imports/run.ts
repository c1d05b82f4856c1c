import { createHash } from "node:crypto";
import { sql } from "kysely";
import { runAcrossDomains, type AcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import type { Identity } from "#foundation/identity/identity";
import { repeatableIds } from "#foundation/record/uuid";
import type { ImportResult } from "../import/import-roster.ts";
import { findCandidates, type Candidate } from "./candidates.ts";
import { noDecisions, type Decisions } from "./decisions.ts";
import { problemsOf, type IntoDistrict, type Problem, type ReadFiles } from "./files.ts";
import { loadDecisions } from "./known-decisions.ts";
import { isImported, Ledger, type ImportedRow } from "./ledger.ts";
import { saveOutcome } from "./save.ts";
import { countRows, type Count } from "./thresholds.ts";

/** An import that is on record, or is put on record by the run itself. */
export interface ImportHead {
  id: string;
  /** When it was started: with the id, what the ids of new records come from. */
  startedAt: Date;
  source: string;
  stopPercent: number;
}

export interface RunImport {
  orchestration: Orchestration;
  district: IntoDistrict;
  /** On whose behalf; the command line has none. */
  identity?: Identity;
  files: ReadFiles;
  head: ImportHead;
  progress?: (done: string) => void;
  /** Puts the import on record, in the import's own transaction; left out where it is there already. */
  open?: (across: AcrossDomains) => Promise<void>;
}

/** What must be so for an import to be written; what is left out need not be. */
export interface Agreed {
  /** Of the preview that was looked at: nothing else is written. */
  digest?: string;
  /** Somebody has said that what vanishes is meant to. */
  withdrawals: boolean;
  /** Somebody has said that people who resemble others are new. */
  newPeople: boolean;
}

/** What an import does, or did. */
export interface Outcome {
  rows: readonly ImportedRow[];
  counts: readonly Count[];
  candidates: readonly Candidate[];
  problems: readonly Problem[];
  digest: string;
  complete: boolean;
  version: string | null;
  changes: Pick<ImportResult, "counts" | "changed">;
}

/** An import was not written, for a reason that a person must look at; `outcome` is what it would have done. */
export class NotWritten extends Error {
  constructor(
    readonly why: "withdrawals" | "people" | "changed",
    readonly outcome: Outcome,
  ) {
    super(`The import was not written: ${why}.`);
    this.name = "NotWritten";
  }
}

/** Does everything, keeps what it would do as the preview, and changes nothing else. */
export async function previewImport(run: RunImport): Promise<Outcome> {
  const { outcome } = await work(run, null);
  if (run.open === undefined) await keepPreview(run, outcome);
  return outcome;
}

/** Keeps what an import would do for somebody to look at. `message` says why nothing was written, where it was meant to be. */
export async function keepPreview({ orchestration, district, identity, head }: RunImport, outcome: Outcome, message?: string): Promise<void> {
  await runAcrossDomains(orchestration, { operation: "preview import", districtId: district.id, identity, later: true, large: true }, (across) => saveOutcome(across, head.id, outcome, stopped(outcome) ? "STOPPED" : "PREVIEWED", { message }));
}

/**
 * Writes everything in one transaction with what is kept of the import, or nothing.
 * @throws NotWritten where a person must look first.
 */
export async function commitImport(run: RunImport, agreed: Agreed): Promise<Outcome> {
  return (await work(run, agreed)).outcome;
}

export const stopped = (outcome: Pick<Outcome, "counts">): boolean => outcome.counts.some(({ stops }) => stops);
export const awaitsWord = (outcome: Pick<Outcome, "candidates">): boolean => outcome.candidates.some(({ likely }) => likely);

async function work(run: RunImport, agreed: Agreed | null): Promise<{ outcome: Outcome }> {
  const { orchestration, district, files, head, identity } = run;
  const known = district.isNew ? nothingKnown : await lookUp(run);
  const ledger = new Ledger();
  let outcome: Outcome | undefined;
  const result = await files.write(orchestration, {
    source: head.source, district, dryRun: agreed === null, ledger, decisions: known.decisions, identity, progress: run.progress,
    ids: () => repeatableIds(head.id, head.startedAt.getTime()),
    async begin(across) {
      await run.open?.(across);
      return head.id;
    },
    async finish(across) {
      const rows = ledger.rows();
      outcome = {
        rows, counts: countRows(rows, known.counts, head.stopPercent), candidates: known.candidates, problems: problemsOf(files.deviations), digest: digestOf(rows), complete: files.complete, version: files.version, changes: { counts: {}, changed: 0 },
      };
      if (agreed === null) return;
      if (agreed.digest !== undefined && agreed.digest !== outcome.digest) throw new NotWritten("changed", outcome);
      if (!agreed.withdrawals && stopped(outcome)) throw new NotWritten("withdrawals", outcome);
      if (!agreed.newPeople && awaitsWord(outcome)) throw new NotWritten("people", outcome);
      // Without a preview that somebody looked at, what stays as it is needs no row.
      const { rows: all } = outcome;
      const kept = agreed.digest === undefined ? all.filter(({ action, changes, memory }) => action !== "UNCHANGED" || changes.length > 0 || memory.length > 0) : all;
      await saveOutcome(across, head.id, { ...outcome, rows: kept }, "COMMITTED", { rowsThere: agreed.digest !== undefined });
    },
  });
  if (outcome === undefined) throw new Error("The import ended without a word.");
  const notes = result.notes.map(({ file, row, message }): Problem => ({ severity: "NOTE", code: "note", file, line: row, column: null, message }));
  const derived = problemsOf(result.deviations.filter((deviation) => !files.deviations.includes(deviation)));
  return { outcome: { ...outcome, problems: [...outcome.problems, ...derived, ...notes], changes: changesOf(result.counts) } };
}

/** What became of the district's records, without what tells of the import itself. */
function changesOf(counts: ImportResult["counts"]): Outcome["changes"] {
  const imported = Object.entries(counts).map(([type, { LOADED: _loaded, ...actions }]: [string, Record<string, number>]) => [type, actions] as const).filter(([type, actions]) => isImported(type) && Object.keys(actions).length > 0);
  return { counts: Object.fromEntries(imported), changed: imported.reduce((sum, [, actions]) => sum + Object.values(actions).reduce((a, b) => a + b, 0), 0) };
}

interface Known {
  decisions: Decisions;
  candidates: readonly Candidate[];
  counts: readonly Pick<Count, "file" | "schoolId" | "known">[];
}
const nothingKnown: Known = { decisions: noDecisions, candidates: [], counts: [] };

/** What is there before the import: nothing of it depends on the import's own writes. */
async function lookUp({ orchestration, district, identity, files, head }: RunImport): Promise<Known> {
  const { result } = await runAcrossDomains(orchestration, { operation: "look up before import", districtId: district.id, identity, dryRun: true }, async (across) => {
    const decisions = await loadDecisions(across, head.source);
    const counts = (await files.known?.(across, head.source)) ?? await across.in("rostering", (session) => session.ask(sql<Pick<Count, "file" | "schoolId" | "known">>`SELECT file || '.csv' AS file, school_id AS "schoolId", count(*)::int AS known
      FROM rostering.source_record WHERE source = ${head.source} AND gone_since IS NULL AND archived_at IS NULL GROUP BY file, school_id`));
    return { decisions, counts, candidates: await findCandidates(across, head.source, files.newcomers, decisions) };
  });
  return result;
}

function digestOf(rows: readonly ImportedRow[]): string {
  const hash = createHash("sha256");
  for (const { file, sourcedId, action, changes } of rows) if (action !== "UNCHANGED" || changes.length > 0) hash.update(JSON.stringify([file, sourcedId, action, changes]));
  return hash.digest("base64url");
}

/** Refuses an import that somebody must look at, in words. */
export function refusal(why: NotWritten["why"]): OsssError {
  return OsssError.conflict({
    withdrawals: "So much of what is known would be withdrawn that somebody must say that it is meant. Look at the counts that stop it; then commit with acceptWithdrawals.",
    people: "People of the files resemble people whom the district knows. Decide for each candidate that is likely whether they are one.",
    changed: "The district's records have changed since the preview, so that the import would do something else now. Look at the new preview, and commit that.",
  }[why]);
}
