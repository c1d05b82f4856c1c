import { runAcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import type { Identity } from "#foundation/identity/identity";
import type { JobHost } from "#foundation/jobs/job";
import type { ImportFormat } from "../entities/import-format.ts";
import { Import, type ImportStatus } from "../entities/import.ts";
import { installedDistricts, type InstalledDistrict } from "../districts.ts";
import type { Agreed } from "../imports/run.ts";
import { requireImporter } from "../operations/imports/importer.ts";

/** An import that is on record, as its work needs it. */
export interface RecordedImport {
  id: string;
  startedAt: Date;
  source: string;
  stopPercent: number;
  format: ImportFormat;
  asVersion10: boolean;
  status: ImportStatus;
  fileId: string | null;
  delegationId: string | null;
  agreed: Agreed | null;
}

export interface AtWork {
  record: RecordedImport;
  district: InstalledDistrict;
  /** Whoever started it, with what she may still do. */
  identity: Identity;
  /** Says what is being done, at most once a second. */
  progress: (done: string) => void;
  set(values: Partial<Pick<Import, "status" | "message" | "progress">>): Promise<void>;
}

const everySecond = 1_000;
/** While nothing is being done, there is no progress to tell. */
const busy: ReadonlySet<ImportStatus> = new Set(["READING", "COMMITTING", "UNDOING"]);

/**
 * Works on an import in the name of whoever started it, if it still stands at one of these states: a job may come twice. What is wrong with
 * the import is put on record; anything else is thrown, so that the job is tried again, and put on record the last time.
 */
export async function atWork(host: JobHost, importId: string, states: readonly ImportStatus[], retries: number, work: (at: AtWork) => Promise<void>): Promise<void> {
  const { result: record } = await host.across((across) => across.in("rostering", async (session): Promise<RecordedImport> => {
    const found = await session.elevated("the job was queued for it").get(Import, importId);
    const { id, createdAt, source, stopPercent, format, asVersion10, status } = found;
    return { id, startedAt: createdAt, source, stopPercent, format, asVersion10, status, fileId: found.fileId ?? null, delegationId: found.delegationId ?? null, agreed: (found.agreed ?? null) as Agreed | null };
  }), { dryRun: true });
  if (!states.includes(record.status)) return;
  const set: AtWork["set"] = async (values) => void (await host.across((across) => across.in("rostering", async (session) => session.update(await session.elevated("the job was queued for it").get(Import, importId), values))));
  try {
    const identity = await host.delegated({ delegation: record.delegationId ?? "", use: "IMPORT" });
    await runAcrossDomains(host.orchestration, { operation: "work on import", districtId: host.districtId, identity, dryRun: true }, requireImporter);
    const district = (await installedDistricts(host.orchestration.database)).find(({ id }) => id === host.districtId);
    if (district === undefined) throw OsssError.notFound("District");
    const told = teller((progress) => host.across((across) => across.in("rostering", async (session) => {
      const found = await session.elevated("the job was queued for it").get(Import, importId);
      if (busy.has(found.status)) session.update(found, { progress });
    })));
    await work({ record, district, identity, progress: told.say, set });
    await told.quiet();
  } catch (error) {
    host.signal.throwIfAborted();
    if (error instanceof OsssError) return set({ status: "FAILED", progress: null, message: error.message.slice(0, 1000) });
    if (host.attempt > retries) await set({ status: "FAILED", progress: null, message: "The import could not be done, for a reason that the server's log has. Nothing was changed; start it again." });
    throw error;
  }
}

/** One word at a time, each in a transaction of its own beside the import's: what is said meanwhile but for the last is passed over. */
function teller(set: (progress: string) => Promise<unknown>) {
  let [last, under]: [number, Promise<unknown>] = [0, Promise.resolve()];
  return {
    say(done: string) {
      if (Date.now() - last < everySecond) return;
      last = Date.now();
      under = under.then(() => set(done.slice(0, 255))).catch(() => undefined);
    },
    quiet: () => under,
  };
}
