import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { federationHeader } from "#foundation/federation/link";
import { readRoleRules } from "#foundation/access/has-role";
import { compose, CompositionError } from "./compose.ts";

const schools = `${federationHeader}
  type Query { school(id: ID!): School }
  "A school of the district."
  type School @key(fields: "id") { id: ID! name: String! "What may be spent." budget: Int @hasRole(policies: [["finance"], ["principal"]]) }
`;
const people = `${federationHeader}
  type Query { person(id: ID!): Person }
  type Person @key(fields: "id") @hasRole(policies: [["registrar"]]) { id: ID! name: String }
  type School @key(fields: "id") { id: ID! staff: [Person] }
`;
const both = [
  { name: "schools", sdl: schools },
  { name: "people", sdl: people },
];

const problemsOf = (...subgraphs: [string, string][]): readonly string[] => {
  try {
    compose(subgraphs.map(([name, sdl]) => ({ name, sdl: `${federationHeader}${sdl}` })));
  } catch (error) {
    if (error instanceof CompositionError) return error.problems;
    throw error;
  }
  return [];
};

describe("composing", () => {
  it("gives one graph whose descriptions say who may read what", () => {
    const { apiSdl, supergraphSdl } = compose(both);
    const api = buildSchema(apiSdl);
    const school = api.getType("School") as ReturnType<typeof api.getQueryType>;
    expect(school!.getFields()["budget"]!.description).toBe("What may be spent.\n\nRoles: finance, principal.");
    expect(api.getType("Person")!.description).toBe("Roles: registrar.");
    expect(apiSdl).not.toContain("@hasRole");
    expect([...readRoleRules(supergraphSdl).keys()].sort()).toEqual(["Person", "School.budget"]);
  });

  it("gives the same text whatever the order", () => {
    expect(compose([...both].reverse())).toEqual(compose(both));
  });

  it("refuses what federation refuses, all of it", () => {
    expect(problemsOf(["a", `type Query { x: Int } type T @key(fields: "nope") { id: ID }`]).join()).toContain("nope");
  });

  it("refuses input types of one name, of which only the common fields would stay", () => {
    const problems = problemsOf(["a", `type Query { a(x: In): Int } input In { one: Int two: Int }`], ["b", `type Query { b(x: In): Int } input In { one: Int }`]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^INCONSISTENT_INPUT_OBJECT_FIELD: .*"two"/);
  });

  it("refuses one place ruled differently in two subgraphs", () => {
    const field = (roles: string) => `type Query { a${roles.length}: V } type V @shareable { n: Int @hasRole(policies: ${roles}) }`;
    expect(problemsOf(["a", field(`[["a"]]`)], ["b", field(`[["b"],["c"]]`)]).join()).toMatch(/MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS.*V\.n/);
  });

  it("refuses a type ruled by another than its owner, a ruled type behind an interface, and a rule on an enum", () => {
    const ruled = `type T @key(fields: "id") @hasRole(policies: [["a"]]) { id: ID! }`;
    expect(problemsOf(["a", `type Query { t: T } ${ruled}`], ["b", `type Query { u: T } ${ruled}`])).toEqual([
      "T has a role rule in a and b. Only the subgraph that owns a type rules it; the others rule the fields they add.",
    ]);
    expect(problemsOf(["a", `type Query { i: I } interface I { n: Int } type T implements I @hasRole(policies: [["a"]]) { n: Int }`])[0]).toContain("implements an interface");
    expect(problemsOf(["a", `type Query { e: E } enum E @hasRole(policies: [["a"]]) { X }`])[0]).toContain("E carries a role rule");
  });

  it("refuses a path through @requires around a rule", () => {
    const problems = problemsOf(
      ["a", `type Query { t: T } type T @key(fields: "id") { id: ID! secret: Int @hasRole(policies: [["a"]]) }`],
      ["b", `type Query { b: Int } type T @key(fields: "id") { id: ID! secret: Int @external open: Int @requires(fields: "secret") }`],
    );
    expect(problems.join()).toMatch(/secret/);
  });
});

describe("the script", () => {
  it("reads schema/subgraphs and writes both documents, the same each time", async () => {
    const folder = await mkdtemp(join(tmpdir(), "compose-"));
    try {
      const root = join(import.meta.dirname, "..");
      await mkdir(join(folder, "schema", "subgraphs"), { recursive: true });
      for (const file of ["package.json", "tsconfig.json", "schema/compose.ts"]) await cp(join(root, file), join(folder, file));
      await symlink(join(root, "subgraphs"), join(folder, "subgraphs"));
      await symlink(join(root, "node_modules"), join(folder, "node_modules"));
      for (const { name, sdl } of both) await writeFile(join(folder, "schema", "subgraphs", `${name}.graphql`), sdl);
      const run = () => promisify(execFile)(process.execPath, ["--import", "@oxc-node/core/register", "schema/compose.ts"], { cwd: folder });
      const read = async () => [await readFile(join(folder, "schema/supergraph.graphql"), "utf8"), await readFile(join(folder, "schema/api.graphql"), "utf8")];
      expect((await run()).stdout).toBe("Composed 2 subgraphs: people, schools.\n");
      const first = await read();
      const { supergraphSdl, apiSdl } = compose(both);
      expect(first).toEqual([supergraphSdl, apiSdl]);
      await run();
      expect(await read()).toEqual(first);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
