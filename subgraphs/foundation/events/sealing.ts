import type { Database } from "../persistence/pool.ts";
import { startRepeating, type Repeating } from "./repeating.ts";

/**
 * Chains new audit entries every `everyMs` (one second unless told). Any number of processes may do it: the database lets one at a
 * time. Writers never wait for it.
 */
export function startSealing(database: Database, report: (error: unknown) => void, everyMs = 1_000): Repeating {
  return startRepeating(database, { sql: "SELECT journal.seal()", everyMs }, report);
}
