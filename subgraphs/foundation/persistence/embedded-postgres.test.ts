import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterEach, expect, onTestFinished, test } from "vitest";
import { DataFolderInUse } from "./data-folder-lock.ts";
import { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from "./embedded-postgres.ts";
import { readRecord } from "./postgres-home.ts";
import { isAlive } from "./process-state.ts";

const isRoot = process.getuid?.() === 0;
const started: EmbeddedPostgres[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.stop()));
});

/** A private folder, as a home folder is; removed with its clusters when the test has finished. */
function privateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "osss home "));
  onTestFinished(() => {
    const record = readRecord(join(folder, ".osss"));
    if (record !== null) rmSync(join(record.cluster, ".."), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });
  return join(folder, ".osss");
}

async function start(dataDir: string, more: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres & { said: string[] }> {
  const said: string[] = [];
  const server = await startEmbeddedPostgres({ dataDir, log: (line) => said.push(line), ...more });
  started.push(server);
  return Object.assign(server, { said });
}

async function ask(server: { superuserUrl: string }, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.superuserUrl });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Another node process that starts the database of a folder and holds it until it is killed. */
async function holderProcess(dataDir: string): Promise<{ child: ChildProcess; pid: number; databasePid: number }> {
  const module = new URL("./embedded-postgres.ts", import.meta.url).href;
  const script = `import { startEmbeddedPostgres } from ${JSON.stringify(module)};
    const server = await startEmbeddedPostgres({ dataDir: process.argv[1], log: () => {}, purpose: "npm start on http://localhost:4000" });
    setInterval(() => {}, 1000);
    console.log(server.pid);`;
  const child = spawn(process.execPath, ["--import", "@oxc-node/core/register", "--input-type=module", "-e", script, dataDir], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => { child.kill("SIGKILL"); });
  const [line] = await Promise.race([
    new Promise<string[]>((resolve) => createInterface({ input: child.stdout }).once("line", (text) => resolve([text]))),
    new Promise<never>((_, reject) => child.once("exit", (code) => reject(new Error(`the holder ended with ${code}`)))),
  ]);
  return { child, pid: child.pid ?? 0, databasePid: Number(line) };
}

const gone = (child: ChildProcess) => new Promise<void>((resolve) => child.once("exit", () => resolve()));

test("it starts below a private home, keeps its data over a stop, and remembers its port", async () => {
  const dataDir = privateFolder();
  const first = await start(dataDir);
  await ask(first, "CREATE TABLE kept (word text)");
  await ask(first, "INSERT INTO kept VALUES ('Núñez')");
  const [settings] = await ask(first, `SELECT current_setting('listen_addresses') AS host, current_setting('fsync') AS fsync, current_setting('jit') AS jit,
    current_setting('data_checksums') AS checksums, current_setting('server_encoding') AS encoding, lower('NÚÑEZ') AS lowered`);
  expect(settings).toEqual({ host: "127.0.0.1", fsync: "on", jit: "off", checksums: "on", encoding: "UTF8", lowered: "núñez" });
  await Promise.all([first.stop(), first.stop()]);
  expect(await first.exited).toMatchObject({ expected: true });
  expect(isAlive(first.pid)).toBe(false);
  const second = await start(dataDir);
  expect(second).toMatchObject({ port: first.port, reused: false });
  expect(await ask(second, "SELECT word FROM kept")).toEqual([{ word: "Núñez" }]);
});

