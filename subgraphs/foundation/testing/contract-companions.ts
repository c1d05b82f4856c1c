import { expect } from "vitest";
import type { Identity } from "../identity/identity.ts";
import { isScalar, recordOf, type RecordMeta } from "../record/metadata.ts";
import { checkErrors } from "./contract.ts";
import type { TestPlatform } from "./test-platform.ts";

/** Under which name a companion's parent holds it, and a plain field of it to filter by. */
export function plainCompanionField(meta: RecordMeta): { companion: string; name: string } {
  const companion = [...meta.companionOf!.fields.values()].find((f) => f.kind === "companion" && recordOf(f.target()) === meta)!.name;
  const name = [...meta.fields.values()].filter(isScalar).find((f) => !f.readOnly && f.filterable)!.name;
  return { companion, name };
}

type Parent = { id: string; part: { id: string } | null };

/** A companion has no roots of its own: reads it through its parent, by list, single read and reference, which must agree. */
export async function readThroughParent(platform: TestPlatform, meta: RecordMeta, identity: Identity, row: string, other: string): Promise<{ listed: Set<string> | null; row: boolean; other: boolean }> {
  const parent = meta.companionOf!;
  const part = `part: ${plainCompanionField(meta).companion} { id }`;
  const document = `query Look($row: ID!, $other: ID!, $representations: [_Any!]!) {
    list: ${parent.plural}(first: 500) { nodes { id ${part} } }
    row: ${parent.single}(id: $row) { id ${part} }
    other: ${parent.single}(id: $other) { id ${part} }
    references: _entities(representations: $representations) { ... on ${parent.name} { id ${part} } }
  }`;
  const representations = [row, other].map((id) => ({ __typename: parent.name, id }));
  const reply = await platform.call(parent.domain, identity, document, { row, other, representations });
  checkErrors(reply);
  const data = reply.data as { list: { nodes: Parent[] } | null; row: Parent | null; other: Parent | null; references: (Parent | null)[] | null };
  const seen = { row: data.row?.part != null, other: data.other?.part != null };
  expect((data.references ?? [null, null]).map((r) => r?.part != null), "references and single reads disagree").toEqual([seen.row, seen.other]);
  const listed = data.list === null ? null : new Set(data.list.nodes.flatMap((n) => (n.part ? [n.id] : [])));
  expect({ row: listed?.has(row) ?? false, other: listed?.has(other) ?? false }, "list and single read disagree").toEqual(seen);
  return { listed, ...seen };
}
