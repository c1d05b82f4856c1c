import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PersistedOperations, readManifests, UnusableManifest } from "../persisted/operations.ts";
import { testGateway, type TestGateway } from "./running-gateway.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const known = "query Schools { schools { name } }";
const manifest = { name: "client", content: { [`sha256:${sha256(known)}`]: known } };

async function post(running: TestGateway, body: unknown, roles = "teacher") {
  const reply = await fetch(`${running.gateway.url}/graphql`, { method: "POST", headers: { "content-type": "application/json", authorization: `Roles ${roles}` }, body: JSON.stringify(body) });
  return { status: reply.status, body: (await reply.json()) as { data?: { schools: unknown[] }; errors?: { message: string; extensions: { code: string } }[] } };
}
const codeOf = ({ status, body }: Awaited<ReturnType<typeof post>>) => [status, body.errors?.[0]?.extensions.code];

describe("persisted operations", () => {
  it("are answered by their hash in each of the forms that clients send", async () => {
    await using running = await testGateway({ persisted: new PersistedOperations("safelist", [manifest]) });
    const forms = [{ documentId: `sha256:${sha256(known)}` }, { documentId: sha256(known) }, { extensions: { persistedQuery: { version: 1, sha256Hash: sha256(known) } } }, { query: known }, { query: known, documentId: sha256(known) }];
    for (const form of forms) expect((await post(running, form)).body.data?.schools, JSON.stringify(form)).toHaveLength(3);
    const get = await fetch(`${running.gateway.url}/graphql?documentId=${sha256(known)}`, { headers: { authorization: "Roles teacher", "apollo-require-preflight": "true" } });
    expect(((await get.json()) as { data: { schools: unknown[] } }).data.schools).toHaveLength(3);
  });

  it("are all that a safelist answers, and a text is never registered by sending it", async () => {
    await using running = await testGateway({ persisted: new PersistedOperations("safelist", [manifest]) });
    const other = "{ schools { id } }";
    expect(codeOf(await post(running, { query: other }))).toEqual([403, "FORBIDDEN"]);
    expect(codeOf(await post(running, { query: "{ __typename }" }))).toEqual([403, "FORBIDDEN"]);
    const registering = { query: other, extensions: { persistedQuery: { version: 1, sha256Hash: sha256(other) } } };
    expect(codeOf(await post(running, registering))).toEqual([404, "NOT_FOUND"]);
    expect(codeOf(await post(running, { documentId: sha256(other) }))).toEqual([404, "NOT_FOUND"]);
    expect(codeOf(await post(running, { query: other, documentId: sha256(known) }))).toEqual([400, "VALIDATION_FAILED"]);
    expect(codeOf(await post(running, { documentId: 7 }))).toEqual([400, "VALIDATION_FAILED"]);
    expect([...running.services.values()].flatMap(({ requests }) => requests)).toEqual([]);
  });

  it("obey roles, limits and masks like any other", async () => {
    const closed = "{ auditLog }";
    await using running = await testGateway({ persisted: new PersistedOperations("safelist", [manifest, { name: "dashboard", content: { [sha256(closed)]: closed } }]) });
    expect((await post(running, { documentId: sha256(closed) })).body.errors?.[0]?.extensions.code).toBe("FORBIDDEN");
  });

  it("come from files: the client's and a folder of third parties', each checked", () => {
    const folder = mkdtempSync(join(tmpdir(), "osss-manifests-"));
    try {
      writeFileSync(join(folder, "dashboard.json"), JSON.stringify({ format: "apollo-persisted-query-manifest", version: 1, operations: [{ id: sha256(known), name: "Schools", type: "query", body: known }] }));
      writeFileSync(join(folder, "notes.txt"), "not a manifest");
      expect(new PersistedOperations("safelist", readManifests([join(folder, "absent.json")], folder)).size).toBe(1);
      for (const [content, told] of [[`{"${sha256("x")}": "${known}"}`, "another SHA-256"], ["{", "not JSON"], ["[1]", "no manifest"], [`{"${sha256("{")}": "{"}`, "does not parse"], ["{\"a\": 1}", "not a hash with a text"]] as const) {
        writeFileSync(join(folder, "broken.json"), content);
        expect(() => new PersistedOperations("safelist", readManifests([], folder)), content).toThrow(UnusableManifest);
        expect(() => new PersistedOperations("safelist", readManifests([], folder)), content).toThrow(told);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
