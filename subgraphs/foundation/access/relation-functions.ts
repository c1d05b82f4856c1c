import type { DerivedFunction } from "../persistence/derived-objects.ts";
import type { StampName } from "./access.ts";
import { relationFunction, relationTest, type Ids, type RelationDeclaration } from "./declare-relation.ts";
import type { Relation } from "./relations.ts";

/**
 * For a set: the other ids are found once. A SELECT becomes an array: as a sub-select, a plan without statistics would repeat it for
 * every row. A relation is a function, which a plan repeats for no row, and its estimate lets the ids lead into an index: an array of
 * unknown length counts as ten ids, which for schools is half of a district.
 */
export const wholeSets: Ids = {
  among: (column, select) => `${column} = ANY (ARRAY(${select}))`,
  reached: (column, relation, stamp) => `${column} IN (SELECT r.id FROM ${reach(relation, stamp)})`,
  foundByReached: (select, column, relation, stamp) => `SELECT found.id FROM ${reach(relation, stamp)} CROSS JOIN LATERAL (${select} AND ${column} = r.id) AS found(id)`,
};

const reach = (relation: Relation, stamp: StampName): string => `${relationFunction(relation, stamp)}(${passed(relation.args)}) AS r(id)`;

/** How many ids a relation finds, for the planner: a duty is at one school, a teacher has some sections, a school hundreds of students. */
const estimates: Readonly<Partial<Record<StampName, number>>> = { school: 1, section: 5 };

/** For one id: only what belongs to the row at hand is looked up, so that the id asked about leads the search through the indexes. */
export const singleIds: Ids = {
  among: (column, select) => `EXISTS (SELECT 1 FROM (${select}) AS r(id) WHERE r.id = ${column})`,
  reached: (column, relation, stamp) => `${relationTest(relation, stamp)}(${passed(relation.args)}, ${column})`,
  foundByReached: (select, column, relation, stamp) => `${select} AND ${singleIds.reached(column, relation, stamp)}`,
};

const passed = (args: readonly string[]): string => ["roles", ...args.map((a) => `'${a}'::text`)].join(", ");

/**
 * The SQL functions of the relations. Each finds all ids for the role rules of lists (`access.at_school_student(roles)`), and has a twin
 * that tells of one id whether it is among them (`access.at_school_student_has(roles, id)`), made of the same declarations.
 */
export function relationFunctions(declarations: readonly RelationDeclaration[], reader: string): DerivedFunction[] {
  const groups = new Map<string, RelationDeclaration[]>();
  for (const d of declarations) {
    const key = relationFunction(d.relation, d.stamp);
    groups.set(key, [...(groups.get(key) ?? []), d]);
  }
  return [...groups.values()].flatMap((same) => {
    const { relation, stamp } = same[0]!;
    const name = relationFunction(relation, stamp);
    if (stamp === null) return [made(name, relation.args, [], "boolean", `SELECT (SELECT access.acts_as(roles)) AND (${same.map((d) => `(${sqlOf(d, wholeSets)})`).join(" OR ")})`, reader)];
    const union = (ids: Ids) => `(${same.map((d) => `(${sqlOf(d, ids)})`).join("\n UNION ALL ")}) AS u(id)`;
    const twin = union(singleIds);
    if (/ARRAY\s*\(\s*SELECT/i.test(twin)) throw new Error(`${name}: the declaration finds a whole array of ids to tell of one. Compare by ids.among or ids.reached (see declareRelation).`);
    return [
      made(name, relation.args, [], setOf(stamp), `SELECT u.id FROM ${union(wholeSets)} WHERE (SELECT access.acts_as(roles))`, reader),
      made(relationTest(relation, stamp), relation.args, ["uuid"], "boolean", `SELECT access.acts_as(roles) AND EXISTS (SELECT 1 FROM ${twin} WHERE u.id = $${relation.args.length + 2})`, reader),
    ];
  });
}

const setOf = (stamp: StampName): string => `SETOF uuid ROWS ${estimates[stamp] ?? 200}`;

const sqlOf = (d: RelationDeclaration, ids: Ids): string => (typeof d.sql === "string" ? d.sql : d.sql(ids));

/** The one id has no name, which a column could have too. The cost of a twin keeps the planner from asking it of more rows than need be. */
function made(name: string, names: readonly string[], more: readonly string[], returns: string, body: string, reader: string): DerivedFunction {
  const args = ["roles text[]", ...names.map(() => `"right" text`), ...more].join(", ");
  const types = ["text[]", ...names.map(() => "text"), ...more].join(", ");
  const cost = more.length > 0 ? " COST 1000" : "";
  return {
    sql: `CREATE OR REPLACE FUNCTION ${name}(${args}) RETURNS ${returns} LANGUAGE sql STABLE SECURITY DEFINER PARALLEL SAFE${cost} SET search_path = pg_catalog, pg_temp AS $f$ ${body} $f$`,
    owner: { signature: `${name}(${types})`, role: reader },
  };
}
