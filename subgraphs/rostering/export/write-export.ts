import { runAcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
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

/**
 * Writes the files of a waiting export into the sink, and marks it as done with the disclosures of each student that it names, in one
 * transaction. Only then may the sink be finished: what has left is always on record.
 */
export async function writeExport(orchestration: Orchestration, request: ExportRequest, sink: ExportSink): Promise<ExportResult> {
  const about = { districtId: request.districtId, operation: request.operation };
  const identity = await request.as();
  const { result: begun } = await runAcrossDomains(orchestration, { ...about, identity }, async (across) => {
    const asked = await across.in("rostering", async (session) => {
      const [record] = await session.list(Export, { id: request.exportId });
      if (record === undefined || record.status === "DONE") throw OsssError.notFound("Export");
      session.update(record, { status: "WRITING", message: null });
      return { agreementId: record.agreementId ?? null, since: record.since ?? null };
    });
    const agreed = asked.agreementId === null ? null : await across.in("platform", async (session) => agreedScope(session, asked.agreementId!, await session.today()));
    return { ...asked, agreed };
  });
  const scope = begun.agreed?.scope ?? wholeDistrict;
  const { speaks, result } = await inSnapshot(orchestration, identity, async (db) => {
    // Another system's ids may be numbers that a directory must not name.
    const speaks = scope.directory !== null ? null : request.idsOf === undefined ? await onlySource(db) : request.idsOf;
    return { speaks, result: await exportRoster(db, { scope, since: begun.since, speaks, systemName: "OSSS", progress: (file, rows) => request.progress?.(`${file}: ${rows} rows`) }, sink) };
  });
  await runAcrossDomains(orchestration, { ...about, identity: await request.as() }, async (across) => {
    if (begun.agreed !== null) await across.in("platform", (session) => disclose(session, begun.agreed!.terms, result, request.exportId));
    await across.in("rostering", async (session) => {
      const [record] = await session.list(Export, { id: request.exportId });
      session.update(record!, { status: "DONE", progress: null, idsOf: speaks, students: result.students.length, finishedAt: session.caller.now });
      for (const [file, rows] of Object.entries(result.rows)) session.create(ExportCount, { export: request.exportId, file: `${file}.csv`, rows });
    });
  });
  return result;
}

/** Once more by the agreement's own rule: a wish that came while the files were written counts. */
async function disclose(session: Parameters<typeof platform.recordDisclosures>[0], agreed: platform.AgreementTerms, { students }: ExportResult, exportId: string): Promise<void> {
  const today = await session.today();
  const terms = await platform.agreementInEffect(session, agreed.id, today);
  const { named } = await platform.mayBeNamed(session, terms, students, today);
  if (students.some((id) => !named.has(id))) throw OsssError.conflict("While the files were written, somebody was taken out of what may go. Start the export again.");
  await platform.recordDisclosures(session, terms, { exportId, students, categories: [...terms.categories] });
}
