import type { GraphQLFieldResolver, GraphQLResolveInfo } from "graphql";
import { responsePathAsArray } from "graphql";
import { accessReasonsOf } from "../access/reasons.ts";
import { OsssError } from "../errors/errors.ts";
import { bulkName } from "../federation/sdl.ts";
import type { LoadedManifest } from "../federation/load-manifest.ts";
import { isForeign, recordOf, type Field, type RecordClass, type RecordMeta } from "../record/metadata.ts";
import type { Call } from "./call.ts";
import { archiveRecord, createRecord, updateRecord, type WriteInput } from "./generic-writes.ts";
import { loadAggregate, loadById, loadCount, loadMatching, loadPage } from "../loading/loaders.ts";
import { runAcrossDomains } from "./across-domains.ts";
import type { ComputedField } from "./computed.ts";
import { idempotencyOf } from "./idempotency.ts";
import type { AcrossOperation, MutationOperation, Operation, OutcomeOperation, QueryOperation } from "./operation.ts";
import { aggregateRows, matchingRows, readPage, requireId, countRows, type Page, type PageArgs, type Row } from "./read.ts";
import { subscribeToAny, subscribeToRecords } from "./subscribe.ts";
import { validateOperationInput } from "./validate.ts";
import { noteTold, requireLinked, runWrite, type WriteResult } from "./write.ts";

type Resolver = GraphQLFieldResolver<never, Call, never>;
export type ResolverMap = Record<string, Record<string, unknown>>;
type Subscribe = (source: never, args: never, call: Call) => Promise<AsyncIterableIterator<unknown>>;

/** A list that was asked for: its page, count and figures are read when selected. */
interface Connection {
  meta: RecordMeta;
  args: PageArgs;
  parent: { column: string; id: string } | null;
  page?: Promise<Page>;
}

function pageOf(connection: Connection, call: Call): Promise<Page> {
  connection.page ??= (async () => {
    const { meta, args, parent } = connection;
    const page = parent ? await loadPage(call, meta, parent.column, parent.id, args) : await call.read((db) => readPage(db, meta, args));
    call.noteRead(meta, page.rows);
    return page;
  })();
  return connection.page;
}

/** A figure over records whose reads are logged says something of each of them: all of them are noted. */
async function noteMatching(c: Connection, call: Call): Promise<void> {
  if (!c.meta.auditReads) return;
  call.noteRead(c.meta, c.parent ? await loadMatching(call, c.meta, c.parent.column, c.parent.id, c.args.where) : await call.read((db) => matchingRows(db, c.meta, c.args.where)));
}

/** Errors of the database become errors for people at the field where they arise. */
function explained(resolve: (source: never, args: never, call: Call, info: GraphQLResolveInfo) => Promise<unknown>): Resolver {
  return async (source, args, call, info) => {
    try {
      return await resolve(source, args, call, info);
    } catch (error) {
      throw call.explain(error);
    }
  };
}

function connectionResolvers(): Record<string, Resolver> {
  return {
    nodes: explained(async (c: Connection, _args: never, call) => (await pageOf(c, call)).rows),
    edges: explained(async (c: Connection, _args: never, call) => {
      const page = await pageOf(c, call);
      return page.rows.map((node, i) => ({ node, cursor: page.cursors[i] }));
    }),
    pageInfo: explained(async (c: Connection, _args: never, call) => {
      const page = await pageOf(c, call);
      return { hasNextPage: page.hasNextPage, hasPreviousPage: page.hasPreviousPage, startCursor: page.cursors[0] ?? null, endCursor: page.cursors.at(-1) ?? null };
    }),
    totalCount: explained(async (c: Connection, _args: never, call) => {
      await noteMatching(c, call);
      return c.parent ? loadCount(call, c.meta, c.parent.column, c.parent.id, c.args.where) : (await call.read((db) => countRows(db, c.meta, c.args.where))).get("");
    }),
    aggregate: explained(async (c: Connection, _args: never, call) => {
      await noteMatching(c, call);
      return c.parent ? loadAggregate(call, c.meta, c.parent.column, c.parent.id, c.args.where) : (await call.read((db) => aggregateRows(db, c.meta, c.args.where))).get("");
    }),
  };
}

function fieldResolver(field: Field): [string, Resolver] | null {
  switch (field.kind) {
    case "foreign":
      return [field.graphName, ((row: Row) => (row[field.name] ? { __typename: field.target().foreign.name, id: row[field.name] } : null)) as Resolver];
    case "belongsTo": {
      const target = recordOf(field.target());
      return [field.name, explained(async (row: Row, _args: never, call) => (row[field.name] ? loadById(call, target, String(row[field.name])) : null))];
    }
    case "companion": {
      const target = recordOf(field.target());
      return [field.name, explained(async (row: Row, _args: never, call) => loadById(call, target, row.id))];
    }
    case "hasMany": {
      const target = recordOf(field.target());
      const via = target.fields.get(field.via) as { column: string };
      return [field.name, ((row: Row, args: PageArgs): Connection => ({ meta: target, args, parent: { column: via.column, id: row.id } })) as Resolver];
    }
    default:
      return null;
  }
}

