import type { LoadedManifest } from "../federation/load-manifest.ts";
import type { Role } from "../identity/role.ts";

const memo = new WeakMap<LoadedManifest, Map<string, readonly string[] | null>>();

/**
 * The duties with which a caller may read a whole domain through its `_wide` role, or null when the general role is needed. Wide shows
 * the same rows as mixed only if every record that any of the caller's roles reads is granted to one of them for the whole district
 * without a condition; then the database still checks that the duty is really held.
 */
export function widelyRead(manifest: LoadedManifest, roles: readonly Role[]): readonly string[] | null {
  const known = memo.get(manifest) ?? new Map<string, readonly string[] | null>();
  memo.set(manifest, known);
  const key = roles.join(",");
  if (!known.has(key)) known.set(key, decide(manifest, roles));
  return known.get(key) ?? null;
}

function decide(manifest: LoadedManifest, roles: readonly Role[]): readonly string[] | null {
  const duties = new Map<string, Set<string>>();
  for (const meta of manifest.metas) {
    const mine = meta.access.grants.filter((g) => g.verb === "read" && roles.includes(g.role));
    if (mine.length === 0 || mine.some((g) => g.relation.name === "member")) continue;
    const wide = mine.filter((g) => g.relation.name === "district_office" && !g.unless && !g.notSelf);
    if (wide.length === 0) return null;
    duties.set(meta.name, new Set(wide.map((g) => g.role)));
  }
  // The session checks one list of duties: a duty must open every record, or holding it would not prove reach over all of them.
  const [first, ...rest] = [...duties.values()];
  const common = first ? [...first].filter((role) => rest.every((set) => set.has(role as Role))) : [];
  return common.length > 0 ? common : null;
}
