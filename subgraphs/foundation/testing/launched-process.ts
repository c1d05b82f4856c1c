import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A process of this project that a test has started. Leaving the scope ends it, whatever state it is in. */
export interface LaunchedProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly pid: number;
  /** Exit code, or null with the signal that ended it; resolved when all output has arrived. */
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** What it has printed so far, both streams. */
  output(): string;
  /** Resolves when the output after `from` characters matches. @throws Error with the output when the process ends before, or after 100 s. */
  printed(pattern: RegExp, from?: number): Promise<RegExpExecArray>;
  /** Sends the signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export interface LaunchOptions {
  /** Settings for the process, over an environment without those of this machine. */
  env?: Readonly<Record<string, string>>;
  /** This clone, unless told. */
  cwd?: string;
}

/** The root of this clone. */
const root = fileURLToPath(new URL("../../../", import.meta.url));
/** What a first start makes in tests: a district as small as it can be with everything in it, in a few seconds. */
const demoStudents = "64";
/** Settings of the machine that a test must not inherit: they would point the process elsewhere. */
const machineSettings = /^(OSSS_|DATABASE_|OIDC_|SUBGRAPH_|PORT$|NODE_ENV$|NODE_OPTIONS$|INIT_CWD$|npm_|VITEST)/;

/** Runs node with these words, such as ["start.mjs"]. */
export function launch(words: readonly string[], { env = {}, cwd = root }: LaunchOptions = {}): LaunchedProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !machineSettings.test(name));
  const child = spawn(process.execPath, words, { cwd, env: { ...Object.fromEntries(inherited), OSSS_DEMO_STUDENTS: demoStudents, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      for (const look of listeners) look();
    });
  }
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => child.once("close", (code, signal) => resolve({ code, signal })));
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    child,
    pid: child.pid ?? 0,
    ended,
    output: () => said,
    printed: (pattern, from = 0) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(said.slice(from));
          if (found === null) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
        const missed = (how: string) => reject(new Error(`node ${words.join(" ")} ${how} ${pattern}:\n${said}`));
        setTimeout(() => missed("has not printed within 100 s"), 100_000).unref();
        void ended.then(() => missed("ended before it printed"));
      }),
    end,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // What it has started in turn is its own to end; only then is it killed.
      const patience = setTimeout(() => child.kill("SIGKILL"), 15_000);
      await end("SIGTERM");
      clearTimeout(patience);
    },
  };
}

/** TypeScript of this project, for `launch`. */
export const typescript = (file: string, ...words: string[]): string[] => ["--import", "./typescript.mjs", file, ...words];
