import { sql } from "kysely";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import { ImportCandidate } from "../entities/import-candidate.ts";
import { ImportCount } from "../entities/import-count.ts";
import { ImportProblem } from "../entities/import-problem.ts";
import { ImportRow } from "../entities/import-row.ts";
import { Import, type ImportStatus } from "../entities/import.ts";
import { describeStops } from "./thresholds.ts";
import { schools } from "../domains.ts";
import type { Problem } from "./files.ts";
import type { Outcome } from "./run.ts";

/** Of one kind in one file at most so many problems are kept. */
const keptOfOne = 1_000;

/** Puts on record what an import does or did. `rowsThere`: the preview's rows are those that were written, letter for letter. */
export async function saveOutcome(across: AcrossDomains, importId: string, outcome: Outcome, status: ImportStatus, { rowsThere = false, message }: { rowsThere?: boolean; message?: string } = {}): Promise<void> {
  const names = new Map((await across.in("schools", async (session) => (await schools.schools(session)).map(({ id, name }) => [id, name] as const))));
  // A preview is of what is not there yet: a school that it would make is none that a row may name.
  const there = new Set(await across.in("schools", (session) => schools.presentSchools(session, outcome.counts.flatMap(({ schoolId }) => schoolId ?? []))));
  const placed = (schoolId: string | null): string | null => (schoolId !== null && there.has(schoolId) ? schoolId : null);
  await across.in("rostering", async (session) => {
    if (rowsThere) await placeAtNewSchools(session, importId, outcome);
    else {
      await forget(session, importId, ["import_row", "import_count", "import_candidate", "import_problem"]);
      const of = { import: importId };
      await session.load(ImportRow, outcome.rows.map(({ file, changes, memory, ...row }, at) => ({ ...of, ...row, schoolId: placed(row.schoolId), label: row.label.slice(0, 255), position: at + 1, file: file || "-", changes, memory: memory.length === 0 ? null : memory })));
      await session.load(ImportCount, outcome.counts.filter(({ schoolId }) => schoolId === placed(schoolId)).map((count) => ({ ...of, ...count })));
      await session.load(ImportCandidate, outcome.candidates.map((candidate) => ({ ...of, ...candidate })));
      await saveProblems(session, importId, outcome.problems);
    }
    const { caller } = session;
    const [previous] = await session.ask(sql<{ id: string }>`SELECT p.id FROM rostering.import i JOIN rostering.import p ON p.source = i.source AND p.format = i.format AND p.id <> i.id AND p.status = 'COMMITTED' AND p.archived_at IS NULL
      WHERE i.id = ${importId}::uuid ORDER BY p.committed_at DESC LIMIT 1`);
    const record = await session.elevated("the import's own record").get(Import, importId);
    session.update(record, {
      status, progress: null, formatVersion: outcome.version, complete: outcome.complete, digest: outcome.digest, previous: previous?.id ?? null,
      message: status === "STOPPED" ? stoppedBy(describeStops(outcome.counts, (id) => names.get(id) ?? "a school")) : (message ?? null),
      ...(status === "COMMITTED" ? { committedAt: caller.now } : { previewedAt: caller.now }),
    });
  });
}

/** What the preview could not say yet: which of its rows are at schools that came with the import, and how many. */
async function placeAtNewSchools(session: WriteSession, importId: string, outcome: Outcome): Promise<void> {
  const told = new Set((await session.ask(sql<{ id: string | null }>`SELECT DISTINCT school_id AS id FROM rostering.import_count WHERE import_id = ${importId}::uuid AND archived_at IS NULL`)).map(({ id }) => id));
  const counts = outcome.counts.filter(({ schoolId }) => schoolId !== null && !told.has(schoolId));
  if (counts.length === 0) return;
  await session.load(ImportCount, counts.map((count) => ({ import: importId, ...count })));
  const rows = outcome.rows.flatMap(({ schoolId }, at) => (schoolId !== null && !told.has(schoolId) ? [{ position: at + 1, school: schoolId }] : []));
  await session.ask(sql`UPDATE rostering.import_row r SET school_id = n.school FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n(position int, school uuid)
    WHERE r.import_id = ${importId}::uuid AND r.archived_at IS NULL AND r.position = n.position`);
}

const stoppedBy = (stops: readonly string[]): string =>
  `${stops.slice(0, 5).join("; ")}${stops.length > 5 ? `; and ${stops.length - 5} more` : ""}. Commit it with acceptWithdrawals if this is meant; else export the files again.`.slice(0, 1000);

/** Puts on record what is wrong with the files, the worst first. */
export async function saveProblems(session: WriteSession, importId: string, problems: readonly Problem[]): Promise<void> {
  const weight = { FAULT: 0, WARNING: 1, NOTE: 2 };
  const seen = new Map<string, number>();
  const kept = problems.toSorted((a, b) => weight[a.severity] - weight[b.severity]).filter(({ file, code }) => {
    const count = (seen.get(`${file} ${code}`) ?? 0) + 1;
    seen.set(`${file} ${code}`, count);
    return count <= keptOfOne;
  });
  await session.load(ImportProblem, kept.map(({ file, message, ...problem }, at) => ({ import: importId, position: at + 1, ...problem, file: file === "" ? null : file.slice(0, 255), message: message.slice(0, 2000) })));
}

/** What an earlier preview of the same import said counts no more. It is no record of the district, and is not told as one. */
async function forget(session: WriteSession, importId: string, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    await session.ask(sql`UPDATE rostering.${sql.raw(table)} SET archived_at = ${session.caller.now}, version = version + 1 WHERE import_id = ${importId}::uuid AND archived_at IS NULL`);
  }
}