test("nobody gets in without the password, which only the owner reads", async () => {
  const dataDir = privateFolder();
  const server = await start(dataDir);
  expect(statSync(join(dataDir, "postgres.json")).mode & 0o777).toBe(0o600);
  const password = readRecord(dataDir)?.password ?? "";
  expect(password.length).toBeGreaterThanOrEqual(32);
  await expect(ask({ superuserUrl: server.superuserUrl.replace(password, "postgres") }, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  expect(await ask(server, "SELECT DISTINCT auth_method FROM pg_hba_file_rules")).toEqual([{ auth_method: "scram-sha-256" }]);
});

test("a second start on the same folder is refused in a clear sentence, and attach uses the running one", async () => {
  const dataDir = privateFolder();
  const holder = await holderProcess(dataDir);
  const refusal = await start(dataDir).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(DataFolderInUse);
  expect(String(refusal)).toContain(`npm start on http://localhost:4000, process ${holder.pid}`);
  const attached = await start(dataDir, { attach: true });
  expect(attached).toMatchObject({ reused: true, pid: holder.databasePid });
  await attached.stop();
  expect(await ask(attached, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  process.kill(holder.databasePid, "SIGINT");
  expect(await attached.exited).toMatchObject({ expected: false });
});

test("kill -9 of node leaves the server, which the next start uses with all that was committed", async () => {
  const dataDir = privateFolder();
  const holder = await holderProcess(dataDir);
  const attached = await start(dataDir, { attach: true });
  await ask(attached, "CREATE TABLE committed AS SELECT 7 AS seven");
  const ended = gone(holder.child);
  process.kill(holder.pid, "SIGKILL");
  await ended;
  const next = await start(dataDir);
  expect(next).toMatchObject({ reused: true, pid: holder.databasePid });
  expect(await ask(next, "SELECT seven FROM committed")).toEqual([{ seven: 7 }]);
  await next.stop();
  expect(isAlive(holder.databasePid)).toBe(false);
});

test("kill -9 of the server is noticed and told, and the next start recovers", async () => {
  const dataDir = privateFolder();
  const first = await start(dataDir);
  await ask(first, "CREATE TABLE survives AS SELECT 1 AS one");
  process.kill(first.pid, "SIGKILL");
  expect(await first.exited).toEqual({ expected: false, reason: expect.stringMatching(/stopped unexpectedly: it was ended by SIGKILL\. What was saved is safe; start OSSS again/) });
  const next = await start(dataDir);
  expect(await ask(next, "SELECT one FROM survives")).toEqual([{ one: 1 }]);
});

test("both killed at once: stale lock and stale pid file do not block the next start", async () => {
  const dataDir = privateFolder();
  const holder = await holderProcess(dataDir);
  const ended = gone(holder.child);
  process.kill(holder.pid, "SIGKILL");
  process.kill(holder.databasePid, "SIGKILL");
  await ended;
  expect(await start(dataDir)).toMatchObject({ reused: false });
});

test("a pid file that names a living stranger is not believed", async () => {
  const dataDir = privateFolder();
  const first = await start(dataDir);
  await first.stop();
  const cluster = readRecord(dataDir)?.cluster ?? "";
  writeFileSync(join(cluster, "postmaster.pid"), `${process.ppid}\n${cluster}\n1\n${first.port}\n\n127.0.0.1\n\nready\n`);
  const next = await start(dataDir);
  expect(next.pid).not.toBe(process.ppid);
});

test("a taken port is replaced by another, which is remembered", async () => {
  const dataDir = privateFolder();
  const first = await start(dataDir);
  await first.stop();
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(first.port, "127.0.0.1", resolve));
  onTestFinished(() => { squatter.close(); });
  const second = await start(dataDir);
  expect(second.port).not.toBe(first.port);
  expect(readRecord(dataDir)?.port).toBe(second.port);
});

test("Ctrl-C in the terminal does not reach the server: it is in a process group of its own", async () => {
  const server = await start(privateFolder());
  const group = spawnSync("ps", ["-o", "pgid=", "-p", String(server.pid)], { encoding: "utf8" });
  expect(Number(group.stdout)).toBe(server.pid);
});

test("a cluster that has gone is not silently replaced by an empty one", async () => {
  const dataDir = privateFolder();
  const first = await start(dataDir);
  await first.stop();
  rmSync(readRecord(dataDir)?.cluster ?? "", { recursive: true });
  await expect(start(dataDir)).rejects.toThrow(/is not there any more. Put that folder back .* remove .*postgres\.json/);
});

test("data of another major version is refused with a way out", async () => {
  const dataDir = privateFolder();
  const first = await start(dataDir);
  await first.stop();
  writeFileSync(join(readRecord(dataDir)?.cluster ?? "", "PG_VERSION"), "17\n");
  await expect(start(dataDir)).rejects.toThrow(/written by PostgreSQL 17, and this OSSS brings PostgreSQL 18/);
});

test("a broken server setting is told with the server's own words", async () => {
  await expect(start(privateFolder(), { settings: { shared_buffers: "many" } })).rejects.toThrow(/did not start[\s\S]*invalid value for parameter "shared_buffers"/);
});

test.skipIf(!isRoot)("root's server runs as an unprivileged user, also when the folder becomes private later", async () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), "osss-open-")), ".osss");
  const above = join(dataDir, "..");
  chmodSync(above, 0o755);
  onTestFinished(() => {
    rmSync(join(readRecord(dataDir)?.cluster ?? "", ".."), { recursive: true, force: true });
    rmSync(above, { recursive: true, force: true });
  });
  const first = await start(dataDir);
  expect(readRecord(dataDir)?.cluster.startsWith(dataDir)).toBe(true);
  expect(statSync(`/proc/${first.pid}`).uid).not.toBe(0);
  await ask(first, "CREATE TABLE moved AS SELECT 3 AS three");
  await first.stop();
  chmodSync(above, 0o700);
  const second = await start(dataDir);
  expect(readRecord(dataDir)?.cluster.startsWith(dataDir)).toBe(false);
  expect(await ask(second, "SELECT three FROM moved")).toEqual([{ three: 3 }]);
});

test.skipIf(isRoot)("a folder of another user is refused in a clear sentence", async () => {
  const dataDir = privateFolder();
  mkdirSync(dataDir);
  chmodSync(dataDir, 0o500);
  await expect(start(dataDir)).rejects.toThrow(/cannot be written by this user .* OSSS_DATA_DIR/);
});

test("a data folder that was moved is found again, and its left-behind server with it", async () => {
  const dataDir = privateFolder();
  const holder = await holderProcess(dataDir);
  const attached = await start(dataDir, { attach: true });
  await ask(attached, "CREATE TABLE carried AS SELECT 5 AS five");
  const ended = gone(holder.child);
  process.kill(holder.pid, "SIGKILL");
  await ended;
  const moved = privateFolder();
  renameSync(dataDir, moved);
  const next = await start(moved);
  expect(await ask(next, "SELECT five FROM carried")).toEqual([{ five: 5 }]);
  expect(isAlive(holder.databasePid)).toBe(next.pid === holder.databasePid);
});

test("a copy of a data folder does not open the original's database", async () => {
  const dataDir = privateFolder();
  const original = await start(dataDir);
  await ask(original, "CREATE TABLE original AS SELECT 1 AS one");
  await original.stop();
  const copy = privateFolder();
  cpSync(dataDir, copy, { recursive: true });
  const opened = await start(copy).catch((error: unknown) => error);
  const outside = !readRecord(dataDir)?.cluster.startsWith(dataDir);
  if (outside) expect(String(opened)).toContain(`is a copy of ${dataDir}`);
  else expect(readRecord(copy)?.cluster.startsWith(copy)).toBe(true);
});

test("the log of the server is kept in the data folder", async () => {
  const dataDir = privateFolder();
  await start(dataDir);
  expect(readFileSync(join(dataDir, "postgres.log"), "utf8")).toContain("ready to accept connections");
});
