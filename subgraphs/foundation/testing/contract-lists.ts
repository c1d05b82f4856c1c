import { beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "../identity/identity.ts";
import { Role } from "../identity/role.ts";
import { isScalar, recordOf, type RecordMeta, type ScalarField } from "../record/metadata.ts";
import { believable } from "./believable.ts";
import { codeOf, dataOf, newDistrict, selectionOf, statementsOf, type Contract } from "./contract.ts";
import type { Values, World } from "./factory.ts";
import { operatorsOf } from "./filter-oracle.ts";
import { reach, signedIn, waysOf } from "./personas.ts";

type Node = Record<string, unknown> & { id: string };

export interface ListScene {
  world: World;
  identity: Identity;
  nodes: Node[];
}

/** Seven rows, some with empty fields and equal values, and one caller who reads them all. */
export async function listScene(contract: Contract, meta: RecordMeta): Promise<ListScene> {
  const world = newDistrict(contract);
  const ways = waysOf(world, meta, "read").filter((w) => w.grant.relation.name !== "self" && !w.grant.unless);
  const way = ways.find((w) => w.grant.relation.districtWide) ?? ways[0]!;
  let personId: string | null | undefined;
  for (let i = 0; i < 7; i++) {
    const id = world.a(meta.type, variation(meta, i), { complete: i % 3 !== 2 });
    ({ personId } = reach(world, contract.reaches, meta, way, { id, values: world.valuesOf(id) }, personId ?? undefined));
  }
  await world.save();
  // Every role, and the relations of one: what the rows point to is open as far as the relations go.
  const identity = signedIn(world, { personId: personId! }, Object.values(Role));
  const reply = await contract.platform.call(meta.domain, identity, `{ list: ${meta.plural}(first: 500) { nodes { ${selectionOf(meta)} } } }`);
  const { nodes } = (reply.data as { list: { nodes: Node[] } }).list;
  expect(nodes.length).toBeGreaterThanOrEqual(7);
  return { world, identity, nodes };
}

/** Equal values in neighbouring rows, where no key forbids them, so that orders have ties. */
function variation(meta: RecordMeta, i: number): Values {
  const free = [...meta.fields.values()].filter(isScalar).filter((f) => f.sortable && !f.readOnly && f.kind === "text" && !f.pattern && !meta.constraints.some((c) => c.fields.includes(f.name)));
  return Object.fromEntries(free.map((f) => [f.name, believable(meta, f, Math.floor(i / 2))]));
}

const sortables = (meta: RecordMeta): ScalarField[] => [...meta.fields.values()].filter(isScalar).filter((f) => f.sortable);
const ids = (list: { nodes: { id: string }[] }) => list.nodes.map((n) => n.id);

/** What an order by one field must give: empty values last when ascending, ties by id in the same direction. */
function ordered(nodes: readonly Node[], field: string, descending: boolean): string[] {
  const rank = (a: unknown, b: unknown) => (a === b ? 0 : a === null ? 1 : b === null ? -1 : (a as string) < (b as string) ? -1 : 1);
  const sorted = [...nodes].sort((a, b) => rank(a[field], b[field]) || rank(a.id, b.id)).map((n) => n.id);
  return descending ? sorted.reverse() : sorted;
}

/** Lists: every filter, every order, pages in both directions, figures. Each against what the rows themselves say. */
export function describeLists(contractOf: () => Contract, meta: RecordMeta): void {
  if (meta.companionOf || !meta.managed) return;
  describe(`lists of ${meta.name}`, () => {
    let scene: ListScene;
    beforeAll(async () => {
      scene = await listScene(contractOf(), meta);
    });
    const ask = async <T>(document: string, variables?: Record<string, unknown>): Promise<T> => dataOf<T>(await contractOf().platform.call(meta.domain, scene.identity, document, variables));
    const refused = async (document: string, variables?: Record<string, unknown>) => codeOf(await contractOf().platform.call(meta.domain, scene.identity, document, variables));

    it("finds by every operator of every field what the rows hold", async () => {
      for (const field of [...meta.fields.values()].filter(isScalar).filter((f) => f.filterable && !f.internal)) {
        const operators = operatorsOf(field, scene.nodes);
        const query = `query(${operators.map((_, i) => `$w${i}: ${meta.name}Where`).join(", ")}) { ${operators.map((_, i) => `f${i}: ${meta.plural}(where: $w${i}, first: 500) { nodes { id } totalCount }`).join(" ")} }`;
        // Archived rows are left out unless a filter speaks of them; here all rows are current.
        const found = await ask<Record<string, { nodes: { id: string }[]; totalCount: number }>>(query, Object.fromEntries(operators.map(({ filter }, i) => [`w${i}`, { [field.name]: filter }])));
        for (const [i, { filter, matches }] of operators.entries()) {
          const expected = scene.nodes.filter((n) => matches(n[field.name])).map((n) => n.id);
          expect.soft(ids(found[`f${i}`]!).sort(), `${field.name}: ${JSON.stringify(filter)}`).toEqual(expected.sort());
          expect.soft(found[`f${i}`]!.totalCount).toBe(expected.length);
        }
      }
    });

    it("combines filters, and follows references and related lists", async () => {
      const [first, second] = scene.nodes as [Node, Node];
      const by = (where: unknown) => ask<{ list: { nodes: Node[] } }>(`query($where: ${meta.name}Where) { list: ${meta.plural}(where: $where, first: 500) { nodes { id } } }`, { where }).then(({ list }) => ids(list).sort());
      const all = scene.nodes.map((n) => n.id).sort();
      const is = (node: Node) => ({ id: { eq: node.id } });
      expect(await by({ or: [is(first), is(second)] })).toEqual([first.id, second.id].sort());
      expect(await by({ and: [is(first), is(second)] })).toEqual([]);
      expect(await by({ not: is(first) })).toEqual(all.filter((id) => id !== first.id));
      expect(await by({ or: [] })).toEqual([]);
      expect(await by({})).toEqual(all);
      for (const field of meta.fields.values()) {
        if (field.kind === "foreign" || field.kind === "belongsTo") {
          const name = field.kind === "foreign" ? field.graphName : field.name;
          const target = scene.nodes.map((n) => n[name] as { id: string } | null).find((t) => t !== null);
          if (!target) continue;
          const holding = scene.nodes.filter((n) => (n[name] as { id: string } | null)?.id === target.id).map((n) => n.id).sort();
          expect.soft(await by({ [name]: { id: { eq: target.id } } }), name).toEqual(holding);
          if (field.kind === "foreign") expect.soft(await by({ [name]: { isNull: true } }), name).toEqual(scene.nodes.filter((n) => n[name] === null).map((n) => n.id).sort());
        }
        if (field.kind === "hasMany" && !recordOf(field.target()).auditReads) {
          const some = await by({ [field.name]: { some: {} } });
          expect.soft(await by({ [field.name]: { none: {} } }), field.name).toEqual(all.filter((id) => !some.includes(id)));
          expect.soft(await by({ [field.name]: { every: { archivedAt: { isNull: true } } } }), field.name).toEqual(all);
        }
      }
    });

    it("orders by every sortable field, both ways, empty values last and first", async () => {
      for (const { name } of sortables(meta)) {
        for (const direction of ["ASC", "DESC"]) {
          const { list } = await ask<{ list: { nodes: Node[] } }>(`{ list: ${meta.plural}(orderBy: [{ field: ${name}, direction: ${direction} }], first: 500) { nodes { id } } }`);
          expect.soft(ids(list), `${name} ${direction}`).toEqual(ordered(scene.nodes, name, direction === "DESC"));
        }
      }
    });

    it("pages forwards and backwards through every order without gap or repetition", async () => {
      for (const { name } of sortables(meta)) {
        for (const direction of ["ASC", "DESC"]) {
          const orderBy = [{ field: name, direction }];
          const expected = ordered(scene.nodes, name, direction === "DESC");
          const walk = async (take: "first" | "last", from: "after" | "before") => {
            const seen: string[] = [];
            let cursor: string | null = null;
            for (let more = true; more && seen.length <= expected.length; ) {
              const document = `query($orderBy: [${meta.name}Order!], $cursor: String) { list: ${meta.plural}(orderBy: $orderBy, ${take}: 3, ${from}: $cursor) { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
              const { list }: { list: { nodes: Node[]; pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string } } } = await ask(document, { orderBy, cursor });
              if (take === "first") seen.push(...ids(list));
              else seen.unshift(...ids(list));
              more = take === "first" ? list.pageInfo.hasNextPage : list.pageInfo.hasPreviousPage;
              expect(take === "first" ? list.pageInfo.hasPreviousPage : list.pageInfo.hasNextPage).toBe(cursor !== null);
              cursor = take === "first" ? list.pageInfo.endCursor : list.pageInfo.startCursor;
            }
            return seen;
          };
          expect.soft(await walk("first", "after"), `${name} ${direction} forwards`).toEqual(expected);
          expect.soft(await walk("last", "before"), `${name} ${direction} backwards`).toEqual(expected);
        }
      }
    });

    it("keeps its pages while rows come and go between them", async () => {
      const { platform } = contractOf();
      const page = (after: string | null, first: number) => ask<{ list: { nodes: Node[]; pageInfo: { endCursor: string } } }>(`query($after: String) { list: ${meta.plural}(first: ${first}, after: $after) { nodes { id } pageInfo { endCursor } } }`, { after });
      const order = scene.nodes.map((n) => n.id).sort();
      const { list } = await page(null, 3);
      expect(ids(list)).toEqual(order.slice(0, 3));
      // A duty of the caller's own is what she reads by.
      const own = (id: string | undefined) => (scene.nodes.find((n) => n.id === id)?.person as { id: string } | null | undefined)?.id === scene.identity.personId;
      const going = [order[1], order[2]].filter((id) => !own(id));
      const archiving = (when: string) => platform.sql(`UPDATE ${meta.schema}.${meta.table} SET archived_at = ${when} WHERE id = ANY ($1)`, [going]);
      await archiving("now()");
      // The row at the cursor is gone, and one before it: the next page is the same.
      expect(ids((await page(list.pageInfo.endCursor, 3)).list)).toEqual(order.slice(3, 6));
      await archiving("NULL");
      expect(ids((await page(list.pageInfo.endCursor, 500)).list)).toEqual(order.slice(3));
    });

    it("refuses forged and foreign cursors, and sizes beyond the limit", async () => {
      const [field] = sortables(meta).filter((f) => f.name !== "id");
      const { list } = await ask<{ list: { edges: { cursor: string }[] } }>(`{ list: ${meta.plural}(orderBy: [{ field: ${field!.name} }], first: 1) { edges { cursor } } }`);
      const own = JSON.parse(Buffer.from(list.edges[0]!.cursor, "base64url").toString()) as unknown[];
      const forge = (values: unknown) => Buffer.from(typeof values === "string" ? values : JSON.stringify(values)).toString("base64url");
      const by = (cursor: string, order = `[{ field: ${field!.name} }]`) => refused(`query($cursor: String) { list: ${meta.plural}(orderBy: ${order}, after: $cursor) { nodes { id } } }`, { cursor });
      expect(await by(list.edges[0]!.cursor)).toBeUndefined();
      expect(await by(list.edges[0]!.cursor, "[{ field: id }]")).toBe("VALIDATION_FAILED");
      expect(await by(list.edges[0]!.cursor, `[{ field: ${field!.name}, direction: DESC }]`)).toBe("VALIDATION_FAILED");
      const forgeries: unknown[] = ["", "x", "{", "null", "[]", {}, [], [own[0]], [...own, "x"], [own[0], { a: 1 }, own[2]], [own[0], [1], own[2]], [own[0], own[1], "not-an-id"], [own[0], own[1], "-".repeat(36)],
        [own[0], own[1], 7], [own[0], own[1], null], [own[0], "\u0000", own[2]], ["AnotherRecord:id", own[2]], [own[0], 99_999_999_999, own[2]], [own[0], "2026-02-30", own[2]], [own[0], "Sunday", own[2]]];
      for (const forged of forgeries) {
        // A text field takes any text as a place in its order: an empty page or any other, never an error of the database.
        const code = await by(forge(forged));
        const harmless = field!.kind === "text" && Array.isArray(forged) && ["2026-02-30", "Sunday"].includes(forged[1] as string);
        expect.soft(code, JSON.stringify(forged)).toBe(harmless ? undefined : "VALIDATION_FAILED");
      }
      for (const size of ["first: 501", "first: -1", "last: 501", "first: 1, last: 1"]) expect.soft(await refused(`{ list: ${meta.plural}(${size}) { nodes { id } } }`), size).toBe("VALIDATION_FAILED");
      expect((await ask<{ list: { nodes: Node[] } }>(`{ list: ${meta.plural}(first: 0) { nodes { id } } }`)).list.nodes).toEqual([]);
    });

    it("counts and computes what SQL computes over the same rows", async () => {
      const numbers = [...meta.fields.values()].filter(isScalar).filter((f) => !f.readOnly && !f.internal && ["whole", "decimal"].includes(f.kind));
      const extremes = [...meta.fields.values()].filter(isScalar).filter((f) => !f.readOnly && !f.internal && ["whole", "decimal", "day", "instant"].includes(f.kind));
      const part = (name: string, fields: ScalarField[]) => (fields.length > 0 ? `${name} { ${fields.map((f) => f.name).join(" ")} }` : "");
      const { list } = await ask<{ list: { totalCount: number; aggregate: Record<string, Record<string, unknown>> & { count: number } } }>(
        `{ list: ${meta.plural} { totalCount aggregate { count ${part("min", extremes)} ${part("max", extremes)} ${part("sum", numbers)} ${part("average", numbers)} } } }`,
      );
      expect(list).toMatchObject({ totalCount: scene.nodes.length, aggregate: { count: scene.nodes.length } });
      const compute = async (fn: string, f: ScalarField, type = "text") =>
        (await contractOf().platform.sql<{ v: unknown }>(`SELECT (${fn}("${f.column}"))::${type}::text AS v FROM ${meta.schema}.${meta.table} WHERE id = ANY ($1)`, [scene.nodes.map((n) => n.id)]))[0]!.v;
      for (const f of extremes.filter((each) => each.kind !== "instant")) {
        expect.soft(String(list.aggregate.min![f.name]), `min ${f.name}`).toBe(String(await compute("min", f)));
        expect.soft(String(list.aggregate.max![f.name]), `max ${f.name}`).toBe(String(await compute("max", f)));
      }
      for (const f of numbers) {
        expect.soft(list.aggregate.sum![f.name], `sum ${f.name}`).toBe(await compute("sum", f, "numeric"));
        expect.soft(list.aggregate.average![f.name], `average ${f.name}`).toBe(await compute("avg", f, "numeric(30,6)"));
      }
    });

    it("takes as many statements for seven rows as for two", async () => {
      const nested = [...meta.fields.values()].flatMap((f) => {
        if (f.kind === "foreign") return [`${f.graphName} { id }`];
        if (f.kind === "belongsTo" || f.kind === "companion") return [`${f.name} { id }`];
        return f.kind === "hasMany" ? [`${f.name}(first: 2) { nodes { id } totalCount aggregate { count } }`] : [];
      });
      const reasons = meta.access.stamps.student ? "accessReasons { role relation }" : "";
      const document = `query($where: ${meta.name}Where, $first: Int) { list: ${meta.plural}(where: $where, first: $first) { nodes { id ${nested.join(" ")} ${reasons} } totalCount } }`;
      const complete = [...scene.nodes].sort((a, b) => emptiness(a) - emptiness(b)).map((n) => n.id);
      const count = (n: number) => statementsOf(contractOf().platform, () => ask(document, { where: { id: { in: complete.slice(0, n) } }, first: n }));
      await count(2);
      const [few, many] = [await count(2), await count(7)];
      expect(many.map(shortened)).toEqual(few.map(shortened));
      expect(few.length).toBeGreaterThan(2);
    });
  });
}

/** What tells one statement of a call from another, in a line. */
export const shortened = (statement: string): string => `${statement.slice(0, 30)} ... ${/ FROM (?:unnest.* FROM )?("\S+)/.exec(statement)?.[1] ?? ""}`;

const emptiness = (node: Node): number => Object.values(node).filter((v) => v === null).length;