function recordResolvers(meta: RecordMeta, map: ResolverMap): void {
  const type: Record<string, unknown> = {};
  for (const field of meta.fields.values()) {
    const made = fieldResolver(field);
    if (made) type[made[0]] = made[1];
  }
  map[meta.name] = type;
  if (meta.companionOf) return;
  if (meta.access.stamps.student) type.accessReasons = explained(async (row: Row, _args: never, call) => accessReasonsOf(call, meta, row.id));
  type.__resolveReference = async (reference: { id: string }, call: Call) => {
    try {
      return await loadById(call, meta, requireId(reference.id, "id"));
    } catch (error) {
      throw call.explain(error);
    }
  };
  map[`${meta.name}Connection`] = connectionResolvers();
  map.Query![meta.plural] = ((_root: unknown, args: PageArgs): Connection => ({ meta, args, parent: null })) as Resolver;
  map.Query![meta.single] = explained(async (_root: never, args: { id: string }, call) => loadById(call, meta, requireId(args.id, "id")));
  if (meta.writes.includes("create")) {
    map.Mutation![`create${meta.name}`] = writing(meta, async (call, args, write) => createRecord(call, meta, [args.input as WriteInput], write));
    if (meta.bulk) {
      map.Mutation![bulkName(meta)] = explained(async (_root: never, args: { inputs: WriteInput[]; dryRun: boolean }, call, info) => {
        if (args.inputs.length > 500) throw OsssError.limit("Send at most 500 records in one bulk write; send the rest in further ones.");
        const result = await createRecord(call, meta, args.inputs, writeOptions(info, args));
        return payloads(call, meta, result, args.inputs.length);
      });
    }
  }
  if (meta.writes.includes("update")) {
    map.Mutation![`update${meta.name}`] = writing(meta, async (call, args, write) => updateRecord(call, meta, requireId(args.id, "id"), args.version as number, args.input as WriteInput, write));
  }
  if (meta.writes.includes("archive")) {
    map.Mutation![`archive${meta.name}`] = writing(meta, async (call, args, write) => archiveRecord(call, meta, requireId(args.id, "id"), args.version as number, true, write));
    map.Mutation![`restore${meta.name}`] = writing(meta, async (call, args, write) => archiveRecord(call, meta, requireId(args.id, "id"), args.version as number, false, write));
  }
}

interface RootWrite {
  operation: string;
  dryRun: boolean;
  path: string;
  request: unknown;
}

function writeOptions(info: GraphQLResolveInfo, args: Record<string, unknown> | { dryRun: boolean }): RootWrite {
  return { operation: info.fieldName, dryRun: args.dryRun === true, path: responsePathAsArray(info.path).join("."), request: args };
}

function writing(meta: RecordMeta, work: (call: Call, args: Record<string, unknown>, write: RootWrite) => Promise<WriteResult>): Resolver {
  return explained(async (_root: never, args: Record<string, unknown>, call, info) => (await payloads(call, meta, await work(call, args, writeOptions(info, args)), 1))[0]);
}

/** The payload's record is read again, after the commit and under the caller's own rights. */
async function payloads(call: Call, meta: RecordMeta, result: WriteResult, count: number): Promise<{ record: Row | null; changes: unknown[] }[]> {
  const records = await Promise.all(result.ids.map((id) => loadById(call, meta, id)));
  return Array.from({ length: count }, (_, i) => {
    const id = result.ids[i];
    return { record: records[i] ?? null, changes: count === 1 || id === undefined ? (i === 0 ? result.changes : []) : result.changes.filter((c) => c.recordId === id) };
  });
}

function operationResolver(operation: MutationOperation | QueryOperation): Resolver {
  if (operation.kind === "query") return explained(async (_root: never, args: Record<string, unknown>, call) => operation.resolve(call, args));
  return writing(recordOf(operation.record), async (call, args, write) => {
    const input = validateOperationInput(operation.input, args.input as WriteInput, "input");
    return runWrite(call, { ...write, as: operation.as, reason: reasonIn(args, operation.reason) }, async (session) => [await operation.run(session, input as never)]);
  });
}

/** A mutation that answers as it says itself. */
function outcomeResolver(operation: OutcomeOperation): Resolver {
  return explained(async (_root: never, args: Record<string, unknown>, call, info) => {
    const input = validateOperationInput(operation.input, args.input as WriteInput, "input");
    return operation.run(call, input as never, { ...writeOptions(info, args), reason: reasonIn(args, operation.reason) });
  });
}

function resolverOf(operation: Operation): Resolver {
  if (operation.kind === "across") return acrossResolver(operation);
  return operation.kind === "outcome" ? outcomeResolver(operation) : operationResolver(operation);
}

