import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";

/**
 * Whoever lends rights or takes them back is there herself: not work that runs under a delegation, nor the account of a connected system.
 * @throws OsssError FORBIDDEN.
 */
export function requireLivePerson({ caller: { identity } }: WriteSession): { accountId: string; roles: readonly string[] } {
  const { accountId, personId, delegation, roles } = identity;
  if (delegation !== null || accountId === null || personId === null) throw OsssError.forbidden("Only a person who is signed in herself gives or takes back a delegation. Sign in and do it there.");
  return { accountId, roles };
}
