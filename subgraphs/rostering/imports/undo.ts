import { sql } from "kysely";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import { valuesBefore } from "#foundation/crud/revert";
import { tableOf } from "#foundation/crud/read";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import type { LoadedManifest } from "#foundation/federation/load-manifest";
import { recordOf, type RecordMeta } from "#foundation/record/metadata";
import { Import } from "../entities/import.ts";
import type { RowChange } from "./ledger.ts";

const portion = 2_000;

/** What follows from other records by itself, and goes with them. */
const derived: ReadonlySet<string> = new Set(["ClassMeeting", "MeetingDerivation", "DailyAttendance", "RecountRequest", "ImportRow", "ImportCount", "ImportCandidate", "ImportProblem", "SourceRecord", "ExternalIdentifier", "SourceDecision"]);

interface StoredRow {
  id: string;
  file: string;
  sourcedId: string;
  changes: RowChange[];
  memory: RowChange[] | null;
}

/** A record as the import left it. A companion has the id of its parent: what is kept by record is kept by type and id. */
interface Touched {
  id: string;
  meta: RecordMeta;
  /** Index of its row in the import. */
  row: number;
  created: boolean;
  version: number;
}

/**
 * Takes a written import back, row by row: what it made is archived, what it changed is as it was before. A row stays whole where somebody has
 * changed one of its records since, or where something that the import did not make rests on one. Returns how many rows stay.
 * @throws OsssError CONFLICT where the import does not stand, or a later one of the same source does.
 */
export async function undoImport(across: AcrossDomains, manifests: readonly LoadedManifest[], importId: string): Promise<number> {
  await across.in("rostering", async (session) => requireLast(session, await session.elevated("the caller undoes any import of the district").get(Import, importId)));
  const rows = await across.in("rostering", (session) => session.ask(sql<StoredRow>`SELECT id, file, sourced_id AS "sourcedId", changes, memory FROM rostering.import_row
    WHERE import_id = ${importId}::uuid AND archived_at IS NULL AND (changes <> '[]'::jsonb OR memory IS NOT NULL) ORDER BY position`));
  const metas = new Map(manifests.flatMap((manifest) => manifest.metas.map((meta) => [meta.name, meta])));
  const touched = recordsOf(rows, metas);
  await across.in("rostering", (session) => allowForUndone(session, importId, touched));
  const kept = await rowsChangedSince(across, touched);
  await keepWhatOthersRestOn(across, manifests, touched, kept);
  const left = new Map<string, number>();
  await archiveWhatWasMade(across, touched, kept);
  await putBack(across, rows, metas, kept, left);
  await across.in("rostering", async (session) => {
    await forgetSource(session, importId, rows, touched, kept);
    const outcomes = JSON.stringify(rows.map(({ id, changes }, at) => ({ id, outcome: kept.has(at) ? "KEPT" : "UNDONE", left: kept.has(at) ? null : leftOf(changes, left) })));
    await session.ask(sql`UPDATE rostering.import_row r SET outcome = o.outcome, left_as = o.left, version = r.version + 1 FROM jsonb_to_recordset(${outcomes}::jsonb) AS o(id uuid, outcome text, "left" jsonb) WHERE r.id = o.id`);
    const record = await session.elevated("the caller undoes any import of the district").get(Import, importId);
    const message = kept.size === 0 ? null : `${kept.size} ${kept.size === 1 ? "row stays" : "rows stay"} as written, since somebody has changed or built on their records: rows with the outcome KEPT.`;
    session.update(record, { status: "UNDONE", undoneAt: session.caller.now, progress: null, message });
  });
  return kept.size;
}

/** A later import of the source rests on what this one brought. @throws OsssError CONFLICT */
export async function requireLast(session: WriteSession, record: Managed<Import>): Promise<void> {
  if (record.committedAt == null || record.status === "UNDONE") throw OsssError.conflict("Only an import that was written, and not undone yet, can be undone.");
  const [later] = await session.ask(sql<{ at: Date }>`SELECT committed_at AS at FROM rostering.import WHERE source = ${record.source} AND id <> ${record.id}::uuid AND committed_at > ${record.committedAt} AND undone_at IS NULL AND archived_at IS NULL ORDER BY committed_at DESC LIMIT 1`);
  if (later !== undefined) throw OsssError.conflict(`A later import of ${record.source} was written on ${later.at.toISOString().slice(0, 16).replace("T", " ")} UTC. Undo that one first.`);
}

