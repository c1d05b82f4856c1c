import { randomUUID } from "node:crypto";
import { destination, pino } from "pino";
import { CallsTogether } from "../../../gateway/data-sources/calls-together.ts";
import { overHttp } from "../../../gateway/data-sources/http.ts";
import { inProcess } from "../../../gateway/data-sources/in-process.ts";
import { MemoryPoints, RateLimit } from "../../../gateway/limits/rate.ts";
import { startGateway } from "../../../gateway/server.ts";
import { caller, key } from "../caller.ts";
import { District } from "../district.ts";
import { subgraph } from "../federation.ts";
import { type Start, serve } from "./contract.ts";

/** OSSS as it is started for production: every limit, the role rules, cost and rate, metrics, a log line for each request. */
serve(async ({ supergraphs, subgraphs }: Start) => {
  const remote = process.argv[2] === "http";
  const district = new District();
  const together = new CallsTogether();
  let calls = 0;
  const { url } = await startGateway({
    supergraphSdl: supergraphs.ruled,
    dataSourceFor: (name) => (remote ? overHttp({ name, together, url: subgraphs.signed[name]!, key }) : inProcess(subgraph(name as never, district, () => calls++))),
    authenticate: async (request) => ({ identity: caller(request.headers["x-user"]), requestId: randomUUID() }),
    port: 0,
    host: "127.0.0.1",
    log: pino({ level: "info" }, destination({ dest: "/dev/null", sync: true })),
    budget: { costLimit: 50_000, rate: new RateLimit(new MemoryPoints(), { caller: { points: 200_000, seconds: 60 }, client: null }) },
    ready: async () => ({ ok: true, reasons: [] }),
  });
  return { url: `${url}/graphql`, calls: () => calls };
});
