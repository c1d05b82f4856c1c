import { OsssError } from "../errors/errors.ts";
import type { TokenClaims } from "./access-token.ts";
import { identityOf, type Identity } from "./identity.ts";
import { Role } from "./role.ts";

/** What this installation holds about a subject of an issuer. */
export interface LinkedAccount {
  readonly accountId: string;
  /** Null for an account that is no person's, such as a connected system's. */
  readonly personId: string | null;
  readonly districtId: string;
  readonly status: "active" | "disabled";
}

export interface IdentityResolverOptions {
  /** Finds the account that issuer and subject are linked to, or null. Its errors reach the caller and are not kept. */
  readonly lookup: (issuer: string, subject: string) => Promise<LinkedAccount | null>;
  /**
   * Tries to link a subject that no account is linked to, and says whether it did. Asked at most once a minute for each subject; when it
   * fails, the subject stays unlinked.
   */
  readonly introduce?: (claims: TokenClaims, token: string) => Promise<boolean>;
  /** Milliseconds since the epoch. */
  readonly clock?: () => number;
  /** How many subjects are kept at most. */
  readonly limit?: number;
}

export interface IdentityResolver {
  /** Whom the bearer of a verified token acts as. Rejects with UNAUTHENTICATED when the account is disabled. Without the token nobody is introduced. */
  resolve(claims: TokenClaims, token?: string): Promise<Identity>;
  /** Drops what is kept of a subject, so that a link made or an account disabled in this process counts at once. */
  forget(issuer: string, subject: string): void;
}

const keepLinked = 30_000;
const keepUnlinked = 5_000;
const betweenIntroductions = 60_000;
const identitiesPerSubject = 8;

interface Kept {
  readonly account: LinkedAccount | null;
  readonly until: number;
  /** The identities given out for it, by what differs from token to token: decisions are memoised per identity object. */
  readonly identities: Map<string, Identity>;
}

/**
 * How a token becomes an account, a person and a district.
 *
 * - The token's issuer and subject, together, name at most one account. User name and e-mail address in a token link nothing.
 * - A linked, active account gives account, person and district; the token gives the roles, which are the ceiling of what
 *   that person's relations may reach. An account without a person is a connected system's: it keeps the role integration alone, which
 *   reaches what agreements name.
 * - A subject that no account is linked to is known to be signed in and is otherwise nobody: issuer and subject, no ids and
 *   no roles, whatever the token says. Such a caller sees nothing but `me`.
 * - A disabled account is refused with UNAUTHENTICATED, though its token is still good.
 * - What was found is kept for 30 seconds, that nothing was found for 5: so long at most a disabled account goes on, and a
 *   new link waits. At most `limit` subjects are kept, the least recently used leaving first; calls at the same time share one lookup.
 */
export function createIdentityResolver(options: IdentityResolverOptions): IdentityResolver {
  const { lookup, clock = Date.now, limit = 10_000 } = options;
  const kept = new Map<string, Kept>();
  const underway = new Map<string, Promise<Kept>>();
  const introduced = new Map<string, number>();

  async function find(claims: TokenClaims, token: string | undefined): Promise<Kept> {
    const account = (await lookup(claims.issuer, claims.subject)) ?? (await introduce(claims, token));
    return { account, until: clock() + (account ? keepLinked : keepUnlinked), identities: new Map() };
  }

  async function introduce(claims: TokenClaims, token: string | undefined): Promise<LinkedAccount | null> {
    const key = keyOf(claims.issuer, claims.subject);
    if (!options.introduce || token === undefined || clock() - (introduced.get(key) ?? -Infinity) < betweenIntroductions) return null;
    introduced.delete(key);
    introduced.set(key, clock());
    if (introduced.size > limit) introduced.delete(introduced.keys().next().value!);
    const linked = await options.introduce(claims, token).catch(() => false);
    return linked ? lookup(claims.issuer, claims.subject) : null;
  }

  function subjectOf(claims: TokenClaims, token: string | undefined): Promise<Kept> | Kept {
    const key = keyOf(claims.issuer, claims.subject);
    const found = kept.get(key);
    if (found && clock() < found.until) {
      kept.delete(key);
      kept.set(key, found);
      return found;
    }
    const pending = underway.get(key);
    if (pending) return pending;
    const search = find(claims, token);
    underway.set(key, search);
    return search.then(
      (result) => {
        if (underway.get(key) !== search) return result;
        underway.delete(key);
        kept.delete(key);
        kept.set(key, result);
        for (const oldest of kept.keys()) {
          if (kept.size <= limit) break;
          kept.delete(oldest);
        }
        return result;
      },
      (error: unknown) => {
        if (underway.get(key) === search) underway.delete(key);
        throw error;
      },
    );
  }

  return {
    async resolve(claims, token) {
      const subject = await subjectOf(claims, token);
      if (subject.account && subject.account.status !== "active") {
        throw OsssError.unauthenticated("This account is disabled. Ask your school or district office to enable it, then sign in again.");
      }
      return identityIn(subject, claims);
    },
    forget(issuer, subject) {
      kept.delete(keyOf(issuer, subject));
      underway.delete(keyOf(issuer, subject));
    },
  };
}

function identityIn(subject: Kept, claims: TokenClaims): Identity {
  const key = `${claims.expiresAt} ${claims.roles.join(" ")} ${claims.username}`;
  const known = subject.identities.get(key);
  if (known) return known;
  const { account } = subject;
  const identity = identityOf({
    issuer: claims.issuer,
    subject: claims.subject,
    username: claims.username,
    accountId: account?.accountId,
    personId: account?.personId,
    districtId: account?.districtId,
    roles: account ? rolesOf(account, claims) : [],
    expiresAt: claims.expiresAt,
  });
  subject.identities.set(key, identity);
  for (const oldest of subject.identities.keys()) {
    if (subject.identities.size <= identitiesPerSubject) break;
    subject.identities.delete(oldest);
  }
  return identity;
}

/** A system acts as a system alone, whatever else its token says. */
const rolesOf = ({ personId }: LinkedAccount, { roles }: TokenClaims): readonly Role[] => (personId === null ? roles.filter((role) => role === Role.Integration) : roles);

const keyOf = (issuer: string, subject: string) => `${issuer}\n${subject}`;
