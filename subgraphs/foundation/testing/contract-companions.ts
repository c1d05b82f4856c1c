import { describe, expect, it } from "vitest";
import type { Identity } from "../identity/identity.ts";
import { isScalar, recordOf, type RecordMeta } from "../record/metadata.ts";
import { changeOf, companionInput, createInput, documents, type Payload } from "./contract-inputs.ts";
import { creator } from "./contract-writes.ts";
import { checkErrors, codeOf, dataOf, journalOf, newDistrict, rowCounts, type Contract } from "./contract.ts";
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

/** A companion in its parent's input: a version of its own, all or nothing with the parent. */
export function describeCompanionWrites(contractOf: () => Contract, meta: RecordMeta): void {
  const writable = [...meta.fields.values()].some((f) => f.kind === "companion" && recordOf(f.target()).writes.length > 0);
  if (!writable || !meta.writes.includes("update")) return;

  it(`writes the companion of ${meta.name} under the companion's own version`, async () => {
    const { platform } = contractOf();
    const world = newDistrict(contractOf());
    const values = world.values(meta.type, {}, { complete: true });
    const { identity } = creator(world, contractOf(), meta, values);
    await world.save();
    const { name, companion, input } = companionInput(world, meta)!;
    const update = (id: string, version: number, given: Record<string, unknown>) => platform.call(meta.domain, identity, documents.update(meta), { id, version, input: given });
    const { record } = dataOf<{ out: Payload }>(await platform.call(meta.domain, identity, documents.create(meta), { input: createInput(meta, values) })).out;
    const id = record!.id;
    expect(record![name]).toBeNull();

    // There is none yet: it is made, and the parent stays as it was.
    const made = dataOf<{ out: Payload }>(await update(id, 1, { [name]: input })).out;
    expect(made.record).toMatchObject({ version: 1, [name]: { id, version: 1 } });
    const { field, value } = changeOf(companion, 7)!;
    const before = await rowCounts(platform);
    expect(codeOf(await update(id, 1, { [name]: { [field.name]: value } })), "without the version").toBe("VALIDATION_FAILED");
    const stale = await update(id, 1, { [name]: { version: 9, [field.name]: value } });
    expect(codeOf(stale)).toBe("STALE_VERSION");
    expect(stale.errors![0]!.extensions!.current).toMatchObject({ id, version: 1 });
    const own = changeOf(meta, 7)!;
    const half = await update(id, 1, { [own.field.name]: own.value, [name]: { version: 9, [field.name]: value } });
    expect(codeOf(half), "the parent is not written without its companion").toBe("STALE_VERSION");
    expect(await rowCounts(platform)).toEqual(before);

    const changed = dataOf<{ out: Payload }>(await update(id, 1, { [own.field.name]: own.value, [name]: { version: 1, [field.name]: value } })).out;
    expect(changed.record).toMatchObject({ version: 2, [own.field.name]: own.value, [name]: { version: 2, [field.name]: value } });
    const { audit } = await journalOf(platform, id);
    expect(audit.map((a) => `${a.record_type} ${a.record_version}`).sort()).toEqual([`${companion.name} 1`, `${companion.name} 2`, `${meta.name} 1`, `${meta.name} 2`].sort());
  });
}

/** Bulk creation: all or none. */
export function describeBulk(contractOf: () => Contract, meta: RecordMeta): void {
  if (!meta.bulk || !meta.writes.includes("create")) return;
  describe(`bulk writing ${meta.name}`, () => {
    it("creates all or none, 500 at most, once under a key", async () => {
      const { platform } = contractOf();
      const world = newDistrict(contractOf());
      const all = [0, 1, 2].map(() => world.values(meta.type));
      const { identity } = creator(world, contractOf(), meta, all[0]!);
      await world.save();
      const root = `create${meta.plural.charAt(0).toUpperCase()}${meta.plural.slice(1)}`;
      const document = `mutation($inputs: [Create${meta.name}Input!]!, $dryRun: Boolean! = false) { out: ${root}(inputs: $inputs, dryRun: $dryRun) { record { id version } changes { recordId } } }`;
      const inputs = all.map((values) => createInput(meta, values));
      const before = await rowCounts(platform);
      const send = (list: unknown[], more: Record<string, unknown> = {}, key?: string) => platform.call(meta.domain, identity, document, { inputs: list, ...more }, key);
      const broken = { ...inputs[2], ...Object.fromEntries(Object.entries(inputs[2]!).filter(([name]) => name.endsWith("Id")).map(([name]) => [name, crypto.randomUUID()])) };
      expect(codeOf(await send([inputs[0], inputs[1], broken]))).toBe("VALIDATION_FAILED");
      expect(codeOf(await send([inputs[0], inputs[1], inputs[0]]))).toBe("CONFLICT");
      expect(codeOf(await send(Array.from({ length: 501 }, () => inputs[0])))).toBe("LIMIT_EXCEEDED");
      dataOf(await send(inputs, { dryRun: true }));
      expect(await rowCounts(platform)).toEqual(before);
      const { out } = dataOf<{ out: Payload[] }>(await send(inputs, {}, "bulk"));
      expect(new Set(out.map((p) => p.record!.id)).size).toBe(3);
      for (const { record, changes } of out) expect(changes.length > 0 && changes.every((c) => c.recordId === record!.id)).toBe(true);
      expect(dataOf<{ out: Payload[] }>(await send(inputs, {}, "bulk")).out).toEqual(out);
      expect((await rowCounts(platform))[`${meta.schema}.${meta.table}`]! - before[`${meta.schema}.${meta.table}`]!).toBe(3);
    });
  });
}
