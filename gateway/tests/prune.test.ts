import { buildSchema, parse, print } from "graphql";
import { describe, expect, it } from "vitest";
import { readRoleRules } from "#foundation/access/has-role";
import { anonymous } from "#foundation/identity/identity";
import { readKeyFields, refuseReservedAliases } from "../authorization/alias-guard.ts";
import { closedErrors, type OperationParts, prune, refusedRoots, rulesMet } from "../authorization/prune.ts";
import { RoleGate } from "../authorization/role-gate.ts";
import { composed, someone } from "./school-federation.ts";

const schema = buildSchema(composed.apiSdl);
const gate = new RoleGate(schema, readRoleRules(composed.supergraphSdl));

function parts(text: string): OperationParts {
  const [operation, ...fragments] = parse(text, { noLocation: true }).definitions;
  return { operation, fragments: Object.fromEntries(fragments.map((each) => [(each as { name: { value: string } }).name.value, each])) } as OperationParts;
}
const pruned = (text: string, ...roles: string[]) => {
  const { operation, closed } = prune(schema, gate, parts(text), (coordinate) => !gate.isOpen(coordinate, roles));
  return { text: print(operation).replace(/\s+/g, " "), closed };
};

describe("pruning", () => {
  it("leaves out closed fields and the variables that only they used", () => {
    const { text, closed } = pruned(`query($id: ID!, $n: Int) { school(id: $id) { name budget } schools(first: $n) { reserve } }`, "nurse");
    expect(text).toBe("query ($id: ID!, $n: Int) { school(id: $id) { name } schools(first: $n) { __typename } }");
    expect(closed.map(({ coordinate, path }) => [coordinate, path.join(".")])).toEqual([
      ["School.budget", "school.budget"],
      ["School.reserve", "schools.@.reserve"],
    ]);
    expect(pruned(`query($ids: [ID!]) { people(ids: $ids) { name } me { id } contacts { __typename } }`).text).toBe("{ contacts { __typename } }");
  });

  it("closes a field by its own rule, its parent's and its target's", () => {
    expect(pruned(`{ auditLog alerts { text } people { name birthDate } }`, "principal")).toMatchObject({
      text: "{ people { name } }",
      closed: [{ coordinate: "Query.auditLog" }, { coordinate: "Alert" }, { coordinate: "Person.birthDate" }],
    });
  });

  it("inlines fragments and judges what an object can be inside them", () => {
    const text = `{ places { notes ... on Room { ...P seats } ... on Yard { ...P } } } fragment P on Place { notes title }`;
    expect(pruned(text).text).toBe("{ places { notes ... on Room { ... on Place { title __typename } seats } ... on Yard { ... on Place { notes title } } __typename } }");
    expect(pruned(text, "facilities").text).not.toContain("__typename");
  });

  it("leaves a union open while one member is, and drops the fragments of the closed", () => {
    expect(pruned(`{ contacts { ... on Person { name } ... on Agency { phone } } }`).text).toBe("{ contacts { ... on Agency { phone } __typename } }");
  });

  it("gathers the conditions on the way, for each request to decide", () => {
    const { closed } = pruned(`query($a: Boolean!, $b: Boolean!) { schools @include(if: $a) { ... @skip(if: $b) { budget } reserve @skip(if: true) } }`);
    const told = (a: boolean, b: boolean) => closedErrors(closed, { a, b }, someone()).map(({ extensions }) => extensions["coordinate"]);
    expect([told(true, false), told(true, true), told(false, false)]).toEqual([["School.budget"], [], []]);
  });

  it("gives errors whose path ends before the first list", () => {
    const { closed } = pruned(`{ schools { rooms { notes } budget } school(id: 1) { budget } }`);
    expect(closedErrors(closed, {}, anonymous).map(({ path, extensions }) => [path, extensions["affectedPath"], extensions["code"]])).toEqual([
      [["schools"], "schools.@.rooms.@.notes", "UNAUTHENTICATED"],
      [["schools"], "schools.@.budget", "UNAUTHENTICATED"],
      [["school", "budget"], "school.budget", "UNAUTHENTICATED"],
    ]);
    expect(refusedRoots(closed, {}, anonymous)).toEqual([]);
  });

  it("meets the rules of every place an operation touches, and no others", () => {
    expect(rulesMet(schema, gate, parts(`{ places { notes } schools { principal { id } ...F } } fragment F on School { registry { shelf } }`))).toEqual(["Person", "Registry", "Room.notes"]);
    expect(rulesMet(schema, gate, parts(`{ schools { name } }`))).toEqual([]);
  });
});

describe("aliases", () => {
  const keys = readKeyFields(composed.supergraphSdl);
  const check = (text: string) => () => refuseReservedAliases(schema, keys, parts(text));

  it("are refused where they would take a key's name, or one that begins with two underscores", () => {
    expect(check(`{ people { id: birthDate } }`)).toThrow(/The alias id is reserved here/);
    expect(check(`{ contacts { ... on Person { id: name } } }`)).toThrow(/alias id/);
    expect(check(`{ schools { ...F } } fragment F on School { id: name }`)).toThrow(/alias id/);
    expect(check(`{ schools { __typename: name } }`)).toThrow(/alias __typename/);
    expect(check(`{ schools { __x: id } }`)).toThrow(/alias __x/);
  });

  it("are free otherwise", () => {
    expect(check(`{ id: schools { id number: id } places { id: title } }`)).not.toThrow();
  });
});
