import { createHash, randomBytes, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from "vitest";
import type { Config } from "#foundation/config/config";
import { identityOf, type Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { startWorkers } from "#foundation/jobs/workers";
import { silent } from "#foundation/serving/log";
import { noClamd, startClamd, testVirus } from "#foundation/testing/clamd";
import { newDistrict, type Contract } from "#foundation/testing/contract";
import type { World } from "#foundation/testing/factory";
import { noS3, startS3 } from "#foundation/testing/s3-server";
import { until } from "#foundation/testing/until";
import { reaches } from "../../subgraphs/contract/reaches.ts";
import { stage } from "../../subgraphs/contract/stage.ts";
import { removeExpiredFiles } from "../../subgraphs/platform/jobs/remove-expired-files.ts";
import { storeFile, withStoredFile } from "../../subgraphs/platform/ports.ts";
import { platform as manifest } from "../../subgraphs/platform/subgraph.ts";
import { besideGraphQL } from "../beside-graphql.ts";

let contract: Contract;
let world: World;
let registrar: Identity;
let other: Identity;
let auditor: Identity;
let elsewhere: Identity;

beforeAll(async () => {
  contract = await stage();
  const someone = (make: World, role: Role): Identity => {
    const { personId } = reaches.district_office!(make, "", { role });
    const accountId = make.a("Account", { personId, status: "ACTIVE" });
    return identityOf({ issuer: "https://test", subject: personId, accountId, personId, districtId: make.districtId, roles: [role, Role.Staff] });
  };
  world = newDistrict(contract);
  [registrar, other, auditor] = [someone(world, Role.Registrar), someone(world, Role.Registrar), someone(world, Role.Auditor)];
  await world.save();
  const there = newDistrict(contract);
  elsewhere = someone(there, Role.Registrar);
  await there.save();
});
// An account has so many files and no more.
beforeEach(() => contract.platform.sql("UPDATE platform.stored_file SET status = 'REMOVED' WHERE account_id = $1", [registrar.accountId]));
afterAll(() => contract?.platform[Symbol.asyncDispose]());

interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  code: string | undefined;
}

/** Sends exactly these headers and bytes. */
function send(url: string, { method = "GET", headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: Buffer } = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part)).once("error", reject).once("end", () => {
        const all = Buffer.concat(parts);
        const json = (response.headers["content-type"] ?? "").includes("json") ? (JSON.parse(all.toString("utf8")) as { errors?: { extensions: { code: string } }[] }) : null;
        resolve({ status: response.statusCode!, headers: response.headers, body: all, code: json?.errors?.[0]?.extensions.code });
      });
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
const put = (url: string, body: Buffer, headers: Record<string, string> = {}) => send(url, { method: "PUT", headers: { "content-length": String(body.length), ...headers }, body });

interface Shown { id: string; status: string; uploadUrl: string | null; downloadUrl: string | null; size: number; sha256: string | null; refusal: string | null; expiresAt: string }
const fields = "id name mediaType status size sha256 refusal expiresAt uploadUrl downloadUrl";
const ask = (identity: Identity, input: object) => contract.platform.call("platform", identity, `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { file { ${fields} } } }`, { input });
const codeOf = (reply: { errors?: readonly { extensions?: Record<string, unknown> }[] }) => reply.errors?.[0]?.extensions?.["code"];
async function requested(size: number, more: object = {}, identity = registrar): Promise<Shown> {
  const reply = await ask(identity, { name: "roster.zip", mediaType: "application/zip", purpose: "IMPORT", size, ...more });
  expect(reply.errors).toBeUndefined();
  return (reply.data as { requestUpload: { file: Shown } }).requestUpload.file;
}
async function shown(id: string, identity = registrar): Promise<Shown | null> {
  const reply = await contract.platform.call("platform", identity, `query ($id: ID!) { storedFile(id: $id) { ${fields} } }`, { id });
  return (reply.data as { storedFile: Shown | null }).storedFile;
}
const zipOf = (bytes: number) => Buffer.concat([Buffer.from("504b0304", "hex"), randomBytes(bytes - 4)]);
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const parts = async (id: string) => (await contract.platform.sql<{ n: number }>("SELECT count(*)::int AS n FROM files.part WHERE file_id = $1", [id]))[0]!.n;

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const logged: unknown[] = [];
const log = { ...silent, error: (about: Record<string, unknown>) => void logged.push(about) };

