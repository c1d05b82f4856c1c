import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attackGraph, type AttackGraph } from "./attack-graph.ts";
import { aboutDina, aroundStudent } from "./expected-fields.ts";
import type { PersonaName } from "./personas.ts";
import { idOf } from "./world-rows.ts";

let graph: AttackGraph;

beforeAll(async () => {
  graph = await attackGraph();
});
afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
});

/** Lists in the order of their text, so that the table can be read: rows of one moment have no other order that people see. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inOrder(inner)]));
}

describe("fields around a student whose parents live apart", () => {
  it.each(Object.keys(aboutDina) as PersonaName[])("%s", async (persona) => {
    const { data, errors } = await graph.ask(graph.identity(persona), aroundStudent, { id: idOf("Student", "dina") });
    expect(inOrder(data!.student)).toEqual(inOrder(aboutDina[persona]));
    for (const error of errors) expect(error.extensions?.code).toBe("FORBIDDEN");
    expect(JSON.stringify(errors)).not.toMatch(/Given-|Family-|Street of|555|STATE-|@example|select |osss_/i);
  });
});
