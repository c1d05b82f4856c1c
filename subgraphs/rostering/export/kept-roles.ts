import type { CellValue } from "./cells.ts";
import type { Kept, PackageIds } from "./kept-values.ts";

/** Roles that the district's records do not tell apart, by what they are here. */
const kinds: Readonly<Record<string, string>> = {
  student: "student", teacher: "teacher", counselor: "counselor", principal: "principal",
  aide: "staff", administrator: "staff", districtAdministrator: "staff", siteAdministrator: "staff", systemAdministrator: "staff", proctor: "staff",
  guardian: "family", parent: "family", relative: "family", "ext:other": "family",
};
const kindOf = (role: string): string => kinds[role] ?? role;

interface KeptRole {
  /** Null where the source wrote the role with the user. */
  sourcedId: string | null;
  kept: Kept;
}

/**
 * The roles as the source wrote them. Where a record here says the same of a user and an organization, its row has the source's words; a role
 * that no record could tell of, such as a parent's whose children are not listed, is a row of its own.
 */
export class KeptRoles {
  readonly #byPlace = new Map<string, KeptRole[]>();
  readonly #disabled = new Set<string>();

  /** A row of the roles' file. */
  add(sourcedId: string, kept: Kept): void {
    this.#add({ sourcedId, kept });
  }

  /** A user of version 1.1, whose role stands with her. */
  addUser(userSourcedId: string, kept: Kept): void {
    if (/^(false|no|n|0)$/i.test(kept.enabledUser ?? "")) this.#disabled.add(userSourcedId);
    if (kept.role === undefined || kept.orgSourcedIds === undefined) return;
    for (const orgSourcedId of kept.orgSourcedIds.split(",").map((id) => id.trim())) this.#add({ sourcedId: null, kept: { userSourcedId, orgSourcedId, role: kept.role } });
  }

  /** What the source wrote where a record says so, once. */
  take(cells: Readonly<Record<string, CellValue>>): KeptRole | null {
    return this.#byPlace.get(placeOf(String(cells.userSourcedId), String(cells.orgSourcedId), String(cells.role)))?.shift() ?? null;
  }

  /** Those that nothing took: of families, of people without an enabled account, and of kinds of their own. A duty that ended here stays ended. */
  *left(ids: PackageIds): Generator<{ sourcedId: string; cells: Readonly<Record<string, CellValue>> }> {
    for (const { sourcedId, kept } of [...this.#byPlace.values()].flat()) {
      const { userSourcedId, orgSourcedId, role } = kept;
      const kind = kindOf(role ?? "");
      const without = kind === "family" || kind.startsWith("ext:") || (kind !== "student" && this.#disabled.has(userSourcedId!));
      if (!without || !ids.get("users")?.has(userSourcedId!) || !ids.get("orgs")?.has(orgSourcedId!)) continue;
      const words = { userSourcedId: userSourcedId!, orgSourcedId: orgSourcedId!, role: roleWord(role!, null), roleType: kept.roleType ?? "secondary", beginDate: kept.beginDate, endDate: kept.endDate };
      yield { sourcedId: sourcedId ?? [userSourcedId, role!.replaceAll(":", "-"), orgSourcedId].join("."), cells: words };
    }
  }

  #add(role: KeptRole): void {
    const { userSourcedId, orgSourcedId } = role.kept;
    if (userSourcedId === undefined || orgSourcedId === undefined || role.kept.role === undefined) return;
    const place = placeOf(userSourcedId, orgSourcedId, role.kept.role);
    this.#byPlace.set(place, [...(this.#byPlace.get(place) ?? []), role]);
  }
}

const placeOf = (user: string, org: string, role: string): string => `${user} ${org} ${kindOf(role)}`;

/** 1.1 has one word for administrators of every kind, 1.2 none. */
export const roleWord = (role: string, orgType: string | null): string => (role === "administrator" ? (orgType === "school" ? "siteAdministrator" : "districtAdministrator") : role);
