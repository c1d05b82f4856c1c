import { randomUUID } from "node:crypto";
import { importJWK, SignJWT } from "jose";
import type { Realm, RealmUser } from "./realm.ts";
import { userByName } from "./realm.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** The audience that every access token of the realm names. */
export const apiAudience = "osss-api";

export function issuerOf(publicUrl: string, realm: Realm): string {
  return `${publicUrl.replace(/\/+$/, "")}/realms/${realm.realm}`;
}

/**
 * What an access token says beyond the standard claims, in Keycloak's words. `typ` tells it from an ID token ("ID") and a
 * refresh token ("Refresh"). It carries role names and a user name, nothing else about a person.
 */
export function accessTokenClaims(user: RealmUser, clientId: string): Record<string, unknown> {
  return {
    typ: "Bearer",
    azp: clientId,
    preferred_username: user.username,
    realm_access: { roles: user.realmRoles.toSorted() },
  };
}

export interface IssueOptions {
  /** Seconds from now until the token ends; the realm's access token span unless given. Below zero: a token that has ended. */
  readonly expiresIn?: number;
  /** The client that the token was issued to. */
  readonly clientId?: string;
}

/** Thrown for a name that the realm has no enabled user for; the message lists the names it has. */
export class UnknownDemoUser extends Error {
  constructor(username: string, realm: Realm) {
    super(`There is no user "${username}" in the demo realm. Users: ${realm.users.filter((user) => user.enabled).map((user) => user.username).toSorted().join(", ")}.`);
    this.name = "UnknownDemoUser";
  }
}

/**
 * Signs an access token for a user of the realm, as the token endpoint would after a sign-in, without a session and so
 * without a refresh token. `now` is in milliseconds. Throws {@link UnknownDemoUser}.
 */
export async function signAccessToken(keys: SigningKeys, realm: Realm, publicUrl: string, username: string, now: number, options: IssueOptions = {}): Promise<string> {
  const user = userByName(realm, username);
  if (!user) throw new UnknownDemoUser(username, realm);
  const seconds = Math.floor(now / 1000);
  const expires = seconds + (options.expiresIn ?? realm.accessTokenLifespan);
  return new SignJWT(accessTokenClaims(user, options.clientId ?? "osss-cli"))
    .setProtectedHeader({ alg: "RS256", typ: "JWT", kid: keys.signing.kid })
    .setIssuer(issuerOf(publicUrl, realm))
    .setAudience(apiAudience)
    .setSubject(user.id)
    .setJti(randomUUID())
    .setIssuedAt(Math.min(seconds, expires))
    .setExpirationTime(expires)
    .sign(await importJWK(keys.signing, "RS256"));
}
