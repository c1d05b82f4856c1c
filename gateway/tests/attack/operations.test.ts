import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { allManifests } from "../../../subgraphs/registry.ts";
import { fingerprint, nobody, outcome, toldIn, withIds } from "./attempts.ts";
import { attackGraph, type AttackGraph, type Reply } from "./attack-graph.ts";
import { acts, operators, type Act } from "./expected-operations.ts";
import type { PersonaName } from "./personas.ts";
import { universeOf, type Universe } from "./reach.ts";
import { expectedOf } from "./read-table.ts";

let graph: AttackGraph;
let universe: Universe;
/** Which subgraph has an operation. */
let domains: Map<string, string>;

beforeAll(async () => {
  graph = await attackGraph();
  universe = await universeOf(graph);
  domains = new Map((await allManifests()).flatMap((m) => m.operations.filter((o) => o.kind !== "query").map((o) => [o.name, m.name] as const)));
});
afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
});

const among = (cell: string, persona: PersonaName) => cell.split(", ").includes(persona);
const document = ({ name, reason, told = "changes { recordType recordId field before after }" }: Act, input: string, dryRun: boolean) => `mutation { ${name}(input: { ${input} }, dryRun: ${dryRun}${reason ? `, reason: "Because"` : ""}) { ${told} } }`;
/** What it is done to: the first id of the input. */
const target = ({ input }: Act): { type: string; name: string } => {
  const [, type, name] = /\{([A-Z]\w+) ([^}]+)\}/.exec(input)!;
  return { type: type!, name: name! };
};

interface Change { recordType: string; recordId: string; field: string; before: unknown }

/** Rows whose former values a dry run tells, and which the table of reads hides from the caller. */
function told(persona: PersonaName, reply: Reply): string[] {
  const changes = Object.values(reply.data ?? {}).flatMap((payload) => (payload as { changes?: Change[] } | null)?.changes ?? []);
  return changes.flatMap(({ recordType, recordId, field, before }) => {
    const name = [...universe.get(recordType)!].find(([, id]) => id === recordId)?.[0];
    return name === undefined || expectedOf(universe, persona, recordType).includes(name) ? [] : [`${recordType} ${name}.${field} was ${JSON.stringify(before)}`];
  });
}

describe("operations equal the table", () => {
  it("which has every operation, but what needs a merge and a code that are made elsewhere", () => {
    const elsewhere = ["unmergeStudents", "acceptInvitation"];
    expect([...new Set(acts.map((act) => act.name)), ...elsewhere].sort()).toEqual([...domains.keys()].sort());
  });

  it.each(operators)("%s does only what the table gives, and a refusal tells her nothing", async (persona) => {
    const identity = graph.identity(persona);
    const wrong: string[] = [];
    const before = await fingerprint(graph, "logged reads");
    for (const act of acts) {
      const what = `${act.name} ${act.input.slice(0, 60)}`;
      const allowed = among(act.by, persona);
      const input = withIds(act.input);
      const { type, name } = target(act);
      const visible = expectedOf(universe, persona, type).includes(name);
      const ofNobody = withIds(act.input.replace(`{${type} ${name}}`, nobody));
      for (const ask of [(text: string) => graph.ask(identity, text), (text: string) => graph.direct(domains.get(act.name)!, identity, text)]) {
        const reply = await ask(document(act, input, allowed));
        const code = outcome(reply);
        if (allowed && code !== "done") wrong.push(`${what}: ${code} ${JSON.stringify(toldIn(reply))}`);
        if (allowed) wrong.push(...told(persona, reply).map((row) => `${what}: its changes tell that ${row}`));
        if (allowed) continue;
        if (!["FORBIDDEN", "NOT_FOUND", "VALIDATION_FAILED", "UNAUTHENTICATED"].includes(code)) wrong.push(`${what}: ${code} ${JSON.stringify(toldIn(reply))}`);
        if (visible) continue;
        const nothing = toldIn(await ask(document(act, ofNobody, false)));
        if (JSON.stringify(toldIn(reply)) !== JSON.stringify(nothing)) wrong.push(`${what}: ${JSON.stringify(toldIn(reply))} tells more than ${JSON.stringify(nothing)} of an id that does not exist`);
      }
    }
    expect([...new Set(wrong)]).toEqual([]);
    expect(await fingerprint(graph, "logged reads")).toBe(before);
  });
});
