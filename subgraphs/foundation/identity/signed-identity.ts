import { createHmac, createSecretKey, hash, type KeyObject, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { OsssError } from "../errors/errors.ts";
import { identityOf, type Identity } from "./identity.ts";
import { Role } from "./role.ts";

const issuer = "osss-gateway";
/** The headers that are written and accepted, letter by letter: no other algorithm, no other kind of token, and neither kind for the other. */
const [ofIdentity, ofCalls] = ["osss-identity+jwt", "osss-calls+jwt"].map((typ) => Buffer.from(JSON.stringify({ alg: "HS256", typ })).toString("base64url")) as [string, string];
/** Seconds that a signed identity is good for. */
const lifespan = 30;
/** Seconds by which the clocks of two machines may differ. */
const clockTolerance = 5;
/** Milliseconds for which a signed identity must be remembered, so that none is taken twice. */
export const rememberedMs = (lifespan + 2 * clockTolerance) * 1000;
const keyLength = 32;
const knownRoles: ReadonlySet<string> = new Set(Object.values(Role));

const nullable = z.string().min(1).nullable();
const writtenIdentity = z.strictObject({
  issuer: nullable,
  subject: nullable,
  username: nullable.default(null),
  accountId: nullable,
  personId: nullable,
  districtId: nullable,
  roles: z.array(z.string()),
  expiresAt: z.number().nullable(),
  delegation: z.strictObject({ id: z.string().min(1), operations: z.array(z.string()), everyQuery: z.boolean() }).nullable().default(null),
});
const bodyClaims = z.object({
  jti: z.string().min(1),
  body: z.string(),
  iss: z.literal(issuer),
  aud: z.string(),
  iat: z.number(),
  exp: z.number(),
  nbf: z.never().optional(),
});
const signedClaims = bodyClaims.extend({ identity: writtenIdentity, requestId: z.string().min(1) });

/** What a signature is made for. `body` is the request body as sent; a change of a byte voids it. `clock` is in milliseconds. */
interface Signed {
  readonly subgraph: string;
  readonly body: string | Uint8Array;
  readonly clock?: () => number;
}

/**
 * Reads the key of signed identities from a setting: 32 bytes as 64 hexadecimal digits or as base64 (either alphabet).
 * Throws with what to set when it is anything else: a short key could be guessed.
 */
export function readSubgraphKey(text: string): Uint8Array {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, "base64") : null;
  if (bytes?.length !== keyLength) throw new Error("OSSS_SUBGRAPH_KEY must hold 32 random bytes, as 64 hexadecimal digits or as base64. Make one with: openssl rand -hex 32");
  return new Uint8Array(bytes);
}

const written = new WeakMap<Identity, string>();

/** An identity as JSON, written once: several calls go out for it, and questions are compared by it. */
export function identityText(identity: Identity): string {
  const known = written.get(identity);
  if (known !== undefined) return known;
  const { issuer: vouching, subject, username, accountId, personId, districtId, roles, expiresAt, delegation } = identity;
  const text = JSON.stringify({ issuer: vouching, subject, username, accountId, personId, districtId, roles, expiresAt, delegation });
  written.set(identity, text);
  return text;
}

/** An identity out of what the gateway signed; null where it is none. A role that this version does not know is left out. */
export function readIdentity(value: unknown): Identity | null {
  const read = writtenIdentity.safeParse(value);
  return read.success ? knownIdentity(read.data) : null;
}

function knownIdentity({ roles, ...ids }: z.infer<typeof writtenIdentity>): Identity {
  return identityOf({ ...ids, roles: roles.filter((role): role is Role => knownRoles.has(role)) });
}

/**
 * Says to one subgraph, for one request body, whom the gateway acts for. The result is a compact JWS (HS256) that is good
 * for 30 seconds.
 */
export async function signIdentity(identity: Identity, request: Signed & { readonly requestId: string }, key: Uint8Array): Promise<string> {
  return sign(ofIdentity, `"identity":${identityText(identity)},"requestId":${JSON.stringify(request.requestId)},`, request, key);
}

/** Says to the process behind one subgraph's address that a body with several calls, whose identities stand in it, is the gateway's. Good for 30 seconds. */
export function signCalls(request: Signed, key: Uint8Array): string {
  return sign(ofCalls, "", request, key);
}

