import { describe, expect, it } from "vitest";
import type { LoadedManifest } from "../federation/load-manifest.ts";
import { recordOf } from "../record/metadata.ts";
import { listScene, shortened } from "./contract-lists.ts";
import { dataOf, statementsOf, type Contract } from "./contract.ts";

/** Lists that a domain adds to another domain's records: the rows that point there, for many parents in as few statements as for two. */
export function describeConnections(contractOf: () => Contract, manifest: LoadedManifest): void {
  for (const connection of manifest.connections ?? []) {
    const meta = recordOf(connection.of);
    const on = connection.on.foreign.name;
    const via = meta.fields.get(connection.via);
    if (via?.kind !== "foreign") continue;
    describe(`${on}.${connection.name}`, () => {
      it("lists the rows of each parent, in as many statements for seven as for two", async () => {
        const contract = contractOf();
        const { identity, nodes } = await listScene(contract, meta);
        const parents = [...new Set(nodes.map((n) => (n[via.graphName] as { id: string } | null)?.id).filter((id) => id !== undefined))].slice(0, 7);
        expect(parents.length).toBeGreaterThan(2);
        const document = `query($representations: [_Any!]!) { _entities(representations: $representations) { ... on ${on} { id rows: ${connection.name} { nodes { id ${via.graphName} { id } } totalCount aggregate { count } } } } }`;
        const ask = async (ids: string[]) =>
          dataOf<{ _entities: { id: string; rows: { nodes: { id: string }[]; totalCount: number; aggregate: { count: number } } }[] }>(
            await contract.platform.call(manifest.name, identity, document, { representations: ids.map((id) => ({ __typename: on, id })) }),
          )._entities;
        for (const { id, rows } of await ask(parents)) {
          const expected = nodes.filter((n) => (n[via.graphName] as { id: string } | null)?.id === id).map((n) => n.id);
          expect(rows.nodes.map((n) => n.id)).toEqual(expected.sort());
          expect([rows.totalCount, rows.aggregate.count]).toEqual([expected.length, expected.length]);
        }
        const few = await statementsOf(contract.platform, () => ask(parents.slice(0, 2)));
        const many = await statementsOf(contract.platform, () => ask(parents));
        expect(many.map(shortened)).toEqual(few.map(shortened));
      });
    });
  }
}
