import type { Role } from "./role.ts";

/** What somebody lets run in her name while she is not there: narrowed, with an end, on record. */
export interface Delegated {
  /** The record that says so; it stands in every audit entry of the work. */
  readonly id: string;
  /** Root fields of the graph that the work may ask or call; it may not touch any other. */
  readonly operations: readonly string[];
  /** Whether it may ask every query besides. */
  readonly everyQuery: boolean;
}

/**
 * Whom a call acts as. Frozen, and made only by an identity resolver, by the check of a signed identity, or as {@link anonymous}:
 * everything that decides on access may keep it as a key of a WeakMap.
 *
 * A caller who signed in but whose account is not linked has `issuer` and `subject`, no roles and no ids.
 */
export interface Identity {
  /** The issuer that vouches for the caller, or null for anonymous. */
  readonly issuer: string | null;
  /** The issuer's stable id of the caller (`sub`), or null for anonymous. */
  readonly subject: string | null;
  /** The user name at the issuer when the token was made: for people to recognise, never for deciding. */
  readonly username: string | null;
  /** The account in this installation that issuer and subject are linked to. */
  readonly accountId: string | null;
  /** The person that the account belongs to. Relations (self, guardian, duty) start here. */
  readonly personId: string | null;
  /** The only district that the caller can reach. */
  readonly districtId: string | null;
  /** Known roles only, sorted, each once. A role is a ceiling; it reaches nothing without a relation. */
  readonly roles: readonly Role[];
  /** When the caller's token ends, in seconds since the epoch; long-lived work (subscriptions) ends with it. Null for anonymous. */
  readonly expiresAt: number | null;
  /** Set where no live person asks: the identity is then that of whoever delegated, narrowed. */
  readonly delegation: Delegated | null;
}

/** A call that nobody signed in for. */
export const anonymous: Identity = identityOf({});

/**
 * Makes a frozen identity with sorted roles, each once. What is left out is null.
 */
export function identityOf(parts: Partial<Identity>): Identity {
  return Object.freeze({
    issuer: parts.issuer ?? null,
    subject: parts.subject ?? null,
    username: parts.username ?? null,
    accountId: parts.accountId ?? null,
    personId: parts.personId ?? null,
    districtId: parts.districtId ?? null,
    roles: Object.freeze([...new Set(parts.roles ?? [])].sort()),
    expiresAt: parts.expiresAt ?? null,
    delegation: parts.delegation ? Object.freeze({ ...parts.delegation, operations: Object.freeze([...parts.delegation.operations]) }) : null,
  });
}
