import type { Database } from "../persistence/pool.ts";

/** Work that repeats until it is stopped. */
export interface Repeating {
  stop(): Promise<void>;
}

/**
 * Runs one statement every `everyMs`, never twice at once in this process; other processes may do the same. A failure is reported and
 * tried again. Nobody waits for it.
 */
export function startRepeating(database: Database, work: { sql: string; everyMs: number }, report: (error: unknown) => void): Repeating {
  let stopped = false;
  let running: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    if (stopped || running) return;
    running = database.pool.query(work.sql).catch(report).finally(() => (running = null));
  }, work.everyMs);
  timer.unref();
  return {
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}
