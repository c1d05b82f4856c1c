import type { JobCounts } from "../jobs/job-counts.ts";
import type { Workers } from "../jobs/workers.ts";
import type { Metrics } from "./metrics.ts";

/** What the page of metrics tells of the jobs that this process works; the same in each that works them. */
export function tellJobs(metrics: Metrics, workers: Workers | null): void {
  if (workers === null || workers.jobs.length === 0) return;
  let counts: ReadonlyMap<string, JobCounts> = new Map();
  metrics.before(async () => {
    counts = new Map();
    counts = await workers.counts();
  });
  for (const job of workers.jobs) {
    metrics.read("osss_jobs_waiting", "Jobs that wait to be done, those that are tried again included.", () => counts.get(job)?.waiting ?? NaN, "gauge", { job });
    metrics.read("osss_jobs_running", "Jobs under way in any process.", () => counts.get(job)?.running ?? NaN, "gauge", { job });
    metrics.read("osss_jobs_failed", "Jobs that were given up after the last try, in the last two weeks.", () => counts.get(job)?.failed ?? NaN, "gauge", { job });
  }
}
