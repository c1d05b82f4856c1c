import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { destination, pino } from "pino";
import { serveOverHttp } from "#foundation/serving/http-service";
import { Metrics } from "#foundation/serving/metrics";
import { utf8 } from "#foundation/serving/utf8";
import { caller, key } from "./caller.ts";
import { District } from "./district.ts";
import { type SubgraphName, subgraph, subgraphNames } from "./federation.ts";

/**
 * The five subgraphs in one process over HTTP, at two doors: the product's own, which answers to nothing but the gateway's signature,
 * and a plain one for the other gateways, which takes the caller from a header and checks nothing. What is behind them is the same.
 */
let calls = 0;
const district = new District();
const services = new Map(subgraphNames.map((name) => [name as string, subgraph(name, district, () => calls++)]));
const report = (error: unknown) => void process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
const signed = await serveOverHttp({ services: [...services.values()], key, port: 0, host: "127.0.0.1", ready: async () => ({ ok: true, reasons: [] }), log: pino({ level: "info" }, destination({ dest: "/dev/null", sync: true })), metrics: new Metrics() });

const plain = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const service = services.get((request.url ?? "").split("/")[1]!)!;
    const { query, variables, operationName } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { query: string; variables?: Record<string, unknown>; operationName?: string };
    service.execute({ document: query, variables, operationName, identity: caller(request.headers["x-user"]), requestId: "bench" }).then((reply) => {
      const body = utf8(JSON.stringify(reply));
      response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": Buffer.byteLength(body) }).end(body);
    }, report);
  });
});
await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));

const at = (port: number) => Object.fromEntries(subgraphNames.map((name) => [name, `http://127.0.0.1:${port}/${name}/graphql`])) as Record<SubgraphName, string>;
process.on("message", (message) => message === "calls" && process.send!({ calls }));
process.on("disconnect", () => process.exit(0));
process.send!({ ready: { signed: at(signed.port), plain: at((plain.address() as AddressInfo).port) } });
