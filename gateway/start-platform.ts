import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import type { Config } from "#foundation/config/config";
import type { DelegatedWork } from "#foundation/identity/delegated-identity";
import { assertEmbeddedIdentityAllowed } from "#foundation/identity/demo-identity";
import { subgraphKey } from "#foundation/identity/subgraph-key";
import { verifiedEmailAt } from "#foundation/identity/verified-email";
import { DataFolderInUse, lockHolder } from "#foundation/persistence/data-folder-lock";
import { tellJobs } from "#foundation/serving/job-metrics";
import { tellSharing } from "#foundation/serving/sharing-metrics";
import { tellDatabase } from "#foundation/serving/database-metrics";
import { openTracing } from "#foundation/serving/tracing";
import { supergraphFile, supergraphSdl } from "../schema/files.ts";
import { startHost, type Host } from "../subgraphs/host.ts";
import { authenticator, introduction } from "./authenticate.ts";
import { currentCaller } from "./caller-context.ts";
import { besideGraphQL } from "./beside-graphql.ts";
import { serveClient } from "./client-files.ts";
import { type DelegatedOperation, runDelegated } from "./delegated/run-delegated.ts";
import type { DataSource } from "./data-sources/data-source.ts";
import { CallsTogether } from "./data-sources/calls-together.ts";
import { type HttpDataSource, type HttpEvent, overHttp } from "./data-sources/http.ts";
import { serveExplorer } from "./explorer/page.ts";
import { inProcess } from "./data-sources/in-process.ts";
import { issuerCheck, readinessOf, subgraphCheck } from "./health.ts";
import type { Log } from "./log.ts";
import { MemoryPoints, type RateBudgets, RateLimit } from "./limits/rate.ts";
import { SharedPoints } from "./limits/shared-points.ts";
import type { Metrics } from "./metrics.ts";
import { PersistedOperations, readManifests } from "./persisted/operations.ts";
import { PortUnavailable, startGateway, type RunningGateway } from "./server.ts";
import { reloadSupergraph } from "./supergraph-reload.ts";

export interface PlatformOptions {
  config: Config;
  log: Log;
  /** A line of progress for the person who waits. */
  say: (line: string) => void;
  clock?: () => Date;
}

