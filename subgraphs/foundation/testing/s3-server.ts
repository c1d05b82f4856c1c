import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answers, installedServer } from "./installed-server.ts";
import { freePort } from "./started-platform.ts";

/** A server that speaks S3 and checks every signature (the Versity gateway over a folder), with an empty bucket. */
export interface S3Server extends AsyncDisposable {
  /** The settings that name it. */
  readonly env: Readonly<Record<string, string>>;
  /** Keys of the objects that it holds. */
  objects(): string[];
  stop(): Promise<void>;
}

const program = installedServer("versitygw");

/** Why tests with it do not run here; null where they do, as they must in CI. */
export const noS3: string | null = program === null ? "versitygw is not installed: npm run servers:install" : null;

export async function startS3(): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), "osss-s3-"));
  const port = await freePort();
  mkdirSync(join(folder, "osss-files"));
  const child = spawn(program!, ["--access", "osss", "--secret", "test-only-secret", "--port", `127.0.0.1:${port}`, "--quiet", "posix", folder], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const until = Date.now() + 20_000; !(await answers(port)); await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (child.exitCode === null && Date.now() < until) continue;
    await stop();
    throw new Error(`versitygw did not start:\n${said}`);
  }
  return {
    env: { OSSS_FILES_S3_ENDPOINT: `http://127.0.0.1:${port}`, OSSS_FILES_S3_BUCKET: "osss-files", OSSS_FILES_S3_KEY_ID: "osss", OSSS_FILES_S3_SECRET: "test-only-secret" },
    objects: () => readdirSync(join(folder, "osss-files"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.parentPath.includes(".sgwtmp")).map((entry) => join(entry.parentPath, entry.name).slice(join(folder, "osss-files").length + 1)),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
