import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import type { RecordMeta } from "#foundation/record/metadata";
import { attackGraph, type AttackGraph } from "./attack-graph.ts";
import { expectedNames } from "./expected-reads.ts";
import { personaNames, personas, type PersonaName } from "./personas.ts";
import { listDocument, readList, readRoots, readSingles, rootsDocument, sample, throughEntities, throughPages, universeOf, type Reached, type Universe } from "./reach.ts";

export function expectedOf(universe: Universe, persona: PersonaName, type: string): string[] {
  const own = [...universe.get(type)!.keys()].filter((name) => name.startsWith("b-") === (personas[persona].district === "B"));
  return expectedNames(persona, type, own);
}

/** `+` was shown and must not be, `-` was hidden and must not be. */
export function difference(where: string, found: readonly string[], wanted: readonly string[]): string[] {
  const [shown, due] = [new Set(found), new Set(wanted)];
  return [...found.filter((n) => !due.has(n)).map((n) => `${where}: + ${n}`), ...wanted.filter((n) => !shown.has(n)).map((n) => `${where}: - ${n}`)];
}

const secrets = /Given-|Family-|Street of|555|STATE-|N-|@example|Note of|select |osss_/i;

/** What is wrong with how a domain answers a persona, whichever way she reads. */
async function wrongIn(graph: AttackGraph, universe: Universe, metas: readonly RecordMeta[], persona: PersonaName, identity: Identity): Promise<string[]> {
  const { domain } = metas[0]!;
  const wrong: string[] = [];
  const through = await graph.ask(identity, rootsDocument(metas, universe));
  const past = await graph.direct(domain, identity, listDocument(metas, universe));
  const told = JSON.stringify([through.errors, past.errors]);
  if (secrets.test(told)) wrong.push(`${domain}: an error tells more than it should: ${told}`);
  const whole = metas.filter((meta) => !meta.companionOf);
  const entities = await throughEntities(graph, universe, whole, identity);
  const pages = await throughPages(graph, universe, whole, identity);
  for (const meta of metas) {
    const due = expectedOf(universe, persona, meta.name);
    const compare = (route: string, reached: Reached) => {
      for (const [path, names] of Object.entries(reached)) wrong.push(...difference(`${meta.name} by ${path} (${route})`, names, due));
    };
    compare("gateway", readRoots(meta, universe, through));
    compare("subgraph", { list: readList(meta, universe, past), "single record": readSingles(meta, universe, past), ...(entities.has(meta) ? { entities: entities.get(meta)!, pages: pages.get(meta)! } : {}) });
    const asked = sample([...universe.get(meta.name)!.keys()]);
    wrong.push(...difference(`${meta.name} by single record (gateway)`, readSingles(meta, universe, through), due.filter((name) => asked.includes(name))));
  }
  return wrong;
}

/** Every persona reads these domains' records in every way that there is, and always what the table says. */
export function describeReads(domains: readonly string[]): void {
  let graph: AttackGraph;
  let universe: Universe;
  beforeAll(async () => {
    graph = await attackGraph();
    universe = await universeOf(graph);
  });
  afterAll(async () => {
    await graph?.[Symbol.asyncDispose]();
  });

  describe(`reads of ${domains.join(", ")} equal the table`, () => {
    it.each(personaNames)("%s: list, edges, single, filter, figures, reasons, entities and pages", async (persona) => {
      const identity = graph.identity(persona);
      const wrong = await Promise.all(domains.map((domain) => wrongIn(graph, universe, [...graph.metas.values()].filter((meta) => meta.domain === domain), persona, identity)));
      expect(wrong.flat()).toEqual([]);
    });
  });
}
