import type { Identity } from "#foundation/identity/identity";
import { recordOf, type RecordMeta } from "#foundation/record/metadata";
import { worldRows, type AttackGraph, type Reply } from "./attack-graph.ts";
import { idOf } from "./world-rows.ts";

/** Rows of a type that attackers know by id: name -> id, over both districts. */
export type Universe = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** All named rows, and a few audit entries of each district. */
export async function universeOf(graph: AttackGraph): Promise<Universe> {
  const universe = new Map<string, Map<string, string>>([...graph.metas.keys()].map((type) => [type, new Map<string, string>()]));
  for (const rows of worldRows.values()) for (const row of rows) universe.get(row.type)!.set(row.name, idOf(row.type, row.name));
  for (const [district, prefix] of [["A", ""], ["b-B", "b-"]] as const) {
    const entries = await graph.platform.sql<{ id: string }>("SELECT id FROM journal.audit_entry WHERE district_id = $1 ORDER BY record_type, id LIMIT 8", [idOf("District", district)]);
    entries.forEach(({ id }, n) => universe.get("AuditEntry")!.set(`${prefix}entry ${n}`, id));
  }
  return universe;
}

/** What a way of reading gave: names of known rows; an id that no row of the world has would be `?`. */
export type Reached = Readonly<Record<string, readonly string[]>>;

/** Turns ids into sorted names. */
export function namesOf(universe: Universe, type: string, ids: Iterable<string>): string[] {
  const byId = new Map([...universe.get(type)!].map(([name, id]) => [id, name]));
  const names = [...ids].map((id) => byId.get(id) ?? (type === "AuditEntry" ? null : `?${id}`)).filter((name) => name !== null);
  return [...new Set(names)].sort();
}

export type Node = Readonly<Record<string, unknown>> & { id: string };
export interface Connection { nodes: (Node | null)[] | null; edges: ({ node: Node | null } | null)[] | null; totalCount: number | null; aggregate: { count: number } | null }

export const nodesOf = (value: unknown): Node[] => ((value as Connection | null)?.nodes ?? []).filter((n) => n !== null);
export const idsOf = (value: unknown): string[] => nodesOf(value).map((n) => n.id);

/** The field of the parent that holds a companion. */
function companionField(meta: RecordMeta): string {
  return [...meta.companionOf!.fields.values()].find((f) => f.kind === "companion" && recordOf(f.target()) === meta)!.name;
}

/** Some of the ids, from all over: planning a read of each by its id for each set of roles would take the most time of all. */
export const sample = <T>(ids: readonly T[]): readonly T[] => ids.filter((_, n) => n % Math.ceil(ids.length / 6) === 0 || n === ids.length - 1);

/** The names of a type's fields in a document that asks for many types. */
const alias = (meta: RecordMeta, what: string): string => `${meta.name}_${what}`;
const idsOfType = (universe: Universe, meta: RecordMeta): readonly string[] => [...universe.get(meta.name)!.values()];
const singles = (meta: RecordMeta, root: RecordMeta, ids: readonly string[], selection: string): string => ids.map((id, n) => `${alias(meta, `single${n}`)}: ${root.single}(id: "${id}") { id ${selection} }`).join("\n");
/** A companion is read through its parent. */
const partOf = (meta: RecordMeta): string | null => (meta.companionOf ? companionField(meta) : null);

/** For the gateway: lists, their edges and figures, filters by every known id, and a few rows by their ids. The same document for everyone. */
export function rootsDocument(metas: readonly RecordMeta[], universe: Universe): string {
  return `{ ${metas.map((meta) => rootsOf(meta, idsOfType(universe, meta))).join("\n")} }`;
}

function rootsOf(meta: RecordMeta, ids: readonly string[]): string {
  const [list, among] = [alias(meta, "list"), alias(meta, "among")];
  const known = JSON.stringify(ids);
  const part = partOf(meta);
  if (part) {
    const { plural } = meta.companionOf!;
    return `${list}: ${plural}(first: 500) { nodes { id ${part} { id } } }
      ${among}: ${plural}(first: 500, where: { ${part}: { id: { in: ${known} } } }) { nodes { id } totalCount }
      ${singles(meta, meta.companionOf!, sample(ids), `${part} { id }`)}`;
  }
  const reasons = meta.access.stamps.student ? "accessReasons { role relation }" : "";
  return `${list}: ${meta.plural}(first: 500) { nodes { id ${reasons} } edges { node { id } cursor } totalCount aggregate { count } }
    ${among}: ${meta.plural}(first: 500, where: { id: { in: ${known} } }, orderBy: [{ field: id, direction: DESC }]) { nodes { id } totalCount }
    ${singles(meta, meta, sample(ids), "")}`;
}

const atMost = 500;