export interface RunningPlatform {
  readonly url: string;
  readonly gateway: RunningGateway;
  readonly host: Host;
  /** True when this start made the demo district. */
  readonly firstStart: boolean;
  /** Runs one operation of work without a live person, as far as its delegation goes at that moment. */
  runDelegated(work: Omit<DelegatedWork, "now">, operation: DelegatedOperation): ReturnType<typeof runDelegated>;
  /** Reads the supergraph's file again; a change of the file does the same. */
  reload(): void;
  stop(): Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/**
 * Starts everything that the settings ask for in this process: the database, the migrations, the demo identity, the subgraphs that
 * have no URL of their own, the gateway and the client. What a failed start had opened is closed again.
 */
export async function startPlatform(options: PlatformOptions): Promise<RunningPlatform> {
  const { config, log, say } = options;
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of opened.splice(0).reverse()) await end().catch((error: unknown) => log.error({ err: error }, "Something did not close."));
  };
  try {
    if (config.oidc.issuer === null) assertEmbeddedIdentityAllowed(config);
    await assertPortFree(config);
    const report = (err: unknown, message: string) => log.error({ err }, message);
    const [host, provider] = await settle([
      startHost({ config, serves: (name) => !(name in config.subgraphUrls), migrate: true, say, report, log, ...(options.clock ? { clock: options.clock } : {}) }).then((started) => (opened.push(() => started.stop()), started)),
      embeddedProvider(config, report).then((made) => (made && opened.push(() => made.close()), made)),
    ]);
    const issuer = provider?.issuer ?? config.oidc.issuer!;
    const firstStart = provider !== null && config.mode === "demo" && (await prepareDemo(host, config, issuer, say));
    if (firstStart) await host.installation.analyze();
    const client = await clientHandler(config, issuer, say, report);
    let countedAlone = () => {};
    const together = new CallsTogether();
    const tracing = await openTracing(config.tracing, "gateway");
    if (tracing) opened.push(() => tracing.stop());
    const gateway = await startGateway({
      supergraphSdl: supergraphSdl(),
      dataSourceFor: (name, metrics) => {
        const url = config.subgraphUrls[name];
        const failed = (err: unknown) => log.error({ requestId: currentCaller.getStore()?.requestId, subgraph: name, err }, "A subgraph failed.");
        if (url) return told(metrics, name, overHttp({ name, together, url, key: subgraphKey(config), timeoutMs: config.subgraphTimeoutMs, report: failed, count: (event) => countHttp(metrics, name, event) }));
        const service = host.services.get(name);
        if (service) return inProcess(service, failed);
        throw new Error(`The supergraph has a subgraph ${name}, which neither runs in this process nor has a SUBGRAPH_${name.toUpperCase()}_URL.`);
      },
      authenticate: authenticator({
        issuer,
        audience: config.oidc.audience,
        lookup: host.accountOf,
        ...(config.oidc.linkByEmail ? { introduce: introduction({ verifiedEmail: provider ? async ({ subject }) => provider.verifiedEmailOf(subject) : verifiedEmailAt(issuer), link: host.linkSignIn, report }) } : {}),
        noteSignIn: host.noteSignIn,
        report,
        ...(provider ? { jwks: () => provider.jwks() } : {}),
      }),
      port: config.port,
      host: config.host,
      log,
      tracing,
      origins: [config.publicUrl],
      budget: { costLimit: config.budget.costLimit, rate: rateLimit(config, host, () => countedAlone()) },
      shared: host.shared,
      caps: { perConnection: config.subscriptions.perConnection, subscriptionsPerCaller: config.subscriptions.perAccount },
      persisted: new PersistedOperations(config.persisted.mode, readManifests([join(clientFolder, "persisted-documents.json")], config.persisted.folder)),
      explorer: serveExplorer({ folder: clientFolder, issuer }),
      extraHandlers: [...host.http.map((each) => besideGraphQL(each, config.subgraphUrls[each.domain])), ...(provider ? [(request: IncomingMessage, response: ServerResponse) => provider.handle(request, response)] : []), client],
      ready: readinessOf([
        { late: "The database does not answer.", check: host.ready },
        ...Object.entries(config.subgraphUrls).filter(([name]) => host.names.includes(name)).map(([name, url]) => subgraphCheck(name, url)),
        ...(config.oidc.issuer === null ? [] : [issuerCheck(config.oidc.issuer)]),
      ]),
    });
    opened.push(() => gateway.stop());
    countedAlone = () => gateway.metrics.count("osss_points_counted_alone_total", "Requests whose points only this node knows of, since Redis does not answer.");
    // Running jobs get the time in which the gateway answers what it has begun, too.
    opened.push(async () => void host.workers?.stop());
    tellSharing(gateway.metrics, host);
    tellJobs(gateway.metrics, host.workers);
    tellDatabase(gateway.metrics, host.database);
    const reload = reloadSupergraph({ file: supergraphFile, gateway: gateway.gateway, metrics: gateway.metrics, log, say });
    opened.push(async () => reload.stop());
    return { url: config.publicUrl, gateway, host, firstStart, runDelegated: (work, operation) => runDelegated(gateway.requests, () => host.delegated(work), operation), reload: reload.now, stop: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * A taken port is told before anything is made or started. Where it is OSSS on the same data folder that has it, that is said instead.
 * @throws PortUnavailable or DataFolderInUse.
 */
async function assertPortFree({ port, host, database, dataDir }: Config): Promise<void> {
  const probe = createServer();
  const code = await new Promise<string | null>((resolve) => {
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
  if (code === null) return;
  const holder = database.url === null ? lockHolder(dataDir) : null;
  throw holder === null ? new PortUnavailable(port, host, code) : new DataFolderInUse(dataDir, holder);
}

/** Points of callers and of the programs that they use; null where neither is counted. */
function rateLimit({ budget: { ratePoints, clientPoints, rateSeconds: seconds } }: Config, { shared }: Host, countedAlone: () => void): RateLimit | null {
  const of = (points: number | null) => (points === null ? null : { points, seconds });
  const budgets: RateBudgets = { caller: of(ratePoints), client: of(clientPoints) };
  if (budgets.caller === null && budgets.client === null) return null;
  return new RateLimit(shared ? new SharedPoints(shared, countedAlone) : new MemoryPoints(), budgets);
}

function told(metrics: Metrics, subgraph: string, source: HttpDataSource): DataSource {
  metrics.read("osss_subgraph_circuit_open", "1 while a subgraph is left alone, since it failed too often in a row.", () => Number(source.leftAlone()), "gauge", { subgraph });
  return source;
}

function countHttp(metrics: Metrics, subgraph: string, event: HttpEvent): void {
  const told = {
    retried: ["osss_subgraph_retries_total", "Queries sent to a subgraph again after it could not be reached."],
    opened: ["osss_subgraph_circuit_opened_total", "How often a subgraph failed so often in a row that it was left alone."],
    turned_away: ["osss_subgraph_turned_away_total", "Calls answered UNAVAILABLE without asking, while a subgraph was left alone."],
  } as const;
  const [metric, help] = told[event];
  metrics.count(metric, help, { subgraph });
}

/** Waits for all, even when one fails, so that everything opened is known when it is closed. */
async function settle<T extends readonly unknown[]>(work: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
  const results = await Promise.allSettled(work);
  for (const result of results) if (result.status === "rejected") throw result.reason;
  return results.map((result) => (result as PromiseFulfilledResult<unknown>).value) as unknown as T;
}

/** Loaded only when used: the production image does not carry it. */
async function embeddedProvider(config: Config, report: (error: unknown, message: string) => void) {
  if (config.oidc.issuer !== null) return null;
  const { createEmbeddedProvider, demoRealm } = await import("../identity/provider.ts");
  return createEmbeddedProvider({ publicUrl: config.publicUrl, dataDir: config.dataDir, realm: demoRealm, log: (message, error) => report(error, message) });
}

async function prepareDemo(host: Host, config: Config, issuer: string, say: (line: string) => void): Promise<boolean> {
  const { ensureDemoDistrict } = await import("../subgraphs/cli/seed/ensure-demo-district.ts");
  return ensureDemoDistrict({ host, prefix: config.database.prefix, issuer, students: config.demoStudents, say });
}

async function clientHandler(config: Config, issuer: string, say: (line: string) => void, report: (error: unknown, message: string) => void): Promise<Handler> {
  if (config.mode === "demo") {
    const { buildClient } = await import("../client/build.ts");
    await buildClient({ outDir: clientFolder, log: say }).catch((error: unknown) => {
      report(error, "The web client could not be built.");
      say(`${error instanceof Error ? error.message : String(error)}\nThe API works without it; what was built before is served.`);
    });
  }
  return serveClient({ folder: clientFolder, issuer });
}

/** Beside the sources the client is in dist/client; in the built output everything is in dist already. */
const clientFolder = join(import.meta.dirname, "..", ...(import.meta.filename.endsWith(".ts") ? ["dist"] : []), "client");
