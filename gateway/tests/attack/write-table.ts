import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fingerprint, nobody, outcome, readsLogged, toldIn, withIds } from "./attempts.ts";
import { attackGraph, type AttackGraph, type Reply } from "./attack-graph.ts";
import { expectedReads } from "./expected-reads.ts";
import type { PersonaName } from "./personas.ts";
import { idOf } from "./world-rows.ts";

/** Who may change, archive and add what; everyone else is refused. */
export interface WriteTable {
  /** Who tries. */
  readonly writers: readonly PersonaName[];
  /** Type -> row -> personas, separated by commas. */
  readonly mayChange: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** A harmless change of a row of that type, as GraphQL; null for types that are never changed. */
  readonly changeOf: Readonly<Record<string, string | null>>;
  /** Types that are never put away as a whole. */
  readonly neverArchived: ReadonlySet<string>;
  /** New rows, as GraphQL with `{Type name}` for ids, and who may add them. */
  readonly mayAdd: readonly { readonly type: string; readonly input: string; readonly by: string }[];
}

const among = (cell: string, persona: PersonaName) => cell.split(", ").includes(persona);

/** Whether the table of reads shows the row to the persona. */
function sees(persona: PersonaName, type: string, name: string): boolean {
  const cell = expectedReads[persona][type] ?? "";
  return cell === "*" ? name.startsWith("b-") === persona.endsWith("Elsewhere") : cell.split(", ").includes(name);
}

/** For the refused it is a real write; for those who may, a dry run, so that everyone meets the same world. */
const archive = (type: string, id: string, allowed: boolean) => `mutation { archive${type}(id: "${id}", version: 1, dryRun: ${allowed}) { record { id } changes { field } } }`;

/** The problem with how a write of a row was answered, if any. */
function judge(what: string, visible: boolean, allowed: boolean, reply: Reply, ofNobody: Reply): string[] {
  const code = outcome(reply);
  if (allowed) return code === "done" ? [] : [`${what}: ${code} ${JSON.stringify(toldIn(reply))}`];
  if (visible) return code === "FORBIDDEN" ? [] : [`${what}: ${code} instead of FORBIDDEN`];
  return JSON.stringify(toldIn(reply)) === JSON.stringify(toldIn(ofNobody)) && code !== "done" ? [] : [`${what}: ${JSON.stringify(toldIn(reply))} tells more than ${JSON.stringify(toldIn(ofNobody))} of an id that does not exist`];
}

/** Every writer tries every write of a table. `of` says of what. */
export function describeWrites(of: string, { writers, mayChange, changeOf, neverArchived, mayAdd }: WriteTable): void {
  let graph: AttackGraph;
  beforeAll(async () => {
    graph = await attackGraph();
  });
  afterAll(async () => {
    await graph?.[Symbol.asyncDispose]();
  });

  describe(`writes of ${of} equal the table`, () => {
    it("which has a harmless change for every type that it lists", () => {
      expect(Object.keys(changeOf).sort()).toEqual(Object.keys(mayChange).sort());
    });

    it.each(writers)("%s changes and archives only what the table gives", async (persona) => {
      const identity = graph.identity(persona);
      const wrong: string[] = [];
      const before = await fingerprint(graph, "logged reads");
      const reads = await readsLogged(graph);
      for (const [type, rows] of Object.entries(mayChange)) {
        const { domain, auditReads } = graph.meta(type);
        const change = changeOf[type] ?? null;
        const update = (id: string, allowed: boolean) => `mutation { update${type}(id: "${id}", version: 1, input: { ${change} }, dryRun: ${allowed}) { record { id } changes { field } } }`;
        const ofNobody = change === null ? null : ([await graph.ask(identity, update(nobody, false)), await graph.direct(domain, identity, update(nobody, false))] as const);
        const archivedNobody = neverArchived.has(type) ? null : await graph.direct(domain, identity, archive(type, nobody, false));
        for (const [name, cell] of Object.entries(rows)) {
          const [allowed, visible] = [among(cell, persona), sees(persona, type, name)];
          const document = update(idOf(type, name), allowed);
          if (ofNobody) {
            wrong.push(...judge(`update ${type} ${name} (gateway)`, visible, allowed, await graph.ask(identity, document), ofNobody[0]));
            wrong.push(...judge(`update ${type} ${name} (subgraph)`, visible, allowed, await graph.direct(domain, identity, document), ofNobody[1]));
          }
          if (archivedNobody) wrong.push(...judge(`archive ${type} ${name}`, visible, allowed, await graph.direct(domain, identity, archive(type, idOf(type, name), allowed)), archivedNobody));
          // Each dry run that told something of a record whose reads are logged is in the log; what was refused told nothing.
          if (allowed && auditReads) reads.push(...Array<string>(archivedNobody ? 3 : 2).fill(`${type} ${idOf(type, name)}`));
        }
      }
      expect(wrong).toEqual([]);
      expect(await fingerprint(graph, "logged reads")).toBe(before);
      expect(await readsLogged(graph)).toEqual(reads.sort());
    });

    it.each(writers)("%s adds only what the table gives", async (persona) => {
      const identity = graph.identity(persona);
      const wrong: string[] = [];
      const before = await fingerprint(graph);
      for (const { type, input, by } of mayAdd) {
        const allowed = among(by, persona);
        const reply = await graph.ask(identity, `mutation { create${type}(input: { ${withIds(input)} }, dryRun: ${allowed}) { record { id } changes { field } } }`);
        const code = outcome(reply);
        const fine = allowed ? code === "done" : ["FORBIDDEN", "VALIDATION_FAILED", "UNAUTHENTICATED"].includes(code);
        if (!fine) wrong.push(`create ${type} ${input}: ${code} ${JSON.stringify(toldIn(reply))}`);
      }
      expect(wrong).toEqual([]);
      expect(await fingerprint(graph)).toBe(before);
    });
  });
}
