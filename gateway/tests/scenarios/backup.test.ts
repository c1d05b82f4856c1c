import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { dataFolder, type DataFolder } from "#foundation/testing/data-folder";
import { launch, typescript } from "#foundation/testing/launched-process";
import { readRecord } from "#foundation/persistence/postgres-home";
import { startedPlatform } from "#foundation/testing/started-platform";
import { issueDemoToken } from "../../../identity/demo-token.ts";

const directory = "{ students(first: 20, orderBy: [{ field: sortName }]) { totalCount nodes { id version sortName person { givenName } schoolEnrollments { nodes { id school { name } } } } } }";
const audit = "{ auditEntries(first: 5) { totalCount } }";

/** What every table holds, but for the numbers of transactions, which another server counts anew, and the queue of jobs, which each keeps for itself. */
async function contents(folder: DataFolder): Promise<Record<string, unknown>> {
  const tables = await folder.sql<{ name: string }>("SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ '^pg_|information_schema|extensions|^jobs$' AND c.relname NOT IN ('migration', 'horizon') ORDER BY 1");
  const all: Record<string, unknown> = {};
  for (const { name } of tables) all[name] = (await folder.sql(`SELECT count(*)::int AS rows, md5(coalesce(string_agg(r, E'\\n' ORDER BY r), '')) AS content FROM (SELECT (to_jsonb(t) - 'xid')::text AS r FROM ${name} t) x`))[0];
  return all;
}

test("the folder is lost, and everything comes back from the backup: every row, the audit chain, keys, who is signed in", { timeout: 300_000 }, async () => {
  const outside = mkdtempSync(join(tmpdir(), "osss-backup-"));
  onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
  const secret = join(outside, "passphrase");
  writeFileSync(secret, "a passphrase of the district\n", { mode: 0o600 });
  const saved = join(outside, "monday");
  await using folder = dataFolder();
  const command = async (...words: string[]) => {
    await using ran = launch(typescript("subgraphs/cli/main.ts", ...words), { env: { OSSS_DATA_DIR: folder.path } });
    const { code } = await ran.ended;
    return { code, output: ran.output() };
  };

  await using platform = await startedPlatform({ dataDir: folder.path });
  const token = await issueDemoToken(folder.path, platform.url, "registrar");
  const before = await platform.graphql<{ students: { nodes: { sortName: string }[] } }>(token, directory);
  expect(before.errors).toBeUndefined();
  const audited = await platform.graphql(await issueDemoToken(folder.path, platform.url, "auditor"), audit);
  expect(audited.errors).toBeUndefined();
  const made = await command("backup", saved, "--passphrase-file", secret);
  expect(made).toMatchObject({ code: 0, output: expect.stringMatching(/\d+ rows and \d+ files, in \d+\.\d s/) });
  expect(await command("backup", saved)).toMatchObject({ code: 1, output: expect.stringContaining("is not empty") });
  expect(await platform.stop()).toBe(0);

  // Only its owner reads it, and without the passphrase it tells nothing.
  expect(statSync(saved).mode & 0o777).toBe(0o700);
  // Shorter ones are found in any bytes, sooner or later.
  const names = before.data!.students.nodes.map(({ sortName }) => sortName.split(",")[0]!).filter((name) => name.length > 4);
  expect(names.length).toBeGreaterThan(5);
  for (const file of readdirSync(saved)) {
    expect(statSync(join(saved, file)).mode & 0o777, file).toBe(0o600);
    const bytes = readFileSync(join(saved, file));
    for (const name of names) expect(bytes.includes(name), file).toBe(false);
    if (file !== "backup.json") expect(bytes.subarray(0, 2).toString("hex"), `${file} is not merely packed`).not.toBe("1f8b");
  }

  // Compared by what a start on the old folder finds, which has sealed and told nothing new.
  await using last = await startedPlatform({ dataDir: folder.path, port: platform.port });
  const whole = await contents(folder);
  expect(await last.stop()).toBe(0);
  const key = readFileSync(join(folder.path, "identity", readdirSync(join(folder.path, "identity")).find((name) => name.includes("key"))!));
  expect(await command("restore", saved, "--passphrase-file", secret)).toMatchObject({ code: 1, output: expect.stringContaining("is not empty") });
  const cluster = dirname(readRecord(folder.path)!.cluster);
  rmSync(cluster, { recursive: true, force: true });
  rmSync(folder.path, { recursive: true, force: true });

  expect(await command("restore", saved)).toMatchObject({ code: 1, output: expect.stringContaining("is encrypted") });
  const restored = await command("restore", saved, "--passphrase-file", secret);
  expect(restored).toMatchObject({ code: 0, output: expect.stringContaining("the audit chain holds") });
  expect(readFileSync(join(folder.path, "identity", readdirSync(join(folder.path, "identity")).find((name) => name.includes("key"))!))).toEqual(key);

  await using again = await startedPlatform({ dataDir: folder.path, port: platform.port });
  expect(again.output()).not.toContain("Making a demo district");
  expect(await contents(folder)).toEqual(whole);
  // The token was signed before the loss.
  expect(await again.graphql(token, directory)).toMatchObject({ data: before.data });
  const [room] = await folder.sql<{ id: string; version: number }>("SELECT id, version FROM schools.room LIMIT 1");
  const changed = await again.graphql(await issueDemoToken(folder.path, again.url, "superintendent"), "mutation ($id: ID!, $version: Int!) { updateRoom(id: $id, version: $version, input: { capacity: 77 }) { record { capacity } } }", room);
  expect(changed).toMatchObject({ data: { updateRoom: { record: { capacity: 77 } } } });
  // The chain goes on where it ended, and the feed tells the new change.
  await folder.sql("SELECT journal.seal()");
  const chains = await folder.sql<{ entries: string; broken_at: string | null }>("SELECT v.* FROM journal.chain c, journal.verify(c.district_id) v");
  expect(chains.map(({ broken_at }) => broken_at)).toEqual([null]);
  expect(await folder.sql("SELECT count(*)::int AS unsealed FROM journal.audit_entry WHERE position IS NULL")).toEqual([{ unsealed: 0 }]);
  expect(await folder.sql("SELECT count(*)::int AS told FROM journal.feed('4', NULL, 100) WHERE record_id = $1", [room!.id])).toEqual([{ told: 1 }]);
});
