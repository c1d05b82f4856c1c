import { inLittleMemory } from "../crud/in-little-memory.ts";

/** `much-garbage.ts usual|little` keeps some memory and makes much more that is gone at once, as an import does; prints the most MB that its heap had. */
const kept = Array.from({ length: 60 }, () => Array.from({ length: 16_000 }, (_, at) => ({ at })));
let peak = 0;

async function work(): Promise<void> {
  let held: object[] = [];
  for (let round = 0; round < 6_000; round += 1) {
    held.push(Array.from({ length: 1_000 }, (_, at) => ({ at, text: `x${at}` })));
    if (held.length > 200) held = [];
    if (round % 20 !== 0) continue;
    peak = Math.max(peak, process.memoryUsage().heapUsed);
    await new Promise((goOn) => setImmediate(goOn));
  }
}

await (process.argv[2] === "little" ? inLittleMemory(work) : work());
if (kept.length > 0) process.stdout.write(`${Math.round(peak / 1024 / 1024)}\n`);
