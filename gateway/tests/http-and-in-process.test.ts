import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buildSchema, parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifySignedIdentity } from "#foundation/identity/signed-identity";
import type { SubgraphService } from "#foundation/serving/subgraph-service";
import { identityHeader, overHttp } from "../data-sources/http.ts";
import { inProcess } from "../data-sources/in-process.ts";
import { SupergraphGateway } from "../supergraph-gateway.ts";
import { randomFrom, randomOperation } from "./random-operations.ts";
import { composed, District, districtRoles, someone, subgraph, subgraphNames } from "./school-federation.ts";

const key = new Uint8Array(32).fill(9);

interface Served {
  readonly url: string;
  readonly server: Server;
  readonly connections: () => number;
  readonly keys: (string | undefined)[];
}

/** A subgraph behind HTTP that accepts only what the gateway signed for it. */
async function serve(service: SubgraphService): Promise<Served> {
  let connections = 0;
  const keys: (string | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { identity, requestId } = await verifySignedIdentity(String(request.headers[identityHeader]), { subgraph: service.name, body }, key);
    const { query, variables, operationName } = JSON.parse(body.toString()) as { query: string; variables: Record<string, unknown>; operationName?: string };
    const idempotencyKey = request.headers["idempotency-key"] as string | undefined;
    keys.push(idempotencyKey);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(await service.execute({ document: query, variables, operationName, identity, requestId, idempotencyKey })));
  });
  server.on("connection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, connections: () => connections, keys };
}

describe("a subgraph over HTTP", () => {
  const served = new Map<string, Served>();
  let remote: SupergraphGateway;
  let local: SupergraphGateway;

  beforeAll(async () => {
    const district = new District();
    const services = new Map(subgraphNames.map((name) => [name as string, subgraph(name, district)]));
    for (const [name, service] of services) served.set(name, await serve(service));
    const { supergraphSdl } = composed;
    local = new SupergraphGateway({ supergraphSdl, dataSourceFor: (name) => inProcess(services.get(name)!) });
    remote = new SupergraphGateway({ supergraphSdl, dataSourceFor: (name) => overHttp({ name, url: served.get(name)!.url, key }) });
  });

  afterAll(async () => {
    await remote.stop();
    for (const { server } of served.values()) await new Promise((resolve) => server.close(resolve));
  });

  it("gives the same replies as in the gateway's process, over few connections", async () => {
    const api = buildSchema(composed.apiSdl);
    let errors = 0;
    for (let seed = 30_001; seed <= 30_060; seed++) {
      const random = randomFrom(seed);
      const { text, variables } = randomOperation(api, random, { "Query.school": ['(id: "s1")'] });
      const caller = { identity: someone(...districtRoles.filter(() => random() < 0.5)), requestId: "r" };
      const reply = async (gateway: SupergraphGateway) => JSON.parse(JSON.stringify(await gateway.execute(gateway.preparer.known(text, parse(text), null), variables, caller))) as { errors?: unknown };
      const here = await reply(local);
      expect(await reply(remote), `seed ${seed}: ${text}`).toEqual(here);
      if (here.errors) errors++;
    }
    expect(errors).toBeGreaterThan(12);
    for (const { connections } of served.values()) expect(connections()).toBeLessThan(10);
  });

  it("gets the idempotency key of a mutation, and of nothing else", async () => {
    const { keys } = served.get("schools")!;
    keys.length = 0;
    const caller = { identity: someone("principal"), requestId: "r", idempotencyKey: "k-1" };
    for (const text of [`{ schools { name } }`, `mutation { renameSchool(id: "s2", name: "Same") { name } }`]) await remote.execute(remote.preparer.known(text, parse(text), null), {}, caller);
    expect(keys).toEqual([undefined, "k-1"]);
  });

  it("that closes connections nobody uses loses no mutation", async () => {
    const sockets: Socket[] = [];
    const server = createServer((request, response) => void request.resume().on("end", () => response.end(`{"data":{}}`)));
    server.keepAliveTimeout = 1;
    server.on("connection", (socket: Socket) => sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const source = overHttp({ name: "people", url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key });
    const write = () => source.execute({ document: "mutation { done }", identity: someone("nurse"), requestId: "r", writes: true });
    for (let n = 1; n <= 3; n++) {
      expect(await write()).toEqual({ data: {} });
      const socket = sockets.at(-1)!;
      if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
    }
    expect(sockets).toHaveLength(3);
    await source.close?.();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each([
    ["never answers", () => {}],
    ["answers no JSON", (end: (text: string) => void) => end("<html>bad gateway</html>")],
    ["refuses the gateway", (end: (text: string) => void, status: (code: number) => void) => (status(401), end(`{"errors":[{"message":"gateway only","extensions":{"code":"UNAUTHENTICATED"}}]}`))],
    ["answers JSON that is no GraphQL", (end: (text: string) => void) => end(`{"ok":true}`)],
  ])("that %s is UNAVAILABLE, after its time", async (_, act) => {
    const server = createServer((_request, response) => act((text) => response.end(text), (code) => (response.statusCode = code)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const reported: Error[] = [];
    const source = overHttp({ name: "people", url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key, timeoutMs: 200, report: (error) => void reported.push(error) });
    const reply = await source.execute({ document: "{ me { name } }", identity: someone("nurse"), requestId: "r" });
    expect(reply.errors?.map(({ extensions }) => extensions)).toEqual([{ code: "UNAVAILABLE" }]);
    expect(JSON.stringify(reply)).not.toMatch(/people|127\.0\.0\.1/);
    expect(reported).toHaveLength(1);
    await source.close?.();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
