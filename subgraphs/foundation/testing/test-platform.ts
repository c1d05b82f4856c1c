import { createHash } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { type Config, readConfig } from "../config/config.ts";
import { openOrchestration, runAcrossDomains, type AcrossDomains, type Orchestration } from "../crud/across-domains.ts";
import { derivedFrom } from "../persistence/derived-objects.ts";
import type { SubgraphManifest } from "../federation/manifest.ts";
import type { Identity } from "../identity/identity.ts";
import { migrate } from "../persistence/migrate.ts";
import { roleNames } from "../persistence/names.ts";
import { openDatabase, type Database } from "../persistence/pool.ts";
import { recordOf, type RecordClass } from "../record/metadata.ts";
import { startSubgraph, type SubgraphReply, type SubgraphService } from "../serving/subgraph-service.ts";
import { createDatabase } from "./databases.ts";

export const testPrefix = "osss_test";
const password = "test-only";

/** A migrated database of its own with running subgraphs, for one test file. */
export interface TestPlatform extends AsyncDisposable {
  readonly database: Database;
  readonly orchestration: Orchestration;
  readonly services: ReadonlyMap<string, SubgraphService>;
  /** The superuser's URL of this database. */
  readonly adminUrl: string;
  /** The application's login, as a serving process has it. */
  readonly appUrl: string;
  readonly config: Config;
  /** The clock of everything in it: assign to move. */
  readonly clock: { now: Date };
  /** Calls a subgraph directly, as the gateway would. */
  call(domain: string, identity: Identity, document: string, variables?: Record<string, unknown>, idempotencyKey?: string): Promise<SubgraphReply>;
  /** Writes records past all rules, as an import does; several in one transaction. */
  write<T>(districtId: string, work: (across: AcrossDomains) => Promise<T>): Promise<T>;
  /** One record past all rules; returns its id. */
  create(districtId: string, type: RecordClass, values: Readonly<Record<string, unknown>>, id?: string): Promise<string>;
  /** One statement as the superuser, for looking at what is really stored. */
  sql<R extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<R[]>;
}

export interface TestPlatformOptions {
  manifests: readonly SubgraphManifest[];
  /** The committed SDL of a subgraph, where there is one. */
  sdl?: (name: string) => string;
  now?: Date;
  poolSize?: number;
  /** Settings of the processes of OSSS, as in the environment. */
  env?: Readonly<Record<string, string>>;
}

/** Starts a test platform on the run's PostgreSQL, from a template database that the first file to need it migrates (about 2 s). */
export async function testPlatform(options: TestPlatformOptions): Promise<TestPlatform> {
  const { superuserUrl } = inject("postgres");
  const template = await migratedTemplate(superuserUrl, options.manifests);
  const made = await createDatabase({ superuserUrl, template });
  const appUrl = new URL(made.url);
  appUrl.username = roleNames(testPrefix).app;
  appUrl.password = password;
  const clock = { now: options.now ?? new Date("2026-10-14T15:00:00Z") };
  const database = openDatabase(appUrl.toString(), options.poolSize ?? 4, () => undefined);
  const config = readConfig({ OSSS_DATABASE_PREFIX: testPrefix, OSSS_SUBGRAPH_KEY: "7e57".repeat(16), ...options.env });
  const common = { config, database, prefix: testPrefix, clock: () => clock.now, manifests: options.manifests };
  const services = new Map<string, SubgraphService>();
  for (const manifest of options.manifests) services.set(manifest.name, await startSubgraph(manifest, { ...common, sdl: options.sdl?.(manifest.name) }));
  const orchestration = openOrchestration({ name: "test", ...common });
  const admin = new pg.Client({ connectionString: made.url });
  admin.on("error", () => undefined);
  await admin.connect();
  const write = async <T>(districtId: string, work: (across: AcrossDomains) => Promise<T>) => (await runAcrossDomains(orchestration, { operation: "test", districtId, later: true }, work)).result;
  return {
    database,
    orchestration,
    services,
    adminUrl: made.url,
    appUrl: appUrl.toString(),
    config,
    clock,
    call: (domain, identity, document, variables, idempotencyKey) => {
      const service = services.get(domain);
      if (!service) throw new Error(`There is no subgraph ${domain} in this test platform.`);
      return service.execute({ document, variables, identity, requestId: "test", idempotencyKey });
    },
    write,
    create: (districtId, type, values, id) => write(districtId, async (across) => across.in(recordOf(type).domain, async (session) => session.create(type, values, id).id)),
    sql: async <R extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) => (await admin.query<R>(text, [...values])).rows,
    async [Symbol.asyncDispose]() {
      await admin.end();
      await database.close();
      await made.drop();
    },
  };
}

const templates = new Map<string, Promise<string>>();

async function migratedTemplate(superuserUrl: string, manifests: readonly SubgraphManifest[]): Promise<string> {
  const name = `template_${createHash("sha256").update(JSON.stringify([manifests.map((m) => m.name), derivedFrom(manifests, roleNames(testPrefix))])).digest("hex").slice(0, 16)}`;
  const known = templates.get(name) ?? prepareTemplate(superuserUrl, name, manifests);
  templates.set(name, known);
  return known;
}

/** Test files run in processes of their own: the first takes a lock and migrates, the others wait for it. */
async function prepareTemplate(superuserUrl: string, name: string, manifests: readonly SubgraphManifest[]): Promise<string> {
  const client = new pg.Client({ connectionString: superuserUrl });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('osss test template'))");
    const { rows } = await client.query("SELECT 1 FROM pg_database d JOIN pg_shdescription s ON s.objoid = d.oid WHERE d.datname = $1 AND s.description = 'ready'", [name]);
    if (rows.length > 0) return name;
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    const made = await createDatabase({ superuserUrl, name });
    await migrate({ adminUrl: made.url, prefix: testPrefix, appPassword: password, manifests });
    await client.query(`COMMENT ON DATABASE ${name} IS 'ready'`);
    return name;
  } finally {
    await client.end();
  }
}
