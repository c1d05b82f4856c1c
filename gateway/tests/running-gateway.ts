import { randomUUID } from "node:crypto";
import { GraphQLError } from "graphql";
import { anonymous, type Identity } from "#foundation/identity/identity";
import type { DataSource } from "../data-sources/data-source.ts";
import { inProcess } from "../data-sources/in-process.ts";
import type { Log } from "../log.ts";
import { type GatewayOptions, type RunningGateway, startGateway } from "../server.ts";
import { composed, District, someone, subgraph, subgraphNames, type WatchedSubgraph } from "./school-federation.ts";

/** A running gateway over the test district; stops with `await using`. */
export interface TestGateway extends AsyncDisposable {
  readonly gateway: RunningGateway;
  readonly district: District;
  readonly services: ReadonlyMap<string, WatchedSubgraph>;
  readonly logged: { level: string; fields: Record<string, unknown>; message: string }[];
  /** Sends an operation as a caller with these roles (comma-separated; nobody where null). */
  ask(query: string, roles: string | null, variables?: Record<string, unknown>): Promise<{ status: number; headers: Headers; body: { data?: unknown; errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[] } }>;
}

export async function testGateway(options: Partial<GatewayOptions> & { sources?: (services: ReadonlyMap<string, WatchedSubgraph>) => (name: string) => DataSource } = {}): Promise<TestGateway> {
  const district = new District();
  const services = new Map(subgraphNames.map((name) => [name as string, subgraph(name, district)]));
  const logged: TestGateway["logged"] = [];
  const to = (level: string) => (fields: Record<string, unknown>, message: string) => void logged.push({ level, fields, message });
  const log: Log = { debug: to("debug"), info: to("info"), warn: to("warn"), error: to("error") };
  const { sources, ...rest } = options;
  const gateway = await startGateway({
    supergraphSdl: composed.supergraphSdl,
    dataSourceFor: sources ? sources(services) : (name) => inProcess(services.get(name)!),
    authenticate: async (request) => ({ identity: identityFor(request.headers.authorization), requestId: randomUUID() }),
    port: 0,
    host: "127.0.0.1",
    log,
    ready: async () => ({ ok: true, reasons: [] }),
    ...rest,
  });
  return {
    gateway,
    district,
    services,
    logged,
    async ask(query, roles, variables) {
      const reply = await fetch(`${gateway.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(roles === null ? {} : { authorization: `Roles ${roles}` }) },
        body: JSON.stringify({ query, variables }),
      });
      return { status: reply.status, headers: reply.headers, body: (await reply.json()) as Awaited<ReturnType<TestGateway["ask"]>>["body"] };
    },
    [Symbol.asyncDispose]: () => gateway.stop(),
  };
}

/** Stands in for the token verifier, which is not this gateway's part: `Roles nurse,parent`. */
function identityFor(authorization: string | undefined): Identity {
  if (authorization === undefined) return anonymous;
  const roles = /^Roles (.*)$/.exec(authorization)?.[1];
  if (roles === undefined) throw new GraphQLError("The access token is not valid. Sign in again.", { extensions: { code: "UNAUTHENTICATED" } });
  return someone(...roles.split(",").filter((role) => role !== ""));
}
