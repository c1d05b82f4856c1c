import { isDeepStrictEqual } from "node:util";
import { composeServices } from "@apollo/composition";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { parse, validate } from "graphql";
import { identityOf } from "#foundation/identity/identity";
import { createCompiledExecutor } from "#foundation/serving/compiled-execution";
import { serveOverHttp } from "#foundation/serving/http-service";
import { silent } from "#foundation/serving/log";
import { Metrics } from "#foundation/serving/metrics";
import type { SubgraphReply, SubgraphService } from "#foundation/serving/subgraph-service";
import { CallsTogether } from "../../data-sources/calls-together.ts";
import { overHttp } from "../../data-sources/http.ts";
import { inProcess } from "../../data-sources/in-process.ts";
import type { DataSource } from "../../data-sources/data-source.ts";
import { SupergraphGateway } from "../../supergraph-gateway.ts";
import type { AuditCase, AuditGraph, AuditSubgraph } from "./suite.ts";

/** How the gateway reaches the subgraphs: in its process, each in one of its own, all in another one that takes calls together. */
export const auditModes = ["in-process", "http", "http together"] as const;
export type AuditMode = (typeof auditModes)[number];

export interface CaseOutcome {
  /** The graph and the number of the case in it, e.g. `keys-mashup#0`. */
  readonly name: string;
  readonly passed: boolean;
  readonly got: unknown;
  readonly expected: AuditCase["expected"];
}

const identity = identityOf({ issuer: "audit", subject: "audit", accountId: "audit" });
const key = new Uint8Array(32).fill(7);

/** Asks every case of one graph of this gateway. */
export async function auditGraph({ id, subgraphs, cases }: AuditGraph, mode: AuditMode): Promise<readonly CaseOutcome[]> {
  await using parts = new AsyncDisposableStack();
  const sources = await sourcesOf(subgraphs, mode, parts);
  // Without the house's own rules for subgraphs, which refuse what the suite wants answered.
  const { supergraphSdl, errors } = composeServices(subgraphs.map(({ name, typeDefs }) => ({ name, url: "http://audit", typeDefs: parse(typeDefs) })));
  if (supergraphSdl === undefined) throw new AggregateError(errors ?? [], `The subgraphs of ${id} do not compose.`);
  const gateway = new SupergraphGateway({ supergraphSdl, dataSourceFor: (name) => sources.get(name)! });
  parts.defer(() => gateway.stop());
  const outcomes: CaseOutcome[] = [];
  for (const [number, { query, variables, expected }] of cases().entries()) {
    const got = await ask(gateway, query, variables ?? {});
    const asked = typeof expected.errors !== "boolean" || expected.errors === (got.errors ?? []).length > 0;
    outcomes.push({ name: `${id}#${number}`, passed: asked && isDeepStrictEqual(got.data ?? null, plain(expected.data ?? null)), got, expected });
  }
  return outcomes;
}

async function ask(gateway: SupergraphGateway, query: string, variables: Record<string, unknown>): Promise<SubgraphReply> {
  const document = parse(query);
  const problems = validate(gateway.supergraph.apiSchema, document);
  if (problems.length > 0) return { data: null, errors: problems as SubgraphReply["errors"] };
  try {
    return plain(await gateway.answer(gateway.preparer.known(query, document, null), variables, { identity, requestId: "audit" }));
  } catch (error) {
    // What the planner throws, the server would mask.
    return { data: null, errors: [{ message: (error as Error).message }] };
  }
}

/** @param name one that an address may have, which those of the suite need not be. */
function serviceOf({ typeDefs, resolvers }: AuditSubgraph, name: string): SubgraphService {
  const run = createCompiledExecutor(buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolvers as never }]));
  return {
    name,
    // In a process of its own a reply would be text between them: what a resolver keeps must not be shared with the gateway.
    execute: async ({ document, operationName, variables }) => plain(await run(document, operationName, variables, {})),
    subscribe: async () => ({ errors: [{ message: "The suite has no subscriptions." }] }),
    close: async () => undefined,
  };
}

async function sourcesOf(subgraphs: readonly AuditSubgraph[], mode: AuditMode, parts: AsyncDisposableStack): Promise<ReadonlyMap<string, DataSource>> {
  const services = subgraphs.map((subgraph, index) => serviceOf(subgraph, String.fromCharCode(97 + index)));
  const serve = async (served: readonly SubgraphService[]) => {
    const server = await serveOverHttp({ services: served, key, port: 0, host: "127.0.0.1", ready: async () => ({ ok: true, reasons: [] }), log: silent, metrics: new Metrics() });
    parts.defer(() => server.stop());
    return server.port;
  };
  const one = mode === "http together" ? await serve(services) : null;
  const together = new CallsTogether();
  const sources = new Map<string, DataSource>();
  for (const [index, service] of services.entries())
    sources.set(subgraphs[index]!.name, mode === "in-process" ? inProcess(service) : overHttp({ name: service.name, url: `http://127.0.0.1:${one ?? (await serve([service]))}/${service.name}/graphql`, key, together }));
  return sources;
}

const plain = <T>(value: unknown): T => JSON.parse(JSON.stringify(value)) as T;
