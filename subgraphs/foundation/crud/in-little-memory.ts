import { setFlagsFromString } from "node:v8";

/** The heap may grow by a fifth before what is gone is looked for; and what V8 itself starts with. */
const sparing = ["--optimize-for-size", "--heap-growing-percent=20"];
const usual = ["--no-optimize-for-size", "--heap-growing-percent=0"];

let working = 0;

/**
 * Runs work that makes much and keeps little, such as an import: while it runs, the process gives memory back early, at the price of some
 * time. Left to itself V8 lets the heap double before it looks for what is gone, so that a large import took 850 MB of which it needed
 * less than half. A setting of the whole process, so it holds for others of it meanwhile, too.
 */
export async function inLittleMemory<T>(work: () => Promise<T>): Promise<T> {
  working += 1;
  if (working === 1) for (const flag of sparing) setFlagsFromString(flag);
  try {
    return await work();
  } finally {
    working -= 1;
    if (working === 0) for (const flag of usual) setFlagsFromString(flag);
  }
}
