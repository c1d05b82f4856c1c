import { buildSubgraphSchema } from "@apollo/subgraph";
import type { MikroORM } from "@mikro-orm/postgresql";
import { GraphQLError, parse, type GraphQLSchema } from "graphql";
import { type Config, readConfig } from "../config/config.ts";
import { enforceRoles } from "../access/enforce-roles.ts";
import { RelationIndex } from "../access/policies.ts";
import { openOrchestration } from "../crud/across-domains.ts";
import { Call, type Services } from "../crud/call.ts";
import { resolversOf } from "../crud/resolvers.ts";
import { loadManifest } from "../federation/load-manifest.ts";
import type { SubgraphManifest } from "../federation/manifest.ts";
import { printSubgraph } from "../federation/sdl.ts";
import type { Identity } from "../identity/identity.ts";
import { roleNames } from "../persistence/names.ts";
import { createOrm } from "../persistence/orm.ts";
import type { Database } from "../persistence/pool.ts";
import { scalars } from "../record/scalars.ts";
import { createCompiledExecutor } from "./compiled-execution.ts";
import { openStream } from "./subscriptions.ts";
import { ChangeFeed } from "../events/change-feed.ts";

export interface SubgraphRequest {
  document: string;
  variables?: Record<string, unknown>;
  operationName?: string;
  identity: Identity;
  requestId: string;
  /** Whether the document is a mutation: it is sent once and never again. */
  writes?: boolean;
  idempotencyKey?: string;
  /** The call's place in a trace, told to another process. */
  traceparent?: string;
}

export interface SubgraphError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: Record<string, unknown>;
}

export interface SubgraphReply {
  data?: unknown;
  errors?: readonly SubgraphError[];
}

/** A running subgraph: the same thing whether the gateway calls it in its own process or over HTTP. */
export interface SubgraphService {
  readonly name: string;
  execute(request: SubgraphRequest): Promise<SubgraphReply>;
  /** Opens a subscription; a reply instead of a stream refuses it. */
  subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<SubgraphReply> | SubgraphReply>;
  close(): Promise<void>;
}

export interface SubgraphOptions {
  database: Database;
  prefix: string;
  clock: () => Date;
  /** All manifests of the installation: relations of other domains reach this one's records. */
  manifests: readonly SubgraphManifest[];
  /** The settings of the process; those of a demo unless told. */
  config?: Config;
  /** What changes; one for all subgraphs of a process. */
  feed?: ChangeFeed;
  /** The committed SDL, where there is one: printing it from the classes takes a while. */
  sdl?: string;
}

/** The executable schema of a subgraph: its SDL, plain resolvers, and the role rules at its entries. */
export async function subgraphSchema(manifest: SubgraphManifest, sdl?: string): Promise<GraphQLSchema> {
  const loaded = loadManifest(manifest);
  const typeDefs = parse(sdl ?? (await printSubgraph(manifest)));
  const custom = Object.fromEntries(scalars.map((s) => [s.name, s]));
  const declared = new Set(typeDefs.definitions.flatMap((d) => (d.kind === "ScalarTypeDefinition" ? [d.name.value] : [])));
  const resolvers = { ...resolversOf(loaded), ...Object.fromEntries(Object.entries(custom).filter(([name]) => declared.has(name))) };
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  return enforceRoles(schema);
}

/** Starts a subgraph over an open database. Nothing is migrated here. */
export async function startSubgraph(manifest: SubgraphManifest, options: SubgraphOptions): Promise<SubgraphService> {
  const loaded = loadManifest(manifest);
  const schema = await subgraphSchema(manifest, options.sdl);
  const orm: MikroORM = createOrm(manifest, options.database);
  const services: Services = {
    manifest: loaded,
    database: options.database,
    orm,
    roles: roleNames(options.prefix),
    clock: options.clock,
    relations: new RelationIndex(options.manifests.flatMap((m) => m.relations)),
    manifests: options.manifests.map(loadManifest),
    orchestration: manifest.orchestrates
      ? openOrchestration({ name: `${manifest.name}-across`, database: options.database, prefix: options.prefix, clock: options.clock, manifests: options.manifests.filter((m) => manifest.orchestrates!.includes(m.name)) })
      : null,
    config: options.config ?? readConfig({}),
    feed: options.feed ?? new ChangeFeed(options.database),
  };
  const execute = createCompiledExecutor(schema);
  return {
    name: manifest.name,
    async execute(request) {
      const call = new Call(services, request);
      try {
        const reply = await execute(request.document, request.operationName, request.variables, call);
        await call.end();
        return reply as SubgraphReply;
      } catch (error) {
        await call.abandon().catch(() => undefined);
        const explained = call.explain(error);
        return { data: null, errors: [new GraphQLError(explained instanceof Error ? explained.message : "The call failed.", { originalError: explained as Error })] };
      }
    },
    async subscribe(request) {
      const opening = new Call(services, request);
      try {
        return (await openStream(schema, request, {
          opening,
          each: async (run) => {
            const call = new Call(services, request);
            try {
              const reply = await run(call);
              await call.end();
              return reply;
            } catch (error) {
              await call.abandon().catch(() => undefined);
              throw call.explain(error);
            }
          },
        })) as AsyncIterableIterator<SubgraphReply> | SubgraphReply;
      } finally {
        await opening.abandon();
      }
    },
    async close() {
      // The pool is shared: closing the ORM would end it under the others.
      await Promise.resolve();
    },
  };
}
