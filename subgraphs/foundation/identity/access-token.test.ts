import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { generateKeyPairSync } from "node:crypto";
import { exportJWK, exportSPKI, SignJWT, UnsecuredJWT, type JWK, type JWTHeaderParameters, type JWTPayload } from "jose";
import { afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { createTokenVerifier } from "./access-token.ts";
import { Role } from "./role.ts";

const issuer = "http://localhost:4000/realms/osss";
const now = 1_800_000_000;
const clock = () => now * 1000;

async function key(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { privateKey, publicKey, kid, jwk: { ...(await exportJWK(publicKey)), kid, alg: "RS256", use: "sig" } satisfies JWK };
}
type Key = Awaited<ReturnType<typeof key>>;
let ours: Key;
let foreign: Key;
beforeAll(async () => {
  ours = await key("ours");
  foreign = await key("foreign");
});

const claims = { typ: "Bearer", azp: "osss-web", iss: issuer, aud: "osss-api", sub: "subject-1", preferred_username: "teacher", iat: now - 60, exp: now + 240, realm_access: { roles: ["teacher", "staff"] } };

function sign(changes: JWTPayload = {}, header: Partial<JWTHeaderParameters> = {}, by: Key = ours): Promise<string> {
  const payload = Object.fromEntries(Object.entries({ ...claims, ...changes }).filter(([, value]) => value !== undefined));
  return new SignJWT(payload).setProtectedHeader({ alg: "RS256", typ: "JWT", kid: by.kid, ...header }).sign(by.privateKey);
}

const verify = (token: string) => createTokenVerifier({ issuer, audience: "osss-api", jwks: { keys: [ours.jwk] }, clock }).verify(token);
const unauthenticated = expect.objectContaining({ code: "UNAUTHENTICATED" });

describe("refused", () => {
  it.each<[string, JWTPayload]>([
    ["that has expired", { exp: now - 11 }],
    ["without an end", { exp: undefined }],
    ["without a beginning", { iat: undefined }],
    ["that is not good yet", { nbf: now + 11 }],
    ["of another issuer", { iss: "http://localhost:4000/realms/other" }],
    ["of an issuer that ours is the beginning of", { iss: `${issuer}2` }],
    ["without an issuer", { iss: undefined }],
    ["for another audience", { aud: "account" }],
    ["without an audience", { aud: undefined }],
    ["without a subject", { sub: undefined }],
    ["with an empty subject", { sub: "" }],
    ["that is an ID token", { typ: "ID" }],
    ["that is a refresh token", { typ: "Refresh" }],
    ["that is an offline token", { typ: "Offline" }],
    ["that does not say what it is", { typ: undefined }],
  ])("a token %s", async (_name, changes) => {
    await expect(verify(await sign(changes))).rejects.toEqual(unauthenticated);
  });

  it.each<[string, Partial<JWTHeaderParameters>]>([
    ["jku", { jku: "https://evil.example/keys" }],
    ["x5u", { x5u: "https://evil.example/cert" }],
    ["jwk", { jwk: { kty: "RSA" } }],
    ["x5c", { x5c: ["AAAA"] }],
    ["an unknown kid", { kid: "unknown" }],
    ["no kid", { kid: undefined }],
    ["a type that is no access token's", { typ: "logout+jwt" }],
  ])("a token whose header holds %s", async (_name, header) => {
    await expect(verify(await sign({}, header))).rejects.toEqual(unauthenticated);
  });

  it("a token signed by another key under our key's name", async () => {
    await expect(verify(await sign({}, { kid: "ours" }, foreign))).rejects.toEqual(unauthenticated);
  });

  it("a token signed by the key that it brings along", async () => {
    await expect(verify(await sign({}, { kid: "ours", jwk: foreign.jwk }, foreign))).rejects.toEqual(unauthenticated);
  });

  it("a token of alg none", async () => {
    const unsecured = new UnsecuredJWT(claims).encode();
    const named = `${Buffer.from(JSON.stringify({ alg: "none", typ: "JWT", kid: "ours" })).toString("base64url")}.${unsecured.split(".")[1]}.`;
    await expect(verify(unsecured)).rejects.toEqual(unauthenticated);
    await expect(verify(named)).rejects.toEqual(unauthenticated);
  });

  it("a token of HS256 with the public key as its secret", async () => {
    for (const secret of [await exportSPKI(ours.publicKey), JSON.stringify(ours.jwk)]) {
      const token = await new SignJWT(claims).setProtectedHeader({ alg: "HS256", typ: "JWT", kid: "ours" }).sign(Buffer.from(secret));
      await expect(verify(token)).rejects.toEqual(unauthenticated);
    }
  });

  it("a token changed after it was signed", async () => {
    const [header, , signature] = (await sign()).split(".");
    const payload = Buffer.from(JSON.stringify({ ...claims, realm_access: { roles: ["superintendent"] } })).toString("base64url");
    await expect(verify(`${header}.${payload}.${signature}`)).rejects.toEqual(unauthenticated);
  });

  it.each(["", "x", "a.b.c", "a.b.c.d.e", "x".repeat(100_000)])("what is no token: %.12s", async (text) => {
    await expect(verify(text)).rejects.toEqual(unauthenticated);
  });

  it("says that an expired token is to be refreshed", async () => {
    await expect(verify(await sign({ exp: now - 11 }))).rejects.toThrow("The access token has expired. Refresh it, or sign in again.");
  });
});

describe("accepted", () => {
  it("a token of ours, with known roles of the realm only, sorted", async () => {
    const token = await sign({ aud: ["account", "osss-api"], realm_access: { roles: ["teacher", "offline_access", "admin ", "staff", "teacher"] }, resource_access: { "osss-api": { roles: ["superintendent"] } }, roles: ["admin"], groups: ["admin"] });
    const verified = await verify(token);
    expect(verified).toEqual({ issuer, subject: "subject-1", username: "teacher", client: "osss-web", roles: [Role.Staff, Role.Teacher], expiresAt: claims.exp });
    expect([Object.isFrozen(verified), Object.isFrozen(verified.roles)]).toEqual([true, true]);
  });

  it.each([[undefined], [null], ["teacher"], [{ roles: "teacher" }], [{ roles: [1, null, ["teacher"]] }]])("a token whose realm_access is %j, without roles", async (realm_access) => {
    expect((await verify(await sign({ realm_access }))).roles).toEqual([]);
  });

  it.each([
    [{ azp: undefined, client_id: "osss-cli" }, "osss-cli"],
    [{ azp: "osss-web", client_id: "another" }, "osss-web"],
    [{ azp: undefined }, null],
    [{ azp: ["osss-web"], client_id: "" }, null],
    [{ azp: "x".repeat(256) }, null],
  ])("a token of the program that %j names", async (named, client) => {
    expect((await verify(await sign(named))).client).toBe(client);
  });

  it("a token that says what it is by its header type", async () => {
    expect((await verify(await sign({ typ: undefined }, { typ: "at+jwt" }))).subject).toBe("subject-1");
    await expect(verify(await sign({ typ: "ID" }, { typ: "at+jwt" }))).rejects.toEqual(unauthenticated);
  });

  it("a token that ended up to ten seconds ago: clocks differ", async () => {
    expect((await verify(await sign({ exp: now - 9 }))).expiresAt).toBe(now - 9);
  });
});

describe("with an issuer elsewhere", () => {
  let server: Server;
  let url: string;
  let fetched: string[];
  let keys: JWK[];
  let claimed: string | null;
  let down: boolean;
  let time: number;
  beforeEach(async () => {
    [fetched, keys, claimed, down, time] = [[], [ours.jwk], null, false, clock()];
    server = createServer((request, response) => {
      fetched.push(request.url!);
      if (down) return void response.writeHead(503).end();
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(JSON.stringify(request.url === "/certs" ? { keys } : { issuer: claimed ?? url, jwks_uri: `${url}/certs` }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  const remote = () => createTokenVerifier({ issuer: url, audience: "osss-api", clock: () => time });

  it("finds the keys by discovery and fetches them once", async () => {
    const verifier = remote();
    await Promise.all([verifier.verify(await sign({ iss: url })), verifier.verify(await sign({ iss: url }))]);
    await verifier.verify(await sign({ iss: url }));
    expect(fetched).toEqual(["/.well-known/openid-configuration", "/certs"]);
  });

  it("does not pass a flood of unknown key ids on to the issuer", async () => {
    const verifier = remote();
    await verifier.verify(await sign({ iss: url }));
    const flood = await Promise.all(Array.from({ length: 50 }, (_, index) => sign({ iss: url }, { kid: `unknown-${index}` }, foreign)));
    for (const token of flood) await expect(verifier.verify(token)).rejects.toEqual(unauthenticated);
    expect(fetched.length).toBe(2);
  });

  it("fails closed while the issuer is down, asks it rarely, and recovers", async () => {
    const verifier = remote();
    const token = await sign({ iss: url });
    down = true;
    for (let call = 0; call < 5; call++) await expect(verifier.verify(token)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(fetched.length).toBe(1);
    down = false;
    time += 5_001;
    expect((await verifier.verify(token)).subject).toBe("subject-1");
  });

  it("goes on with the keys at hand when the issuer goes down", async () => {
    const verifier = remote();
    const token = await sign({ iss: url });
    await verifier.verify(token);
    down = true;
    await expect(verifier.verify(await sign({ iss: url }, { kid: "unknown" }, foreign))).rejects.toEqual(unauthenticated);
    expect((await verifier.verify(token)).subject).toBe("subject-1");
  });

  it("picks up a new signing key without a restart, and takes tokens of the former one as long as it is published", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const next = await key("next");
    const verifier = remote();
    await verifier.verify(await sign({ iss: url }));
    keys = [next.jwk, ours.jwk];
    // Within thirty seconds of the last fetch an unknown key may as well be a flood's.
    await expect(verifier.verify(await sign({ iss: url }, {}, next))).rejects.toEqual(unauthenticated);
    vi.setSystemTime(Date.now() + 30_001);
    expect((await verifier.verify(await sign({ iss: url }, {}, next))).subject).toBe("subject-1");
    expect((await verifier.verify(await sign({ iss: url }))).subject).toBe("subject-1");
    expect(fetched).toEqual(["/.well-known/openid-configuration", "/certs", "/certs"]);
  });

  it("forgets a key that the issuer withdrew, ten minutes later at the latest", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
    const next = await key("next");
    const verifier = remote();
    await verifier.verify(await sign({ iss: url }));
    keys = [next.jwk];
    vi.setSystemTime(Date.now() + 10 * 60_000 + 1);
    await expect(verifier.verify(await sign({ iss: url }))).rejects.toEqual(unauthenticated);
  });

  it("asks once for a flood that arrives at one moment, before any key is known", async () => {
    const verifier = remote();
    const flood = await Promise.all(Array.from({ length: 50 }, (_, index) => sign({ iss: url }, { kid: `unknown-${index}` }, foreign)));
    for (const outcome of await Promise.allSettled(flood.map((token) => verifier.verify(token)))) expect(outcome).toMatchObject({ status: "rejected", reason: { code: "UNAUTHENTICATED" } });
    expect(fetched.length).toBeLessThanOrEqual(3);
  });

  it("fetches no key from where a token says", async () => {
    const verifier = remote();
    for (const header of [{ jku: `${url}/theirs` }, { x5u: `${url}/theirs` }]) await expect(verifier.verify(await sign({ iss: url }, { ...header, kid: "foreign" }, foreign))).rejects.toEqual(unauthenticated);
    expect(fetched).toEqual([]);
  });

  it("refuses an issuer whose discovery document is another's", async () => {
    claimed = "https://evil.example";
    await expect(remote().verify(await sign({ iss: url }))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("does not mistake a key of another issuer for its own", async () => {
    keys = [foreign.jwk];
    await expect(remote().verify(await sign({ iss: url }))).rejects.toEqual(unauthenticated);
  });
});
