import { Session } from "node:inspector/promises";

/**
 * Gives back the memory that only a start needed: about two hundred megabytes with all subgraphs in one process, five hundred after the
 * demo district was made. V8 would do so when its heap fills up again, which on a quiet day takes hours. Holds the process up for half a second.
 */
export async function settleMemory(): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post("HeapProfiler.collectGarbage");
  session.disconnect();
}
