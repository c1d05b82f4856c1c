import { buildSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { federationHeader } from "#foundation/federation/link";
import { describeRule, hasRoleDirective, opens, readRoleRules } from "./has-role.ts";

const link = (text: string) => `extend schema @link(${text})\n`;
const federation = "https://specs.apollo.dev/federation/v2.9";

describe("reading role rules", () => {
  it("finds them on types, extensions and fields, and nowhere else", () => {
    const rules = readRoleRules(`${federationHeader}
      type Query { open: Int closed: Int @hasRole(policies: [["nurse"], ["parent"]]) }
      extend type Visit @hasRole(policies: [["nurse"]]) { at: String }
      interface Place { notes: String @hasRole(policies: [["nurse"]]) }
    `);
    expect([...rules]).toEqual([
      ["Query.closed", [["nurse"], ["parent"]]],
      ["Visit", [["nurse"]]],
    ]);
  });

  it.each([
    ["an alias", link(`url: "${federation}", import: [{ name: "@policy", as: "@mayRead" }]`), "@mayRead"],
    ["its own name", link(`url: "${federation}", import: ["@policy"]`), "@policy"],
    ["a prefix, where it is not imported", link(`url: "${federation}"`), "@federation__policy"],
    ["another prefix", link(`url: "${federation}", as: "fed"`), "@fed__policy"],
    ["the supergraph's specification", link(`url: "https://specs.apollo.dev/policy/v0.1", for: SECURITY`), "@policy"],
    ["the supergraph's specification under an alias", link(`url: "https://specs.apollo.dev/policy/v0.1", as: "hasRole", for: SECURITY`), "@hasRole"],
  ])("goes by the specification's address: %s", (_, header, directive) => {
    expect(readRoleRules(`${header} type Query { a: Int ${directive}(policies: [["nurse"]]) }`).has("Query.a")).toBe(true);
  });

  it("takes a directive of the same name from elsewhere for nothing", () => {
    expect(readRoleRules(`${link('url: "https://example.org/roles/v1.0", import: ["@hasRole"]')} type Query { a: Int @hasRole(policies: [["nurse"]]) }`).size).toBe(0);
  });

  it("reads a built schema as it reads its text", () => {
    const text = `${federationHeader} directive @link(url: String, import: [Imported]) repeatable on SCHEMA scalar Imported
      directive @hasRole(policies: [[String!]!]!) on OBJECT | FIELD_DEFINITION
      type Query { v: Visit } type Visit @hasRole(policies: [["nurse"]]) { at: String @hasRole(policies: [["parent"]]) }`;
    expect(readRoleRules(buildSchema(text))).toEqual(readRoleRules(text));
    expect(readRoleRules(text).size).toBe(2);
  });

  it("refuses rules that nothing would enforce", () => {
    expect(() => readRoleRules(`${federationHeader} enum Grade @hasRole(policies: [["nurse"]]) { A }`)).toThrow(/Grade carries a role rule.*Put it on the fields/s);
    expect(() => readRoleRules(`${federationHeader} scalar Money @hasRole(policies: [["nurse"]])`)).toThrow(/Money/);
  });
});

describe("a rule", () => {
  it("is written with its roles sorted, each once", () => {
    expect(hasRoleDirective([Role.Parent, Role.Nurse, Role.Parent])).toBe('@hasRole(policies: [["nurse"], ["parent"]])');
    expect(() => hasRoleDirective([])).toThrow(/at least one role/);
  });

  it("opens to a caller with every role of one alternative", () => {
    const rule = [["nurse"], ["parent", "staff"]];
    expect([[], ["parent"], ["staff", "parent"], ["nurse"]].map((roles) => opens(rule, roles))).toEqual([false, false, true, true]);
    expect(opens(undefined, [])).toBe(true);
    expect(describeRule(rule)).toBe("(parent and staff), nurse");
  });
});
