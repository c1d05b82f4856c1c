import "reflect-metadata";
import { readConfig } from "#foundation/config/config";
import { startWorkers } from "#foundation/jobs/workers";
import { openDatabase } from "#foundation/persistence/pool";
import { openLog } from "#foundation/serving/log";
import { errands } from "./test-domain/errands/subgraph.ts";

/** A process that works the jobs of the test domain: `errand-worker.ts <prefix> <url of the login>`. Ends by SIGTERM, giving jobs two seconds. */
const [prefix, url] = process.argv.slice(2) as [string, string];
const database = openDatabase(url, 4, () => undefined);
const workers = startWorkers({ config: readConfig({ OSSS_DATABASE_PREFIX: prefix }), database, clock: () => new Date(), log: openLog({ level: "info", service: "errands" }), manifests: [errands], serves: () => true });
await workers.started;
process.stdout.write("working\n");
process.once("SIGTERM", () => void workers.stop(2_000).then(() => database.close()).then(() => process.exit(0)));
