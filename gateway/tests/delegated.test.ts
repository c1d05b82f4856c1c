import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { OsssError } from "#foundation/errors/errors";
import { type Delegated, type Identity, identityOf } from "#foundation/identity/identity";
import { type DelegatedOperation, runDelegated } from "../delegated/run-delegated.ts";
import type { MaskedResult } from "../subscriptions/stream-requests.ts";
import { testGateway, type TestGateway } from "./running-gateway.ts";
import { someone } from "./school-federation.ts";

let running: TestGateway;
beforeAll(async () => {
  running = await testGateway();
});
afterAll(() => running[Symbol.asyncDispose]());
beforeEach(() => running.services.forEach(({ requests }) => (requests.length = 0)));

const under = (delegation: Partial<Delegated>, ...roles: string[]): Identity =>
  identityOf({ ...someone(...roles), expiresAt: Math.floor(Date.now() / 1000) + 300, delegation: { id: "g-1", operations: [], everyQuery: false, ...delegation } });
const run = (identity: Identity, operation: DelegatedOperation) => runDelegated(running.gateway.requests, async () => identity, operation);
const told = (outcome: MaskedResult | AsyncIterableIterator<MaskedResult>) => {
  const { errors = [], data } = outcome as MaskedResult;
  return { data, errors: errors.map(({ path, extensions }) => [path?.join("."), extensions?.["code"], extensions?.["coordinate"]]) };
};
const asked = () => [...running.services.values()].flatMap(({ requests }) => requests);

describe("work under a delegation is refused whole, before any subgraph hears of it", () => {
  it.each([
    ["a query that it does not name", "{ people { name } }", [["people", "FORBIDDEN", "Query.people"]]],
    ["one beside a query that it names", "{ schools { name } mine: me { name } }", [["mine", "FORBIDDEN", "Query.me"]]],
    ["one in a fragment", "{ ...F ... on Query { x: contacts { __typename } } } fragment F on Query { people { name } }", [["people", "FORBIDDEN", "Query.people"], ["x", "FORBIDDEN", "Query.contacts"]]],
    ["one that is skipped by a variable at most", "query($no: Boolean = false) { people @include(if: $no) { name } }", [["people", "FORBIDDEN", "Query.people"]]],
    ["a mutation", `mutation { noteVisit(id: "s1") { visits } }`, [["noteVisit", "FORBIDDEN", "Mutation.noteVisit"]]],
    ["a subscription", "subscription { schoolChanged { action } }", [["schoolChanged", "FORBIDDEN", "Subscription.schoolChanged"]]],
  ])("%s", async (_, query, errors) => {
    const reply = told(await run(under({ operations: ["schools"] }, "nurse"), { query }));
    expect([reply.data ?? null, reply.errors, asked()]).toEqual([null, errors, []]);
  });

  it("a mutation where it may ask every query", async () => {
    const reply = told(await run(under({ everyQuery: true }, "principal"), { query: `mutation { noteVisit(id: "s1") { visits } }` }));
    expect([reply.errors, running.district.writes, asked()]).toEqual([[["noteVisit", "FORBIDDEN", "Mutation.noteVisit"]], [], []]);
  });

  it("what its roles do not open, as to everybody with these roles", async () => {
    expect(told(await run(under({ everyQuery: true }, "teacher"), { query: "{ auditLog }" }))).toEqual({ data: { auditLog: null }, errors: [["auditLog", "FORBIDDEN", "Query.auditLog"]] });
  });

  it("with the words of the refusal where the delegation itself is none any more", async () => {
    const refusal = OsssError.forbidden("This delegation was revoked. Ask its owner for another one.");
    const reply = (await runDelegated(running.gateway.requests, () => Promise.reject(refusal), { query: "{ schools { name } }" })) as MaskedResult;
    expect(reply).toEqual({ errors: [{ message: refusal.message, extensions: { code: "FORBIDDEN" } }] });
    const broken = (await runDelegated(running.gateway.requests, () => Promise.reject(new Error("connect ECONNREFUSED")), { query: "{ schools { name } }", requestId: "r-9" })) as MaskedResult;
    expect(broken.errors).toEqual([{ message: expect.stringContaining("r-9") as string, extensions: { code: "INTERNAL", requestId: "r-9" } }]);
  });

  it("too large, too deep, or wrong, as from everybody", async () => {
    expect(told(await run(under({ everyQuery: true }, "nurse"), { query: `{ schools { principal ${"{ family ".repeat(30)} { name } ${"}".repeat(30)} } }` })).errors).toEqual([[undefined, "LIMIT_EXCEEDED", undefined]]);
    expect(told(await run(under({ everyQuery: true }, "nurse"), { query: "{ nonsense }" })).errors).toEqual([[undefined, "VALIDATION_FAILED", undefined]]);
  });
});

describe("work under a delegation", () => {
  it("uses what it names, across subgraphs, and each of them is told of the delegation", async () => {
    const worker = under({ operations: ["schools"] }, "nurse");
    expect(told(await run(worker, { query: "{ __typename schools(first: 1) { name clinicHours } }" }))).toEqual({ data: { __typename: "Query", schools: [{ name: "School 1", clinicHours: "8-12" }] }, errors: [] });
    expect(asked().map(({ identity }) => identity.delegation?.id)).toEqual(["g-1", "g-1"]);
  });

  it("never shares a run with its owner, who asks the same at the same time", async () => {
    const joined = running.gateway.gateway.inFlight.joined;
    const query = "{ schools { name } }";
    await Promise.all([run(under({ operations: ["schools"] }, "nurse"), { query }), run(someone("nurse") as Identity, { query })]);
    expect([running.gateway.gateway.inFlight.joined - joined, asked().map(({ identity }) => identity.delegation?.id ?? null).sort()]).toEqual([0, ["g-1", null].sort()]);
  });

  it("is found anew for each operation: what is taken back ends with the next step", async () => {
    const worker = under({ operations: ["schools"] }, "nurse");
    let taken = false;
    const step = () => runDelegated(running.gateway.requests, async () => (taken ? Promise.reject(OsssError.forbidden("This delegation was revoked.")) : worker), { query: "{ schools(first: 1) { name } }" });
    expect(told(await step()).errors).toEqual([]);
    taken = true;
    expect(told(await step()).errors).toEqual([[undefined, "FORBIDDEN", undefined]]);
  });

  it("hears of changes until its identity ends, and leaves no listener behind", async () => {
    const worker = identityOf({ ...under({ operations: ["schoolChanged"] }, "nurse"), expiresAt: Date.now() / 1000 + 0.4 });
    const stream = (await run(worker, { query: "subscription { schoolChanged { action } }" })) as AsyncIterableIterator<MaskedResult>;
    const first = stream.next();
    running.district.changes.send("schoolChanged", { action: "UPDATED", school: null });
    expect((await first).value).toEqual({ data: { schoolChanged: { action: "UPDATED" } } });
    expect((await stream.next()).done).toBe(true);
    expect(running.district.changes.listeners).toBe(0);
  });
});
