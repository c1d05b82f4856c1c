import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { withSettings } from "../environment.ts";

/** What a process has used of the machine. */
export interface Used {
  /** Milliseconds of all its threads, those of the system on its behalf included. */
  readonly cpuMs: number;
  readonly rssMb: number;
}

/** As the image starts what was built (`deploy/Dockerfile`). */
const asInProduction = ["--enable-source-maps", "--conditions=osss-dist"];

/** A process of the benchmark; ends with it. */
export class BenchProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #ended: Promise<string>;

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = new Promise((resolve) => child.once("exit", (code, signal) => resolve(`ended with ${signal ?? code}`)));
  }

  /**
   * @param file as built, or TypeScript.
   * @param told its first message, where it waits for one.
   * @returns the process and what it says when it is ready.
   */
  static async start<Ready>(file: string, args: readonly string[], told?: object): Promise<{ process: BenchProcess; ready: Ready }> {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
      execArgv: [...(file.endsWith(".js") ? asInProduction : ["--import", fileURLToPath(new URL("../../typescript.mjs", import.meta.url))]), ...profile()],
      env: withSettings({ NODE_ENV: "production", APOLLO_TELEMETRY_DISABLED: "1" }),
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const started = new BenchProcess(child);
    if (told) child.send(told);
    const { ready } = await started.#answer<{ ready: Ready }>();
    return { process: started, ready };
  }

  /** Calls to subgraphs that it made or answered so far. */
  async calls(): Promise<number> {
    const answer = this.#answer<{ calls: number }>();
    this.#child.send("calls");
    return (await answer).calls;
  }

  used(): Used {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, "utf8");
    // After the name, which may hold anything: fields 3 and on; 14 and 15 are the ticks of a hundredth of a second.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const rss = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.#child.pid}/status`, "utf8"));
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, rssMb: Number(rss?.[1] ?? 0) / 1024 };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#ended;
  }

  async #answer<Answer>(): Promise<Answer> {
    const answer = new Promise<Answer>((resolve) => this.#child.once("message", (message) => resolve(message as Answer)));
    return Promise.race([answer, this.#ended.then((how) => Promise.reject(new Error(`A process of the benchmark ${how}.`)))]);
  }
}

/** `--cpu-prof` on the command line leaves a profile of each process in the current folder. */
function profile(): string[] {
  return process.argv.includes("--cpu-prof") ? ["--cpu-prof"] : [];
}
