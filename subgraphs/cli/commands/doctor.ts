import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import pg from "pg";
import { readProcessConfig, type Config } from "#foundation/config/config";
import { lockHolder } from "#foundation/persistence/data-folder-lock";
import { installedBinaries } from "#foundation/persistence/postgres-binaries";
import type { CommandIo } from "../command.ts";
import { cannotListen, existing, freeSpace, inWords, lastStart, openFilesLimit, sizeOf } from "../machine.ts";

export const name = "doctor";
export const summary = "checks this machine, and tells start-up time, memory and size";
export const usage = `npm run osss -- doctor [--json]

Checks what OSSS needs: Node, memory, disk, port, data folder, database, open files; and tells the size of the
installation and how the last start went. Changes nothing.

  --json   one JSON array for programs: [{ "level", "subject", "text" }]

Ends with 0 when nothing is wrong, 1 when something is.`;

/** ok: as it should be. note: worth knowing, or an aim missed. wrong: OSSS will not run like this. */
export interface Finding { level: "ok" | "note" | "wrong"; subject: string; text: string }

const gigabyte = 1024 ** 3;
/** The aims for a start: seconds until ready, and megabytes for everything in one process. */
export const aims = { warmMs: 6_000, coldMs: 180_000, rssMb: 500 };

const finding = (level: Finding["level"], subject: string, text: string): Finding => ({ level, subject, text });

function node(): Finding {
  const major = Number(process.versions.node.split(".")[0]);
  const text = `${process.version} on ${process.platform} ${process.arch}`;
  return major >= 24 ? finding("ok", "Node", text) : finding("wrong", "Node", `${text}; start OSSS with npm start, which brings Node 24`);
}

function machine(): Finding[] {
  const limit = process.constrainedMemory();
  const memory = limit > 0 && limit < totalmem() ? limit : totalmem();
  const cores = availableParallelism();
  return [
    finding(memory >= 2 * gigabyte ? "ok" : memory >= gigabyte ? "note" : "wrong", "Memory", `${inWords(memory)}${memory < 2 * gigabyte ? "; 2 GB or more is advised" : ""}`),
    finding(cores >= 2 ? "ok" : "note", "Cores", `${cores}${cores < 2 ? "; 2 or more are advised" : ""}`),
  ];
}

async function disk(dataDir: string): Promise<Finding> {
  const free = await freeSpace(dataDir);
  return finding(free >= 2 * gigabyte ? "ok" : free >= gigabyte / 2 ? "note" : "wrong", "Free disk", `${inWords(free)} for ${dataDir}${free < 2 * gigabyte ? "; 2 GB or more is advised" : ""}`);
}

async function port(config: Config): Promise<Finding> {
  const reason = await cannotListen(config.host, config.port);
  const holder = lockHolder(config.dataDir);
  if (reason === null) return finding("ok", "Port", `${config.port} is free on ${config.host}`);
  if (reason === "EADDRINUSE" && holder !== null) return finding("ok", "Port", `${config.port} is in use, and OSSS runs here: ${holder.purpose}, process ${holder.pid}`);
  return finding("wrong", "Port", reason === "EADDRINUSE"
    ? `${config.port} is taken by another program; stop it, or choose another port: PORT=${config.port + 1} npm start`
    : `${config.port} on ${config.host} cannot be listened on (${reason}); choose another PORT or OSSS_HOST`);
}

function dataFolder(dataDir: string): Finding {
  const folder = existing(dataDir);
  const { uid } = statSync(folder);
  const own = process.getuid === undefined ? "" : `, owner ${uid === process.getuid() ? "this user" : `user ${uid}`}`;
  const text = existsSync(dataDir) ? `${dataDir}${own}` : `${dataDir} will be made in ${folder}${own}`;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return finding("ok", "Data folder", text);
  } catch {
    return finding("wrong", "Data folder", `${text}; this user cannot write there: start OSSS as its owner, or choose another with OSSS_DATA_DIR`);
  }
}

