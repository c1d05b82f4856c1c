import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A whole OSSS in a process of its own, as `npm start` runs it. */
export interface StartedPlatform extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** What it has printed so far, both streams. */
  output(): string;
  /** An access token of a demo user, from the embedded provider. */
  token(username: string): Promise<string>;
  graphql<T = Record<string, unknown>>(token: string | null, query: string, variables?: Record<string, unknown>): Promise<{ data?: T; errors?: { message: string; extensions: Record<string, unknown> }[] }>;
  /** Ctrl-C, and waits for the end; the data folder goes too unless it was given. */
  stop(): Promise<number | null>;
}

export interface StartedPlatformOptions {
  env?: Readonly<Record<string, string>>;
  /** An existing data folder: it is kept. */
  dataDir?: string;
  port?: number;
}

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Starts OSSS on a free port and a new data folder (a first start makes the demo district) and waits until it is ready. */
export async function startedPlatform(options: StartedPlatformOptions = {}): Promise<StartedPlatform> {
  const dataDir = options.dataDir ?? temporaryFolder();
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  let said = "";
  const child = spawn(process.execPath, ["--import", "@oxc-node/core/register", "gateway/main.ts"], {
    cwd: root,
    env: { ...environment(), PORT: String(port), OSSS_DATA_DIR: dataDir, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGINT");
    const code = await ended;
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    return code;
  };
  try {
    await ready(`http://127.0.0.1:${port}/health/ready`, ended, () => said);
  } catch (error) {
    child.kill("SIGKILL");
    await stop();
    throw error;
  }
  const graphql: StartedPlatform["graphql"] = async (token, query, variables) => {
    const reply = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return (await reply.json()) as never;
  };
  return { url, port, dataDir, process: child, output: () => said, token: (username) => commandLineToken(username, { dataDir, port }), graphql, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}

/** Settings of the machine that a test must not inherit: they would point the platform elsewhere. */
function environment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !/^(OSSS_|DATABASE_|OIDC_|SUBGRAPH_|PORT$|NODE_ENV$|VITEST)/.test(entry[0])));
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "osss-started-"));
  if (process.getuid?.() === 0) chmodSync(folder, 0o711);
  return folder;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks until it answers; ends at once when the process does. */
async function ready(url: string, ended: Promise<number | null>, said: () => string): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  for (const until = Date.now() + 180_000; Date.now() < until; ) {
    if (over) throw new Error(`OSSS ended before it was ready:\n${said()}`);
    const ok = await fetch(url).then((reply) => reply.ok, () => false);
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`OSSS was not ready within three minutes:\n${said()}`);
}

async function commandLineToken(username: string, { dataDir, port }: { dataDir: string; port: number }): Promise<string> {
  const child = spawn(process.execPath, ["--import", "@oxc-node/core/register", "subgraphs/cli/main.ts", "token", username], {
    cwd: root,
    env: { ...environment(), PORT: String(port), OSSS_DATA_DIR: dataDir },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const code = await new Promise((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`osss token ${username} failed:\n${err}`);
  return out.trim();
}
