import type { Identity } from "#foundation/identity/identity";
import { recordOf, type Field, type RecordMeta } from "#foundation/record/metadata";
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

type Node = Readonly<Record<string, unknown>> & { id: string };
interface Connection { nodes: (Node | null)[] | null; edges: ({ node: Node | null } | null)[] | null; totalCount: number | null; aggregate: { count: number } | null }

const nodesOf = (value: unknown): Node[] => ((value as Connection | null)?.nodes ?? []).filter((n) => n !== null);
const idsOf = (value: unknown): string[] => nodesOf(value).map((n) => n.id);

/** The field of the parent that holds a companion. */
function companionField(meta: RecordMeta): string {
  return [...meta.companionOf!.fields.values()].find((f) => f.kind === "companion" && recordOf(f.target()) === meta)!.name;
}

/** Some of the ids, from all over: planning a read of each by its id for each set of roles would take the most time of all. */
export const sample = <T>(ids: readonly T[]): readonly T[] => ids.filter((_, n) => n % Math.ceil(ids.length / 6) === 0 || n === ids.length - 1);

const singles = (meta: RecordMeta, ids: readonly string[], selection: string): string => ids.map((id, n) => `single${n}: ${meta.single}(id: "${id}") { id ${selection} }`).join("\n");

/** For the gateway: the list, its edges and figures, a filter by every known id, and a few rows by their ids. The same document for everyone. */
export function rootsDocument(meta: RecordMeta, ids: readonly string[]): string {
  const list = JSON.stringify(ids);
  if (meta.companionOf) {
    const { plural } = meta.companionOf;
    const part = companionField(meta);
    return `{ list: ${plural}(first: 500) { nodes { id ${part} { id } } }
      among: ${plural}(first: 500, where: { ${part}: { id: { in: ${list} } } }) { nodes { id } totalCount }
      ${singles(meta.companionOf, sample(ids), `${part} { id }`)} }`;
  }
  const reasons = meta.access.stamps.student ? "accessReasons { role relation }" : "";
  return `{ list: ${meta.plural}(first: 500) { nodes { id ${reasons} } edges { node { id } cursor } totalCount aggregate { count } }
    among: ${meta.plural}(first: 500, where: { id: { in: ${list} } }, orderBy: [{ field: id, direction: DESC }]) { nodes { id } totalCount }
    ${singles(meta, sample(ids), "")} }`;
}

/** Reads a reply to `rootsDocument`. Counts stand as `n of` names, so that a figure that says more than its rows shows. */
export function readRoots(meta: RecordMeta, universe: Universe, reply: Reply): Reached {
  const data = reply.data ?? {};
  const among = data.among as Connection | null | undefined;
  const names = (ids: Iterable<string>) => namesOf(universe, meta.name, ids);
  const counted = (connection: Connection | null | undefined, ids: readonly string[]) => (ids.length === (connection?.totalCount ?? 0) && ids.length === (connection?.aggregate?.count ?? ids.length) ? [] : [`counted ${connection?.totalCount} and ${connection?.aggregate?.count} for ${ids.length} rows`]);
  if (meta.companionOf) {
    const part = companionField(meta);
    const parts = (nodes: readonly Node[]) => names(nodes.flatMap((n) => (n[part] ? [(n[part] as Node).id] : [])));
    return { "companion in the list": parts(nodesOf(data.list)), "filter through the companion": [...names(idsOf(among)), ...counted(among, idsOf(among))] };
  }
  const list = data.list as Connection | null | undefined;
  const edges = (list?.edges ?? []).map((e) => e?.node?.id).filter((id) => id !== undefined);
  const withoutReason = nodesOf(list).filter((n) => meta.access.stamps.student && (n.accessReasons as unknown[] | null)?.length === 0).map((n) => n.id);
  return {
    list: [...names(idsOf(list)), ...counted(list, idsOf(list))],
    edges: names(edges),
    "filter by known ids": [...names(idsOf(among)), ...counted(among, idsOf(among))],
    "rows without a reason": withoutReason.length === 0 ? names(idsOf(list)) : names(idsOf(list).filter((id) => !withoutReason.includes(id))),
  };
}

/** Of the single records asked for: those that came. */
export function readSingles(meta: RecordMeta, universe: Universe, reply: Reply): string[] {
  const came = Object.entries(reply.data ?? {}).flatMap(([alias, value]) => (alias.startsWith("single") && value ? [value as Node] : []));
  const part = meta.companionOf ? companionField(meta) : null;
  return namesOf(universe, meta.name, came.flatMap((n) => (part === null ? [n.id] : n[part] ? [(n[part] as Node).id] : [])));
}

