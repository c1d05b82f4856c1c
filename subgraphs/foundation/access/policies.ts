import { columnFor } from "../federation/load-manifest.ts";
import { quoted } from "../persistence/names.ts";
import type { RecordMeta } from "../record/metadata.ts";
import { subjectStamps, type Grant, type StampName, type Verb } from "./access.ts";
import { relationFunction, relationTest, type RelationDeclaration } from "./declare-relation.ts";

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
  /** The same rows, asked row by row: for statements whose own filter leaves a few. */
  pointRead: string | null;
  /** What grants through the whole district give. */
  wideRead: string | null;
  write: string | null;
}

/**
 * The row rules of a record as SQL, in the shape of its access table: one function call per relation, taking the roles. Reads OR the
 * stamps unless the grant says together, writes AND them.
 */
export function policiesOf(meta: RecordMeta, relations: RelationIndex): RecordPolicies {
  const read = meta.access.grants.filter((g) => g.verb === "read");
  const write = meta.access.grants.filter((g) => g.verb === "write");
  return {
    mixedRead: expression(meta, relations, read, "read", amongAll),
    pointRead: expression(meta, relations, read, "read", asked),
    wideRead: expression(meta, relations, read.filter((g) => g.relation.districtWide), "read", amongAll),
    write: expression(meta, relations, write, "write", amongAll),
  };
}

/** How a read rule compares a stamp with what the same relations reach: calls of one function with the roles that they are granted to. */
type Comparison = (column: string, stamp: StampName, calls: readonly (readonly Grant[])[]) => string;

/** Found once and hashed. The role is asked first: relations that the caller's token does not name are not looked up at all. */
const amongAll: Comparison = (column, stamp, calls) =>
  `${column} IN (${calls.map((same) => `SELECT r.id FROM ${call(same, stamp)} AS r(id) WHERE ${actsAs(same)}`).join(" UNION ALL ")})`;

/** Asked of the row at hand. */
const asked: Comparison = (column, stamp, calls) => calls.map((same) => `(${actsAs(same)} AND ${callOf(relationTest(same[0]!.relation, stamp), same, column)})`).join(" OR ");

function expression(meta: RecordMeta, relations: RelationIndex, grants: readonly Grant[], verb: Verb, compare: Comparison): string | null {
  if (grants.length === 0) return null;
  const groups = new Map<string, Grant[]>();
  for (const g of grants) {
    const key = JSON.stringify([g.unless, g.notSelf, verb === "read" && g.together]);
    groups.set(key, [...(groups.get(key) ?? []), g]);
  }
  const parts = [...groups.values()].map((group) => {
    const { unless, notSelf, together } = group[0]!;
    const reach = verb === "write" ? writeReach(meta, relations, group) : together ? readTogether(meta, relations, group, compare) : readReach(meta, relations, group, compare);
    const conditions = [
      ...(unless ? [`NOT ${quoted(columnFor(meta, unless))}`] : []),
      ...(notSelf ? [`${quoted(columnFor(meta, notSelf))} IS DISTINCT FROM (SELECT access.person())`] : []),
      reach,
    ];
    return conditions.length === 1 ? reach : conditions.map((c) => `(${c})`).join(" AND ");
  });
  return parts.length === 1 ? parts[0]! : parts.map((p) => `(${p})`).join(" OR ");
}

/** Reads: district-wide relations, then one comparison per stamp with the union of its relations. */
function readReach(meta: RecordMeta, relations: RelationIndex, grants: readonly Grant[], compare: Comparison): string {
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
  for (const [stamp, calls] of byStamp) parts.push(compare(quoted(columnFor(meta, meta.access.stamps[stamp]!)), stamp, [...calls.values()]));
  return parts.join(" OR ");
}

/** Reads by several stamps at once: for each relation, all stamps that it knows must be within reach. */
function readTogether(meta: RecordMeta, relations: RelationIndex, grants: readonly Grant[], compare: Comparison): string {
  return eachRelation(grants, (same) => stampsFor(meta, relations, same[0]!).map((stamp) => `(${compare(quoted(columnFor(meta, meta.access.stamps[stamp!]!)), stamp!, [same])})`));
}

/** Writes: for each relation, all stamps that it knows must be within reach. */
function writeReach(meta: RecordMeta, relations: RelationIndex, grants: readonly Grant[]): string {
  return eachRelation(grants, (same) =>
    stampsFor(meta, relations, same[0]!).map((stamp) =>
      stamp === null ? `(SELECT ${call(same, null)})` : `${quoted(columnFor(meta, meta.access.stamps[stamp]!))} IN (SELECT ${call(same, stamp)})`,
    ),
  );
}

/** Any relation of the grants, each by all of its parts. */
function eachRelation(grants: readonly Grant[], partsOf: (same: readonly Grant[]) => string[]): string {
  const byRelation = new Map<string, Grant[]>();
  for (const g of grants) {
    const key = JSON.stringify([g.relation.name, g.relation.args, g.relation.stamp]);
    byRelation.set(key, [...(byRelation.get(key) ?? []), g]);
  }
  return [...byRelation.values()].map(partsOf).map((parts) => (parts.length === 1 ? parts[0]! : `(${parts.join(" AND ")})`)).join(" OR ");
}

/** The stamps through which a grant reaches a record: null for the whole district. Throws when no domain declares any. */
export function stampsFor(meta: RecordMeta, relations: RelationIndex, grant: Grant): (StampName | null)[] {
  if (grant.relation.districtWide) {
    if (grant.together) throw new Error(`${meta.name}: ${grant.relation.name} reaches the whole district, so there are no stamps to be asked together. Leave together() out.`);
    return [null];
  }
  const candidates = grant.relation.stamp ? [grant.relation.stamp] : subjectStamps(meta.access.stamps);
  const usable = candidates.filter((stamp) => meta.access.stamps[stamp] && relations.has(relationFunction(grant.relation, stamp)));
  if (usable.length === 0) {
    throw new Error(
      `${meta.name}: no domain declares the relation ${grant.relation.name} for any of its stamps (${candidates.join(", ")}). Declare it with declareRelation, or change access.ts.`,
    );
  }
  if (grant.together && usable.length === 1) throw new Error(`${meta.name}: ${grant.relation.name} knows only the stamp ${usable[0]} of this record, so together() would narrow nothing. Leave it out, or give the record its other stamps.`);
  return usable;
}

const call = (same: readonly Grant[], stamp: StampName | null): string => callOf(relationFunction(same[0]!.relation, stamp), same);

function callOf(name: string, same: readonly Grant[], ...more: string[]): string {
  return `${name}(${[rolesOf(same), ...same[0]!.relation.args.map((a) => `'${a}'::text`), ...more].join(", ")})`;
}

const actsAs = (same: readonly Grant[]): string => `access.acts_as(${rolesOf(same)})`;
const rolesOf = (same: readonly Grant[]): string => `'{${[...new Set(same.map((g) => g.role))].sort().join(",")}}'::text[]`;
