import { randomBytes } from "node:crypto";
import { decodeJwt, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { anonymous, identityOf } from "./identity.ts";
import { Role } from "./role.ts";
import { readSubgraphKey, SeenOnce, signIdentity, verifySignedIdentity } from "./signed-identity.ts";

const key = new Uint8Array(randomBytes(32));
const body = JSON.stringify({ query: "{ students { nodes { id } } }" });
const start = 1_800_000_000_000;
const teacher = identityOf({ issuer: "https://id.example.org", subject: "s", accountId: "a", personId: "p", districtId: "d", roles: [Role.Teacher, Role.Staff], expiresAt: 1_800_000_300 });
const signed = (clock = () => start) => signIdentity(teacher, { subgraph: "students", body, requestId: "r-1", clock }, key);
const at = (milliseconds: number) => ({ subgraph: "students", body, clock: () => start + milliseconds });
const refused = expect.objectContaining({ code: "UNAUTHENTICATED" });

describe("refused", () => {
  it("for another subgraph", async () => {
    await expect(verifySignedIdentity(await signed(), { ...at(0), subgraph: "people" }, key)).rejects.toEqual(refused);
  });
  it("for another body", async () => {
    await expect(verifySignedIdentity(await signed(), { ...at(0), body: `${body} ` }, key)).rejects.toEqual(refused);
  });
  it("under another key", async () => {
    await expect(verifySignedIdentity(await signed(), at(0), new Uint8Array(randomBytes(32)))).rejects.toEqual(refused);
  });
  it("after its thirty seconds, and before they begin", async () => {
    await expect(verifySignedIdentity(await signed(), at(36_000), key)).rejects.toEqual(refused);
    await expect(verifySignedIdentity(await signed(), at(-6_000), key)).rejects.toEqual(refused);
  });
  it("when it claims a longer life than thirty seconds", async () => {
    const long = await new SignJWT({ ...decodeJwt(await signed()), exp: start / 1000 + 86_400 }).setProtectedHeader({ alg: "HS256", typ: "osss-identity+jwt" }).sign(key);
    await expect(verifySignedIdentity(long, at(60_000), key)).rejects.toEqual(refused);
  });
  it("when it came already, as long as it is good", async () => {
    const seen = new SeenOnce();
    const once = await signed();
    await verifySignedIdentity(once, { ...at(-4_000), seen }, key);
    for (const later of [0, 10_000, 34_000]) await expect(verifySignedIdentity(once, { ...at(later), seen }, key)).rejects.toEqual(refused);
    await verifySignedIdentity(await signed(), { ...at(0), seen }, key);
  });
  it("when it is another kind of token under the same key", async () => {
    const other = await new SignJWT(decodeJwt(await signed())).setProtectedHeader({ alg: "HS256", typ: "JWT" }).sign(key);
    await expect(verifySignedIdentity(other, at(0), key)).rejects.toEqual(refused);
  });
  it.each(["", "a.b.c", "x"])("when it is no token: %j", async (text) => {
    await expect(verifySignedIdentity(text, at(0), key)).rejects.toEqual(refused);
  });
  it.each([0, 16, 31, 64])("a key of %i bytes, on both sides", async (length) => {
    const short = new Uint8Array(length);
    await expect(signIdentity(teacher, { subgraph: "students", body, requestId: "r" }, short)).rejects.toThrow("32 bytes");
    await expect(verifySignedIdentity(await signed(), at(0), short)).rejects.toThrow("32 bytes");
  });
});

it("carries the identity and the request id, for the same body as text or bytes", async () => {
  const { identity, requestId } = await verifySignedIdentity(await signed(), { ...at(29_000), body: Buffer.from(body) }, key);
  expect(identity).toEqual(teacher);
  expect(Object.isFrozen(identity)).toBe(true);
  expect(requestId).toBe("r-1");
});

it("carries anonymous as anonymous", async () => {
  const jws = await signIdentity(anonymous, { subgraph: "schools", body: "", requestId: "r" }, key);
  expect((await verifySignedIdentity(jws, { subgraph: "schools", body: "" }, key)).identity).toEqual(anonymous);
});

it("leaves out a role that this version does not know", async () => {
  const payload = decodeJwt<{ identity: object }>(await signed());
  const newer = await new SignJWT({ ...payload, identity: { ...payload.identity, roles: ["astronaut", "teacher"] } }).setProtectedHeader({ alg: "HS256", typ: "osss-identity+jwt" }).sign(key);
  expect((await verifySignedIdentity(newer, at(0), key)).identity.roles).toEqual([Role.Teacher]);
});

it("remembers those that came for forty seconds, and no longer", () => {
  const seen = new SeenOnce();
  for (let second = 0; second <= 400; second += 10) {
    expect(seen.again(`id ${second}`, start + second * 1000)).toBe(false);
    for (const before of [10, 20, 30, 40]) if (second >= before) expect(seen.again(`id ${second - before}`, start + second * 1000)).toBe(true);
  }
  expect(seen.again("id 0", start + 500_000)).toBe(false);
});

it("carries a delegation, and reads an identity of a gateway that knew of none", async () => {
  const delegated = identityOf({ ...teacher, delegation: { id: "g", operations: ["students", "postMarks"], everyQuery: true } });
  const jws = await signIdentity(delegated, { subgraph: "students", body, requestId: "r", clock: () => start }, key);
  expect((await verifySignedIdentity(jws, at(0), key)).identity).toEqual(delegated);
  const { identity, ...rest } = decodeJwt<{ identity: Record<string, unknown> }>(await signed());
  const { delegation: _, ...without } = identity;
  const older = await new SignJWT({ ...rest, identity: without }).setProtectedHeader({ alg: "HS256", typ: "osss-identity+jwt" }).sign(key);
  expect((await verifySignedIdentity(older, at(0), key)).identity).toEqual(teacher);
});

it("reads a key as hexadecimal or base64, and no shorter one", () => {
  const bytes = Buffer.from(key);
  for (const text of [bytes.toString("hex"), bytes.toString("base64"), bytes.toString("base64url")]) expect(readSubgraphKey(text)).toEqual(key);
  for (const text of ["", "secret", bytes.subarray(1).toString("hex"), `${bytes.toString("hex")}00`]) expect(() => readSubgraphKey(text)).toThrow("openssl rand -hex 32");
});