/** For the subgraph behind the gateway: the list, and each row by its id. */
export function listDocument(meta: RecordMeta, ids: readonly string[]): string {
  const part = meta.companionOf ? `${companionField(meta)} { id }` : "";
  const root = meta.companionOf ?? meta;
  return `{ list: ${root.plural}(first: 500) { nodes { id ${part} } } ${singles(root, ids, part)} }`;
}

export function readList(meta: RecordMeta, universe: Universe, reply: Reply): string[] {
  const part = meta.companionOf ? companionField(meta) : null;
  const list = nodesOf(reply.data?.list);
  return namesOf(universe, meta.name, part ? list.flatMap((n) => (n[part] ? [(n[part] as Node).id] : [])) : list.map((n) => n.id));
}

/** Straight to the subgraph's `_entities`, as only the gateway should: for every known id of the type. */
export async function throughEntities(graph: AttackGraph, universe: Universe, meta: RecordMeta, identity: Identity): Promise<string[]> {
  const representations = [...universe.get(meta.name)!.values()].map((id) => ({ __typename: meta.name, id }));
  const reply = await graph.direct(meta.domain, identity, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${meta.name} { id createdAt } } }`, { r: representations });
  const entities = ((reply.data as { _entities?: (Node | null)[] } | null)?._entities ?? []).filter((e) => e !== null);
  return namesOf(universe, meta.name, entities.map((e) => e.id));
}

/** From page to page until the list says that it ends. */
export async function throughPages(graph: AttackGraph, universe: Universe, meta: RecordMeta, identity: Identity): Promise<string[]> {
  const found: string[] = [];
  const document = `query ($after: String) { page: ${meta.plural}(first: 11, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`;
  let after: string | null = null;
  for (;;) {
    const { data } = await graph.direct(meta.domain, identity, document, { after });
    const page = data?.page as { nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } } | null | undefined;
    found.push(...idsOf(page));
    if (!page?.pageInfo.hasNextPage) return namesOf(universe, meta.name, found);
    after = page.pageInfo.endCursor;
  }
}

/** A way from one type to another: a field, and what it leads to. */
export interface Way { readonly from: RecordMeta; readonly field: string; readonly to: RecordMeta; readonly many: boolean; readonly column: string }

/** Every way through the graph: references forward, lists backward, and the lists that other domains add. */
export function waysOf(graph: AttackGraph, connections: readonly { on: string; name: string; of: string; via: string }[]): Way[] {
  const forward = (from: RecordMeta, f: Field): Way[] => {
    if (f.kind === "foreign") return [{ from, field: f.graphName, to: graph.meta(f.target().foreign.name), many: false, column: f.name }];
    if (f.kind === "belongsTo") return [{ from, field: f.name, to: recordOf(f.target()), many: false, column: f.name }];
    return f.kind === "hasMany" ? [{ from, field: f.name, to: recordOf(f.target()), many: true, column: f.via }] : [];
  };
  const own = [...graph.metas.values()].flatMap((from) => [...from.fields.values()].flatMap((f) => forward(from, f)));
  return [...own, ...connections.map((c) => ({ from: graph.meta(c.on), field: c.name, to: graph.meta(c.of), many: true, column: c.via }))];
}

/** One document that takes all ways from a type at once. `createdAt` makes the owner of a referenced row show it, or not. */
export function waysDocument(from: RecordMeta, ways: readonly Way[]): string {
  const parts = ways.map((w) => (w.many ? `${w.field}(first: 500) { nodes { id } totalCount aggregate { count } }` : `${w.field} { id createdAt }`));
  return `{ list: ${from.plural}(first: 500) { nodes { id ${parts.join(" ")} } } }`;
}

export function readWays(universe: Universe, ways: readonly Way[], reply: Reply): Reached {
  const nodes = nodesOf(reply.data?.list);
  return Object.fromEntries(
    ways.map((w) => {
      const ids = nodes.flatMap((n) => (w.many ? idsOf(n[w.field]) : n[w.field] ? [(n[w.field] as Node).id] : []));
      const wrong = w.many ? nodes.map((n) => n[w.field] as Connection | null).filter((c) => c && (c.totalCount !== c.nodes?.length || c.aggregate?.count !== c.nodes?.length)) : [];
      return [`${w.from.name}.${w.field}`, [...namesOf(universe, w.to.name, ids), ...wrong.map((c) => `counted ${c!.totalCount} for ${c!.nodes?.length}`)]];
    }),
  );
}
