import { runAcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import type { Identity } from "#foundation/identity/identity";
import { platform } from "../domains.ts";
import { ExportCount } from "../entities/export-count.ts";
import { Export } from "../entities/export.ts";
import { agreedScope } from "./agreed-scope.ts";
import { exportRoster, type ExportResult } from "./export-roster.ts";
import { inSnapshot, onlySource } from "./export-snapshot.ts";
import { wholeDistrict } from "./scope.ts";
import type { ExportSink } from "./sink.ts";

export interface ExportRequest {
  readonly districtId: string;
  /** Whom it acts as at this moment. Rejects where that may no longer be: asked before anything is read, and again before it is recorded. */
  readonly as: () => Promise<Identity>;
  /** The record of the export, waiting. */
  readonly exportId: string;
  /** The source whose ids are written; undefined for the only one there is. */
  readonly idsOf?: string | null;
  readonly progress?: (line: string) => void;
  /** For the audit log, e.g. `startExport`. */
  readonly operation: string;
}

/** Files that are written, and may go nowhere before they are on record. */
export interface WrittenExport extends ExportResult {
  /** The source whose ids they have; null for the district's own. */
  readonly idsOf: string | null;
  /** The agreement under which they leave; null for the district's own copy. */
  readonly agreementId: string | null;
}

/** Writes the files of a waiting export into the sink. */
export async function writeExport(orchestration: Orchestration, request: ExportRequest, sink: ExportSink): Promise<WrittenExport> {
  const identity = await request.as();
  const { result: begun } = await runAcrossDomains(orchestration, { districtId: request.districtId, operation: request.operation, identity }, async (across) => {
    const asked = await across.in("rostering", async (session) => {
      const [record] = await session.list(Export, { id: request.exportId });
      if (record === undefined || record.status === "DONE") throw OsssError.notFound("Export");
      session.update(record, { status: "WRITING", message: null });
      return { agreementId: record.agreementId ?? null, since: record.since ?? null };
    });
    const agreed = asked.agreementId === null ? null : await across.in("platform", async (session) => agreedScope(session, asked.agreementId!, await session.today()));
    return { ...asked, scope: agreed?.scope ?? wholeDistrict };
  });
  const { scope, since, agreementId } = begun;
  return inSnapshot(orchestration, identity, async (db) => {
    // Another system's ids may be numbers that a directory must not name.
    const idsOf = scope.directory !== null ? null : request.idsOf === undefined ? await onlySource(db) : request.idsOf;
    const result = await exportRoster(db, { scope, since, speaks: idsOf, systemName: "OSSS", progress: (file, rows) => request.progress?.(`${file}: ${rows} rows`) }, sink);
    return { ...result, idsOf, agreementId };
  });
}

/**
 * Marks an export as done, with the disclosures of each student whom its files name and, where `keep` keeps it, the file, in one transaction.
 * Only then may the files be where somebody fetches them: what has left is always on record.
 */
export async function recordExport(orchestration: Orchestration, request: ExportRequest, written: WrittenExport, keep?: platform.KeepFile): Promise<void> {
  const identity = await request.as();
  await runAcrossDomains(orchestration, { districtId: request.districtId, operation: request.operation, identity }, async (across) => {
    const fileId = keep === undefined ? null : await across.in("platform", keep);
    await across.in("rostering", async (session) => {
      const [record] = await session.list(Export, { id: request.exportId });
      // Two that were at it, since one of them was taken for dead: what the second has written goes nowhere.
      if (record === undefined || record.status !== "WRITING") throw OsssError.conflict("This export is no longer being written.");
      session.update(record, { status: "DONE", progress: null, idsOf: written.idsOf, students: written.students.length, fileId, finishedAt: session.caller.now });
      for (const [file, rows] of Object.entries(written.rows)) session.create(ExportCount, { export: request.exportId, file: `${file}.csv`, rows });
    });
    if (written.agreementId !== null) await across.in("platform", (session) => disclose(session, written.agreementId!, written, request.exportId));
  });
}

/** Once more by the agreement's own rule: a wish that came while the files were written counts. */
async function disclose(session: WriteSession, agreementId: string, { students }: ExportResult, exportId: string): Promise<void> {
  const today = await session.today();
  const terms = await platform.agreementInEffect(session, agreementId, today);
  const { named } = await platform.mayBeNamed(session, terms, students, today);
  if (students.some((id) => !named.has(id))) throw OsssError.conflict("While the files were written, somebody was taken out of what may go. Start the export again.");
  await platform.recordDisclosures(session, terms, { exportId, students, categories: [...terms.categories] });
}
