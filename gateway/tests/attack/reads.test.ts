import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allManifests } from "../../../subgraphs/registry.ts";
import { attackGraph, worldRows, type AttackGraph } from "./attack-graph.ts";
import { expectedNames, expectedReads } from "./expected-reads.ts";
import { personaNames, personas, type PersonaName } from "./personas.ts";
import { listDocument, readList, readRoots, readSingles, readWays, rootsDocument, sample, throughEntities, throughPages, universeOf, waysDocument, waysOf, type Reached, type Universe, type Way } from "./reach.ts";
import { idOf } from "./world-rows.ts";

let graph: AttackGraph;
let universe: Universe;
let ways: Way[];

beforeAll(async () => {
  graph = await attackGraph();
  universe = await universeOf(graph);
  const connections = (await allManifests()).flatMap((m) => (m.connections ?? []).map((c) => ({ on: c.on.foreign.name, name: c.name, of: c.of.name, via: c.via })));
  ways = waysOf(graph, connections);
});

afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
});

function expected(persona: PersonaName, type: string): string[] {
  const own = [...universe.get(type)!.keys()].filter((name) => name.startsWith("b-") === (personas[persona].district === "B"));
  return expectedNames(persona, type, own);
}

/** `+` was shown and must not be, `-` was hidden and must not be. */
function difference(where: string, found: readonly string[], wanted: readonly string[]): string[] {
  const [shown, due] = [new Set(found), new Set(wanted)];
  return [...found.filter((n) => !due.has(n)).map((n) => `${where}: + ${n}`), ...wanted.filter((n) => !shown.has(n)).map((n) => `${where}: - ${n}`)];
}

/** Rows of `to` that hang on the visible rows of `from`, as the world says. */
function alongWay(persona: PersonaName, way: Way): string[] {
  const rows = [...worldRows.values()].flat();
  const due = new Set(expected(persona, way.to.name));
  const from = new Set(expected(persona, way.from.name).map((name) => idOf(way.from.name, name)));
  if (way.many) return rows.filter((r) => r.type === way.to.name && due.has(r.name) && from.has(String(r.values[way.column]))).map((r) => r.name).sort();
  const targets = new Set(rows.filter((r) => r.type === way.from.name && from.has(idOf(r.type, r.name))).map((r) => r.values[way.column]));
  return rows.filter((r) => r.type === way.to.name && due.has(r.name) && targets.has(idOf(r.type, r.name))).map((r) => r.name).sort();
}

describe("reads equal the table", () => {
  it("of a world that has rows of every type in both districts, and a table that knows no other type", () => {
    const onlyInA = new Set(["Organization", "CalendarTrack", "RotationDay", "BellSchedule", "BellPeriod", "InstructionalDay", "Term", "GradingPeriod", "Room", "ExternalIdentifier"]);
    for (const [type, rows] of universe) {
      expect([...rows.keys()].some((n) => !n.startsWith("b-")), `${type} in A`).toBe(true);
      if (!onlyInA.has(type)) expect([...rows.keys()].some((n) => n.startsWith("b-")), `${type} in B`).toBe(true);
    }
    for (const cells of Object.values(expectedReads)) for (const type of Object.keys(cells)) expect(universe.has(type), type).toBe(true);
    expect(new Set(Object.keys(expectedReads))).toEqual(new Set(personaNames));
  });

  it.each(personaNames)("%s: list, edges, single, filter, figures, reasons, entities and pages", async (persona) => {
    const identity = graph.identity(persona);
    const wrong: string[] = [];
    for (const meta of graph.metas.values()) {
      const due = expected(persona, meta.name);
      const compare = (route: string, reached: Reached) => {
        for (const [path, names] of Object.entries(reached)) wrong.push(...difference(`${meta.name} by ${path} (${route})`, names, due));
      };
      const ids = [...universe.get(meta.name)!.values()];
      const [through, past] = [await graph.ask(identity, rootsDocument(meta, ids)), await graph.direct(meta.domain, identity, listDocument(meta, ids))];
      const told = JSON.stringify([through.errors, past.errors]);
      if (/Given-|Family-|Street of|555|STATE-|N-|@example|select |osss_/i.test(told)) wrong.push(`${meta.name}: an error tells more than it should: ${told}`);
      compare("gateway", readRoots(meta, universe, through));
      compare("subgraph", { list: readList(meta, universe, past), "single record": readSingles(meta, universe, past) });
      const asked = sample([...universe.get(meta.name)!.keys()]);
      wrong.push(...difference(`${meta.name} by single record (gateway)`, readSingles(meta, universe, through), due.filter((name) => asked.includes(name))));
      if (meta.companionOf) continue;
      wrong.push(...difference(`${meta.name} by entities`, await throughEntities(graph, universe, meta, identity), due));
      wrong.push(...difference(`${meta.name} by pages`, await throughPages(graph, universe, meta, identity), due));
    }
    expect(wrong).toEqual([]);
  });

  it.each(personaNames)("%s: every way from record to record", async (persona) => {
    const identity = graph.identity(persona);
    const wrong: string[] = [];
    for (const meta of graph.metas.values()) {
      const from = ways.filter((w) => w.from === meta);
      if (from.length === 0 || meta.companionOf) continue;
      const reached = readWays(universe, from, await graph.ask(identity, waysDocument(meta, from)));
      for (const way of from) wrong.push(...difference(`${meta.name}.${way.field}`, reached[`${meta.name}.${way.field}`]!, alongWay(persona, way)));
    }
    expect(wrong).toEqual([]);
  });
});
