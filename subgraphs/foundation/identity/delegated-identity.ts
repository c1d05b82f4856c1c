import { OsssError } from "../errors/errors.ts";
import { identityOf, type Identity } from "./identity.ts";
import type { Role } from "./role.ts";

/** Days without a sign-in of whoever delegated, after which the work rests until the next one. */
export const restsAfterDays = 14;
/** Seconds that a delegated identity is good for: longer work asks again, and is told of what has changed. */
const lifespan = 300;

/** Work that wants to run without a live person. */
export interface DelegatedWork {
  readonly delegation: string;
  /** What kind of work asks: a delegation serves the kind that it was given for. */
  readonly use: string;
  /** The district that the work belongs to: it never runs under a delegation of another one. */
  readonly districtId: string;
  readonly now: Date;
}

/** What is on record about a delegation at a moment. */
export interface DelegationFacts {
  readonly id: string;
  readonly use: string;
  readonly districtId: string;
  readonly accountId: string;
  readonly personId: string | null;
  readonly issuer: string;
  readonly subject: string;
  /** Whether the account may sign in. */
  readonly active: boolean;
  readonly roles: readonly string[];
  readonly operations: readonly string[];
  readonly everyQuery: boolean;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly revoked: boolean;
  /** The roles of the delegator's last sign-in, and when that was; null before the first. */
  readonly lastSignIn: { readonly roles: readonly string[]; readonly at: Date } | null;
}

/**
 * Whom delegated work acts as: the delegator, with the roles that were delegated and that she still had at her last sign-in. What they
 * reach is found by the database with every statement, as for herself: where a duty has ended, nothing is left to reach.
 * @throws OsssError NOT_FOUND for a delegation that is not there, of another district or for other work; FORBIDDEN for one that is not
 * begun, ended, revoked or at rest.
 */
export function identityOfDelegation(facts: DelegationFacts | null, { use, districtId, now }: DelegatedWork): Identity {
  if (facts === null || facts.districtId !== districtId || facts.use !== use) throw OsssError.notFound("Delegation");
  const refused = (why: string) => OsssError.forbidden(why, { reason: "DELEGATION" });
  if (facts.revoked) throw refused("This delegation was revoked. Ask its owner for another one.");
  if (now < facts.startsAt) throw refused("This delegation has not begun yet. Wait for its first day.");
  if (now >= facts.endsAt) throw refused("This delegation has ended. Ask its owner for another one.");
  if (!facts.active) throw refused("The account of this delegation is disabled or gone. Nothing runs under it.");
  const { lastSignIn } = facts;
  if (lastSignIn === null || now.getTime() - lastSignIn.at.getTime() > restsAfterDays * 86_400_000) {
    throw refused(`This delegation rests, since its owner has not signed in for ${restsAfterDays} days. It goes on after the next sign-in.`);
  }
  const roles = facts.roles.filter((role): role is Role => lastSignIn.roles.includes(role));
  if (roles.length === 0) throw refused("The owner of this delegation has none of its roles any more. Nothing is left to run under it.");
  return identityOf({
    issuer: facts.issuer,
    subject: facts.subject,
    accountId: facts.accountId,
    personId: facts.personId,
    districtId: facts.districtId,
    roles,
    // As of tokens: by the real time, whatever day the records are shown as of.
    expiresAt: Math.floor(Date.now() / 1000 + Math.min(lifespan, (facts.endsAt.getTime() - now.getTime()) / 1000)),
    delegation: { id: facts.id, operations: facts.operations, everyQuery: facts.everyQuery },
  });
}

/** Whether a delegation lets its work use a root field. Always true where a live person asks. */
export function mayUseRoot({ delegation }: Pick<Identity, "delegation">, kind: "query" | "mutation" | "subscription", field: string): boolean {
  if (delegation === null || field.startsWith("__")) return true;
  return delegation.operations.includes(field) || (delegation.everyQuery && kind === "query");
}

/** What whoever works under a delegation reads of a root field outside of it. */
export const outsideDelegation = (coordinate: string): string => `The delegation under which this runs does not include ${coordinate}. Ask its owner for one that does.`;
