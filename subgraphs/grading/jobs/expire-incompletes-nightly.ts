import { job, schedule } from "#foundation/jobs/job";
import { expireDue, schoolsWithDue } from "../expiry.ts";

/** What `expireIncompletes` does for one school when its office asks, for all schools of a district and in nobody's name. */
export const expireIncompletesNightly = job({
  name: "expireIncompletesNightly",
  description: "Lets every incomplete of the district whose deadline has passed become the mark that was agreed.",
  payload: {},
  single: { by: "district", others: "drop" },
  async run(host) {
    const { result: schools } = await host.across((across) => across.in("grading", schoolsWithDue));
    for (const school of schools) {
      host.signal.throwIfAborted();
      await host.across((across) => across.in("grading", (session) => expireDue(session, session.elevated("A deadline passes whoever may read the mark, and nobody is told."), school)));
    }
  },
});

export const nightly = schedule({ job: expireIncompletesNightly, cron: "20 2 * * *" });