const keyOf = (meta: RecordMeta, id: string): string => `${meta.name} ${id}`;

function recordsOf(rows: readonly StoredRow[], metas: ReadonlyMap<string, RecordMeta>): Map<string, Touched> {
  const touched = new Map<string, Touched>();
  rows.forEach(({ changes }, row) => {
    for (const { recordType, recordId, action, version } of changes) {
      const meta = metas.get(recordType);
      if (meta === undefined) throw new Error(`An import changed ${recordType}, whose domain this process does not write.`);
      const before = touched.get(keyOf(meta, recordId));
      touched.set(keyOf(meta, recordId), { id: recordId, meta, row, created: (before?.created ?? false) || action === "CREATED", version });
    }
  });
  return touched;
}

/** Versions by key of records that an undo has put back. */
type Left = Readonly<Record<string, number>>;

const leftOf = (changes: readonly RowChange[], left: ReadonlyMap<string, number>): Left =>
  Object.fromEntries(changes.flatMap(({ recordType, recordId }) => (left.has(`${recordType} ${recordId}`) ? [[`${recordType} ${recordId}`, left.get(`${recordType} ${recordId}`)!] as const] : [])));

/** What a later import had changed and its undo has put back nobody has changed. */
async function allowForUndone(session: WriteSession, importId: string, touched: Map<string, Touched>): Promise<void> {
  const later = await session.ask(sql<{ left: Left }>`SELECT r.left_as AS left FROM rostering.import i JOIN rostering.import l ON l.source = i.source AND l.status = 'UNDONE' AND l.committed_at > i.committed_at
    JOIN rostering.import_row r ON r.import_id = l.id AND r.left_as IS NOT NULL AND r.archived_at IS NULL WHERE i.id = ${importId}::uuid ORDER BY l.undone_at`);
  for (const { left } of later) {
    for (const [key, version] of Object.entries(left)) {
      const record = touched.get(key);
      if (record !== undefined) touched.set(key, { ...record, version });
    }
  }
}

/** By domain and type, since each is asked under its own domain's role. */
async function eachType(across: AcrossDomains, touched: ReadonlyMap<string, Touched>, work: (session: WriteSession, meta: RecordMeta, ids: readonly string[]) => Promise<void>): Promise<void> {
  for (const [meta, records] of Map.groupBy(touched.values(), ({ meta }) => meta)) {
    for (let from = 0; from < records.length; from += portion) await across.in(meta.domain, (session) => work(session, meta, records.slice(from, from + portion).map(({ id }) => id)));
  }
}

async function rowsChangedSince(across: AcrossDomains, touched: ReadonlyMap<string, Touched>): Promise<Set<number>> {
  const kept = new Set<number>();
  await eachType(across, touched, async (session, meta, ids) => {
    const versions = new Map((await session.ask(sql<{ id: string; version: number }>`SELECT id, version FROM ${tableOf(meta)} WHERE id = ANY (${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`)).map(({ id, version }) => [id, version]));
    for (const id of ids) {
      const { version, row } = touched.get(keyOf(meta, id))!;
      if (versions.get(id) !== version) kept.add(row);
    }
  });
  return kept;
}

interface Resting {
  of: RecordMeta;
  column: string;
}

/** Which tables refer to records of a type. */
function restingOn(manifests: readonly LoadedManifest[], target: RecordMeta): Resting[] {
  return manifests.flatMap(({ metas }) => metas).filter((meta) => meta.managed && !derived.has(meta.name)).flatMap((of) =>
    [...of.fields.values()].flatMap((field) => {
      const refers = field.kind === "belongsTo" ? recordOf(field.target()) === target : field.kind === "foreign" && field.target().foreign.name === target.name;
      return refers ? [{ of, column: field.column }] : of.companionOf === target && field.name === "id" ? [{ of, column: "id" }] : [];
    }));
}