async function database(config: Config): Promise<Finding> {
  if (config.database.url !== null) return databaseServer(config.database.url);
  try {
    const program = installedBinaries().bin("postgres");
    const run = spawnSync(program, ["--version"], { encoding: "utf8" });
    if (run.status === 0) return finding("ok", "Database", `embedded ${run.stdout.trim().replace(/^postgres /, "")}`);
    return finding("wrong", "Database", `the embedded PostgreSQL does not run here: ${(run.error?.message ?? run.stderr).trim()}; set DATABASE_URL to a PostgreSQL 18 server`);
  } catch (error) {
    return finding("wrong", "Database", (error as Error).message);
  }
}

async function databaseServer(url: string): Promise<Finding> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});                             // told by the query that it breaks
  const where = new URL(url).host;
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number }>("SELECT current_setting('server_version_num')::int / 10000 AS version");
    const version = rows[0]?.version ?? 0;
    return finding(version >= 18 ? "ok" : "wrong", "Database", `PostgreSQL ${version} at ${where}${version >= 18 ? "" : "; OSSS needs 18 or later"}`);
  } catch (error) {
    return finding("wrong", "Database", `${where} does not let us in: ${(error as Error).message}; check DATABASE_URL`);
  } finally {
    await client.end().catch(() => {});                     // was never connected
  }
}

function openFiles(): Finding {
  const limit = openFilesLimit();
  if (limit === null) return finding("ok", "Open files", "this system has no limit to read");
  return finding(limit >= 1024 ? "ok" : "note", "Open files", `${limit}${limit < 1024 ? "; 1024 or more is advised: ulimit -n 4096" : ""}`);
}

/** The folder of package.json: further up from the sources than from the built files. */
function packageRoot(folder: string): string {
  return existsSync(join(folder, "package.json")) || folder === dirname(folder) ? folder : packageRoot(dirname(folder));
}

async function installation(): Promise<Finding> {
  const root = packageRoot(fileURLToPath(new URL(".", import.meta.url)));
  const sizes = await Promise.all(["node_modules", "dist"].map(async (folder) => ({ folder, size: await sizeOf(join(root, folder)) })));
  return finding("ok", "Installation", sizes.map(({ folder, size }) => `${folder} ${size === null ? "not built" : inWords(size)}`).join(", "));
}

async function lastStartFinding(dataDir: string): Promise<Finding[]> {
  const last = await lastStart(dataDir);
  if (last === null) return [finding("note", "Last start", "none on record; npm start writes one")];
  const aim = last.cold ? aims.coldMs : aims.warmMs;
  const judge = (met: boolean) => (met ? "met" : "not met");
  return [
    finding(last.readyMs <= aim ? "ok" : "note", "Last start", `ready after ${(last.readyMs / 1000).toFixed(1)} s ${last.cold ? "cold" : "warm"}, on ${last.at} (aim ${aim / 1000} s: ${judge(last.readyMs <= aim)})`),
    finding(last.rssMb <= aims.rssMb ? "ok" : "note", "Memory used", `${Math.round(last.rssMb)} MB (aim ${aims.rssMb} MB: ${judge(last.rssMb <= aims.rssMb)})`),
  ];
}

/** Everything that doctor finds for these settings, in the order of the printout. */
export async function examine(config: Config): Promise<Finding[]> {
  return [
    node(), ...machine(), await disk(config.dataDir), await port(config), dataFolder(config.dataDir), await database(config),
    openFiles(), await installation(), ...await lastStartFinding(config.dataDir),
  ];
}

export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: "boolean", default: false } } });
  const findings = await examine(readProcessConfig());
  const wrong = findings.filter(({ level }) => level === "wrong").length;
  if (values.json) {
    io.print(JSON.stringify(findings));
  } else {
    const sign = { ok: "ok   ", note: "note ", wrong: "WRONG" };
    for (const { level, subject, text } of findings) io.print(`${sign[level]}  ${subject.padEnd(13)} ${text}`);
    io.report(wrong === 0 ? "Nothing is wrong." : `${wrong} ${wrong === 1 ? "thing is" : "things are"} wrong: see above.`);
  }
  return wrong === 0 ? 0 : 1;
}