function sign(header: string, more: string, { subgraph, body, clock = Date.now }: Signed, key: Uint8Array): string {
  const now = Math.floor(clock() / 1000);
  const claims = `{${more}"body":"${digest(body)}","iss":"${issuer}","aud":${JSON.stringify(subgraph)},"jti":"${randomUUID()}","iat":${now},"exp":${now + lifespan}}`;
  const content = `${header}.${Buffer.from(claims).toString("base64url")}`;
  return `${content}.${signatureOf(content, secretOf(key))}`;
}

/**
 * Checks what {@link signIdentity} made: the key, this subgraph, this body, the 30 seconds; and, where the request brings `seen`, that it
 * came here for the first time. Rejects with UNAUTHENTICATED. A role that this version does not know is left out.
 */
export async function verifySignedIdentity(jws: string, request: Signed & { readonly seen?: SeenOnce }, key: Uint8Array): Promise<{ identity: Identity; requestId: string; id: string }> {
  const { identity, requestId, jti } = verify(ofIdentity, signedClaims, jws, request, key);
  return { identity: knownIdentity(identity), requestId, id: jti };
}

/**
 * Checks in the same way what {@link signCalls} made.
 * @throws OsssError UNAUTHENTICATED
 */
export function verifySignedCalls(jws: string, request: Signed & { readonly seen?: SeenOnce }, key: Uint8Array): void {
  verify(ofCalls, bodyClaims, jws, request, key);
}

function verify<Claims extends z.infer<typeof bodyClaims>>(header: string, claimed: z.ZodType<Claims>, jws: string, { subgraph, body, clock = Date.now, seen }: Signed & { readonly seen?: SeenOnce }, key: Uint8Array): Claims {
  const secret = secretOf(key);
  const [given, payload, signature, ...more] = jws.split(".");
  if (given !== header || payload === undefined || signature === undefined || more.length > 0 || !sameText(signature, signatureOf(`${header}.${payload}`, secret))) throw refused();
  const claims = claimed.safeParse(readJson(payload));
  if (!claims.success || claims.data.aud !== subgraph || !isCurrent(claims.data, clock()) || !sameText(claims.data.body, digest(body))) throw refused();
  if (seen?.again(claims.data.jti, clock())) throw refused();
  return claims.data;
}

/** Remembers signed identities for as long as they are good: whoever listens on the way cannot send one a second time. */
export class SeenOnce {
  #recent = new Set<string>();
  #before = new Set<string>();
  #since = 0;

  /** Whether this one was here already. `now` is in milliseconds. */
  again(id: string, now: number): boolean {
    if (now - this.#since > rememberedMs) {
      this.#before = now - this.#since > 2 * rememberedMs ? new Set() : this.#recent;
      this.#recent = new Set();
      this.#since = now;
    }
    if (this.#recent.has(id) || this.#before.has(id)) return true;
    this.#recent.add(id);
    return false;
  }
}

function refused(): OsssError {
  return OsssError.unauthenticated("This address answers the gateway only. Send the request to the gateway's /graphql.");
}

/** Times are whole seconds; neither its own end nor a later one than ours may be past, and it must have begun. */
function isCurrent({ iat, exp }: { iat: number; exp: number }, milliseconds: number): boolean {
  const now = Math.floor(milliseconds / 1000);
  return exp > now - clockTolerance && now - iat <= lifespan + clockTolerance && iat <= now + clockTolerance;
}

function readJson(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
  } catch {
    return null;
  }
}

/** HS256 by Node's own functions: the Web's, which jose uses, take a tenth of a millisecond to reach another thread and back. */
function signatureOf(content: string, key: KeyObject): string {
  return createHmac("sha256", key).update(content).digest("base64url");
}

function digest(body: string | Uint8Array): string {
  return hash("sha256", body, "base64url");
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

const secrets = new WeakMap<Uint8Array, KeyObject>();

/** The key as Node keeps keys, made once: from bytes each time, a signature takes six times as long. */
function secretOf(key: Uint8Array): KeyObject {
  if (key.length !== keyLength) throw new Error(`A key of signed identities has ${keyLength} bytes; this one has ${key.length}.`);
  const known = secrets.get(key) ?? createSecretKey(key);
  secrets.set(key, known);
  return known;
}
