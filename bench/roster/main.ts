import "reflect-metadata";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "#foundation/persistence/embedded-postgres";
import { migrate } from "#foundation/persistence/migrate";
import { roleNames } from "#foundation/persistence/names";
import { allManifests } from "../../subgraphs/registry.ts";
import { osss, type Ran } from "./command.ts";
import { importServed } from "./served.ts";

/**
 * A district's files out and in: a seeded district is exported into a folder, which an empty district imports, and imports again. Each
 * command runs in a process of its own, its start included. Then a started OSSS imports the same by the graph and undoes it. Prints a table for people and, last, one line of JSON. BENCH words:
 * `--students N` (3700, for about 41,000 rows).
 */
const at = process.argv.indexOf("--students");
const students = at < 0 ? "3700" : process.argv[at + 1]!;
const prefix = "osss_bench";
const limits = { import: { seconds: 60, megabytes: 500 }, again: { seconds: 20 }, served: { megabytes: 500 } };

const dataDir = mkdtempSync(join(tmpdir(), "osss-bench-roster-"));
chmodSync(dataDir, 0o711);
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined, purpose: "a benchmark" });
try {
  const manifests = await allManifests();
  const settingsOf = async (database: string): Promise<Record<string, string>> => {
    const admin = new pg.Client({ connectionString: postgres.superuserUrl });
    await admin.connect();
    await admin.query(`CREATE DATABASE ${database}`);
    await admin.end();
    const adminUrl = new URL(postgres.superuserUrl);
    adminUrl.pathname = `/${database}`;
    await migrate({ adminUrl: adminUrl.toString(), prefix, appPassword: "bench", manifests });
    const url = new URL(adminUrl);
    url.username = roleNames(prefix).app;
    url.password = "bench";
    return { DATABASE_URL: url.toString(), DATABASE_ADMIN_URL: adminUrl.toString(), OSSS_DATABASE_PREFIX: prefix, OSSS_DATA_DIR: join(dataDir, database) };
  };
  const [from, to, served] = [await settingsOf("seeded"), await settingsOf("empty"), await settingsOf("served")];
  const folder = join(dataDir, "package");
  await osss(["seed", "--students", students, "--years", "1", "--no-events", "--today", "2026-10-14"], from);
  const out = await osss(["export", "oneroster", "--own-copy", "--out", folder], from);
  const rows = Number(/^(\d+) rows in/m.exec(out.output)?.[1]);
  const words = ["import", "oneroster", folder, "--time-zone", "America/Los_Angeles"];
  const first = await osss(words, to);
  const again = await osss(words, to);
  if (!again.output.includes("0 changes")) throw new Error(`The second import was to change nothing:\n${again.output}`);

  const zip = join(dataDir, "package.zip");
  await osss(["export", "oneroster", "--own-copy", "--out", zip], from);
  const { preview, commit, undo } = await importServed(served, zip);

  const line = (name: string, { seconds, peakMb }: Pick<Ran, "seconds" | "peakMb">, limit: string) => `${name.padEnd(14)} ${seconds.toFixed(1).padStart(6)} s ${Math.round(peakMb).toString().padStart(6)} MB   ${limit}`;
  const report = [
    `${students} students, ${rows} rows`, line("export", out, ""), line("import", first, `at most ${limits.import.seconds} s, ${limits.import.megabytes} MB`), line("import again", again, `at most ${limits.again.seconds} s, 0 changes`),
    `by the graph, in a started OSSS that holds ${Math.round(preview.idleMb)} MB`, line("preview", preview, `at most ${limits.served.megabytes} MB more`), line("commit", commit, `at most ${limits.served.megabytes} MB more`), line("undo", undo, "at most as long as preview and commit"),
  ];
  process.stdout.write(`${report.join("\n")}\n`);
  const figure = ({ seconds, peakMb }: Pick<Ran, "seconds" | "peakMb">) => ({ seconds: Number(seconds.toFixed(2)), peakMb: Math.round(peakMb) });
  const ratios = { importTime: first.seconds / limits.import.seconds, importMemory: first.peakMb / limits.import.megabytes, againTime: again.seconds / limits.again.seconds,
    servedMemory: (Math.max(preview.peakMb, commit.peakMb, undo.peakMb) - preview.idleMb) / limits.served.megabytes, undoTime: undo.seconds / (preview.seconds + commit.seconds) };
  process.stdout.write(`${JSON.stringify({ bench: "roster", figures: { rows, export: figure(out), import: figure(first), again: figure(again), idleMb: Math.round(preview.idleMb), preview: figure(preview), commit: figure(commit), undo: figure(undo) }, ratios: Object.fromEntries(Object.entries(ratios).map(([name, ratio]) => [name, Number(ratio.toFixed(2))])) })}\n`);
  if (Object.values(ratios).some((ratio) => ratio > 1)) process.exitCode = 1;
} finally {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
