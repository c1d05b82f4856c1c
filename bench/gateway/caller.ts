import { type Identity, identityOf } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";

/** What gateway and subgraphs share in this benchmark. */
export const key = new Uint8Array(32).fill(7);

/** Everybody is another teacher: a request's user is in its header `x-user`, and no two requests have the same. */
export function caller(user: string | string[] | undefined): Identity {
  const subject = String(user);
  return identityOf({ issuer: "https://identity.test", subject, accountId: subject, personId: subject, districtId: "district", roles: [Role.Staff, Role.Teacher] });
}
