import "reflect-metadata";
import { identityOf } from "#foundation/identity/identity";
import { openDatabase } from "#foundation/persistence/pool";
import { startSubgraph } from "#foundation/serving/subgraph-service";
import { allManifests } from "../registry.ts";

/** What the parent process asks for: one bulk write, as one caller. */
export interface BulkWrite {
  url: string;
  prefix: string;
  now: string;
  identity: Parameters<typeof identityOf>[0];
  inputs: readonly Record<string, unknown>[];
}

const order = JSON.parse(process.argv[2]!) as BulkWrite;
const manifests = await allManifests();
const database = openDatabase(order.url, 2, () => undefined);
const service = await startSubgraph(manifests.find((m) => m.name === "schools")!, { database, prefix: order.prefix, clock: () => new Date(order.now), manifests });
const reply = await service.execute({
  document: "mutation($inputs: [CreateInstructionalDayInput!]!) { createInstructionalDays(inputs: $inputs) { record { id } } }",
  variables: { inputs: order.inputs },
  identity: identityOf(order.identity),
  requestId: "bulk",
});
process.stdout.write(`${JSON.stringify(reply.errors ?? "written")}\n`);
await database.close();
