import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compileWhere } from "#foundation/crud/where";
import { loadManifest } from "#foundation/federation/load-manifest";
import { Role } from "#foundation/identity/role";
import { foldedColumn } from "#foundation/persistence/folded-columns";
import { roleNames } from "#foundation/persistence/names";
import { dataOf, newDistrict, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { testPrefix } from "#foundation/testing/test-platform";
import { isScalar } from "#foundation/record/metadata";
import { allManifests, stage } from "./stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const fields = (await allManifests()).flatMap((m) => loadManifest(m).metas).flatMap((meta) => [...meta.fields.values()].filter(isScalar).filter((f) => f.foundByStart).map((field) => [`${meta.name}.${field.name}`, meta, field] as const));

it.each(fields)("an index leads to what %s begins with, though row rules hold", async (_name, meta, field) => {
  const plan = await contract.platform.database.kysely.transaction().execute(async (db) => {
    await sql`SELECT set_config('role', ${roleNames(testPrefix).mixed(meta.domain)}, true), set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)`.execute(db);
    // The tables are empty, and any index would do: the order asks for this one. What it is entered by is then the rules' affair.
    return (await sql<{ "QUERY PLAN": string }>`EXPLAIN SELECT t.id FROM ${sql.table(`${meta.schema}.${meta.table}`)} AS t WHERE ${compileWhere(meta, "t", { [field.name]: { startsWith: "Lo" } })} ORDER BY ${sql.ref(`t.${foldedColumn(field)}`)}`.execute(db)).rows;
  });
  expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toMatch(/Index Cond: .*_folded >= 'lo'::text\) AND \(\w+_folded < 'lp'::text\)/);
});

it("what begins with a text is found whatever its case, and no character of it means anything else", { timeout: 60_000 }, async () => {
  const make = newDistrict(contract);
  const codes = ["Éa-1", "éA-2", "ea%x", "EA_x", "eab", "ea\\x", "Straße", "STRASSE", "🙂b", "🙃b", "\u{10ffff}z", "%", "_1", "'; --"];
  for (const code of codes) make.a("Course", { code });
  const identity = signedIn(make, { personId: make.a("Person") }, [Role.Staff]);
  await make.save();
  const begins = async (startsWith: string) => {
    const { courses } = dataOf<{ courses: { nodes: { code: string }[] } }>(await contract.platform.call("academics", identity, "query($startsWith: String!) { courses(where: { code: { startsWith: $startsWith } }) { nodes { code } } }", { startsWith }));
    return courses.nodes.map(({ code }) => code).sort();
  };
  for (const start of [...codes.flatMap((code) => [code, code.toUpperCase(), [...code].slice(0, 2).join(""), [...code][0]!.toLowerCase()]), "", "É", "ea", "EA%", "ea_", "\\", "x", "\u{10ffff}\u{10ffff}", "\ud83d"]) {
    const expected = codes.filter((code) => code.toLowerCase().startsWith(start.toLowerCase())).sort();
    expect([start, await begins(start)]).toEqual([start, start === "\ud83d" ? [] : expected]);
  }
});