/** A process that serves platform, and one that has only the gateway, which passes files on. */
async function served(config: Partial<Config> = {}) {
  const answer = manifest.http!.open({ config: { ...contract.platform.config, ...config }, orchestration: contract.platform.orchestration, log });
  const inside = createServer((request, response) => void answer(request, response));
  const platformUrl = await listening(inside);
  const beside = besideGraphQL({ prefix: "/files/", answer: null }, `${platformUrl}/graphql`);
  const outside = createServer((request, response) => void beside(request, response));
  const gatewayUrl = await listening(outside);
  const at = (base: string) => (url: string | null) => url!.replace("http://localhost:4000", base);
  return {
    inside: at(platformUrl), outside: at(gatewayUrl), platform: inside,
    async [Symbol.asyncDispose]() {
      for (const server of [outside, inside]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

describe("an upload is announced", () => {
  it.each([
    ["a type that is not taken", { mediaType: "application/pdf", name: "roster.pdf" }, "input.mediaType"],
    ["a page", { mediaType: "text/html", name: "roster.html" }, "input.mediaType"],
    ["a name with a folder", { name: "../../etc/roster.zip" }, "input.name"],
    ["a name with a folder of Windows", { name: "C:\\roster.zip" }, "input.name"],
    ["a name with a line break", { name: "a\r\nset-cookie: x.zip" }, "input.name"],
    ["a name that reads backwards", { name: "roster\u202epiz.zip" }, "input.name"],
    ["a hidden name", { name: ".zip" }, "input.name"],
    ["a name of another type", { name: "roster.csv" }, "input.name"],
    ["more than is taken", { size: 200 * 1024 * 1024 + 1 }, "input.size"],
    ["an export", { purpose: "EXPORT" }, "input.purpose"],
  ])("not as %s", async (_what, more, path) => {
    const reply = await ask(registrar, { name: "roster.zip", mediaType: "application/zip", purpose: "IMPORT", size: 10, ...more });
    expect([codeOf(reply), (reply.errors![0]!.extensions!["fields"] as { path: string }[])[0]!.path]).toEqual(["VALIDATION_FAILED", path]);
  });

  it("by the district's registrar alone, and not without end", async () => {
    const input = { name: "roster.zip", mediaType: "application/zip", purpose: "IMPORT", size: 10 };
    expect(codeOf(await ask(auditor, input))).toBe("FORBIDDEN");
    const stranger = identityOf({ ...registrar, accountId: randomUUID(), personId: randomUUID() });
    expect(codeOf(await ask(stranger, input))).toBe("FORBIDDEN");
    const make = newDistrict(contract);
    const { personId } = reaches.district_office!(make, "", { role: Role.Registrar });
    const busy = identityOf({ issuer: "https://test", subject: personId, accountId: make.a("Account", { personId }), personId, districtId: make.districtId, roles: [Role.Registrar, Role.Staff] });
    await make.save();
    for (let n = 0; n < 50; n += 1) await requested(10, {}, busy);
    expect(codeOf(await ask(busy, input))).toBe("LIMIT_EXCEEDED");
  });

  it("to its owner alone: others do not see it, an auditor sees that there is one, and nobody else gets a link", async () => {
    const { id, uploadUrl } = await requested(10);
    expect(uploadUrl).toMatch(/^http:\/\/localhost:4000\/files\//);
    expect(await shown(id, other)).toBeNull();
    expect(await shown(id, elsewhere)).toBeNull();
    expect(await shown(id, auditor)).toMatchObject({ id, status: "WAITING", uploadUrl: null, downloadUrl: null });
  });
});

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
    const { fileUrl } = await import("../../subgraphs/platform/files/link.ts");
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
    const text = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
    const listed = text.slice(text.indexOf("## What is refused at /files")).split("\n").flatMap((line) => /^\| (.+) \| (\d{3}) \| `([A-Z_]+)` \|$/.exec(line)?.slice(1, 4).join(" ") ?? []);
    expect(listed).toEqual(refused.map(({ what, answer: [status, code] }) => `${what} ${status} ${code}`));
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

test("what the platform makes is given to an account, what somebody brought to a job; when its time is over its content goes, and the record says so", { timeout: 60_000 }, async () => {
  const { platform } = contract;
  await using server = await served();
  const host = { config: platform.config, orchestration: platform.orchestration, districtId: registrar.districtId! };
  const made = Buffer.from("sourcedId,name\n1,Ä\n");
  const id = await storeFile(host, { accountId: registrar.accountId!, name: "export.csv", mediaType: "text/csv", purpose: "EXPORT", content: (async function* () { yield made.subarray(0, 5); yield made.subarray(5); })() });
  const stored = (await shown(id))!;
  expect(stored).toMatchObject({ status: "STORED", size: made.length, sha256: sha256(made) });
  expect((await send(server.inside(stored.downloadUrl))).body).toEqual(made);
  const read = await withStoredFile(host, id, async (handle, file) => ({ file, text: (await handle.readFile()).toString("utf8") }));
  expect(read).toEqual({ file: { name: "export.csv", mediaType: "text/csv", size: made.length, sha256: sha256(made) }, text: made.toString("utf8") });
  await expect(withStoredFile({ ...host, districtId: elsewhere.districtId! }, id, () => Promise.resolve())).rejects.toMatchObject({ code: "NOT_FOUND" });

  const waits = await requested(10);
  await platform.sql("UPDATE platform.stored_file SET expires_at = $2 WHERE id = ANY ($1)", [[id, waits.id], platform.clock.now]);
  expect((await send(server.inside(stored.downloadUrl))).code).toBe("NOT_FOUND");
  const workers = startWorkers({ config: platform.config, database: platform.database, clock: () => platform.clock.now, log: silent, manifests: platform.orchestration.manifests, serves: (name) => name === "platform" });
  try {
    await platform.write(registrar.districtId!, (across) => across.queue(removeExpiredFiles, {}));
    await until(async () => (await shown(id))!.status === "REMOVED" && (await shown(waits.id))!.status === "REMOVED");
  } finally {
    await workers.stop(1_000);
  }
  expect(await parts(id)).toBe(0);
  expect(await shown(id)).toMatchObject({ downloadUrl: null, uploadUrl: null });
  await expect(withStoredFile(host, id, () => Promise.resolve())).rejects.toMatchObject({ code: "NOT_FOUND" });
});

describe.skipIf(noClamd !== null)(`a virus scanner (${noClamd ?? "clamd"})`, () => {
  const files = (clamd: Config["files"]["clamd"]): Partial<Config> => ({ files: { ...contract.platform.config.files, clamd } });

  test("looks at every file before anybody may read it: an infected one is refused, and its bytes are gone; one that is away refuses all, and loses none", { timeout: 60_000 }, async () => {
    await using clamd = await startClamd();
    await using server = await served(files(clamd.at));
    const virus = await requested(testVirus.length, { name: "roster.csv", mediaType: "text/csv" });
    const found = await put(server.inside(virus.uploadUrl), testVirus);
    expect([found.status, found.code, found.body.toString("utf8")]).toEqual([422, "VALIDATION_FAILED", expect.stringContaining("Test.Virus")]);
    expect(await shown(virus.id)).toMatchObject({ status: "REFUSED", refusal: expect.stringContaining("Test.Virus"), uploadUrl: null, downloadUrl: null });
    expect(await parts(virus.id)).toBe(0);
    expect((await put(server.inside(virus.uploadUrl), testVirus)).code).toBe("CONFLICT");

    const clean = zipOf(700_000);
    const file = await requested(clean.length);
    expect((await put(server.outside(file.uploadUrl), clean)).status).toBe(201);

    const waits = await requested(clean.length);
    await clamd.stop();
    const away = await put(server.inside(waits.uploadUrl), clean);
    expect([away.status, away.code]).toEqual([503, "UNAVAILABLE"]);
    expect(await shown(waits.id)).toMatchObject({ status: "WAITING" });
    expect(await parts(waits.id)).toBe(0);
    await using again = await startClamd();
    await using later = await served(files(again.at));
    expect((await put(later.inside(waits.uploadUrl), clean)).status).toBe(201);
  });
});

describe.skipIf(noS3 !== null)(`a store that speaks S3 (${noS3 ?? "versitygw"})`, () => {
  test("holds the bytes in place of the database, both ways, gives them up when their time is over, and is told when it is away", { timeout: 60_000 }, async () => {
    const { platform } = contract;
    await using s3 = await startS3();
    const store = { endpoint: s3.env["OSSS_FILES_S3_ENDPOINT"]!, region: "us-east-1", bucket: "osss-files", keyId: "osss", secret: "test-only-secret" };
    const files = { ...platform.config.files, s3: store };
    await using server = await served({ files });
    const content = zipOf(3_000_000);
    const file = await requested(content.length);
    expect((await put(server.inside(file.uploadUrl), content)).status).toBe(201);
    expect(await parts(file.id)).toBe(0);
    expect(s3.objects()).toEqual([expect.stringMatching(new RegExp(`^${registrar.districtId}/${file.id}/[0-9a-f-]{36}$`))]);
    expect(sha256((await send(server.outside((await shown(file.id))!.downloadUrl))).body)).toBe(sha256(content));

    // A key that is wrong, and three at once: nothing is left of those that were not taken.
    await using wrong = await served({ files: { ...files, s3: { ...store, secret: "another" } } });
    const waits = await requested(content.length);
    const denied = await put(wrong.inside(waits.uploadUrl), content);
    expect([denied.status, denied.code]).toEqual([503, "UNAVAILABLE"]);
    expect((await Promise.all([1, 2, 3].map(() => put(server.inside(waits.uploadUrl), content)))).map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(s3.objects()).toHaveLength(2);

    await platform.sql("UPDATE platform.stored_file SET expires_at = $2 WHERE id = ANY ($1)", [[file.id, waits.id], platform.clock.now]);
    const workers = startWorkers({ config: { ...platform.config, files }, database: platform.database, clock: () => platform.clock.now, log: silent, manifests: platform.orchestration.manifests, serves: (name) => name === "platform" });
    try {
      await platform.write(registrar.districtId!, (across) => across.queue(removeExpiredFiles, {}));
      await until(async () => s3.objects().length === 0 && (await shown(waits.id))!.status === "REMOVED");
    } finally {
      await workers.stop(1_000);
    }
    const late = await requested(content.length);
    await s3.stop();
    expect((await put(server.inside(late.uploadUrl), content)).code).toBe("UNAVAILABLE");
    expect(await shown(late.id)).toMatchObject({ status: "WAITING" });
  });
});
