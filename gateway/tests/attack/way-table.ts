import { afterAll, beforeAll, expect, it } from "vitest";
import { attackGraph, worldRows, type AttackGraph } from "./attack-graph.ts";
import { personaNames, type PersonaName } from "./personas.ts";
import { universeOf, type Universe } from "./reach.ts";
import { difference, expectedOf } from "./read-table.ts";
import { nameOf, readWays, waysDocument, waysOf, type Way } from "./ways.ts";
import { idOf } from "./world-rows.ts";

/** Rows of `to` that hang on the visible rows of `from`, as the world says. */
function alongWay(universe: Universe, persona: PersonaName, way: Way): string[] {
  const rows = [...worldRows.values()].flat();
  const due = new Set(expectedOf(universe, persona, way.to.name));
  const from = new Set(expectedOf(universe, persona, way.from.name).map((name) => idOf(way.from.name, name)));
  if (way.many) return rows.filter((r) => r.type === way.to.name && due.has(r.name) && from.has(String(r.values[way.column]))).map((r) => r.name).sort();
  const targets = new Set(rows.filter((r) => r.type === way.from.name && from.has(idOf(r.type, r.name))).map((r) => r.values[way.column]));
  return rows.filter((r) => r.type === way.to.name && due.has(r.name) && targets.has(idOf(r.type, r.name))).map((r) => r.name).sort();
}

/** Every persona takes every way from the records of these domains, and comes where the table of reads says. */
export function describeWays(domains: readonly string[]): void {
  let graph: AttackGraph;
  let universe: Universe;
  let ways: Way[];
  beforeAll(async () => {
    graph = await attackGraph();
    universe = await universeOf(graph);
    ways = (await waysOf(graph)).filter((way) => !way.from.companionOf);
  });
  afterAll(async () => {
    await graph?.[Symbol.asyncDispose]();
  });

  it.each(personaNames)("%s: every way from record to record leads to what the table of reads says", async (persona) => {
    const identity = graph.identity(persona);
    const wrong = await Promise.all(
      domains.map(async (domain) => {
        const from = ways.filter((way) => way.from.domain === domain);
        const reached = readWays(universe, from, await graph.ask(identity, waysDocument(from)));
        return from.flatMap((way) => difference(nameOf(way), reached[nameOf(way)]!, alongWay(universe, persona, way)));
      }),
    );
    expect(wrong.flat()).toEqual([]);
  });
}