/** Reads a type's part of a reply to `rootsDocument`. Counts stand as `n of` names, so that a figure that says more than its rows shows. */
export function readRoots(meta: RecordMeta, universe: Universe, reply: Reply): Reached {
  const data = reply.data ?? {};
  const [list, among] = [data[alias(meta, "list")], data[alias(meta, "among")]] as (Connection | null | undefined)[];
  const names = (ids: Iterable<string>) => namesOf(universe, meta.name, ids);
  const shown = (count: number | null | undefined) => Math.min(count ?? 0, atMost);
  const counted = (connection: Connection | null | undefined, ids: readonly string[]) =>
    ids.length === shown(connection?.totalCount) && ids.length === shown(connection?.aggregate ? connection.aggregate.count : ids.length) ? [] : [`counted ${connection?.totalCount} and ${connection?.aggregate?.count} for ${ids.length} rows`];
  const part = partOf(meta);
  if (part) {
    const parts = (nodes: readonly Node[]) => names(nodes.flatMap((n) => (n[part] ? [(n[part] as Node).id] : [])));
    return { "companion in the list": parts(nodesOf(list)), "filter through the companion": [...names(idsOf(among)), ...counted(among, idsOf(among))] };
  }
  const edges = (list?.edges ?? []).map((e) => e?.node?.id).filter((id) => id !== undefined);
  const withoutReason = nodesOf(list).filter((n) => meta.access.stamps.student && (n.accessReasons as unknown[] | null)?.length === 0).map((n) => n.id);
  return {
    list: [...names(idsOf(list)), ...counted(list, idsOf(list))],
    edges: names(edges),
    "filter by known ids": [...names(idsOf(among)), ...counted(among, idsOf(among))],
    "rows without a reason": withoutReason.length === 0 ? names(idsOf(list)) : names(idsOf(list).filter((id) => !withoutReason.includes(id))),
  };
}

/** Of a type's single records asked for: those that came. */
export function readSingles(meta: RecordMeta, universe: Universe, reply: Reply): string[] {
  const came = Object.entries(reply.data ?? {}).flatMap(([key, value]) => (key.startsWith(alias(meta, "single")) && value ? [value as Node] : []));
  const part = partOf(meta);
  return namesOf(universe, meta.name, came.flatMap((n) => (part === null ? [n.id] : n[part] ? [(n[part] as Node).id] : [])));
}

/** For the subgraph behind the gateway: each list, and each known row by its id. */
export function listDocument(metas: readonly RecordMeta[], universe: Universe): string {
  const parts = metas.map((meta) => {
    const [root, part] = [meta.companionOf ?? meta, partOf(meta)];
    const selection = part ? `${part} { id }` : "";
    return `${alias(meta, "list")}: ${root.plural}(first: 500) { nodes { id ${selection} } } ${singles(meta, root, idsOfType(universe, meta), selection)}`;
  });
  return `{ ${parts.join("\n")} }`;
}

export function readList(meta: RecordMeta, universe: Universe, reply: Reply): string[] {
  const part = partOf(meta);
  const list = nodesOf(reply.data?.[alias(meta, "list")]);
  return namesOf(universe, meta.name, part ? list.flatMap((n) => (n[part] ? [(n[part] as Node).id] : [])) : list.map((n) => n.id));
}

/** Straight to the subgraph's `_entities`, as only the gateway should: for every known id of these types. Companions are no entities: only their parents lead to them. */
export async function throughEntities(graph: AttackGraph, universe: Universe, metas: readonly RecordMeta[], identity: Identity): Promise<Map<RecordMeta, string[]>> {
  const representations = metas.flatMap((meta) => idsOfType(universe, meta).map((id) => ({ __typename: meta.name, id })));
  const fragments = metas.map((meta) => `... on ${meta.name} { ${meta.name}_id: id createdAt }`);
  const reply = await graph.direct(metas[0]!.domain, identity, `query ($r: [_Any!]!) { _entities(representations: $r) { __typename ${fragments.join(" ")} } }`, { r: representations });
  const entities = ((reply.data as { _entities?: (Record<string, string> | null)[] } | null)?._entities ?? []).filter((e) => e !== null);
  return new Map(metas.map((meta) => [meta, namesOf(universe, meta.name, entities.filter((e) => e.__typename === meta.name).map((e) => e[`${meta.name}_id`]!))]));
}

/** From page to page until each list says that it ends. */
export async function throughPages(graph: AttackGraph, universe: Universe, metas: readonly RecordMeta[], identity: Identity): Promise<Map<RecordMeta, string[]>> {
  const found = new Map(metas.map((meta) => [meta, [] as string[]]));
  let open = metas.map((meta) => ({ meta, after: null as string | null }));
  while (open.length > 0) {
    const pages = open.map(({ meta, after }) => `${alias(meta, "page")}: ${meta.plural}(first: 11, after: ${JSON.stringify(after)}) { nodes { id } pageInfo { hasNextPage endCursor } }`);
    const { data } = await graph.direct(metas[0]!.domain, identity, `{ ${pages.join("\n")} }`);
    open = open.flatMap(({ meta }) => {
      const page = data?.[alias(meta, "page")] as { pageInfo: { hasNextPage: boolean; endCursor: string | null } } | null | undefined;
      found.get(meta)!.push(...idsOf(page));
      return page?.pageInfo.hasNextPage ? [{ meta, after: page.pageInfo.endCursor }] : [];
    });
  }
  return new Map([...found].map(([meta, ids]) => [meta, namesOf(universe, meta.name, ids)]));
}
