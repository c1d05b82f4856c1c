import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { anonymous, type Identity } from "#foundation/identity/identity";
import { inProcess } from "../data-sources/in-process.ts";
import { SupergraphGateway } from "../supergraph-gateway.ts";
import { composed, District, someone, subgraph, subgraphNames } from "./school-federation.ts";

function start() {
  const district = new District();
  const services = new Map(subgraphNames.map((name) => [name as string, subgraph(name, district)]));
  const gateway = new SupergraphGateway({ supergraphSdl: composed.supergraphSdl, dataSourceFor: (name) => inProcess(services.get(name)!) });
  const ask = (text: string, identity: Identity, variables: Record<string, unknown> = {}, idempotencyKey?: string) =>
    gateway.execute(gateway.preparer.known(text, parse(text), null), variables, { identity, requestId: "r1", ...(idempotencyKey ? { idempotencyKey } : {}) });
  return { district, services, ask };
}

const rename = `mutation($rename: Boolean!) {
  noteVisit(id: "s1") { visits }
  renameSchool(id: "s1", name: "New") @include(if: $rename) { name }
}`;

describe("a mutation with a closed root field", () => {
  it("is refused whole: nothing is written, not even by its open fields", async () => {
    const { district, services, ask } = start();
    const reply = await ask(rename, someone("teacher"), { rename: true });
    expect(reply.data).toBeNull();
    expect(reply.errors?.map(({ path, extensions }) => ({ path, ...extensions }))).toEqual([
      { path: ["renameSchool"], code: "FORBIDDEN", coordinate: "Mutation.renameSchool", affectedPath: "renameSchool", reason: "ROLES" },
    ]);
    expect(district.writes).toEqual([]);
    expect(services.get("schools")!.requests).toEqual([]);
  });

  it("tells a caller who is not signed in to do so", async () => {
    const reply = await start().ask(rename, anonymous, { rename: true });
    expect(reply.errors?.[0]?.extensions["code"]).toBe("UNAUTHENTICATED");
  });

  it("runs where the closed field is not included", async () => {
    const { district, ask } = start();
    const reply = await ask(rename, someone("teacher"), { rename: false });
    expect(reply).toEqual({ data: { noteVisit: { visits: 1 } } });
    expect(district.writes).toEqual(["visit s1"]);
  });

  it("runs for the role it is open to, once, with the idempotency key only on the writing call", async () => {
    const { district, services, ask } = start();
    const text = `mutation { renameSchool(id: "s1", name: "New") { name principal { name } } }`;
    const reply = await ask(text, someone("principal"), {}, "key-1");
    expect(reply).toEqual({ data: { renameSchool: { name: "New", principal: { name: "Person 2" } } } });
    expect(district.writes).toEqual(["rename s1"]);
    expect(services.get("schools")!.requests.map(({ idempotencyKey }) => idempotencyKey)).toEqual(["key-1"]);
    expect(services.get("people")!.requests.map(({ idempotencyKey }) => idempotencyKey)).toEqual([undefined]);
  });

  it("still closes what is deeper in its reply", async () => {
    const reply = await start().ask(`mutation { renameSchool(id: "s1", name: "New") { name budget reserve } }`, someone("principal"));
    expect(reply.data).toEqual({ renameSchool: null });
    expect(reply.errors?.map(({ path, extensions }) => [path, extensions["coordinate"]])).toEqual([
      [["renameSchool", "budget"], "School.budget"],
      [["renameSchool", "reserve"], "School.reserve"],
    ]);
  });
});
