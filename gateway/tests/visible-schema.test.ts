import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, validateSchema } from "graphql";
import { describe, expect, it } from "vitest";
import { supergraphSdl } from "../../schema/files.ts";
import { loadSupergraph } from "../executor/supergraph.ts";
import { testGateway } from "./running-gateway.ts";

async function seenBy(roles: string) {
  await using running = await testGateway();
  const { body } = await running.ask(getIntrospectionQuery(), roles);
  const schema = buildClientSchema(body.data as IntrospectionQuery);
  expect(validateSchema(schema)).toEqual([]);
  return schema;
}
const fields = (schema: Awaited<ReturnType<typeof seenBy>>, type: string) => {
  const found = schema.getType(type);
  return found && "getFields" in found ? Object.keys(found.getFields()).sort() : null;
};

describe("the schema that a caller is shown", () => {
  it("leaves out what her roles close, and what nothing leads to any more", async () => {
    const teacher = await seenBy("teacher");
    expect(fields(teacher, "Query")).toEqual(["contacts", "places", "school", "schools"]);
    expect(fields(teacher, "School")).toEqual(["clinicHours", "id", "kind", "name", "rooms", "visits"]);
    expect([teacher.getType("Person"), teacher.getType("Registry"), teacher.getType("Alert")]).toEqual([undefined, undefined, undefined]);
    expect(fields(teacher, "Mutation")).toEqual(["noteVisit"]);
    // Of the union only the open member is told.
    expect(teacher.getPossibleTypes(teacher.getType("Contact") as never).map((t) => t.name)).toEqual(["Agency"]);
  });

  it("has what they open", async () => {
    const registrar = await seenBy("registrar");
    expect(fields(registrar, "Person")).toEqual(["birthDate", "family", "height", "id", "name", "nickname", "school"]);
    expect(fields(registrar, "Registry")).toEqual(["school", "shelf"]);
    expect(fields(await seenBy("auditor"), "Query")).toContain("auditLog");
  });

  it("names in errors only what is in it", async () => {
    await using running = await testGateway();
    const told = async (query: string, roles: string | null) => (await running.ask(query, roles)).body.errors![0]!.message;
    expect(await told("{ auditLogs }", "auditor")).toContain('Did you mean "auditLog"');
    expect(await told("{ auditLogs }", "teacher")).not.toContain("Did you mean");
    expect(await told("{ school(id: 1) { nam } }", "teacher")).toContain('Did you mean "name"');
    expect(await told("{ school(id: 1) { nam } }", null)).not.toContain("Did you mean");
  });

  it("is whole for the whole graph, whatever the roles", () => {
    const { visible } = loadSupergraph(supergraphSdl());
    for (const roles of [[], ["parent"], ["teacher", "staff"], ["superintendent", "staff"], ["auditor"]]) expect(validateSchema(visible.for(roles).schema), roles.join()).toEqual([]);
    expect(visible.for(["parent"])).toBe(visible.for(["parent"]));
  });
});

describe("the modes of authorization", () => {
  const send = async (mode: string, query: string, roles: string) => {
    await using running = await testGateway();
    const reply = await fetch(`${running.gateway.url}/graphql`, { method: "POST", headers: { "content-type": "application/json", authorization: `Roles ${roles}`, "osss-authorization": mode }, body: JSON.stringify({ query }) });
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown>, calls: [...running.services.values()].flatMap(({ requests }) => requests).length };
  };
  const query = "{ schools { name budget } }";

  it("filter: what is open comes, what is closed is null with its coordinate and path", async () => {
    const { status, body } = await send("filter", query, "teacher");
    expect([status, body]).toMatchObject([200, { data: { schools: [{ name: "School 1", budget: null }, {}, {}] }, errors: [{ extensions: { code: "FORBIDDEN", coordinate: "School.budget" } }] }]);
  });

  it("reject: nothing is run where anything is closed", async () => {
    expect(await send("reject", query, "teacher")).toMatchObject({ status: 403, calls: 0, body: { errors: [{ extensions: { code: "FORBIDDEN", coordinate: "School.budget" } }] } });
    expect(await send("reject", query, "finance")).toMatchObject({ status: 200, calls: 1 });
  });

  it("dry-run: nothing is run, and the reply lists what would be closed", async () => {
    expect(await send("dry-run", query, "teacher")).toMatchObject({ status: 200, calls: 0, body: { data: null, extensions: { authorization: { closed: [{ coordinate: "School.budget", path: "schools.@.budget" }] } } } });
    expect(await send("dry-run", query, "finance")).toMatchObject({ calls: 0, body: { extensions: { authorization: { closed: [] } } } });
  });

  it("hold for subscriptions: refused, or told, before any subgraph hears of it", async () => {
    await using running = await testGateway();
    const open = async (mode: string, roles: string, document = "subscription { schoolChanged { action school { name budget } } }") => {
      const reply = await fetch(`${running.gateway.url}/graphql`, { method: "POST", headers: { "content-type": "application/json", accept: "text/event-stream", authorization: `Roles ${roles}`, "osss-authorization": mode }, body: JSON.stringify({ query: document }) });
      return JSON.parse(/data: (.*)/.exec(await reply.text())![1]!) as unknown;
    };
    expect(await open("reject", "teacher")).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN", coordinate: "School.budget" } }] });
    expect(await open("dry-run", "teacher")).toMatchObject({ data: null, extensions: { authorization: { closed: [{ coordinate: "School.budget", path: "schoolChanged.school.budget" }] } } });
    expect(await open("dry-run", "finance")).toMatchObject({ data: null, extensions: { authorization: { closed: [] } } });
    expect([...running.services.values()].flatMap(({ requests }) => requests)).toEqual([]);
  });

  it("another word is refused", async () => expect(await send("off", query, "teacher")).toMatchObject({ status: 400, calls: 0 }));
});
