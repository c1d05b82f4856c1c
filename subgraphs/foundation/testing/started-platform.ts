import type { ChildProcess } from "node:child_process";
import { createServer, type AddressInfo } from "node:net";
import { dataFolder } from "./data-folder.ts";
import { launch, typescript, type LaunchedProcess } from "./launched-process.ts";

/** A whole OSSS in a process of its own, as `npm start` runs it. */
export interface StartedPlatform extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** The same process, with its output and its end to wait for. */
  readonly launched: LaunchedProcess;
  /** What it has printed so far, both streams. */
  output(): string;
  /** An access token of a demo user, as `osss token` prints it. */
  token(username: string): Promise<string>;
  graphql<T = Record<string, unknown>>(token: string | null, query: string, variables?: Record<string, unknown>): Promise<GraphQLReply<T>>;
  /** Ctrl-C, and waits for the end; the data folder goes too unless it was given. */
  stop(): Promise<number | null>;
}

export interface GraphQLReply<T = Record<string, unknown>> {
  data?: T;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

export interface StartedPlatformOptions {
  env?: Readonly<Record<string, string>>;
  /** An existing data folder: it is kept. */
  dataDir?: string;
  port?: number;
  /** What node runs, gateway/main.ts unless told. */
  words?: readonly string[];
}

/** Longest time from Ctrl-C to the end, in milliseconds; after it the process is killed. */
const stopPatienceMs = 20_000;

/** Starts OSSS on a free port and a new data folder (a first start makes the demo district) and waits until it is ready. */
export async function startedPlatform(options: StartedPlatformOptions = {}): Promise<StartedPlatform> {
  const own = options.dataDir === undefined ? dataFolder() : null;
  const dataDir = options.dataDir ?? own!.path;
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const launched = launch(options.words ?? typescript("gateway/main.ts"), { env: { PORT: String(port), OSSS_DATA_DIR: dataDir, ...options.env } });
  const stop = async () => {
    const patience = setTimeout(() => launched.child.kill("SIGKILL"), stopPatienceMs);
    if (launched.child.exitCode === null && launched.child.signalCode === null) launched.child.kill("SIGINT");
    const { code } = await launched.ended;
    clearTimeout(patience);
    await own?.[Symbol.asyncDispose]();
    return code;
  };
  try {
    await launched.printed(/OSSS is ready in/);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url, port, dataDir, process: launched.child, launched, stop,
    output: () => launched.output(),
    token: (username) => commandLineToken(username, { dataDir, port }),
    graphql: (token, query, variables) => graphqlAt(url, token, query, variables),
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}

/** Sends one operation and reads the reply, whatever its status. */
export async function graphqlAt<T = Record<string, unknown>>(url: string, token: string | null, query: string, variables?: Record<string, unknown>): Promise<GraphQLReply<T>> {
  const reply = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return (await reply.json()) as GraphQLReply<T>;
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function commandLineToken(username: string, { dataDir, port }: { dataDir: string; port: number }): Promise<string> {
  await using command = launch(typescript("subgraphs/cli/main.ts", "token", username), { env: { PORT: String(port), OSSS_DATA_DIR: dataDir } });
  const { code } = await command.ended;
  if (code !== 0) throw new Error(`osss token ${username} failed:\n${command.output()}`);
  return command.output().trim();
}
