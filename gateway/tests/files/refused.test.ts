import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileUrl } from "../../../subgraphs/platform/files/link.ts";
import { contract, elsewhere, other, parts, put, registrar, type Reply, requested, send, served, type Shown, shown, zipOf } from "./files-of-people.ts";

/** Everything wrong that may come to `/files`, and how it is answered. */
interface Refused { readonly what: string; readonly send: (file: Shown, base: (url: string | null) => string, content: Buffer) => Promise<Reply>; readonly answer: readonly [number, string] }
const changed = (url: string, part: string, value: string): string => {
  const made = new URL(url);
  made.searchParams.set(part, value);
  return made.href;
};
const refused: readonly Refused[] = [
  { what: "no signature", send: (f, at, c) => put(at(f.uploadUrl).split("?")[0]!, c), answer: [403, "FORBIDDEN"] },
  { what: "a signature that was made up", send: (f, at, c) => put(changed(at(f.uploadUrl), "signature", randomBytes(32).toString("base64url")), c), answer: [403, "FORBIDDEN"] },
  { what: "another account in the link", send: (f, at, c) => put(changed(at(f.uploadUrl), "account", other.accountId!), c), answer: [403, "FORBIDDEN"] },
  { what: "another district in the link", send: (f, at, c) => put(changed(at(f.uploadUrl), "district", elsewhere.districtId!), c), answer: [403, "FORBIDDEN"] },
  { what: "a longer time in the link", send: (f, at, c) => put(changed(at(f.uploadUrl), "expires", String(Math.floor(Date.now() / 1000) + 86_400)), c), answer: [403, "FORBIDDEN"] },
  { what: "another size in the link", send: (f, at, c) => put(changed(at(f.uploadUrl), "size", "5"), c.subarray(0, 5)), answer: [403, "FORBIDDEN"] },
  { what: "the link of another file", send: async (f, at, c) => put(at((await requested(c.length)).uploadUrl).replace(/\/files\/[^?]+/, `/files/${f.id}`), c), answer: [403, "FORBIDDEN"] },
  { what: "an upload link for fetching", send: (f, at) => send(at(f.uploadUrl)), answer: [403, "FORBIDDEN"] },
  { what: "a word more in the link", send: (f, at, c) => put(`${at(f.uploadUrl)}&x=1`, c), answer: [403, "FORBIDDEN"] },
  { what: "a word twice in the link", send: (f, at, c) => put(`${at(f.uploadUrl)}&size=1`, c), answer: [403, "FORBIDDEN"] },
  { what: "a path that leads elsewhere", send: (f, at, c) => put(at(f.uploadUrl).replace(`/files/${f.id}`, "/files/..%2f..%2fgraphql"), c), answer: [403, "FORBIDDEN"] },
  { what: "a file by POST", send: (f, at, c) => send(at(f.uploadUrl), { method: "POST", headers: { "content-length": String(c.length) }, body: c }), answer: [405, "VALIDATION_FAILED"] },
  { what: "the question of a foreign page whether it may send", send: (f, at) => send(at(f.uploadUrl), { method: "OPTIONS", headers: { origin: "https://evil.example", "access-control-request-method": "PUT" } }), answer: [405, "VALIDATION_FAILED"] },
  { what: "less than was announced", send: (f, at, c) => put(at(f.uploadUrl), c.subarray(0, c.length - 1)), answer: [400, "VALIDATION_FAILED"] },
  { what: "more than was announced", send: (f, at, c) => put(at(f.uploadUrl), Buffer.concat([c, c])), answer: [413, "VALIDATION_FAILED"] },
  { what: "a file without its length", send: (f, at, c) => send(at(f.uploadUrl), { method: "PUT", headers: { "transfer-encoding": "chunked" }, body: c }), answer: [411, "VALIDATION_FAILED"] },
  { what: "another type than was announced", send: (f, at, c) => put(at(f.uploadUrl), c, { "content-type": "text/html" }), answer: [415, "VALIDATION_FAILED"] },
  { what: "a packed file", send: (f, at, c) => put(at(f.uploadUrl), c, { "content-encoding": "gzip" }), answer: [415, "VALIDATION_FAILED"] },
  { what: "content that does not look like it", send: (f, at, c) => put(at(f.uploadUrl), Buffer.concat([Buffer.from("<html>"), c.subarray(6)])), answer: [400, "VALIDATION_FAILED"] },
];

