import { setFlagsFromString } from "node:v8";

let working = 0;

/**
 * Runs work that makes much and keeps little, such as an import: while it runs, the process gives memory back early, at the price of some
 * time. Left to itself V8 lets the heap double before it looks for what is gone, so that a large import took 850 MB of which it needed
 * less than half. A setting of the whole process, so it holds for others of it meanwhile, too.
 */
export async function inLittleMemory<T>(work: () => Promise<T>): Promise<T> {
  working += 1;
  if (working === 1) setFlagsFromString("--optimize-for-size");
  try {
    return await work();
  } finally {
    working -= 1;
    if (working === 0) setFlagsFromString("--no-optimize-for-size");
  }
}
