import { sql } from "kysely";
import { OsssError } from "../errors/errors.ts";
import { type FeedCursor, type FeedEvent, readCursor } from "../events/feed-place.ts";
import { recordChanges, type RecordChanged } from "../events/record-changes.ts";
import type { LoadedManifest } from "../federation/load-manifest.ts";
import { visibleFunction } from "../persistence/derived-objects.ts";
import { recordOf, snakeCase, type RecordMeta } from "../record/metadata.ts";
import { Call } from "./call.ts";
import { matchingRows, requireId } from "./read.ts";
import type { WhereInput } from "./where.ts";

type Events = AsyncIterableIterator<Record<string, unknown>>;

/** `<plural>Changed`: changes of one kind of record, those that match and that the subscriber may read. */
export async function subscribeToRecords(call: Call, meta: RecordMeta, args: { where?: WhereInput | null; after?: string | null }): Promise<Events> {
  const listener = await call.services.feed.listen(cursorFrom(args.after));
  const changes = recordChanges({
    listener,
    concerns: (event) => event.districtId === call.identity.districtId && event.recordType === meta.name,
    movesRights: movesRights(call),
    visible: async (records) => {
      const ids = records.map(({ id }) => id);
      // An archived record is still the subscriber's to know that it was archived.
      const where: WhereInput = { and: [{ id: { in: ids } }, ...(args.where ? [args.where] : []), { or: [{ archivedAt: { isNull: true } }, { archivedAt: { isNull: false } }] }] };
      return asSubscriber(call, async (own) => new Set((await own.read((db) => matchingRows(db, meta, where))).map((row) => row.id)));
    },
  });
  return shown(changes, (change) => ({ record: change.action === "LEFT" ? null : { __typename: meta.name, id: change.recordId } }));
}

/** `recordChanged`: changes of records of any kind. Their owners' own row rules say, in the database, which of them the subscriber sees. */
export async function subscribeToAny(call: Call, manifest: LoadedManifest, args: { types: readonly string[]; ids?: readonly string[] | null; after?: string | null }): Promise<Events> {
  const known = new Map((manifest.changedRecords ?? []).map((each) => [each.name, each.domain]));
  const unknown = args.types.filter((type) => !known.has(type));
  if (unknown.length > 0 || args.types.length === 0) throw OsssError.invalid([{ path: "types", message: unknown.length > 0 ? `There is no type ${unknown[0]} whose changes are told. Send names of record types, e.g. Student.` : "Name at least one type, e.g. Student." }]);
  if ((args.ids?.length ?? 0) > 500) throw OsssError.limit("Follow at most 500 records in one subscription; follow the others in further ones.");
  const types = new Set(args.types);
  const ids = args.ids ? new Set(args.ids.map((id, i) => requireId(id, `ids.${i}`))) : null;
  const listener = await call.services.feed.listen(cursorFrom(args.after));
  const changes = recordChanges({
    listener,
    followed: ids ? [...ids].flatMap((id) => args.types.map((type) => ({ id, type }))) : [],
    concerns: (event) => event.districtId === call.identity.districtId && types.has(event.recordType) && (ids === null || ids.has(event.recordId)),
    movesRights: movesRights(call),
    visible: (records) => asSubscriber(call, async (own) => {
      const found = new Set<string>();
      for (const type of new Set(records.map((r) => r.type))) {
        // A role that no grant of the type names sees none of it, whatever its relations.
        const meta = own.services.manifests.flatMap((m) => m.metas).find((m) => m.name === type);
        if (!meta?.access.grants.some((g) => g.verb === "read" && own.identity.roles.includes(g.role))) continue;
        const asked = records.filter((r) => r.type === type).map((r) => r.id);
        const rows = await own.ask(sql<{ id: string }>`SELECT v AS id FROM ${sql.raw(visibleFunction(known.get(type)!, snakeCase(type)))}(${asked}::uuid[], true) AS v`);
        for (const { id } of rows) found.add(id);
      }
      return found;
    }),
  });
  return shown(changes, (change) => ({ recordType: change.recordType, record: change.action === "LEFT" ? null : { __typename: change.recordType, id: change.recordId } }));
}

function movesRights({ services, identity }: Call): (event: FeedEvent) => boolean {
  const types = new Set(services.manifests.flatMap((each) => each.movesRights ?? []).map((type) => recordOf(type).name));
  return (event) => event.districtId === identity.districtId && types.has(event.recordType);
}

/** A look under the subscriber's rights as they are now, in a transaction that ends with it. */
function asSubscriber<T>(call: Call, look: (own: Call) => Promise<T>): Promise<T> {
  return call.services.feed.looks.run(async () => {
    const own = new Call(call.services, { identity: call.identity, requestId: call.requestId });
    try {
      return await look(own);
    } finally {
      await own.abandon();
    }
  });
}

function cursorFrom(after: string | null | undefined): FeedCursor | null {
  if (after === null || after === undefined) return null;
  const cursor = readCursor(after);
  if (!cursor) throw OsssError.invalid([{ path: "after", message: "This is no cursor of a change. Send one that an earlier event brought, or leave it out." }]);
  return cursor;
}

function shown(changes: AsyncIterableIterator<RecordChanged>, more: (change: RecordChanged) => Record<string, unknown>): Events {
  return {
    async next() {
      const { done, value } = await changes.next();
      return done ? { done, value: undefined } : { done: false, value: { action: value.action, cursor: value.cursor, id: value.recordId, version: value.version, ...more(value) } };
    },
    return: async () => (await changes.return!(), { done: true, value: undefined }),
    throw: (error) => changes.throw!(error) as never,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
