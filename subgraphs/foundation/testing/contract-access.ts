import { beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "../identity/identity.ts";
import { plainCompanionField, readThroughParent } from "./contract-companions.ts";
import { checkErrors, newDistrict, rowsInDatabase, type Contract } from "./contract.ts";
import type { World } from "./factory.ts";
import { outsiders, reaching, waysOf, type Persona, type Subject, type Way } from "./personas.ts";
import type { RecordMeta } from "../record/metadata.ts";

/** What one caller saw of two rows, on every path that leads to them. */
export interface Seen {
  listed: Set<string> | null;
  row: boolean;
  other: boolean;
  stored: Set<string>;
}

interface Answer {
  list: { nodes: { id: string }[]; edges: { node: { id: string } }[]; totalCount: number; aggregate: { count: number } } | null;
  row: { id: string } | null;
  other: { id: string } | null;
  references: ({ id: string } | null)[] | null;
}

/** Reads two rows by list, edges, count, aggregate, single read, reference and in the database, and checks that all paths agree. */
export async function lookEverywhere({ platform }: Contract, meta: RecordMeta, identity: Identity, row: string, other: string): Promise<Seen> {
  const stored = await rowsInDatabase(platform, meta, identity);
  expect([...(await rowsInDatabase(platform, meta, identity, "point"))].sort(), "asked row by row, the rules open other rows").toEqual([...stored].sort());
  if (meta.companionOf) return { ...(await readThroughParent(platform, meta, identity, row, other)), stored };
  const document = `query Look($row: ID!, $other: ID!, $representations: [_Any!]!) {
    list: ${meta.plural}(first: 500) { nodes { id } edges { node { id } } totalCount aggregate { count } }
    row: ${meta.single}(id: $row) { id }
    other: ${meta.single}(id: $other) { id }
    references: _entities(representations: $representations) { ... on ${meta.name} { id } }
  }`;
  const representations = [row, other].map((id) => ({ __typename: meta.name, id }));
  const reply = await platform.call(meta.domain, identity, document, { row, other, representations });
  checkErrors(reply);
  const data = reply.data as Answer;
  const seen = { row: data.row !== null, other: data.other !== null };
  expect(data.row?.id ?? row).toBe(row);
  expect((data.references ?? [null, null]).map((r) => r !== null), "references and single reads disagree").toEqual([seen.row, seen.other]);
  if (data.list === null) {
    expect(seen, "the list is closed, a single read is open").toEqual({ row: false, other: false });
    return { ...seen, listed: null, stored };
  }
  const listed = new Set(data.list.nodes.map((n) => n.id));
  expect(data.list.edges.map((e) => e.node.id)).toEqual(data.list.nodes.map((n) => n.id));
  expect([data.list.totalCount, data.list.aggregate.count], "counts and list disagree").toEqual([listed.size, listed.size]);
  expect({ row: listed.has(row), other: listed.has(other) }, "list and single read disagree").toEqual(seen);
  expect([...listed].sort(), "the graph and the database disagree").toEqual([...stored].sort());
  return { ...seen, listed, stored };
}

interface Scene {
  world: World;
  ways: Way[];
  subject: Subject;
  other: Subject;
  inside: Persona[];
  outside: Persona[];
}

async function sceneOf(contract: Contract, meta: RecordMeta): Promise<Scene> {
  const [world, elsewhere] = [newDistrict(contract), newDistrict(contract)];
  const subject = await subjectOf(world, meta);
  const other = await subjectOf(world, meta);
  const ways = waysOf(world, meta, "read");
  const inside = reaching(world, contract.reaches, meta, ways, subject);
  const outside = outsiders(world, elsewhere, contract.reaches, meta, ways, subject, other);
  await world.save();
  await elsewhere.save();
  return { world, ways, subject, other, inside, outside };
}

/** A row of the record; of a record that the journal keeps, one that the world's own writing left. */
export async function subjectOf(world: World, meta: RecordMeta, given: Record<string, unknown> = {}): Promise<Subject> {
  if (meta.managed) {
    const id = world.a(meta.type, given, { complete: true });
    return { id, values: meta.companionOf ? { ...world.valuesOf(id) } : world.valuesOf(id) };
  }
  world.a("District");
  await world.save();
  const [row] = await world.platform.sql<{ id: string }>(`SELECT id FROM ${meta.schema}.${meta.table} WHERE district_id = $1 ORDER BY id DESC LIMIT 1`, [world.districtId]);
  return { id: row!.id, values: {} };
}

/** Gate 1 and gate 2 of reading: refusals first, then each way that the access table opens, alike on every path. */
export function describeReading(contractOf: () => Contract, meta: RecordMeta): void {
  describe(`reading ${meta.name}`, () => {
    let scene: Scene;
    beforeAll(async () => {
      scene = await sceneOf(contractOf(), meta);
    });

    it("is refused without the role, without the relation, and from another district", async () => {
      for (const { name, identity } of scene.outside) {
        const seen = await lookEverywhere(contractOf(), meta, identity, scene.subject.id, scene.other.id);
        expect.soft({ row: seen.row, stored: seen.stored.has(scene.subject.id) }, name).toEqual({ row: false, stored: false });
      }
    });

    it("is open to every role through each of its relations, and to no other row", async () => {
      for (const [i, { name, identity }] of scene.inside.entries()) {
        const seen = await lookEverywhere(contractOf(), meta, identity, scene.subject.id, scene.other.id);
        const wide = scene.ways[i]!.grant.relation.districtWide;
        expect.soft({ row: seen.row, stored: seen.stored.has(scene.subject.id), other: seen.other }, name).toEqual({ row: true, stored: true, other: wide });
      }
    });

    it("shows the same rows through the district's role as through the general one", async () => {
      for (const [i, { name, identity }] of scene.inside.entries()) {
        if (scene.ways[i]!.grant.relation.name !== "district_office" || scene.ways[i]!.grant.unless) continue;
        const mixed = await rowsInDatabase(contractOf().platform, meta, identity);
        expect.soft([...(await rowsInDatabase(contractOf().platform, meta, identity, "wide"))].sort(), name).toEqual([...mixed].sort());
      }
      expect(scene.inside.length).toBeGreaterThan(0);
    });

    const flag = meta.access.grants.find((g) => g.verb === "read" && g.unless)?.unless;
    if (flag) {
      it(`is closed by ${flag} to those whose grants say so, and only to them`, async () => {
        const contract = contractOf();
        const { world } = scene;
        const flagged = await subjectOf(world, meta, { [flag]: true });
        const ways = waysOf(world, meta, "read");
        const callers = reaching(world, contract.reaches, meta, ways, flagged);
        await world.save();
        for (const [i, { name, identity }] of callers.entries()) {
          const mine = ways.filter((w) => w.grant.role === ways[i]!.grant.role);
          const closed = mine.every((w) => w.grant.unless === flag);
          if (!closed && ways[i]!.grant.unless) continue;
          const seen = await lookEverywhere(contract, meta, identity, flagged.id, scene.other.id);
          expect.soft({ row: seen.row, stored: seen.stored.has(flagged.id) }, name).toEqual({ row: !closed, stored: !closed });
        }
      });
    }

    if (meta.companionOf) {
      it("finds nothing by a filter through it for those to whom it is closed", async () => {
        const { platform } = contractOf();
        const field = plainCompanionField(meta);
        const parent = meta.companionOf!;
        let asked = 0;
        for (const { name, identity } of scene.outside) {
          const reply = await platform.call(parent.domain, identity, `{ list: ${parent.plural}(where: { ${field.companion}: { ${field.name}: { isNull: false } } }) { nodes { id } } }`);
          checkErrors(reply);
          const list = (reply.data as { list: { nodes: { id: string }[] } | null }).list;
          if (list) asked += 1;
          expect.soft(list?.nodes.map((n) => n.id) ?? [], name).not.toContain(scene.subject.id);
        }
        expect(asked).toBeGreaterThan(0);
      });
    }
  });
}
