import { createHash } from "node:crypto";
import { request as httpRequest } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it, test } from "vitest";
import { contract, logged, parts, put, registrar, requested, send, served, sha256, shown, zipOf } from "./files-of-people.ts";

describe.each(["in one process", "with the platform in another process"] as const)("content %s", (where) => {
  let server: Awaited<ReturnType<typeof served>>;
  let at: (url: string | null) => string;
  beforeAll(async () => {
    server = await served();
    at = where === "in one process" ? server.inside : server.outside;
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it("comes once, is what was sent to the last byte, and goes to its owner as something to be saved", async () => {
    const content = zipOf(900_001);
    const file = await requested(content.length, { name: "Schülerliste \"5\".zip".replace(/"/g, "'") });
    const stored = await put(at(file.uploadUrl), content, { "content-type": "application/zip" });
    expect([stored.status, JSON.parse(stored.body.toString("utf8"))]).toEqual([201, { id: file.id, size: content.length, sha256: sha256(content), status: "STORED" }]);
    const after = (await shown(file.id))!;
    expect(after).toMatchObject({ status: "STORED", sha256: sha256(content), uploadUrl: null, refusal: null });
    expect(await parts(file.id)).toBe(4);
    const fetched = await send(at(after.downloadUrl));
    expect([fetched.status, sha256(fetched.body)]).toEqual([200, sha256(content)]);
    expect(fetched.headers).toMatchObject({
      "content-type": "application/zip", "content-length": String(content.length), "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cross-origin-resource-policy": "same-origin",
      "content-disposition": `attachment; filename="Sch_lerliste '5'.zip"; filename*=UTF-8''Sch%C3%BClerliste%20%275%27.zip`,
    });
    expect(fetched.headers["access-control-allow-origin"]).toBeUndefined();
    // Without it there is no reply: the log tells who fetched it, and when it came.
    const audit = await contract.platform.sql<{ operation: string; created_by: string }>("SELECT operation, created_by FROM journal.audit_entry WHERE record_id = $1 ORDER BY record_version", [file.id]);
    expect(audit).toEqual(["requestUpload", "bring file", "fetch file"].map((operation) => ({ operation, created_by: registrar.accountId })));
    // A second time: the link is good still, the file is not.
    expect((await put(at(file.uploadUrl), content)).code).toBe("CONFLICT");
    const head = await send(at(after.downloadUrl), { method: "HEAD" });
    expect([head.status, head.headers["content-length"], head.body.length]).toEqual([200, String(content.length), 0]);
    const range = await send(at(after.downloadUrl), { headers: { range: "bytes=0-9" } });
    expect([range.status, range.headers["accept-ranges"], range.body.length]).toEqual([200, "none", content.length]);
  });

  it("comes once where two send it at the same time", async () => {
    const content = zipOf(400_000);
    const file = await requested(content.length);
    const replies = await Promise.all([1, 2, 3].map(() => put(at(file.uploadUrl), content)));
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(await parts(file.id)).toBe(2);
  });

  it("that breaks off leaves nothing, and may be sent again", async () => {
    const content = zipOf(300_000);
    const file = await requested(content.length);
    await new Promise<void>((resolve) => {
      const sent = httpRequest(at(file.uploadUrl), { method: "PUT", headers: { "content-length": String(content.length) }, agent: false });
      sent.once("error", () => resolve());
      sent.write(content.subarray(0, 100_000), () => sent.destroy());
    });
    expect(await shown(file.id)).toMatchObject({ status: "WAITING" });
    expect(await parts(file.id)).toBe(0);
    expect((await put(at(file.uploadUrl), content)).status).toBe(201);
    expect(JSON.stringify(logged)).not.toContain("A file failed");
  });
});

test("the memory stays small however large a file is, both ways", { timeout: 120_000 }, async () => {
  await using server = await served();
  const size = 32 * 1024 * 1024;
  const file = await requested(size);
  const part = zipOf(1024 * 1024);
  const hash = createHash("sha256");
  // What is held, without what only waits to be collected.
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const held = () => (collect(), process.memoryUsage().arrayBuffers / 1024 / 1024);
  const before = held();
  let [most, looks] = [0, 0];
  const look = () => void (looks++ % 32 === 0 && (most = Math.max(most, held() - before)));
  const stored = await new Promise<number>((resolve, reject) => {
    const sent = httpRequest(server.inside(file.uploadUrl), { method: "PUT", headers: { "content-length": String(size) }, agent: false }, (response) => (response.resume(), resolve(response.statusCode!)));
    sent.once("error", reject);
    void (async () => {
      for (let n = 0; n < 32; n += 1) {
        hash.update(part);
        if (!sent.write(part)) await new Promise((drain) => sent.once("drain", drain));
        look();
      }
      sent.end();
    })();
  });
  expect(stored).toBe(201);
  const fetched = createHash("sha256");
  const url = server.inside((await shown(file.id))!.downloadUrl);
  await new Promise<void>((resolve, reject) => {
    httpRequest(url, { agent: false }, (response) => {
      response.on("data", (bytes: Buffer) => (fetched.update(bytes), look())).once("end", resolve).once("error", reject);
    }).once("error", reject).end();
  });
  expect(fetched.digest("hex")).toBe(hash.digest("hex"));
  expect(looks).toBeGreaterThan(64);
  expect(most).toBeLessThan(20);
});
