import { sql } from "kysely";
import { job, schedule } from "#foundation/jobs/job";
import { removeFile } from "../files/content.ts";

/** Files whose time is over: the bytes go, the record stays and says so. */
export const removeExpiredFiles = job({
  name: "removeExpiredFiles",
  description: "Removes the content of the district's files whose time is over.",
  payload: {},
  single: { by: "district", others: "drop" },
  async run(host) {
    const { result: due } = await host.across((across) =>
      across.in("platform", async (session) => session.ask(sql<{ id: string }>`SELECT id FROM platform.stored_file WHERE status IN ('WAITING', 'STORED') AND expires_at <= ${session.caller.now} ORDER BY id`)),
    );
    for (const { id } of due) {
      host.signal.throwIfAborted();
      await host.across((across) => across.in("platform", (session) => removeFile(host, session, id)));
    }
  },
});

export const oftenEnough = schedule({ job: removeExpiredFiles, cron: "*/15 * * * *" });
