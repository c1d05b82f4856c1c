import { sql, type Kysely, type RawBuilder } from "kysely";
import { OsssError } from "../errors/errors.ts";
import { columnsOf, isScalar, type RecordMeta } from "../record/metadata.ts";
import { beyond, decodeCursor, encodeCursor, orderSql, orderTerms, type OrderInput, type OrderTerm } from "./order.ts";
import { all, column, compileWhere, type Condition, type WhereInput } from "./where.ts";

/** Anything that runs a Kysely statement: a transaction of the caller's. */
export type Reader = Pick<Kysely<Record<string, Record<string, unknown>>>, "getExecutor">;

/** A row as the graph knows it: values by field name, references as ids. */
export type Row = Record<string, unknown> & { id: string };

export interface PageArgs {
  where?: WhereInput | null;
  orderBy?: readonly OrderInput[] | null;
  first?: number | null;
  last?: number | null;
  after?: string | null;
  before?: string | null;
}

export interface Page {
  rows: Row[];
  cursors: string[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

export const defaultPageSize = 50;
export const maximumPageSize = 500;

interface PagePlan {
  terms: OrderTerm[];
  size: number;
  backwards: boolean;
  after: unknown[] | null;
  before: unknown[] | null;
}

/** Checks the page arguments; every problem says what to send instead. */
export function planPage(meta: RecordMeta, args: PageArgs): PagePlan {
  const problems = [];
  for (const name of ["first", "last"] as const) {
    const n = args[name];
    if (n != null && (!Number.isInteger(n) || n < 0 || n > maximumPageSize)) problems.push({ path: name, message: `Ask for 0 to ${maximumPageSize} rows; page through the rest with cursors.` });
  }
  if (args.first != null && args.last != null) problems.push({ path: "last", message: "Send either first or last, not both." });
  if (problems.length > 0) throw OsssError.invalid(problems);
  const terms = orderTerms(meta, args.orderBy);
  return {
    terms,
    size: args.last ?? args.first ?? defaultPageSize,
    backwards: args.last != null,
    after: args.after == null ? null : decodeCursor(terms, args.after, "after"),
    before: args.before == null ? null : decodeCursor(terms, args.before, "before"),
  };
}

function pageConditions(meta: RecordMeta, alias: string, args: PageArgs, plan: PagePlan, scope?: Condition): Condition {
  return all([
    ...(scope ? [scope] : []),
    compileWhere(meta, alias, args.where),
    ...(plan.after ? [beyond(alias, plan.terms, plan.after, false)] : []),
    ...(plan.before ? [beyond(alias, plan.terms, plan.before, true)] : []),
  ]);
}

function shape(plan: PagePlan, fetched: Row[]): Page {
  const more = fetched.length > plan.size;
  const rows = more ? fetched.slice(0, plan.size) : fetched;
  if (plan.backwards) rows.reverse();
  return {
    rows,
    cursors: rows.map((row) => encodeCursor(plan.terms, row)),
    hasNextPage: plan.backwards ? plan.before !== null : more,
    hasPreviousPage: plan.backwards ? more : plan.after !== null,
  };
}

/** One page of a list: one statement. */
export async function readPage(db: Reader, meta: RecordMeta, args: PageArgs): Promise<Page> {
  const plan = planPage(meta, args);
  const { rows } = await sql<Row>`SELECT ${columnList(meta)} FROM ${tableOf(meta)} AS t WHERE ${pageConditions(meta, "t", args, plan)} ORDER BY ${orderSql("t", plan.terms, plan.backwards)} LIMIT ${plan.size + 1}`.execute(db as never);
  return shape(plan, rows);
}

/** One page for each of many parents, in one statement. `via` is the column that points to the parent. */
export async function readPagesByParent(db: Reader, meta: RecordMeta, via: string, parents: readonly string[], args: PageArgs): Promise<Map<string, Page>> {
  const plan = planPage(meta, args);
  const scope = sql<boolean>`${column("t", via)} = p.id`;
  const { rows } = await sql<Row & { parent__: string }>`SELECT p.id AS parent__, c.* FROM unnest(${parents}::uuid[]) AS p(id) CROSS JOIN LATERAL (SELECT ${columnList(meta)} FROM ${tableOf(meta)} AS t WHERE ${pageConditions(meta, "t", args, plan, scope)} ORDER BY ${orderSql("t", plan.terms, plan.backwards)} LIMIT ${plan.size + 1}) AS c`.execute(db as never);
  const grouped = new Map<string, Row[]>(parents.map((p) => [p, []]));
  for (const { parent__, ...row } of rows) grouped.get(parent__)?.push(row as Row);
  return new Map([...grouped].map(([parent, list]) => [parent, shape(plan, list)]));
}

/** Rows by id, archived ones included; ids that the caller may not see are absent. */
export async function readByIds(db: Reader, meta: RecordMeta, ids: readonly string[]): Promise<Map<string, Row>> {
  const { rows } = await sql<Row>`SELECT ${columnList(meta)} FROM ${tableOf(meta)} AS t WHERE t.id = ANY (${ids}::uuid[])`.execute(db as never);
  return new Map(rows.map((row) => [row.id, row]));
}

/** How many rows the caller may see match. */
export async function countRows(db: Reader, meta: RecordMeta, where: WhereInput | null | undefined, via?: { column: string; parents: readonly string[] }): Promise<Map<string, number>> {
  const condition = compileWhere(meta, "t", where);
  if (!via) {
    const { rows } = await sql<{ n: number }>`SELECT count(*)::int AS n FROM ${tableOf(meta)} AS t WHERE ${condition}`.execute(db as never);
    return new Map([["", rows[0]?.n ?? 0]]);
  }
  const { rows } = await sql<{ parent: string; n: number }>`SELECT ${column("t", via.column)} AS parent, count(*)::int AS n FROM ${tableOf(meta)} AS t WHERE ${column("t", via.column)} = ANY (${via.parents}::uuid[]) AND ${condition} GROUP BY 1`.execute(db as never);
  return new Map([...via.parents.map((p) => [p, 0] as const), ...rows.map((r) => [r.parent, r.n] as const)]);
}

/** The ids of all rows that the caller may see and that match, with the parent where `via` names one. */
export async function matchingRows(db: Reader, meta: RecordMeta, where: WhereInput | null | undefined, via?: { column: string; parents: readonly string[] }): Promise<{ id: string; parent: string | null }[]> {
  const parent = via ? column("t", via.column) : sql`NULL::uuid`;
  const scope = via ? sql<boolean>`${column("t", via.column)} = ANY (${via.parents}::uuid[])` : sql<boolean>`true`;
  return (await sql<{ id: string; parent: string | null }>`SELECT t.id, ${parent} AS parent FROM ${tableOf(meta)} AS t WHERE ${scope} AND ${compileWhere(meta, "t", where)}`.execute(db as never)).rows;
}

export interface Aggregate {
  count: number;
  min: Record<string, unknown>;
  max: Record<string, unknown>;
  sum: Record<string, unknown>;
  average: Record<string, unknown>;
}

/** Fields that an aggregate speaks of: order for min and max, numbers for sum and average. */
export function aggregateFields(meta: RecordMeta): { ordered: string[]; numeric: string[] } {
  const scalars = [...meta.fields.values()].filter(isScalar).filter((f) => !f.internal && !f.readOnly);
  return {
    ordered: scalars.filter((f) => f.kind === "day" || f.kind === "instant" || f.kind === "whole" || f.kind === "decimal").map((f) => f.name),
    numeric: scalars.filter((f) => f.kind === "whole" || f.kind === "decimal").map((f) => f.name),
  };
}

/** Figures over the rows that the caller may see and that match, for the whole list (key "") or for each of many parents: one statement. */
export async function aggregateRows(db: Reader, meta: RecordMeta, where: WhereInput | null | undefined, via?: { column: string; parents: readonly string[] }): Promise<Map<string, Aggregate>> {
  const { ordered, numeric } = aggregateFields(meta);
  const ref = (name: string) => column("t", (meta.fields.get(name) as { column: string }).column);
  const parts: RawBuilder<unknown>[] = [
    sql`count(*)::int AS count`,
    ...ordered.flatMap((f) => [sql`min(${ref(f)}) AS ${sql.ref(`min_${f}`)}`, sql`max(${ref(f)}) AS ${sql.ref(`max_${f}`)}`]),
    ...numeric.flatMap((f) => [sql`sum(${ref(f)})::numeric AS ${sql.ref(`sum_${f}`)}`, sql`avg(${ref(f)})::numeric(30,6) AS ${sql.ref(`average_${f}`)}`]),
  ];
  const pick = (row: Record<string, unknown>, prefix: string, names: string[]) => Object.fromEntries(names.map((n) => [n, row[`${prefix}_${n}`] ?? null]));
  const figures = (row: Record<string, unknown>): Aggregate => ({ count: Number(row.count ?? 0), min: pick(row, "min", ordered), max: pick(row, "max", ordered), sum: pick(row, "sum", numeric), average: pick(row, "average", numeric) });
  const condition = compileWhere(meta, "t", where);
  if (!via) {
    const { rows } = await sql<Record<string, unknown>>`SELECT ${sql.join(parts)} FROM ${tableOf(meta)} AS t WHERE ${condition}`.execute(db as never);
    return new Map([["", figures(rows[0] ?? {})]]);
  }
  const { rows } = await sql<Record<string, unknown> & { parent: string }>`SELECT ${column("t", via.column)} AS parent, ${sql.join(parts)} FROM ${tableOf(meta)} AS t WHERE ${column("t", via.column)} = ANY (${via.parents}::uuid[]) AND ${condition} GROUP BY 1`.execute(db as never);
  return new Map([...via.parents.map((p) => [p, figures({})] as const), ...rows.map((row) => [row.parent, figures(row)] as const)]);
}

export function tableOf(meta: RecordMeta): RawBuilder<unknown> {
  return sql.table(`${meta.schema}.${meta.table}`);
}

const lists = new WeakMap<RecordMeta, RawBuilder<unknown>>();
/** The columns of a record read as `t`. */
function columnList(meta: RecordMeta): RawBuilder<unknown> {
  const known = lists.get(meta);
  if (known) return known;
  const made = sql.join(columnsOf(meta).filter((f) => f.name !== "districtId").map((f) => sql`${column("t", f.column)} AS ${sql.ref(f.name)}`));
  lists.set(meta, made);
  return made;
}

/** Refuses what is no id before it reaches a statement and aborts its transaction. */
export function requireId(id: unknown, path: string): string {
  if (typeof id === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return id.toLowerCase();
  throw OsssError.invalid([{ path, message: "Send an id as this API gave it (a UUID)." }]);
}
