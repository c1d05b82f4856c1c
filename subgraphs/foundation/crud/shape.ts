import type { Role } from "../identity/role.ts";
import { columnsOf, isScalar, recordOf, type RecordMeta } from "../record/metadata.ts";
import type { WhereInput } from "./where.ts";

/**
 * Which role finds the rows of a statement soonest. All of them show the same rows: `mixed` finds the caller's whole reach once, `point`
 * asks the rules of each row that the statement's own filter leaves. `any`: both cost the same, so that changing the role would be lost.
 */
export type Shape = "mixed" | "point" | "any";

/** Asking one row costs some 70 microseconds, finding a reach half a millisecond to several (docs/decisions/007). */
const fewRows = 16;
const fewParents = 8;

/** Rows found by their ids. */
export function shapeOfIds(meta: RecordMeta, roles: readonly Role[], ids: number): Shape {
  if (ids > fewRows) return "mixed";
  return reachesMany(meta, roles) ? "point" : "any";
}

/** Whoever has few of anything: the rows of one are found by an index, whatever they are then ordered or filtered by. */
const owners = new Set(["Student", "Person", "Household", "Account"]);

/** Rows that belong to parents, found by the column that points to them. */
export function shapeOfChildren(meta: RecordMeta, roles: readonly Role[], via: string, parents: number, where: WhereInput | null | undefined): Shape {
  if (!owners.has(ownerOf(meta, via) ?? "") || meta.numerous || parents > fewParents || !isPlain(meta, where)) return "mixed";
  return reachesMany(meta, roles) ? "point" : "any";
}

/** The type of what a column refers to. */
function ownerOf(meta: RecordMeta, via: string): string | undefined {
  const field = columnsOf(meta).find((f) => f.column === via);
  if (field?.kind === "belongsTo") return recordOf(field.target()).name;
  return field?.kind === "foreign" ? field.target().foreign.name : undefined;
}

/** A filter over other records, or a search, may be answered from their side: from far more rows than it leaves. */
function isPlain(meta: RecordMeta, where: WhereInput | null | undefined): boolean {
  return Object.entries(where ?? {}).every(([name, value]) => {
    if (value === null || value === undefined) return true;
    if (name === "and" || name === "or") return (value as WhereInput[]).every((w) => isPlain(meta, w));
    if (name === "not") return isPlain(meta, value as WhereInput);
    const field = meta.fields.get(name);
    // References to other domains go by another name, and compare ids alone.
    if (field === undefined || field.kind === "foreign") return true;
    return isScalar(field) && !(field.searchable && "contains" in (value as object));
  });
}

/**
 * Whether finding what these roles reach may be more than a handful of ids. What everybody of the district reads is not asked of rows,
 * nor what a duty for the whole district opens: once for a statement, whoever runs it.
 */
function reachesMany(meta: RecordMeta, roles: readonly Role[]): boolean {
  const mine = meta.access.grants.filter((g) => g.verb === "read" && roles.includes(g.role));
  if (mine.some((g) => g.relation.name === "member" && !g.unless && !g.notSelf)) return false;
  return mine.some((g) => !g.relation.districtWide && !g.relation.handful);
}
