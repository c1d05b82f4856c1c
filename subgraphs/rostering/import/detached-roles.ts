import type { RosterBundle } from "../oneroster/roster.ts";
import type { Notes } from "./notes.ts";

/**
 * A package of changes may give a role, or take one back, of a user whose own row it does not hold. What a role gives here, a duty or a school
 * enrollment, follows from all that the source says of the user: so it is told, row by row, and nobody's reach changes by half a word.
 */
export function tellDetachedRoles({ detachedRoles }: Pick<RosterBundle, "detachedRoles">, notes: Notes): void {
  for (const { row, role, userSourcedId, status } of detachedRoles.toSorted((a, b) => a.row - b.row)) {
    notes.add("roles.csv", row, status === "active"
      ? `The role ${role} is given to the user ${userSourcedId}, whose own row is not in this package. It gives no duty and no enrollment here; let the source send users.csv with this user, or enter it by hand.`
      : `The role ${role} of the user ${userSourcedId} is taken back. The duty or enrollment that came of it goes on here; let the source send a complete package, or end it by hand.`);
  }
}
