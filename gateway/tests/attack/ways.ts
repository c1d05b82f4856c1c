import { recordOf, type Field, type RecordMeta } from "#foundation/record/metadata";
import { allManifests } from "../../../subgraphs/registry.ts";
import { type AttackGraph, type Reply } from "./attack-graph.ts";
import { idsOf, namesOf, nodesOf, type Connection, type Node, type Reached, type Universe } from "./reach.ts";

/** A way from one type to another: a field, and what it leads to. */
export interface Way { readonly from: RecordMeta; readonly field: string; readonly to: RecordMeta; readonly many: boolean; readonly column: string }

/** Every way through the graph: references forward, lists backward, and the lists that other domains add. */
export async function waysOf(graph: AttackGraph): Promise<Way[]> {
  const connections = (await allManifests()).flatMap((m) => (m.connections ?? []).map((c) => ({ on: c.on.foreign.name, name: c.name, of: c.of.name, via: c.via })));
  const forward = (from: RecordMeta, f: Field): Way[] => {
    if (f.kind === "foreign") return [{ from, field: f.graphName, to: graph.meta(f.target().foreign.name), many: false, column: f.name }];
    if (f.kind === "belongsTo") return [{ from, field: f.name, to: recordOf(f.target()), many: false, column: f.name }];
    return f.kind === "hasMany" ? [{ from, field: f.name, to: recordOf(f.target()), many: true, column: f.via }] : [];
  };
  const own = [...graph.metas.values()].flatMap((from) => [...from.fields.values()].flatMap((f) => forward(from, f)));
  return [...own, ...connections.map((c) => ({ from: graph.meta(c.on), field: c.name, to: graph.meta(c.of), many: true, column: c.via }))];
}

const listOf = (from: RecordMeta): string => `${from.name}_ways`;

/** One document that takes all of these ways at once. `createdAt` makes the owner of a referenced row show it, or not. */
export function waysDocument(ways: readonly Way[]): string {
  const lists = [...new Set(ways.map((w) => w.from))].map((from) => {
    const parts = ways.filter((w) => w.from === from).map((w) => (w.many ? `${w.field}(first: 500) { nodes { id } totalCount aggregate { count } }` : `${w.field} { id createdAt }`));
    return `${listOf(from)}: ${from.plural}(first: 500) { nodes { id ${parts.join(" ")} } }`;
  });
  return `{ ${lists.join("\n")} }`;
}

/** By way, what it led to. A count that says more than its rows stands among them. */
export function readWays(universe: Universe, ways: readonly Way[], reply: Reply): Reached {
  return Object.fromEntries(
    ways.map((w) => {
      const nodes = nodesOf(reply.data?.[listOf(w.from)]);
      const ids = nodes.flatMap((n) => (w.many ? idsOf(n[w.field]) : n[w.field] ? [(n[w.field] as Node).id] : []));
      const wrong = w.many ? nodes.map((n) => n[w.field] as Connection | null).filter((c) => c && (c.totalCount !== c.nodes?.length || c.aggregate?.count !== c.nodes?.length)) : [];
      return [nameOf(w), [...namesOf(universe, w.to.name, ids), ...wrong.map((c) => `counted ${c!.totalCount} for ${c!.nodes?.length}`)]];
    }),
  );
}

export const nameOf = (way: Way): string => `${way.from.name}.${way.field}`;
