import { buildSchema, getNamedType, isAbstractType, parse, TypeInfo, validate, visit, visitWithTypeInfo, type GraphQLSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { opens, readRoleRules } from "#foundation/access/has-role";
import { anonymous, type Identity } from "#foundation/identity/identity";
import type { Role } from "#foundation/identity/role";
import { inProcess } from "../data-sources/in-process.ts";
import { SupergraphGateway } from "../supergraph-gateway.ts";
import { randomFrom, randomOperation } from "./random-operations.ts";
import { composed, District, districtRoles, someone, subgraph, subgraphNames } from "./school-federation.ts";
import { askSingle, singleSchema } from "./single-schema.ts";

const rules = readRoleRules(composed.supergraphSdl);
const args = {
  "Query.school": ['(id: "s1")', '(id: "s3")', '(id: "none")'],
  "Query.schools": ["", "(first: 2)"],
  "Query.people": ["", '(ids: ["p1", "none", "p4"])'],
};

/** The closed coordinates in a document that a subgraph got. */
function closedIn(schema: GraphQLSchema, document: string, identity: Identity): string[] {
  const found: string[] = [];
  const info = new TypeInfo(schema);
  const closed = (coordinate: string) => rules.has(coordinate) && !opens(rules.get(coordinate), identity.roles);
  visit(
    parse(document),
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType();
        // The name of a type is asked to tell objects apart; on an abstract parent the subgraph judges each object.
        if (!parent || isAbstractType(parent) || node.name.value.startsWith("__")) return;
        const target = info.getType();
        const places = [`${parent.name}.${node.name.value}`, parent.name, ...(target ? [getNamedType(target).name] : [])];
        found.push(...places.filter(closed));
      },
    }),
  );
  return found;
}

describe("an object whose every field is excluded", () => {
  it.each([
    ["by a constant", `query($b: Boolean!) { schools(first: 2) @include(if: $b) { id @include(if: false) } }`],
    ["by a variable", `query($b: Boolean!, $c: Boolean = false) { schools(first: 2) @include(if: $b) { id @include(if: $c) } }`],
    ["by a fragment's variable", `query($b: Boolean!, $c: Boolean!) { ... @include(if: $b) { schools(first: 2) { ...F @include(if: $c) } } } fragment F on School { clinicHours @skip(if: $b) }`],
  ])("is there all the same: %s", async (_, text) => {
    const district = new District();
    const gateway = new SupergraphGateway({ supergraphSdl: composed.supergraphSdl, dataSourceFor: (name) => inProcess(subgraph(name as "schools", district)) });
    const reply = await gateway.execute(gateway.preparer.known(text, parse(text), null), { b: true, c: false }, { identity: someone(), requestId: "r" });
    expect(JSON.parse(JSON.stringify(reply))).toEqual({ data: { schools: [{}, {}] } });
  });
});

describe("random queries under random roles", () => {
  it("never carry a closed coordinate to a subgraph, and reply as one schema would that nulls what is closed", async () => {
    const district = new District();
    const services = new Map(subgraphNames.map((name) => [name as string, subgraph(name, district)]));
    const gateway = new SupergraphGateway({ supergraphSdl: composed.supergraphSdl, dataSourceFor: (name) => inProcess(services.get(name)!) });
    const single = singleSchema();
    const api = buildSchema(composed.apiSdl);
    let pruned = 0;
    let calls = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const random = randomFrom(seed);
      const { text, variables } = randomOperation(api, random, args);
      const roles = districtRoles.filter(() => random() < 0.3) as Role[];
      const identity = random() < 0.1 ? anonymous : someone(...roles);
      expect(validate(api, parse(text)), `seed ${seed}: ${text}`).toEqual([]);
      for (const service of services.values()) service.requests.length = 0;
      const operation = gateway.preparer.known(text, parse(text), null);
      const reply = await gateway.execute(operation, variables, { identity, requestId: "r" });
      const told = `seed ${seed} as ${identity.roles.join(", ") || "nobody"}:\n${text}`;
      for (const { schema, requests } of services.values()) {
        for (const { document } of requests) expect(closedIn(schema, document, identity), `${told}\nsent ${document}`).toEqual([]);
        calls += requests.length;
      }
      const expected = askSingle(single, text, variables, district, identity);
      expect(JSON.stringify(reply.data), told).toBe(JSON.stringify(expected.data));
      const code = identity.subject === null ? "UNAUTHENTICATED" : "FORBIDDEN";
      for (const error of reply.errors ?? []) expect(error.extensions["code"], `${told}\n${error.message}`).toBe(code);
      if (reply.errors) pruned++;
    }
    expect(pruned).toBeGreaterThan(100);
    expect(calls).toBeGreaterThan(400);
  });
});
