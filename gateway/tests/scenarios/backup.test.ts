import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createClient } from "graphql-sse";
import { expect, onTestFinished, test } from "vitest";
import { dataFolder, type DataFolder } from "#foundation/testing/data-folder";
import { launch, typescript } from "#foundation/testing/launched-process";
import { readRecord } from "#foundation/persistence/postgres-home";
import { startedPlatform } from "#foundation/testing/started-platform";
import { issueDemoToken } from "../../../identity/demo-token.ts";
import { reader } from "../subscribers.ts";

const directory = "{ students(first: 20, orderBy: [{ field: sortName }]) { totalCount nodes { id version sortName person { givenName } schoolEnrollments { nodes { id school { name } } } } } }";
const resize = "mutation ($id: ID!, $version: Int!, $capacity: Int!) { updateRoom(id: $id, version: $version, input: { capacity: $capacity }) { record { id version capacity } } }";
const rooms = "subscription ($after: String) { recordChanged(types: [\"Room\"], after: $after) { cursor id version } }";
const follow = (url: string, token: string, after?: string) => {
  const client = createClient({ url: `${url}/graphql`, headers: { authorization: `Bearer ${token}` }, retryAttempts: 0 });
  return reader((sink) => client.subscribe({ query: rooms, variables: { after } }, sink as never));
};
const audit = "{ auditEntries(first: 5) { totalCount } }";

/** What every table holds, but for the numbers of transactions, which another server counts anew, that server's name, and the queue of jobs, which each keeps for itself. */
async function contents(folder: DataFolder): Promise<Record<string, unknown>> {
  const tables = await folder.sql<{ name: string }>("SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname !~ '^pg_|information_schema|extensions|^jobs$' AND c.relname NOT IN ('migration', 'horizon', 'home') ORDER BY 1");
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
  // Somebody follows rooms, and keeps the cursor of the last change.
  const superintendent = await issueDemoToken(folder.path, platform.url, "superintendent");
  const [room] = await folder.sql<{ id: string; version: number }>("SELECT id, version FROM schools.room LIMIT 1");
  const changes = follow(platform.url, superintendent);
  const resized = await platform.graphql<{ updateRoom: { record: { version: number } } }>(superintendent, resize, { ...room, capacity: 33 });
  const told = (await changes.next()).data!["recordChanged"] as { cursor: string };
  expect(told).toMatchObject({ id: room!.id, version: resized.data!.updateRoom.record.version });
  changes.stop();
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
  // Her cursor is of the lost server: it is refused, and says what to do instead. A new subscription is told of what happens from now on.
  const refused = await follow(again.url, superintendent, told.cursor).next();
  expect(refused.errors).toMatchObject([{ message: expect.stringContaining("subscribe without after"), extensions: { code: "CURSOR_EXPIRED" } }]);
  const anew = follow(again.url, superintendent);
  const changed = await again.graphql(superintendent, resize, { id: room!.id, version: resized.data!.updateRoom.record.version, capacity: 77 });
  expect((await anew.next()).data).toMatchObject({ recordChanged: { id: room!.id, version: resized.data!.updateRoom.record.version + 1 } });
  anew.stop();
  expect(changed).toMatchObject({ data: { updateRoom: { record: { capacity: 77 } } } });
  // The chain goes on where it ended, and the feed tells the new change.
  await folder.sql("SELECT journal.seal()");
  const chains = await folder.sql<{ entries: string; broken_at: string | null }>("SELECT v.* FROM journal.chain c, journal.verify(c.district_id) v");
  expect(chains.map(({ broken_at }) => broken_at)).toEqual([null]);
  expect(await folder.sql("SELECT count(*)::int AS unsealed FROM journal.audit_entry WHERE position IS NULL")).toEqual([{ unsealed: 0 }]);
  expect(await folder.sql("SELECT count(*)::int AS told FROM journal.feed('4', NULL, 100) WHERE record_id = $1", [room!.id])).toEqual([{ told: 1 }]);
});
