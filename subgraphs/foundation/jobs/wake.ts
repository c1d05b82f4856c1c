import type { Database } from "../persistence/pool.ts";

const listeners = new WeakMap<Database, Set<(job: string) => void>>();

/** Tells the workers of this process that a job of that name was queued in the database. */
export function wake(database: Database, job: string): void {
  for (const listener of listeners.get(database) ?? []) listener(job);
}

/** @returns what ends it. */
export function onWake(database: Database, listener: (job: string) => void): () => void {
  const all = listeners.get(database) ?? new Set();
  listeners.set(database, all.add(listener));
  return () => void all.delete(listener);
}
