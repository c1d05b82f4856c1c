import { sql } from "kysely";
import { job, schedule } from "#foundation/jobs/job";
import { platform } from "../domains.ts";
import { Import, type ImportStatus } from "../entities/import.ts";

const day = 86_400_000;
/** What nobody decided any more. What is REFUSED, FAILED or CANCELLED says so already. */
const undecided: ReadonlySet<ImportStatus> = new Set(["WAITING", "READING", "PREVIEWED", "STOPPED"]);

/**
 * What an import shows of people is there for whoever decides about it. Where nobody has for so many days, rows, problems, candidates and
 * file go, and the counts stay. Of one that was written the rows stay, since undo goes by them; what an earlier preview of it said goes.
 */
export const expirePreviews = job({
  name: "expirePreviews",
  description: "Removes what imports that nobody wrote say of people, once their time is over.",
  payload: {},
  single: { by: "district", others: "drop" },
  async run(host) {
    const { previewDays } = host.config;
    const reason = `What an import shows is kept for ${previewDays} days unless it is written.`;
    const { result: due } = await host.across((across) => across.in("rostering", async (session) =>
      session.ask(sql<{ id: string }>`SELECT i.id FROM rostering.import i WHERE i.rows_removed_at IS NULL AND i.archived_at IS NULL AND i.updated_at < ${new Date(session.caller.now.getTime() - previewDays * day)}
        AND (i.committed_at IS NULL AND i.status NOT IN ('COMMITTING', 'UNDOING') OR EXISTS (SELECT 1 FROM rostering.import_row r WHERE r.import_id = i.id AND r.archived_at IS NOT NULL)) ORDER BY i.id`)), { dryRun: true });
    for (const { id } of due) {
      host.signal.throwIfAborted();
      await host.across(async (across) => {
        const fileId = await across.in("rostering", async (session) => {
          await session.ask(sql`SELECT rostering.remove_preview(${id}::uuid)`);
          const record = await session.elevated("its time is over").get(Import, id);
          if (record.committedAt != null) return null;
          session.update(record, { rowsRemovedAt: session.caller.now, progress: null, ...(undecided.has(record.status) ? { status: "EXPIRED", message: `Nobody committed it within ${previewDays} days, so that its rows were removed. Start it again with files of today.` } : {}) });
          return record.fileId ?? null;
        });
        if (fileId !== null) await across.in("platform", (session) => platform.removeFile(host, session, fileId));
      }, { reason });
    }
  },
});

export const everyNight = schedule({ job: expirePreviews, cron: "20 1 * * *" });
