import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "#foundation/persistence/embedded-postgres";
import { repository } from "#foundation/testing/import-rules";
import { launch, typescript, type LaunchedProcess } from "#foundation/testing/launched-process";
import { startPgBouncer, type PgBouncer } from "#foundation/testing/pgbouncer";
import { redisServer, type RedisServer } from "#foundation/testing/redis-server";
import { freePort, graphqlAt, type GraphQLReply } from "#foundation/testing/started-platform";
import { issueDemoToken } from "../../../identity/demo-token.ts";
import { createEmbeddedProvider, demoRealm } from "../../../identity/provider.ts";
import { composeFile, environmentOf } from "./compose-file.ts";

/**
 * The services of docker-compose.yml as processes of this machine, each with the environment that the file gives it: PostgreSQL prepared by
 * deploy/postgres-init.sh, PgBouncer with its own start script, Redis, an issuer in Keycloak's place, the migration, every subgraph, the gateway.
 */
export interface Composed extends AsyncDisposable {
  readonly url: string;
  /** Where a service of the one image listens. */
  addressOf(name: string): string;
  /** The processes of the one image, by service. */
  readonly processes: ReadonlyMap<string, LaunchedProcess>;
  readonly pgBouncer: PgBouncer;
  readonly redis: RedisServer;
  /** Starts a service of the one image, again where it has ended, and waits until its health check passes. */
  start(name: string): Promise<LaunchedProcess>;
  /** Ends the database server at once, as a restart of its machine would, and starts it again. */
  restartDatabase(between?: () => Promise<void>): Promise<void>;
  restartPgBouncer(): Promise<void>;
  token(user: string): Promise<string>;
  ask<T = Record<string, unknown>>(user: string | null, query: string, variables?: Record<string, unknown>): Promise<GraphQLReply<T>>;
  /** What is really stored, past PgBouncer, as the superuser. */
  sql<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Statements as the application's login by way of PgBouncer. */
  asLogin<Row extends pg.QueryResultRow>(text: string): Promise<Row[]>;
}

const secrets = { POSTGRES_PASSWORD: "of-postgres", OSSS_ADMIN_PASSWORD: "of-the-admin", OSSS_APP_PASSWORD: "of-the-app", KEYCLOAK_DB_PASSWORD: "of-keycloak", KEYCLOAK_ADMIN_PASSWORD: "of-its-admin", REDIS_PASSWORD: "of-redis", OSSS_SUBGRAPH_KEY: "5c".repeat(32) };

