import { buildSubgraphSchema } from "@apollo/subgraph";
import { execute, type ExecutionResult, type GraphQLSchema, parse } from "graphql";
import { describe, expect, it } from "vitest";
import { federationHeader } from "#foundation/federation/link";
import { anonymous, type Identity, identityOf } from "#foundation/identity/identity";
import type { Role } from "#foundation/identity/role";
import { createCompiledExecutor } from "#foundation/serving/compiled-execution";
import { enforceRoles } from "./enforce-roles.ts";

const sdl = `${federationHeader}
  type Query {
    visits: [Visit!]
    latest: Visit
    strict: Int! @hasRole(policies: [["nurse"]])
    mixed: [Entry]
    count: Int @hasRole(policies: [["nurse"], ["principal"]])
  }
  type Mutation { close: Boolean @hasRole(policies: [["nurse"]]) }
  type Visit @key(fields: "id") @hasRole(policies: [["nurse"]]) { id: ID! note: String self: Visit }
  type Notice @key(fields: "id") { id: ID! text: String secret: String @hasRole(policies: [["nurse"]]) }
  union Entry = Visit | Notice
`;

const visit = (id: string) => ({ __typename: "Visit", id, note: `note ${id}`, self: { __typename: "Visit", id, note: "again" } });
const notice = (id: string) => ({ __typename: "Notice", id, text: `text ${id}`, secret: "s" });

function guarded(ran: string[] = [], mixed: unknown[] = [visit("3"), Promise.resolve(notice("4")), null]): GraphQLSchema {
  const seen = <T>(name: string, value: T) => (): T => (ran.push(name), value);
  const resolvers = {
    Query: {
      visits: seen("visits", [visit("1")]),
      latest: seen("latest", visit("2")),
      strict: seen("strict", 1),
      mixed: seen("mixed", mixed),
      count: seen("count", 5),
    },
    Mutation: { close: seen("close", true) },
    Visit: { __resolveReference: async ({ id }: { id: string }) => (ran.push(`ref ${id}`), visit(id)) },
    Notice: { __resolveReference: async ({ id }: { id: string }) => (ran.push(`ref ${id}`), notice(id)) },
  };
  return enforceRoles(buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]));
}

const someone = (...roles: string[]): Identity => identityOf({ issuer: "i", subject: "s", roles: roles as Role[] });
type Run = (schema: GraphQLSchema, text: string, identity: Identity, variables?: Record<string, unknown>) => Promise<ExecutionResult>;

const engines: [string, Run][] = [
  ["graphql-js", async (schema, text, identity, variableValues) => execute({ schema, document: parse(text), contextValue: { identity }, variableValues })],
  ["graphql-jit", (schema, text, identity, variables) => createCompiledExecutor(schema)(text, undefined, variables, { identity })],
];
const plain = ({ data, errors }: ExecutionResult) => ({
  data: JSON.parse(JSON.stringify(data ?? null)) as unknown,
  errors: errors?.map(({ path, extensions }) => ({ path, ...extensions })),
});