/** A mutation over several domains: its record is named by its id and read by whoever owns it. */
function acrossResolver(operation: AcrossOperation): Resolver {
  const shown = isForeign(operation.shows) ? operation.shows.foreign.name : null;
  return explained(async (_root: never, args: Record<string, unknown>, call, info) => {
    requireLinked(call);
    await call.endReading();
    const write = writeOptions(info, args);
    const input = validateOperationInput(operation.input, args.input as WriteInput, "input");
    const { orchestration } = call.services;
    if (!orchestration) throw new Error(`${operation.name}: the manifest names no domains that it orchestrates.`);
    const options = {
      operation: write.operation, districtId: call.identity.districtId!, identity: call.identity, requestId: call.requestId, dryRun: write.dryRun,
      reason: reasonIn(args, operation.reason) ?? undefined, idempotency: idempotencyOf(call, write), large: operation.large ?? false,
    };
    const { result, told, replayed } = await runAcrossDomains(orchestration, options, (across) => operation.run(across, input as never));
    noteTold(call, told);
    const record = write.dryRun ? null : shown ? { __typename: shown, id: result.id } : await loadById(call, recordOf(operation.shows as RecordClass), result.id);
    return { record, changes: replayed ?? told.flatMap((r) => r.fields), notes: result.notes ?? [] };
  });
}

function reasonIn(args: Record<string, unknown>, asked: "required" | "optional" | undefined): string | null {
  const reason = typeof args.reason === "string" ? args.reason.trim() : "";
  if (asked === "required" && reason === "") throw OsssError.invalid([{ path: "reason", message: "Say why. It is kept in the audit log." }]);
  if (reason.length > 1_000) throw OsssError.invalid([{ path: "reason", message: "Send at most 1,000 characters." }]);
  return reason === "" ? null : reason;
}

/** The answer for one parent; parents that ask with the same arguments are answered together. */
function computedResolver(type: string, field: ComputedField): Resolver {
  return explained(async (row: { id: string }, args: Record<string, unknown>, call) => {
    const loader = call.loader<unknown>(`computed ${type}.${field.name} ${JSON.stringify(args)}`, async (ids) => {
      const found = await field.resolve(call, ids, args);
      return ids.map((id) => (found.get(id) ?? null) as unknown);
    });
    return loader.load(requireId(row.id, "id"));
  });
}

/** Every resolver of a subgraph, as plain functions over rows. */
export function resolversOf(manifest: LoadedManifest): ResolverMap {
  const map: ResolverMap = { Query: {}, Mutation: {}, Subscription: {} };
  for (const meta of manifest.metas) recordResolvers(meta, map);
  for (const connection of manifest.connections ?? []) {
    const target = recordOf(connection.of);
    const via = target.fields.get(connection.via);
    if (via?.kind !== "foreign") throw new Error(`${connection.on.foreign.name}.${connection.name}: ${target.name}.${connection.via} is no ForeignRef.`);
    const type = (map[connection.on.foreign.name] ??= { __resolveReference: async (reference: { id: string }) => ({ ...reference }) });
    type[connection.name] = ((row: { id: string }, args: PageArgs): Connection => ({ meta: target, args, parent: { column: via.column, id: requireId(row.id, "id") } })) as Resolver;
  }
  for (const field of manifest.fields ?? []) {
    const name = isForeign(field.on) ? field.on.foreign.name : recordOf(field.on).name;
    const type = (map[name] ??= { __resolveReference: async (reference: { id: string }) => ({ ...reference }) });
    type[field.name] = computedResolver(name, field);
  }
  for (const operation of manifest.operations) {
    map[operation.kind === "query" ? "Query" : "Mutation"]![operation.name] = resolverOf(operation);
  }
  const told = (subscribe: Subscribe) => ({ subscribe: async (source: never, args: never, call: Call) => subscribe(source, args, call).catch((error: unknown) => { throw call.explain(error); }), resolve: (event: unknown) => event });
  for (const meta of manifest.metas.filter((m) => m.live)) map.Subscription![`${meta.plural}Changed`] = told(async (_source, args, call) => subscribeToRecords(call, meta, args));
  if (manifest.changedRecords?.length) map.Subscription!.recordChanged = told(async (_source, args, call) => subscribeToAny(call, manifest, args));
  for (const meta of manifest.metas.filter((m) => m.live)) map[`${meta.name}Changed`] = { record: explained(async (change: { record: { id: string } | null }, _args: never, call) => (change.record ? loadById(call, meta, change.record.id) : null)) };
  if (manifest.changedRecords?.length) {
    const own = new Map(manifest.metas.map((meta) => [meta.name, meta]));
    map.RecordChange = { record: explained(async (change: { record: { __typename: string; id: string } | null }, _args: never, call) => {
      const meta = change.record && own.get(change.record.__typename);
      if (!meta) return change.record;
      const row = await loadById(call, meta, change.record!.id);
      return row && { __typename: meta.name, ...row };
    }) };
  }
  for (const name of ["Query", "Mutation", "Subscription"]) if (Object.keys(map[name]!).length === 0) delete map[name];
  return map;
}
