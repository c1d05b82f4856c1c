import { createHmac, createSecretKey, hash, type KeyObject, randomUUID, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { OsssError } from "../errors/errors.ts";
import { identityOf, type Identity } from "./identity.ts";
import { Role } from "./role.ts";

const issuer = "osss-gateway";
/** The one header that is written and accepted, letter by letter: no other algorithm, no other kind of token. */
const header = Buffer.from(JSON.stringify({ alg: "HS256", typ: "osss-identity+jwt" })).toString("base64url");
/** Seconds that a signed identity is good for. */
const lifespan = 30;
/** Seconds by which the clocks of two machines may differ. */
const clockTolerance = 5;
const keyLength = 32;
const knownRoles: ReadonlySet<string> = new Set(Object.values(Role));

const nullable = z.string().min(1).nullable();
const signedClaims = z.object({
  identity: z.strictObject({
    issuer: nullable,
    subject: nullable,
    username: nullable.default(null),
    accountId: nullable,
    personId: nullable,
    districtId: nullable,
    roles: z.array(z.string()),
    expiresAt: z.number().nullable(),
    delegation: z.strictObject({ id: z.string().min(1), operations: z.array(z.string()), everyQuery: z.boolean() }).nullable().default(null),
  }),
  jti: z.string().min(1),
  requestId: z.string().min(1),
  body: z.string(),
  iss: z.literal(issuer),
  aud: z.string(),
  iat: z.number(),
  exp: z.number(),
  nbf: z.never().optional(),
});

/**
 * Reads the key of signed identities from a setting: 32 bytes as 64 hexadecimal digits or as base64 (either alphabet).
 * Throws with what to set when it is anything else: a short key could be guessed.
 */
export function readSubgraphKey(text: string): Uint8Array {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, "base64") : null;
  if (bytes?.length !== keyLength) throw new Error("OSSS_SUBGRAPH_KEY must hold 32 random bytes, as 64 hexadecimal digits or as base64. Make one with: openssl rand -hex 32");
  return new Uint8Array(bytes);
}

/**
 * Says to one subgraph, for one request body, whom the gateway acts for. The result is a compact JWS (HS256) that is good
 * for 30 seconds. `body` is the request body as sent; a change of a byte voids it. `clock` is in milliseconds.
 */
export async function signIdentity(
  identity: Identity,
  request: { readonly subgraph: string; readonly body: string | Uint8Array; readonly requestId: string; readonly clock?: () => number },
  key: Uint8Array,
): Promise<string> {
  const now = Math.floor((request.clock ?? Date.now)() / 1000);
  const { issuer: vouching, subject, username, accountId, personId, districtId, roles, expiresAt, delegation } = identity;
  const claims = {
    identity: { issuer: vouching, subject, username, accountId, personId, districtId, roles, expiresAt, delegation },
    requestId: request.requestId,
    body: digest(request.body),
    iss: issuer,
    aud: request.subgraph,
    jti: randomUUID(),
    iat: now,
    exp: now + lifespan,
  };
  const content = `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
  return `${content}.${signatureOf(content, secretOf(key))}`;
}

/**
 * Checks what {@link signIdentity} made: the key, this subgraph, this body, the 30 seconds; and, where the request brings `seen`, that it
 * came here for the first time. Rejects with UNAUTHENTICATED. A role that this version does not know is left out.
 */
export async function verifySignedIdentity(
  jws: string,
  request: { readonly subgraph: string; readonly body: string | Uint8Array; readonly clock?: () => number; readonly seen?: SeenOnce },
  key: Uint8Array,
): Promise<{ identity: Identity; requestId: string }> {
  const secret = secretOf(key);
  const [given, payload, signature, ...more] = jws.split(".");
  if (given !== header || payload === undefined || signature === undefined || more.length > 0 || !sameText(signature, signatureOf(`${header}.${payload}`, secret))) throw refused();
  const claims = signedClaims.safeParse(readJson(payload));
  if (!claims.success || claims.data.aud !== request.subgraph || !isCurrent(claims.data, (request.clock ?? Date.now)()) || !sameText(claims.data.body, digest(request.body))) throw refused();
  if (request.seen?.again(claims.data.jti, (request.clock ?? Date.now)())) throw refused();
  const { roles, ...ids } = claims.data.identity;
  return {
    identity: identityOf({ ...ids, roles: roles.filter((role): role is Role => knownRoles.has(role)) }),
    requestId: claims.data.requestId,
  };
}

/** Remembers signed identities for as long as they are good: whoever listens on the way cannot send one a second time. */
export class SeenOnce {
  #recent = new Set<string>();
  #before = new Set<string>();
  #since = 0;

  /** Whether this one was here already. `now` is in milliseconds. */
  again(id: string, now: number): boolean {
    if (now - this.#since > (lifespan + 2 * clockTolerance) * 1000) {
      this.#before = now - this.#since > 2 * (lifespan + 2 * clockTolerance) * 1000 ? new Set() : this.#recent;
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
