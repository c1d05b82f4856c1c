import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clamd } from "../config/config.ts";
import { answers, installedServer } from "./installed-server.ts";
import { freePort } from "./started-platform.ts";

/** The text that every scanner is tested with, in two halves so that none finds it here. */
export const testVirus = Buffer.from(["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join(""));

/** ClamAV's daemon with one signature of our own: the test virus's. */
export interface RunningClamd extends AsyncDisposable {
  readonly at: Clamd & { readonly host: string };
  stop(): Promise<void>;
}

const program = installedServer("clamd");

/** Why tests with it do not run here; null where they do, as they must in CI. */
export const noClamd: string | null = program === null ? "clamd is not installed: npm run servers:install" : null;

export async function startClamd(): Promise<RunningClamd> {
  const folder = mkdtempSync(join(tmpdir(), "osss-clamd-"));
  const port = await freePort();
  // Started by root, it goes on as somebody else.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "signatures"), { mode: 0o755 });
  writeFileSync(join(folder, "signatures", "test.hdb"), `${createHash("md5").update(testVirus).digest("hex")}:${testVirus.length}:Test.Virus\n`);
  writeFileSync(join(folder, "clamd.conf"), ["Foreground yes", `DatabaseDirectory ${join(folder, "signatures")}`, `TCPSocket ${port}`, "TCPAddr 127.0.0.1", "StreamMaxLength 300M", ""].join("\n"));
  const child = spawn(program!, ["--config-file", join(folder, "clamd.conf")], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  for (const until = Date.now() + 30_000; !(await answers(port)); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (child.exitCode === null && Date.now() < until) continue;
    await stop();
    throw new Error(`clamd did not start:\n${said}`);
  }
  return { at: { host: "127.0.0.1", port }, stop, [Symbol.asyncDispose]: stop };
}
