import { expect } from "vitest";
import { outcome } from "./attempts.ts";
import type { AttackGraph } from "./attack-graph.ts";
import type { PersonaName } from "./personas.ts";
import { namesOf, type Universe } from "./reach.ts";
import { idOf } from "./world-rows.ts";

export interface Page { nodes: { id: string }[]; totalCount: number; aggregate: { count: number; min: Record<string, unknown> | null; max: Record<string, unknown> | null } }

/** Puts ids where a filter says `{Type name}`, whose name has no space. */
export const withNames = (where: string): string => where.replace(/\{([A-Z]\w+) ([\w-]+)\}/g, (_, type: string, name: string) => idOf(type, name));

/** Names that a filter finds, in order; list, count and aggregate must agree, and so must the gateway and the subgraph. */
export async function finds(graph: AttackGraph, universe: Universe, persona: PersonaName, type: string, where: string): Promise<string> {
  const { plural, domain } = graph.meta(type);
  const document = `{ found: ${plural}(first: 500, where: { ${withNames(where)} }) { nodes { id } totalCount aggregate { count } } }`;
  const [through, past] = [await graph.ask(graph.identity(persona), document), await graph.direct(domain, graph.identity(persona), document)];
  expect(through.data).toEqual(past.data);
  const page = through.data?.found as Page | null;
  if (!page) return outcome(through);
  expect([page.totalCount, page.aggregate.count]).toEqual([page.nodes.length, page.nodes.length]);
  return namesOf(universe, type, page.nodes.map((n) => n.id)).join(", ");
}
