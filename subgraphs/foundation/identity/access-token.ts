import { createLocalJWKSet, decodeProtectedHeader, errors as joseErrors, jwtVerify, type JSONWebKeySet, type JWTPayload, type JWTVerifyGetKey, type ProtectedHeaderParameters } from "jose";
import { OsssError } from "../errors/errors.ts";
import { IssuerKeys } from "./issuer-keys.ts";
import { Role } from "./role.ts";

/** Seconds by which the issuer's clock and ours may differ. */
const clockTolerance = 10;
const longestToken = 16 * 1024;
const algorithms = ["RS256", "PS256", "ES256"];
/** Header parameters by which a token would bring its own key, or rules that we do not know. */
const refusedHeaders = ["jku", "jwk", "x5u", "x5c", "crit"] as const;
const headerTypes = new Set([undefined, "jwt", "at+jwt", "application/at+jwt"]);
const knownRoles: ReadonlySet<string> = new Set(Object.values(Role));

/** What a verified access token says. Frozen. */
export interface TokenClaims {
  readonly issuer: string;
  readonly subject: string;
  /** `preferred_username`, or the subject where the issuer sends none. For logs' readers and greetings, never for access. */
  readonly username: string;
  /** The program that the issuer made the token for: `azp`, or `client_id`; null where it names none. For budgets, never for access. */
  readonly client?: string | null;
  /** Known roles of the realm, sorted. Roles of clients count for nothing. */
  readonly roles: readonly Role[];
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

export interface TokenVerifierOptions {
  readonly issuer: string;
  /** What the token's `aud` must hold. */
  readonly audience: string;
  /** The issuer's public keys, when it lives in this process. Without them they are fetched as its discovery document says. */
  readonly jwks?: JSONWebKeySet | (() => JSONWebKeySet);
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
}

export interface TokenVerifier {
  /**
   * Checks an access token (the text after "Bearer "). Rejects with UNAUTHENTICATED when it is not one that this issuer
   * made for this audience and that is good now, and with UNAVAILABLE when the issuer's keys cannot be fetched.
   */
  verify(token: string): Promise<TokenClaims>;
}

/**
 * Makes the one check that every access token passes: signature by a key of this issuer with an asymmetric algorithm, issuer,
 * audience, times, and that it is an access token. ID and refresh tokens are refused though the same key signed them: an
 * access token says so by Keycloak's claim `typ: "Bearer"`, or by the header type `at+jwt`.
 */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const clock = options.clock ?? Date.now;
  const keys = keySource(options, clock);
  return {
    async verify(token) {
      const header = readHeader(token);
      const payload = await jwtVerify(token, keys, {
        issuer: options.issuer,
        audience: options.audience,
        algorithms,
        requiredClaims: ["exp", "iat", "sub"],
        clockTolerance,
        currentDate: new Date(clock()),
      }).then((result) => result.payload, refuse);
      return claimsOf(payload, header, options.issuer);
    },
  };
}

function keySource({ jwks, issuer }: TokenVerifierOptions, clock: () => number): JWTVerifyGetKey {
  if (!jwks) return new IssuerKeys(issuer, clock).key;
  if (typeof jwks === "function") return (header, token) => createLocalJWKSet(jwks())(header, token);
  return createLocalJWKSet(jwks);
}

function readHeader(token: string): ProtectedHeaderParameters {
  if (typeof token !== "string" || token.length > longestToken || token.split(".").length !== 3) throw refused("it is not a signed token");
  let header: ProtectedHeaderParameters;
  try {
    header = decodeProtectedHeader(token);
  } catch {
    throw refused("it is not a signed token");
  }
  if (typeof header.kid !== "string" || header.kid === "") throw refused("it does not name its key");
  const brought = refusedHeaders.find((name) => name in header);
  if (brought) throw refused(`its header holds ${brought}`);
  if (!headerTypes.has(header.typ?.toLowerCase())) throw refused("it is not an access token");
  return header;
}

function claimsOf(payload: JWTPayload, header: ProtectedHeaderParameters, issuer: string): TokenClaims {
  const type = payload["typ"];
  const accessToken = type === "Bearer" || (type === undefined && header.typ !== undefined && /at\+jwt$/i.test(header.typ));
  if (!accessToken) throw refused("it is not an access token");
  const { sub, exp } = payload;
  if (!sub || sub.length > 255 || exp === undefined) throw refused("it does not say whom it is for, or until when");
  const username = payload["preferred_username"];
  return Object.freeze({
    issuer,
    subject: sub,
    username: typeof username === "string" && username ? username : sub,
    client: [payload["azp"], payload["client_id"]].find((name): name is string => typeof name === "string" && name !== "" && name.length <= 255) ?? null,
    roles: Object.freeze(realmRoles(payload["realm_access"])),
    expiresAt: exp,
  });
}

function realmRoles(access: unknown): Role[] {
  const roles: unknown = typeof access === "object" && access !== null && "roles" in access ? access.roles : [];
  if (!Array.isArray(roles)) return [];
  return [...new Set(roles.filter((role): role is Role => typeof role === "string" && knownRoles.has(role)))].sort();
}

function refused(reason: string): OsssError {
  return OsssError.unauthenticated(`The access token was refused: ${reason}. Sign in again and send the access token that you are given.`);
}

function refuse(error: unknown): never {
  if (error instanceof OsssError) throw error;
  if (error instanceof joseErrors.JWTExpired) throw OsssError.unauthenticated("The access token has expired. Refresh it, or sign in again.");
  if (error instanceof joseErrors.JWTClaimValidationFailed) throw refused(claimReason(error));
  if (error instanceof joseErrors.JOSEError) throw refused("its signature is not one of the identity provider's");
  throw error;
}

function claimReason({ claim, reason }: joseErrors.JWTClaimValidationFailed): string {
  if (reason === "missing") return `it has no ${claim}`;
  if (claim === "iss") return "another issuer made it";
  if (claim === "aud") return "it is for another audience";
  return `its ${claim} is not valid now`;
}
