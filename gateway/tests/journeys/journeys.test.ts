import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anonymous, identityOf, type Identity } from "#foundation/identity/identity";
import { openDatabase, type Database } from "#foundation/persistence/pool";
import { startSubgraph } from "#foundation/serving/subgraph-service";
import { pgBouncerInstalled, startPgBouncer } from "#foundation/testing/pgbouncer";
import { testPrefix, type TestPlatform } from "#foundation/testing/test-platform";
import { demoRealm } from "../../../identity/realm.ts";
import { subgraphSdl, supergraphSdl } from "../../../schema/files.ts";
import { allManifests } from "../../../subgraphs/registry.ts";
import type { DataSource } from "../../data-sources/data-source.ts";
import { CallsTogether } from "../../data-sources/calls-together.ts";
import { overHttp } from "../../data-sources/http.ts";
import { inProcess } from "../../data-sources/in-process.ts";
import { startGateway, type RunningGateway } from "../../server.ts";
import { stableSql } from "./journey.ts";
import { demoDistrict, journeys, now, quiet, walk, type Statement } from "./walk.ts";

/**
 * Journeys through the whole graph as a user sends them. Beside each file stand the replies (JSON) and, for the run in one process, the
 * SQL of each subgraph: an N+1 shows as a longer file. The same journeys run with every subgraph in a process of its own.
 */
const issuer = "https://journeys.example.org/realms/osss";

const statements: Statement[] = [];
const opened: (() => Promise<unknown>)[] = [];

async function identities(platform: TestPlatform): Promise<(user: string) => Identity> {
  const rows = await platform.sql<{ username: string; id: string; person_id: string; district_id: string }>("SELECT username, id, person_id, district_id FROM platform.account");
  return (username) => {
    if (username === "nobody") return anonymous;
    const user = demoRealm.users.find((u) => u.username === username);
    if (!user) throw new Error(`There is no demo user ${username}.`);
    const account = rows.find((row) => row.username === username);
    return account ? identityOf({ issuer, subject: user.id, accountId: account.id, personId: account.person_id, districtId: account.district_id, roles: user.realmRoles as never }) : identityOf({ issuer, subject: user.id });
  };
}

async function gatewayOver(platform: TestPlatform, sourceFor: (name: string) => DataSource): Promise<RunningGateway> {
  const identityFor = await identities(platform);
  const gateway = await startGateway({
    supergraphSdl: supergraphSdl(),
    dataSourceFor: sourceFor,
    authenticate: async (request) => ({ identity: identityFor(String(request.headers["x-demo-user"])), requestId: "journey" }),
    port: 0,
    host: "127.0.0.1",
    log: quiet,
    ready: async () => ({ ok: true, reasons: [] }),
  });
  opened.push(() => gateway.stop());
  return gateway;
}

async function inOneProcess(): Promise<RunningGateway> {
  const platform = await demoDistrict(issuer, opened);
  const manifests = await allManifests();
  const sources = new Map<string, DataSource>();
  for (const manifest of manifests) {
    const database: Database = openDatabase(platform.appUrl, 2, () => undefined, (sql) => statements.push({ subgraph: manifest.name, sql: stableSql(sql) }));
    opened.push(() => database.close());
    sources.set(manifest.name, inProcess(await startSubgraph(manifest, { database, prefix: testPrefix, clock: () => now, manifests, sdl: subgraphSdl(manifest.name) })));
  }
  return gatewayOver(platform, (name) => sources.get(name)!);
}

/** The subgraphs reach the database by way of PgBouncer, which hands out connections by the transaction; straight where it is not installed. */
async function inProcessesOfTheirOwn(): Promise<RunningGateway> {
  const platform = await demoDistrict(issuer, opened);
  const pooler = pgBouncerInstalled() ? await startPgBouncer({ url: platform.appUrl, poolSize: 6 }) : null;
  if (pooler) opened.push(() => pooler.stop());
  const databaseUrl = pooler?.url ?? platform.appUrl;
  const key = randomBytes(32).toString("hex");
  const names = (await allManifests()).map((manifest) => manifest.name);
  const urls = new Map(await Promise.all(names.map(async (name) => [name, await serve(name, key, databaseUrl)] as const)));
  const together = new CallsTogether();
  return gatewayOver(platform, (name) => overHttp({ name, together, url: urls.get(name)!, key: Buffer.from(key, "hex") }));
}

/** `subgraphs/serve.ts <name>` as a real process; resolves to its URL when it listens. */
async function serve(name: string, key: string, appUrl: string): Promise<string> {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const child: ChildProcess = spawn(process.execPath, ["--import", "@oxc-node/core/register", "subgraphs/serve.ts", name], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "test", VITEST: undefined, PORT: "0", DATABASE_URL: appUrl, OSSS_DATABASE_PREFIX: testPrefix, OSSS_SUBGRAPH_KEY: key, OSSS_NOW: now.toISOString(), OSSS_POOL_SIZE: "2" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  opened.push(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  let said = "";
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const port = /"port":(\d+).*"msg":"listening"/.exec(said)?.[1];
      if (port) resolve(`http://127.0.0.1:${port}/graphql`);
    };
    child.stdout!.on("data", hear);
    child.stderr!.on("data", hear);
    void ended.then(() => reject(new Error(`The subgraph ${name} ended:\n${said}`)));
  });
}

afterAll(async () => {
  for (const close of opened.reverse()) await close();
});

describe("journeys", () => {
  const inOne = new Map<string, unknown[]>();

  it("has at least eight", () => expect(journeys.length).toBeGreaterThanOrEqual(8));

  describe("in one process", () => {
    let gateway: RunningGateway;
    beforeAll(async () => {
      gateway = await inOneProcess();
    });
    it.each(journeys)("%s", async (file) => {
      const { replies, sql } = await walk(gateway.url, file, (user) => ({ "x-demo-user": user }), statements);
      inOne.set(file, replies);
      const base = file.replace(/\.graphql$/, "");
      await expect(`${JSON.stringify(replies, null, 2)}\n`).toMatchFileSnapshot(`./${base}.json`);
      await expect(`${sql}\n`).toMatchFileSnapshot(`./${base}.sql`);
    });
  });

  describe(`with every subgraph in a process of its own${pgBouncerInstalled() ? ", behind PgBouncer" : " (PgBouncer is not installed: npm run servers:install)"}`, () => {
    let gateway: RunningGateway;
    beforeAll(async () => {
      gateway = await inProcessesOfTheirOwn();
    });
    it.each(journeys)("%s", async (file) => {
      const { replies } = await walk(gateway.url, file, (user) => ({ "x-demo-user": user }), statements);
      expect(replies).toEqual(inOne.get(file));
    });
  });
});
