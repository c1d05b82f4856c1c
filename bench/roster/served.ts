import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { withSettings } from "../environment.ts";
import { osss } from "./command.ts";

/** What one job of a started OSSS took. */
export interface Served {
  seconds: number;
  /** The most memory of the whole process while it ran, and what it held before. */
  peakMb: number;
  idleMb: number;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const settled = new Set(["PREVIEWED", "STOPPED", "COMMITTED", "UNDONE", "FAILED", "REFUSED"]);

/**
 * Imports a zip by the graph of a started OSSS, as the registrar of a small demo district does it: bring the file, look at the preview,
 * commit, and undo. @throws Error where any of it fails.
 */
export async function importServed(settings: Readonly<Record<string, string>>, zip: string): Promise<{ preview: Served; commit: Served; undo: Served }> {
  const port = await freePort();
  const env = { ...settings, PORT: String(port), OSSS_NOW: "2026-10-14T18:00:00Z", OSSS_LOG_LEVEL: "error" };
  await osss(["seed", "--students", "64", "--years", "1", "--seed", "7", "--no-events", "--today", "2026-10-14"], env);
  const child = spawn(process.execPath, ["start.mjs"], { cwd: root, env: withSettings(env), stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => void (said += text));
  try {
    await ready(port, child, () => said);
    // Tokens live five minutes, and a slow machine takes longer.
    const token = async () => (await osss(["token", "district-registrar"], env)).output.trim();
    let ask = asker(port, await token());
    const server = await serverOf(child.pid!);
    const bytes = readFileSync(zip);
    const { requestUpload: { file } } = await ask<{ requestUpload: { file: { id: string; uploadUrl: string } } }>(
      `mutation($size: Int!) { requestUpload(input: { name: "export.zip", mediaType: "application/zip", size: $size, purpose: IMPORT }) { file { id uploadUrl } } }`, { size: bytes.length });
    const sent = await fetch(new URL(file.uploadUrl, `http://127.0.0.1:${port}`), { method: "PUT", body: bytes, headers: { "content-type": "application/zip" } });
    if (!sent.ok) throw new Error(`The file was refused: ${sent.status} ${await sent.text()}`);
    const follow = async (id: string, wanted: readonly string[]): Promise<number> => {
      for (;;) {
        const { import: { status, version, message } } = await ask<{ import: { status: string; version: number; message: string | null } }>("query($id: ID!) { import(id: $id) { status version message } }", { id });
        if (wanted.includes(status)) return version;
        if (settled.has(status)) throw new Error(`The import is ${status}: ${message}`);
        await pause(200);
      }
    };
    const { startImport: { record } } = await ask<{ startImport: { record: { id: string } } }>("mutation($id: ID!) { startImport(input: { fileId: $id, source: \"bench\" }) { record { id } } }", { id: file.id });
    let version = 0;
    const preview = await measured(server, async () => (version = await follow(record.id, ["PREVIEWED", "STOPPED"])));
    ask = asker(port, await token());
    const commit = await measured(server, async () => {
      await ask("mutation($id: ID!, $version: Int!) { commitImport(input: { importId: $id, version: $version, newPeople: true, acceptWithdrawals: true }) { record { id } } }", { id: record.id, version });
      version = await follow(record.id, ["COMMITTED"]);
    });
    ask = asker(port, await token());
    const undo = await measured(server, async () => {
      await ask("mutation($id: ID!, $version: Int!) { undoImport(input: { importId: $id, version: $version }, reason: \"A benchmark.\") { record { id } } }", { id: record.id, version });
      await follow(record.id, ["UNDONE"]);
    });
    return { preview, commit, undo };
  } finally {
    child.kill("SIGTERM");
    await new Promise((resolve) => (child.exitCode === null ? child.once("close", resolve) : resolve(null)));
  }
}

function asker(port: number, token: string) {
  return async <T>(query: string, variables: Record<string, unknown>): Promise<T> => {
    const reply = await fetch(`http://127.0.0.1:${port}/graphql`, { method: "POST", headers: { "content-type": "application/json", authorization: `Bearer ${token}` }, body: JSON.stringify({ query, variables }) });
    const { data, errors } = (await reply.json()) as { data: T; errors?: { message: string }[] };
    if (errors !== undefined) throw new Error(errors.map(({ message }) => message).join("; "));
    return data;
  };
}

async function ready(port: number, child: ChildProcess, said: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`OSSS did not start:\n${said()}`);
    if (await fetch(`http://127.0.0.1:${port}/health/ready`).then(({ ok }) => ok, () => false)) return;
    await pause(100);
  }
}

/** The process that serves, below the one that checks what is installed. */
async function serverOf(pid: number): Promise<number> {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ");
  return child === undefined || child === "" ? pid : Number(child);
}

const residentMb = (pid: number): number => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

async function measured(pid: number, work: () => Promise<unknown>): Promise<Served> {
  const [idleMb, started] = [residentMb(pid), performance.now()];
  let peakMb = idleMb;
  const looking = setInterval(() => (peakMb = Math.max(peakMb, residentMb(pid))), 20);
  try {
    await work();
  } finally {
    clearInterval(looking);
  }
  return { seconds: (performance.now() - started) / 1000, peakMb, idleMb };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