export async function composed(options: { students?: number; more?: Readonly<Record<string, string>> } = {}): Promise<Composed> {
  const stack = new AsyncDisposableStack();
  try {
    return await start(stack, options);
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

async function start(stack: AsyncDisposableStack, { students = 64, more = {} }: { students?: number; more?: Readonly<Record<string, string>> }): Promise<Composed> {
  const folder = mkdtempSync(join(tmpdir(), "osss-composed-"));
  if (process.getuid?.() === 0) chmodSync(folder, 0o711);
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const openServer = () => startEmbeddedPostgres({ dataDir: join(folder, "postgres"), log: () => undefined, settings: { fsync: "off" } });
  const state: { postgres: EmbeddedPostgres; pgBouncer?: PgBouncer } = { postgres: await openServer() };
  stack.defer(() => state.postgres.stop());
  await prepare(state.postgres.superuserUrl);

  const ports = new Map<string, number>();
  for (const [name, { image }] of Object.entries(composeFile.services)) if (image === "osss" && name !== "migrate") ports.set(name, await freePort());
  const issuer = await serveIssuer(join(folder, "identity"), stack);
  const url = `http://localhost:${ports.get("gateway")}`;
  const given = { ...secrets, OSSS_IDENTITY_URL: issuer, OSSS_PUBLIC_URL: url };

  const appUrl = () => Object.assign(new URL(state.postgres.url("osss")), { username: "osss_app", password: secrets.OSSS_APP_PASSWORD }).href;
  state.pgBouncer = await startPgBouncer({ url: appUrl() });
  stack.defer(() => state.pgBouncer!.stop());
  const redis = stack.use(await redisServer());

  /** The file's environment, with the address that a service has here. */
  const environment = (name: string) => {
    const here = (value: string) => value.includes("@redis:6379") ? redis.url : value.replace(/\b([a-z]+):(\d+)(?=\/)/g, (whole, host: string) => {
      if (host === "postgres") return `127.0.0.1:${state.postgres.port}`;
      if (host === "pgbouncer") return `127.0.0.1:${state.pgBouncer!.port}`;
      return ports.has(host) ? `127.0.0.1:${ports.get(host)}` : whole;
    });
    const told = Object.fromEntries(Object.entries(environmentOf(name, given)).map(([key, value]) => [key, key.startsWith("OSSS_PUBLIC") || key.startsWith("OIDC") ? value : here(value)]));
    return { ...told, ...(ports.has(name) ? { PORT: String(ports.get(name)) } : {}), OSSS_HOST: "127.0.0.1", OSSS_DATA_DIR: join(folder, "data"), ...more };
  };
  const words = (name: string) => {
    const [file, ...rest] = composeFile.services[name]!.command as string[];
    return typescript(file!.replace(/^dist\/(.*)\.js$/, "$1.ts"), ...rest);
  };

  const migration = launch(words("migrate"), { env: environment("migrate") });
  const { code } = await migration.ended;
  if (code !== 0) throw new Error(`The migration ended with ${code}:\n${migration.output()}`);
  const seed = launch(typescript("subgraphs/cli/main.ts", "seed", "--students", String(students)), { env: { ...environment("migrate"), NODE_ENV: "test", OSSS_MODE: "demo", OIDC_ISSUER: "", OSSS_PUBLIC_URL: issuer } });
  if ((await seed.ended).code !== 0) throw new Error(`The seed failed:\n${seed.output()}`);

  const processes = new Map<string, LaunchedProcess>();
  stack.defer(async () => void (await Promise.all([...processes.values()].map((each) => each[Symbol.asyncDispose]()))));
  const startOne = async (name: string) => {
    const launched = launch(words(name), { env: environment(name) });
    processes.set(name, launched);
    await ready(`http://127.0.0.1:${ports.get(name)}`, launched);
    return launched;
  };
  await Promise.all([...ports.keys()].filter((name) => name !== "gateway").map(startOne));
  await startOne("gateway");

  const restartPgBouncer = async () => {
    const { port } = state.pgBouncer!;
    await state.pgBouncer!.stop();
    state.pgBouncer = await startPgBouncer({ url: appUrl(), port });
  };
  const query = async <Row extends pg.QueryResultRow>(connectionString: string, text: string, values: readonly unknown[] = []) => {
    const client = new pg.Client({ connectionString });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(text, [...values])).rows;
    } finally {
      await client.end();
    }
  };
  const token = (user: string) => issueDemoToken(join(folder, "identity"), issuer, user);
  return {
    url,
    addressOf: (name) => `http://127.0.0.1:${ports.get(name)}`,
    processes,
    redis,
    get pgBouncer() {
      return state.pgBouncer!;
    },
    start: startOne,
    async restartDatabase(between) {
      const { port } = state.postgres;
      await state.postgres.stop();
      await between?.();
      state.postgres = await openServer();
      // Another program of this machine may have taken its port meanwhile; a server of its own keeps its address.
      if (state.postgres.port !== port) await restartPgBouncer();
    },
    restartPgBouncer,
    token,
    ask: async (user, text, variables) => graphqlAt(url, user === null ? null : await token(user), text, variables),
    sql: (text, values) => query(state.postgres.url("osss"), text, values),
    asLogin: (text) => query(state.pgBouncer!.url, text),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** What deploy/postgres-init.sh does with psql. */
async function prepare(superuserUrl: string): Promise<void> {
  const script = readFileSync(join(repository, "deploy/postgres-init.sh"), "utf8");
  const [, sql] = /<<'SQL'\n([\s\S]*?)\nSQL/.exec(script)!;
  const values: Record<string, string> = { osss_password: secrets.OSSS_ADMIN_PASSWORD, keycloak_password: secrets.KEYCLOAK_DB_PASSWORD };
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    for (const statement of sql!.split(/;\n/).filter((each) => each.trim() !== "")) await client.query(statement.replace(/:'(\w+)'/g, (_, name: string) => pg.escapeLiteral(values[name]!)));
  } finally {
    await client.end();
  }
}

/** An issuer with the demo users, for the tests in Keycloak's place. */
async function serveIssuer(dataDir: string, stack: AsyncDisposableStack): Promise<string> {
  const server = createServer((request, response) => void provider.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = await createEmbeddedProvider({ publicUrl: url, dataDir, realm: demoRealm, log: () => undefined });
  stack.defer(async () => {
    await provider.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return url;
}

/** The health check of the file: asked again until it passes. @throws Error when the process ends before, or after 100 s. */
async function ready(url: string, launched: LaunchedProcess): Promise<void> {
  let reply = "no reply";
  for (const until = Date.now() + 100_000; Date.now() < until; await delay(100)) {
    if (launched.child.exitCode !== null) throw new Error(`It ended before it was ready:\n${launched.output()}`);
    try {
      const answer = await fetch(`${url}/health/ready`);
      reply = await answer.text();
      if (answer.ok) return;
    } catch {
      // not yet
    }
  }
  throw new Error(`It is not ready after 100 s: ${reply}\n${launched.output()}`);
}
