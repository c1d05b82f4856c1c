import { columnFor } from "../federation/load-manifest.ts";
import { quoted } from "../persistence/names.ts";
import type { RecordMeta } from "../record/metadata.ts";
import { subjectStamps, type Grant, type StampName, type Verb } from "./access.ts";
import { relationFunction, type RelationDeclaration } from "./declare-relation.ts";

/** Which relations exist with which stamps, over all domains. */
export class RelationIndex {
  readonly #known = new Set<string>();
  readonly declarations: readonly RelationDeclaration[];
  constructor(declarations: readonly RelationDeclaration[]) {
    this.declarations = declarations;
    for (const d of declarations) this.#known.add(relationFunction(d.relation, d.stamp));
  }
  has(fn: string): boolean {
    return this.#known.has(fn);
  }
}

export interface RecordPolicies {
  /** Everything the grants give; null when nobody reads (or writes) rows of this record. */
  mixedRead: string | null;
  /** What grants through the whole district give. */
  wideRead: string | null;
  write: string | null;
}

/**
 * The row rules of a record as SQL, in the shape of its access table: one function call per relation, taking the roles. Reads OR the
 * stamps, writes AND them.
 */
export function policiesOf(meta: RecordMeta, relations: RelationIndex): RecordPolicies {
  const read = meta.access.grants.filter((g) => g.verb === "read");
  const write = meta.access.grants.filter((g) => g.verb === "write");
  return {
    mixedRead: expression(meta, relations, read, "read"),
    wideRead: expression(meta, relations, read.filter((g) => g.relation.districtWide), "read"),
    write: expression(meta, relations, write, "write"),
  };
}

function expression(meta: RecordMeta, relations: RelationIndex, grants: readonly Grant[], verb: Verb): string | null {
  if (grants.length === 0) return null;
  const groups = new Map<string, Grant[]>();
  for (const g of grants) {
    const key = JSON.stringify([g.unless, g.notSelf]);
    groups.set(key, [...(groups.get(key) ?? []), g]);
  }
  const parts = [...groups.values()].map((group) => {
    const { unless, notSelf } = group[0]!;
    const reach = verb === "read" ? readReach(meta, relations, group) : writeReach(meta, relations, group);
    const conditions = [
      ...(unless ? [`NOT ${quoted(columnFor(meta, unless))}`] : []),
      ...(notSelf ? [`${quoted(columnFor(meta, notSelf))} IS DISTINCT FROM (SELECT access.person())`] : []),
      reach,
    ];
    return conditions.length === 1 ? reach : conditions.map((c) => `(${c})`).join(" AND ");
  });
  return parts.length === 1 ? parts[0]! : parts.map((p) => `(${p})`).join(" OR ");
}

/** Reads: district-wide relations, then one IN per stamp with the union of its relations. */
function readReach(meta: RecordMeta, relations: RelationIndex, grants: readonly Grant[]): string {
  const byStamp = new Map<StampName, Map<string, Grant[]>>();
  const wide = new Map<string, Grant[]>();
  for (const g of grants) {
    for (const stamp of stampsFor(meta, relations, g)) {
      if (grants.some((o) => o.role === g.role && o.relation.covers?.relation === g.relation.name && o.relation.covers.stamp === stamp)) continue;
      const target = stamp === null ? wide : (byStamp.get(stamp) ?? byStamp.set(stamp, new Map()).get(stamp)!);
      const key = JSON.stringify([g.relation.name, g.relation.args]);
      target.set(key, [...(target.get(key) ?? []), g]);
    }
  }
  const parts = [...wide.values()].map((same) => `(SELECT ${actsAs(same)} AND ${call(same, null)})`);
  for (const [stamp, calls] of byStamp) {
    // The role is asked first: relations that the caller's token does not name are not looked up at all.
    const union = [...calls.values()].map((same) => `SELECT ${call(same, stamp)} WHERE ${actsAs(same)}`).join(" UNION ALL ");
    parts.push(`${quoted(columnFor(meta, meta.access.stamps[stamp]!))} IN (${union})`);
  }
  return parts.join(" OR ");
}

/** Writes: for each relation, all stamps that it knows must be within reach. */
function writeReach(meta: RecordMeta, relations: RelationIndex, grants: readonly Grant[]): string {
  const byRelation = new Map<string, Grant[]>();
  for (const g of grants) {
    const key = JSON.stringify([g.relation.name, g.relation.args, g.relation.stamp]);
    byRelation.set(key, [...(byRelation.get(key) ?? []), g]);
  }
  return [...byRelation.values()]
    .map((same) => {
      const parts = stampsFor(meta, relations, same[0]!).map((stamp) =>
        stamp === null ? `(SELECT ${call(same, null)})` : `${quoted(columnFor(meta, meta.access.stamps[stamp]!))} IN (SELECT ${call(same, stamp)})`,
      );
      return parts.length === 1 ? parts[0]! : `(${parts.join(" AND ")})`;
    })
    .join(" OR ");
}

/** The stamps through which a grant reaches a record: null for the whole district. Throws when no domain declares any. */
export function stampsFor(meta: RecordMeta, relations: RelationIndex, grant: Grant): (StampName | null)[] {
  if (grant.relation.districtWide) return [null];
  const candidates = grant.relation.stamp ? [grant.relation.stamp] : subjectStamps(meta.access.stamps);
  const usable = candidates.filter((stamp) => meta.access.stamps[stamp] && relations.has(relationFunction(grant.relation, stamp)));
  if (usable.length === 0) {
    throw new Error(
      `${meta.name}: no domain declares the relation ${grant.relation.name} for any of its stamps (${candidates.join(", ")}). Declare it with declareRelation, or change access.ts.`,
    );
  }
  return usable;
}

function call(same: readonly Grant[], stamp: StampName | null): string {
  const relation = same[0]!.relation;
  const args = [rolesOf(same), ...relation.args.map((a) => `'${a}'::text`)];
  return `${relationFunction(relation, stamp)}(${args.join(", ")})`;
}

const actsAs = (same: readonly Grant[]): string => `access.acts_as(${rolesOf(same)})`;
const rolesOf = (same: readonly Grant[]): string => `'{${[...new Set(same.map((g) => g.role))].sort().join(",")}}'::text[]`;