describe.each(engines)("a guarded schema in %s", (_, run) => {
  it("refuses ruled roots and fields that lead to a ruled type, and does not run their resolvers", async () => {
    const ran: string[] = [];
    const reply = plain(await run(guarded(ran), `{ visits { id } latest { note } count }`, someone("parent")));
    expect(reply).toEqual({
      data: { visits: null, latest: null, count: null },
      errors: [
        { path: ["visits"], code: "FORBIDDEN", coordinate: "Visit", reason: "ROLES" },
        { path: ["latest"], code: "FORBIDDEN", coordinate: "Visit", reason: "ROLES" },
        { path: ["count"], code: "FORBIDDEN", coordinate: "Query.count", reason: "ROLES" },
      ],
    });
    expect(ran).toEqual([]);
  });

  it("lets null rise from where the schema forbids it", async () => {
    expect(plain(await run(guarded(), `{ count strict }`, someone("principal")))).toEqual({ data: null, errors: [{ path: ["strict"], code: "FORBIDDEN", coordinate: "Query.strict", reason: "ROLES" }] });
  });

  it("tells a caller who is not signed in to do so", async () => {
    expect(plain(await run(guarded(), `{ latest { id } }`, anonymous)).errors).toEqual([{ path: ["latest"], code: "UNAUTHENTICATED", coordinate: "Visit", reason: "SIGN_IN" }]);
  });

  it("judges each object of a union by what it is", async () => {
    const text = `{ mixed { ... on Visit { id } ... on Notice { id text secret } } }`;
    expect(plain(await run(guarded(), text, someone("parent")))).toEqual({
      data: { mixed: [null, { id: "4", text: "text 4", secret: null }, null] },
      errors: expect.arrayContaining([
        { path: ["mixed", 0], code: "FORBIDDEN", coordinate: "Visit", reason: "ROLES" },
        { path: ["mixed", 1, "secret"], code: "FORBIDDEN", coordinate: "Notice.secret", reason: "ROLES" },
      ]),
    });
  });

  it("shows no object of a union that does not say what it is", async () => {
    for (const nameless of [{ id: "5", note: "n" }, { __typename: 7, id: "5", note: "n" }]) {
      const reply = await run(guarded([], [nameless]), `{ mixed { ... on Visit { id note } } }`, someone("parent"));
      expect([JSON.stringify(reply.data), reply.errors?.length]).toEqual(['{"mixed":null}', 1]);
    }
  });

  it("lets work under a delegation use the root fields that it names, whatever its roles open", async () => {
    const ran: string[] = [];
    const under = (operations: string[], everyQuery = false) => identityOf({ ...someone("nurse"), delegation: { id: "g", operations, everyQuery } });
    const text = `{ strict: latest { id } count visits { id } }`;
    expect(plain(await run(guarded(ran), text, under(["count"])))).toEqual({
      data: { strict: null, count: 5, visits: null },
      errors: expect.arrayContaining([
        { path: ["strict"], code: "FORBIDDEN", coordinate: "Query.latest", reason: "DELEGATION" },
        { path: ["visits"], code: "FORBIDDEN", coordinate: "Query.visits", reason: "DELEGATION" },
      ]),
    });
    await run(guarded(ran), "mutation { close }", under(["count"], true));
    expect(ran).toEqual(["count"]);
    expect(plain(await run(guarded(), text, under([], true))).errors).toBeUndefined();
    expect(plain(await run(guarded(), "mutation { close }", under(["close"])))).toEqual({ data: { close: true }, errors: undefined });
    // What an open root leads to is read through its key: by role alone, as ever.
    expect(plain(await run(guarded(), `query($r: [_Any!]!) { _entities(representations: $r) { ... on Visit { note } } }`, under(["count"]), { r: [{ __typename: "Visit", id: "b" }] })).data).toEqual({ _entities: [{ note: "note b" }] });
  });

  it("refuses closed representations in their place and never resolves them", async () => {
    const ran: string[] = [];
    const text = `query($r: [_Any!]!) { _entities(representations: $r) { ... on Visit { note } ... on Notice { text secret } } }`;
    const r = [{ __typename: "Notice", id: "a" }, { __typename: "Visit", id: "b" }, { __typename: "Notice", id: "c" }];
    const reply = plain(await run(guarded(ran), text, someone(), { r }));
    expect(reply.data).toEqual({ _entities: [{ text: "text a", secret: null }, null, { text: "text c", secret: null }] });
    expect(reply.errors).toContainEqual({ path: ["_entities", 1], code: "FORBIDDEN", coordinate: "Visit", reason: "ROLES" });
    expect(ran).toEqual(["ref a", "ref c"]);
    expect(plain(await run(guarded(), text, someone(), { r: [{ __typename: "Visit", id: "b" }] })).data).toEqual({ _entities: [null] });
  });

  it("refuses a mutation's root field before it writes", async () => {
    const ran: string[] = [];
    await run(guarded(ran), `mutation { close }`, someone("principal"));
    expect(ran).toEqual([]);
  });

  it("is open to the roles of the rules", async () => {
    const text = `{ visits { id self { note } } latest { note } strict count mixed { ... on Visit { id } ... on Notice { secret } } }`;
    expect(plain(await run(guarded(), text, someone("nurse")))).toEqual({
      data: { visits: [{ id: "1", self: { note: "again" } }], latest: { note: "note 2" }, strict: 1, count: 5, mixed: [{ id: "3" }, { secret: "s" }, null] },
      errors: undefined,
    });
  });

  it("decides once for an identity, however many fields ask", async () => {
    let asked = 0;
    const identity = Object.create(someone("nurse"), { roles: { get: () => (asked++, ["nurse"]) } }) as Identity;
    await run(guarded(), `{ a: latest { self { self { self { id } } } } b: latest { id } c: visits { self { id } } }`, identity);
    expect(asked).toBe(1);
  });
});
