import { createHash, timingSafeEqual } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { OsssError } from "../errors/errors.ts";
import { identityOf, type Identity } from "./identity.ts";
import { Role } from "./role.ts";

const issuer = "osss-gateway";
const type = "osss-identity+jwt";
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
    accountId: nullable,
    personId: nullable,
    districtId: nullable,
    roles: z.array(z.string()),
    expiresAt: z.number().nullable(),
  }),
  requestId: z.string().min(1),
  body: z.string(),
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
  const { issuer: vouching, subject, accountId, personId, districtId, roles, expiresAt } = identity;
  return new SignJWT({
    identity: { issuer: vouching, subject, accountId, personId, districtId, roles, expiresAt },
    requestId: request.requestId,
    body: digest(request.body),
  })
    .setProtectedHeader({ alg: "HS256", typ: type })
    .setIssuer(issuer)
    .setAudience(request.subgraph)
    .setIssuedAt(now)
    .setExpirationTime(now + lifespan)
    .sign(checked(key));
}

/**
 * Checks what {@link signIdentity} made: the key, this subgraph, this body, the 30 seconds. Rejects with UNAUTHENTICATED.
 * A role that this version does not know is left out.
 */
export async function verifySignedIdentity(
  jws: string,
  request: { readonly subgraph: string; readonly body: string | Uint8Array; readonly clock?: () => number },
  key: Uint8Array,
): Promise<{ identity: Identity; requestId: string }> {
  const secret = checked(key);
  const { payload } = await jwtVerify(jws, secret, {
    algorithms: ["HS256"],
    typ: type,
    issuer,
    audience: request.subgraph,
    requiredClaims: ["iat", "exp"],
    maxTokenAge: lifespan,
    clockTolerance,
    currentDate: new Date((request.clock ?? Date.now)()),
  }).catch(() => {
    throw refused();
  });
  const claims = signedClaims.safeParse(payload);
  if (!claims.success || !sameText(claims.data.body, digest(request.body))) throw refused();
  const { roles, ...ids } = claims.data.identity;
  return {
    identity: identityOf({ ...ids, roles: roles.filter((role): role is Role => knownRoles.has(role)) }),
    requestId: claims.data.requestId,
  };
}

function refused(): OsssError {
  return OsssError.unauthenticated("This address answers the gateway only. Send the request to the gateway's /graphql.");
}

function digest(body: string | Uint8Array): string {
  return createHash("sha256").update(body).digest("base64url");
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function checked(key: Uint8Array): Uint8Array {
  if (key.length !== keyLength) throw new Error(`A key of signed identities has ${keyLength} bytes; this one has ${key.length}.`);
  return key;
}
