import "reflect-metadata";
import { ConfigError, readProcessConfig } from "#foundation/config/config";
import { tellJobs } from "#foundation/serving/job-metrics";
import { readSubgraphKey } from "#foundation/identity/signed-identity";
import { tellDatabase } from "#foundation/serving/database-metrics";
import { serveOverHttp } from "#foundation/serving/http-service";
import { openLog } from "#foundation/serving/log";
import { Metrics } from "#foundation/serving/metrics";
import { WritesOnce } from "#foundation/sharing/writes-once";
import { settleMemory } from "#foundation/serving/settle-memory";
import { tellSharing } from "#foundation/serving/sharing-metrics";
import { openTracing } from "#foundation/serving/tracing";
import { startHost } from "./host.ts";
import { registry } from "./registry.ts";

/**
 * `serve.ts attendance grading` runs those subgraphs as one HTTP process, for a gateway whose SUBGRAPH_<NAME>_URL names it.
 * PORT is where it listens; 0 takes a free port, which the log line "listening" names.
 */
async function main(): Promise<void> {
  const config = readProcessConfig();
  const names = process.argv.slice(2);
  const log = openLog({ level: config.logLevel, service: names.join(" ") });
  const unknown = names.filter((name) => !(name in registry));
  if (names.length === 0 || unknown.length > 0) {
    throw new ConfigError([`name the subgraphs to serve, e.g. serve.ts people students (known: ${Object.keys(registry).join(", ")})${unknown.length > 0 ? `; unknown: ${unknown.join(", ")}` : ""}`]);
  }
  if (config.subgraphSigningKey === null) throw new ConfigError(["OSSS_SUBGRAPH_KEY must be set to serve a subgraph over HTTP: it only listens to what the gateway signed with it"]);
  const report = (err: unknown, message: string) => log.error({ err }, message);
  const host = await startHost({ config, serves: (name) => names.includes(name), migrate: false, attach: true, say: (line) => log.info({}, line), report, log });
  const metrics = new Metrics();
  const tracing = await openTracing(config.tracing, names.join("-"));
  tellDatabase(metrics, host.database);
  tellSharing(metrics, host);
  tellJobs(metrics, host.workers);
  const running = await serveOverHttp({
    services: [...host.services.values()],
    http: host.http,
    key: readSubgraphKey(config.subgraphSigningKey),
    port: config.port,
    host: config.host,
    ready: host.ready,
    log,
    metrics,
    writesOnce: host.shared && new WritesOnce(host.shared),
    tracing,
  });
  log.info({ port: running.port, subgraphs: names }, "listening");
  void settleMemory();
  let ending: Promise<void> | undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      void host.workers?.stop();
      ending ??= running.stop().then(() => tracing?.stop()).then(() => host.stop()).then(() => process.exit(0));
    });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
