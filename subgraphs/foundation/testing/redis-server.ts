import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installedServer } from "./installed-server.ts";
import { freePort } from "./started-platform.ts";

/** A Redis of a test's own, that keeps nothing. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again at the same address, empty. */
  start(): Promise<void>;
  /** Stops answering, without closing a connection. */
  freeze(): void;
  thaw(): void;
  /** Cuts the connections on which messages are heard: what is said until they are back is heard by nobody. */
  cutListeners(): void;
}

const program = installedServer("redis-server");

/** Why tests with Redis do not run here; null where they do, as they must in CI. */
export const noRedis: string | null = program === null ? "redis-server is not installed: npm run servers:install" : null;

export async function redisServer(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "osss-redis-"));
  const port = await freePort();
  let child: ChildProcess | null = null;
  const server: RedisServer = {
    url: `redis://:test-only@127.0.0.1:${port}`,
    async start() {
      const words = ["--port", String(port), "--bind", "127.0.0.1", "--requirepass", "test-only", "--dir", folder, "--save", "", "--appendonly", "no"];
      const started = (child = spawn(program!, words, { stdio: ["ignore", "pipe", "inherit"] }));
      await new Promise<void>((resolve, reject) => {
        let said = "";
        started.stdout!.setEncoding("utf8").on("data", (text: string) => {
          said += text;
          if (said.includes("Ready to accept connections")) resolve();
        });
        started.once("exit", (code) => reject(new Error(`redis-server ended with ${code}:\n${said}`)));
      });
    },
    async kill() {
      const ending = child;
      child = null;
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
      const gone = new Promise((resolve) => ending.once("close", resolve));
      ending.kill("SIGKILL");
      await gone;
    },
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    cutListeners: () => void spawnSync("redis-cli", ["-p", String(port), "-a", "test-only", "CLIENT", "KILL", "TYPE", "pubsub"]),
    async [Symbol.asyncDispose]() {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}
