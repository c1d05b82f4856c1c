import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { withSettings } from "../environment.ts";

export interface Ran {
  seconds: number;
  /** The most memory that the process held at once. */
  peakMb: number;
  output: string;
}

const root = new URL("../../", import.meta.url);
const path = (file: string) => fileURLToPath(new URL(file, root));

/** Runs a command of osss as its users do, from its start to its end. @throws Error with what it said where it fails. */
export async function osss(words: readonly string[], settings: Readonly<Record<string, string>>): Promise<Ran> {
  const started = performance.now();
  const child = spawn(process.execPath, [path("start.mjs"), "--cli", ...words], {
    cwd: fileURLToPath(root),
    env: withSettings(settings),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [output, peak] = ["", 0];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => void (output += text));
  // The system's own high-water mark: a look now and then misses nothing but what was allocated since the last one.
  const looking = setInterval(() => (peak = Math.max(peak, ...family(child.pid!).map(highWater))), 20);
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  clearInterval(looking);
  if (code !== 0) throw new Error(`osss ${words.join(" ")} ended with ${code}:\n${output}`);
  return { seconds: (performance.now() - started) / 1000, peakMb: peak, output };
}

/** A process and those that it started: the command runs below the one that checks what is installed. */
function family(pid: number): number[] {
  try {
    return [pid, ...readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).flatMap((child) => family(Number(child)))];
  } catch {
    return [pid];
  }
}

function highWater(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
