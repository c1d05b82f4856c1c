import "reflect-metadata";
import { identityOf } from "#foundation/identity/identity";
import { openDatabase } from "#foundation/persistence/pool";
import { startSubgraph } from "#foundation/serving/subgraph-service";
import { allManifests } from "../registry.ts";

/** One call of a subgraph in a process of its own, for tests that kill it: the order comes as the process's one argument. */
export interface CallOrder {
  url: string;
  prefix: string;
  now: string;
  domain: string;
  identity: Parameters<typeof identityOf>[0];
  document: string;
  variables: Record<string, unknown>;
}

const order = JSON.parse(process.argv[2]!) as CallOrder;
const manifests = await allManifests();
const database = openDatabase(order.url, 2, () => undefined);
const service = await startSubgraph(manifests.find((m) => m.name === order.domain)!, { database, prefix: order.prefix, clock: () => new Date(order.now), manifests });
const reply = await service.execute({ document: order.document, variables: order.variables, identity: identityOf(order.identity), requestId: "call-runner" });
process.stdout.write(`${JSON.stringify(reply.errors ?? "done")}\n`);
await database.close();
