import type { Database } from "../persistence/pool.ts";

/**
 * Chains new audit entries every `everyMs` (one second unless told). Any number of processes may do it: the database lets one at a
 * time. A failure is reported and tried again; writers never wait for it.
 */
export function startSealing(database: Database, report: (error: unknown) => void, everyMs = 1_000): { stop(): Promise<void> } {
  let stopped = false;
  let running: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    if (stopped || running) return;
    running = database.pool.query("SELECT journal.seal()").catch(report).finally(() => (running = null));
  }, everyMs);
  timer.unref();
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