describe("what is wrong is refused in words, and nothing of it is kept", () => {
  let server: Awaited<ReturnType<typeof served>>;
  beforeAll(async () => void (server = await served()));
  afterAll(() => server[Symbol.asyncDispose]());

  it.each(refused.map((each) => [each.what, each] as const))("%s", async (_, { send: attempt, answer }) => {
    for (const at of [server.inside, server.outside]) {
      const content = zipOf(10_000);
      const file = await requested(content.length);
      const reply = await attempt(file, at, content);
      expect([reply.status, reply.code]).toEqual(answer);
      expect((JSON.parse(reply.body.toString("utf8")) as { errors: { message: string }[] }).errors[0]!.message).toMatch(/(Ask|Send|announced|fetch)/);
      expect(reply.headers["access-control-allow-origin"]).toBeUndefined();
      expect(await shown(file.id)).toMatchObject({ status: "WAITING" });
      expect(await parts(file.id)).toBe(0);
    }
  });

  it("a link that is over, and one of an account that was disabled", async () => {
    const content = zipOf(1_000);
    const file = await requested(content.length);
    const link = { method: "PUT" as const, fileId: file.id, districtId: registrar.districtId!, accountId: registrar.accountId!, size: content.length };
    const old = fileUrl(contract.platform.config, link, Date.now() - 301_000);
    const late = await put(server.inside(old), content);
    expect([late.status, late.code, late.body.toString("utf8")]).toEqual([403, "FORBIDDEN", expect.stringContaining("is over")]);
    // Signed by the same installation, but it speaks of a file that is not the account's: the row decides.
    expect((await put(server.inside(fileUrl(contract.platform.config, { ...link, accountId: other.accountId! })), content)).code).toBe("NOT_FOUND");
    expect((await put(server.inside(fileUrl(contract.platform.config, { ...link, districtId: elsewhere.districtId!, accountId: elsewhere.accountId! })), content)).code).toBe("NOT_FOUND");
    // Another installation's signature.
    expect((await put(server.inside(fileUrl({ ...contract.platform.config, subgraphSigningKey: "ab".repeat(32) }, link)), content)).code).toBe("FORBIDDEN");
    await contract.platform.sql("UPDATE platform.account SET status = 'DISABLED' WHERE id = $1", [registrar.accountId]);
    expect((await put(server.inside(file.uploadUrl), content)).code).toBe("FORBIDDEN");
    await contract.platform.sql("UPDATE platform.account SET status = 'ACTIVE' WHERE id = $1", [registrar.accountId]);
    expect((await put(server.inside(file.uploadUrl), content)).status).toBe(201);
  });

  it("a platform that is away: the gateway says so", async () => {
    const file = await requested(1_000);
    await using alone = await served();
    alone.platform.closeAllConnections();
    await new Promise((resolve) => alone.platform.close(resolve));
    const reply = await put(alone.outside(file.uploadUrl), zipOf(1_000));
    expect([reply.status, reply.code]).toEqual([503, "UNAVAILABLE"]);
  });

  it("is what docs/errors.md lists", () => {
    const text = readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8");
    const listed = text.slice(text.indexOf("## What is refused at /files")).split("\n").flatMap((line) => /^\| (.+) \| (\d{3}) \| `([A-Z_]+)` \|$/.exec(line)?.slice(1, 4).join(" ") ?? []);
    expect(listed).toEqual(refused.map(({ what, answer: [status, code] }) => `${what} ${status} ${code}`));
  });
});