/** A row stays where a record of a row that stays, or of no row at all, refers to what it made; until no further one does. */
async function keepWhatOthersRestOn(across: AcrossDomains, manifests: readonly LoadedManifest[], touched: ReadonlyMap<string, Touched>, kept: Set<number>): Promise<void> {
  for (let before = -1; before !== kept.size; ) {
    before = kept.size;
    const made = [...touched.values()].filter(({ created, row }) => created && !kept.has(row));
    const going = new Map([...Map.groupBy(made, ({ meta }) => meta)].map(([meta, records]) => [meta, records.map(({ id }) => id)]));
    // What is put back lets go of what the import had made it refer to.
    const back = Map.groupBy([...touched.values()].filter(({ row }) => !kept.has(row)), ({ meta }) => meta);
    for (const [meta, ids] of going) {
      for (const { of, column } of restingOn(manifests, meta)) {
        const others = (back.get(of) ?? []).map(({ id }) => id);
        const found = await across.in(of.domain, (session) => session.ask(sql<{ id: string }>`SELECT DISTINCT ${sql.ref(column)} AS id FROM ${tableOf(of)}
          WHERE ${sql.ref(column)} = ANY (${ids}::uuid[]) AND archived_at IS NULL AND NOT (id = ANY (${others}::uuid[]))`));
        for (const { id } of found) kept.add(touched.get(keyOf(meta, id))!.row);
      }
    }
  }
}

async function archiveWhatWasMade(across: AcrossDomains, touched: ReadonlyMap<string, Touched>, kept: ReadonlySet<number>): Promise<void> {
  const made = new Map([...touched].filter(([, { created, row }]) => created && !kept.has(row)).reverse());
  await eachType(across, made, async (session, meta, ids) => {
    for (const record of await session.list(meta.type, { id: [...ids], archivedAt: null })) session.archive(record as Managed<object>);
  });
}

/** After what was made has gone: constraints hold statement by statement. Undone in the reverse of the order in which it was done. */
async function putBack(across: AcrossDomains, rows: readonly StoredRow[], metas: ReadonlyMap<string, RecordMeta>, kept: ReadonlySet<number>, left: Map<string, number>): Promise<void> {
  const changes = new Map<string, { id: string; meta: RecordMeta; created: boolean; changes: RowChange[] }>();
  rows.forEach((row, at) => {
    if (kept.has(at)) return;
    for (const change of [...row.changes, ...(row.memory ?? [])]) {
      const meta = metas.get(change.recordType)!;
      const known = changes.get(keyOf(meta, change.recordId)) ?? { id: change.recordId, meta, created: false, changes: [] };
      known.created ||= change.action === "CREATED";
      known.changes.push(change);
      changes.set(keyOf(meta, change.recordId), known);
    }
  });
  const back = [...changes.values()].filter(({ created }) => !created).reverse();
  for (let from = 0; from < back.length; ) {
    const { meta } = back[from]!;
    let to = from;
    while (to < back.length && to - from < portion && back[to]!.meta === meta) to += 1;
    const part = new Map(back.slice(from, to).map((one) => [one.id, one]));
    await across.in(meta.domain, async (session) => {
      for (const record of (await session.list(meta.type, { id: [...part.keys()] })) as Managed<object>[]) {
        session.update(record, valuesBefore(meta, part.get(record.id)!.changes));
        left.set(keyOf(meta, record.id), record.version);
      }
    });
    from = to;
  }
}

/** The source is no longer known to have named what is gone again; a later import finds it new. */
async function forgetSource(session: WriteSession, importId: string, rows: readonly StoredRow[], touched: ReadonlyMap<string, Touched>, kept: ReadonlySet<number>): Promise<void> {
  const staying = [...touched.values()].filter(({ row }) => kept.has(row)).map(({ id }) => id);
  const keptRows = JSON.stringify([...kept].map((at) => ({ file: rows[at]!.file.replace(/\.csv$/, ""), sourced_id: rows[at]!.sourcedId })));
  const gone = sql`archived_at = ${session.caller.now}, version = version + 1`;
  await session.ask(sql`UPDATE rostering.external_identifier SET ${gone} WHERE import_id = ${importId}::uuid AND archived_at IS NULL AND NOT (record_id = ANY (${staying}::uuid[]))`);
  await session.ask(sql`UPDATE rostering.source_record s SET ${gone} WHERE import_id = ${importId}::uuid AND archived_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(${keptRows}::jsonb) AS k(file text, sourced_id text) WHERE k.file = s.file AND k.sourced_id = s.sourced_id)`);
}
