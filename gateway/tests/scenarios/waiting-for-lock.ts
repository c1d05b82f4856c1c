import type { DataFolder } from "#foundation/testing/data-folder";

/** Resolves when a statement of the platform waits for a lock that the test holds. @throws Error after 10 s. */
export async function waitingForLock(folder: DataFolder): Promise<void> {
  for (const until = Date.now() + 10_000; Date.now() < until; ) {
    const [waiting] = await folder.sql("SELECT 1 FROM pg_stat_activity WHERE application_name = 'osss' AND wait_event_type = 'Lock'");
    if (waiting !== undefined) return;
  }
  throw new Error("No statement waits for a lock after 10 s.");
}
