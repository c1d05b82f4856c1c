import { sql } from "kysely";
import { job, schedule } from "#foundation/jobs/job";
import { StoredFile } from "../entities/stored-file.ts";
import { storageOf } from "../files/storage.ts";

/** Files whose time is over: the bytes go, the record stays and says so. */
export const removeExpiredFiles = job({
  name: "removeExpiredFiles",
  description: "Removes the content of the district's files whose time is over.",
  payload: {},
  single: { by: "district", others: "drop" },
  async run(host) {
    const { database, roles } = host.orchestration;
    const { result: due } = await host.across((across) =>
      across.in("platform", async (session) => session.ask(sql<{ id: string }>`SELECT id FROM platform.stored_file WHERE status IN ('WAITING', 'STORED') AND expires_at <= ${session.caller.now} ORDER BY id`)),
    );
    for (const { id } of due) {
      host.signal.throwIfAborted();
      await host.across((across) =>
        across.in("platform", async (session) => {
          const file = await session.elevated("Its time is over, whosever it is.").get(StoredFile, id);
          if (file.status !== "WAITING" && file.status !== "STORED") return;
          await storageOf({ config: host.config, database, roles }, file).drop(session, { id, districtId: host.districtId, place: file.place });
          session.update(file, { status: "REMOVED", place: null });
        }),
      );
    }
  },
});

export const oftenEnough = schedule({ job: removeExpiredFiles, cron: "*/15 * * * *" });
