import { sql, type RawBuilder } from "kysely";
import { OsssError } from "../errors/errors.ts";
import { isScalar, type RecordMeta, type ScalarField } from "../record/metadata.ts";
import { isDay, isId, isInstant, isTimeOfDay } from "../record/scalars.ts";
import { casts, column, type Condition } from "./where.ts";

export interface OrderInput {
  field: string;
  direction?: "ASC" | "DESC" | null;
}

export interface OrderTerm {
  /** The type of the list's rows: a cursor of another list is refused. */
  record: string;
  field: ScalarField;
  descending: boolean;
}

/** The complete order of a list: what the caller asked for, then the id, so that every row has its place. */
export function orderTerms(meta: RecordMeta, orderBy: readonly OrderInput[] | null | undefined): OrderTerm[] {
  const terms = (orderBy ?? []).map((o, i) => {
    const field = meta.fields.get(o.field);
    if (!field || !isScalar(field) || !field.sortable) throw OsssError.invalid([{ path: `orderBy.${i}.field`, message: `${meta.name} cannot be ordered by ${o.field}.` }]);
    return { record: meta.name, field, descending: o.direction === "DESC" };
  });
  if (!terms.some((t) => t.field.name === "id")) terms.push({ record: meta.name, field: meta.fields.get("id") as ScalarField, descending: terms[0]?.descending ?? false });
  return terms;
}

/** ORDER BY; nulls come last when ascending, first when descending, so that backwards is the exact reverse. */
export function orderSql(alias: string, terms: readonly OrderTerm[], backwards: boolean): RawBuilder<unknown> {
  return sql.join(
    terms.map((t) => {
      const descending = t.descending !== backwards;
      return sql`${column(alias, t.field.column)} ${sql.raw(descending ? "DESC" : "ASC")}${t.field.optional ? sql.raw(descending ? " NULLS FIRST" : " NULLS LAST") : sql``}`;
    }),
  );
}

/** A cursor names a place in an order by the values of a row there; it stays true when rows come and go. */
export function encodeCursor(terms: readonly OrderTerm[], row: Readonly<Record<string, unknown>>): string {
  const values = terms.map((t) => {
    const v = row[t.field.name];
    return v instanceof Date ? v.toISOString() : (v ?? null);
  });
  return Buffer.from(JSON.stringify([signature(terms), ...values])).toString("base64url");
}

export function decodeCursor(terms: readonly OrderTerm[], cursor: string, path: string): unknown[] {
  const refuse = () => OsssError.invalid([{ path, message: "This cursor does not belong to this list and order. Use a cursor from pageInfo or edges of the same query." }]);
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    throw refuse();
  }
  if (!Array.isArray(parsed) || parsed.length !== terms.length + 1 || parsed[0] !== signature(terms)) throw refuse();
  const values = parsed.slice(1) as unknown[];
  for (const [i, term] of terms.entries()) {
    const v = values[i];
    if (v === null ? !term.field.optional : typeof v === "object" || !fits(term.field, v)) throw refuse();
  }
  return values;
}

/** Whether the database would read the value: a forged one must be refused here, before it aborts the call's transaction. */
function fits(field: ScalarField, value: unknown): boolean {
  if (field.kind === "whole") return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
  if (field.kind === "flag") return typeof value === "boolean";
  if (typeof value !== "string") return false;
  switch (field.kind) {
    case "id":
      return isId(value);
    case "decimal":
      return /^-?\d{1,30}(\.\d{1,30})?$/.test(value);
    case "day":
      return isDay(value);
    case "instant":
      return isInstant(value);
    case "timeOfDay":
      return isTimeOfDay(value);
    default:
      return !value.includes("\u0000");
  }
}

const signature = (terms: readonly OrderTerm[]) => `${terms[0]!.record}:${terms.map((t) => `${t.descending ? "-" : ""}${t.field.name}`).join(",")}`;

/** Rows strictly after the cursor's place (before it, when `backwards`). */
export function beyond(alias: string, terms: readonly OrderTerm[], values: readonly unknown[], backwards: boolean): Condition {
  const directions = terms.map((t) => t.descending !== backwards);
  if (terms.every((t) => !t.field.optional) && directions.every((d) => d === directions[0])) {
    const left = sql.join(terms.map((t) => column(alias, t.field.column)));
    const right = sql.join(terms.map((t, i) => parameter(t, values[i])));
    return sql<boolean>`(${left}) ${sql.raw(directions[0] ? "<" : ">")} (${right})`;
  }
  const ways = terms.map((_, i) => {
    const equal = terms.slice(0, i).map((t, j) => sql`${column(alias, t.field.column)} IS NOT DISTINCT FROM ${parameter(t, values[j])}`);
    return sql`(${sql.join([...equal, strictly(alias, terms[i]!, values[i], directions[i]!)], sql` AND `)})`;
  });
  return sql<boolean>`(${sql.join(ways, sql` OR `)})`;
}

function strictly(alias: string, term: OrderTerm, value: unknown, descending: boolean): RawBuilder<unknown> {
  const ref = column(alias, term.field.column);
  if (descending) return value === null ? sql`${ref} IS NOT NULL` : sql`${ref} < ${parameter(term, value)}`;
  if (value === null) return sql`false`;
  return term.field.optional ? sql`(${ref} > ${parameter(term, value)} OR ${ref} IS NULL)` : sql`${ref} > ${parameter(term, value)}`;
}

function parameter(term: OrderTerm, value: unknown): RawBuilder<unknown> {
  return sql`${value}::${sql.raw(casts[term.field.kind] ?? "text")}`;
}
