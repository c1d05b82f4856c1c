import { sql, type RawBuilder } from "kysely";
import { OsssError } from "../errors/errors.ts";
import { searchFunction } from "../persistence/derived-objects.ts";
import { foldedColumn } from "../persistence/folded-columns.ts";
import { isId } from "../record/scalars.ts";
import { recordOf, type Field, type RecordMeta, type ScalarField } from "../record/metadata.ts";

export type Condition = RawBuilder<boolean>;
export type WhereInput = Readonly<Record<string, unknown>>;

/** Numbers the aliases of nested tables within one statement. */
class Aliases {
  #next = 0;
  next(): string {
    return `t${++this.#next}`;
  }
}

/**
 * Compiles a filter to a condition over `alias`. Every value is a parameter. Nested filters become EXISTS over tables with their own
 * row rules, so that a filter finds nothing that the caller may not read. Archived rows are left out unless the filter speaks of them.
 */
export function compileWhere(meta: RecordMeta, alias: string, where: WhereInput | null | undefined, path = "where"): Condition {
  return compile(meta, alias, where ?? {}, path, new Aliases(), true);
}

function compile(meta: RecordMeta, alias: string, where: WhereInput, path: string, aliases: Aliases, current: boolean): Condition {
  const parts: Condition[] = [];
  if (current && !speaksOfArchived(where)) parts.push(sql<boolean>`${column(alias, "archived_at")} IS NULL`);
  for (const [name, value] of Object.entries(where)) {
    if (value === undefined || value === null) continue;
    const at = `${path}.${name}`;
    if (name === "and") parts.push(all((value as WhereInput[]).map((w, i) => compile(meta, alias, w, `${at}.${i}`, aliases, false))));
    else if (name === "or") parts.push(any((value as WhereInput[]).map((w, i) => compile(meta, alias, w, `${at}.${i}`, aliases, false))));
    else if (name === "not") parts.push(sql<boolean>`NOT coalesce(${compile(meta, alias, value as WhereInput, at, aliases, false)}, false)`);
    else parts.push(compileField(meta, alias, name, value as WhereInput, at, aliases));
  }
  return all(parts);
}

function speaksOfArchived(where: WhereInput): boolean {
  return Object.entries(where).some(([name, value]) => name === "archivedAt" ? value != null : (name === "and" || name === "or") && Array.isArray(value) && value.some((w) => speaksOfArchived(w as WhereInput)));
}

function compileField(meta: RecordMeta, alias: string, name: string, value: WhereInput, path: string, aliases: Aliases): Condition {
  const field = [...meta.fields.values()].find((f) => (f.kind === "foreign" ? f.graphName : f.name) === name);
  if (!field || field.kind === "nested" || ((field.kind === "hasMany" || field.kind === "companion") && recordOf(field.target()).auditReads)) throw OsssError.invalid([{ path, message: `${meta.name} has no field ${name} to filter by.` }]);
  switch (field.kind) {
    case "foreign":
      return all(Object.entries(value).flatMap(([key, v]) => (v == null ? [] : key === "id" ? [comparison(column(alias, field.column), "id", v as WhereInput, `${path}.id`)] : key === "isNull" ? [isNull(column(alias, field.column), v === true)] : [])));
    case "belongsTo":
    case "companion": {
      const target = recordOf(field.target());
      const inner = aliases.next();
      const join = field.kind === "belongsTo" ? sql`${column(inner, "id")} = ${column(alias, field.column)}` : sql`${column(inner, "id")} = ${column(alias, "id")}`;
      return exists(target, inner, join, alias, compile(target, inner, value, path, aliases, false));
    }
    case "hasMany": {
      const target = recordOf(field.target());
      const via = target.fields.get(field.via);
      if (via?.kind !== "belongsTo") throw new Error(`${meta.name}.${name}: ${field.via} is no reference.`);
      return all(
        Object.entries(value).flatMap(([quantifier, inner]) => {
          if (inner == null) return [];
          const t = aliases.next();
          const join = sql`${column(t, via.column)} = ${column(alias, "id")}`;
          const matching = compile(target, t, inner as WhereInput, `${path}.${quantifier}`, aliases, true);
          if (quantifier === "every") return [sql<boolean>`NOT ${exists(target, t, join, alias, sql<boolean>`${column(t, "archived_at")} IS NULL AND NOT coalesce(${compile(target, t, inner as WhereInput, path, aliases, false)}, false)`)}`];
          const found = exists(target, t, join, alias, matching);
          return [quantifier === "none" ? sql<boolean>`NOT ${found}` : found];
        }),
      );
    }
    default:
      return scalarCondition(meta, alias, field, value, path);
  }
}

function exists(target: RecordMeta, inner: string, join: RawBuilder<unknown>, outer: string, condition: Condition): Condition {
  return sql<boolean>`EXISTS (SELECT 1 FROM ${sql.table(`${target.schema}.${target.table}`)} AS ${sql.ref(inner)} WHERE ${column(inner, "district_id")} = ${column(outer, "district_id")} AND ${join} AND ${condition})`;
}

function scalarCondition(meta: RecordMeta, alias: string, field: ScalarField, value: WhereInput, path: string): Condition {
  const { contains, startsWith } = value;
  const compared: Record<string, unknown> = { ...value };
  const found: Condition[] = [];
  if (field.searchable && isPlainText(contains)) {
    delete compared.contains;
    const pattern = `%${escapeLike(contains).toLowerCase()}%`;
    found.push(sql<boolean>`${column(alias, "id")} = ANY (ARRAY(SELECT r.id FROM ${sql.raw(searchFunction(meta, field.column))}(${pattern}) AS r(id)))`);
  }
  if (field.foundByStart && isPlainText(startsWith)) {
    delete compared.startsWith;
    found.push(sql<boolean>`${column(alias, foldedColumn(field))} ^@ ${startsWith.toLowerCase()}`);
  }
  return all([...found, ...comparisons(column(alias, field.column), field.kind, compared, path)]);
}

/** What an index serves; anything else is compared, or refused, like any other value. */
const isPlainText = (value: unknown): value is string => typeof value === "string" && !value.includes("\u0000");

const operators: Record<string, string> = { eq: "=", ne: "<>", lt: "<", lte: "<=", gt: ">", gte: ">=" };

const comparison = (...args: Parameters<typeof comparisons>): Condition => all(comparisons(...args));

function comparisons(ref: RawBuilder<unknown>, kind: Field["kind"], value: WhereInput, path: string): Condition[] {
  const cast = casts[kind] ?? "text";
  const parameter = (v: unknown, at: string) => {
    if (kind === "id" && !isId(v)) throw OsssError.invalid([{ path: at, message: "Send an id as this API gave it (a UUID)." }]);
    return sql`${v}::${sql.raw(cast)}`;
  };
  return Object.entries(value).flatMap(([operator, v]) => {
    // The database takes no such text, and would abort the whole call.
    if ([v].flat().some((text) => typeof text === "string" && text.includes("\u0000"))) throw OsssError.invalid([{ path: `${path}.${operator}`, message: "Remove the control characters." }]);
    if (v === undefined || (v === null && operator !== "eq" && operator !== "ne")) return [];
    const at = `${path}.${operator}`;
    if (operator === "isNull") return [isNull(ref, v === true)];
    if (v === null) return [isNull(ref, operator === "eq")];
    if (operator === "in" || operator === "notIn") {
      const list = v as unknown[];
      if (kind === "id") list.forEach((item, i) => parameter(item, `${at}.${i}`));
      const found = sql<boolean>`${ref} = ANY (${list}::${sql.raw(cast)}[])`;
      return [operator === "in" ? found : sql<boolean>`NOT (${found})`];
    }
    if (operator === "contains") return [sql<boolean>`lower(${ref}) LIKE ${`%${escapeLike(String(v)).toLowerCase()}%`}`];
    if (operator === "startsWith") return [sql<boolean>`lower(${ref}) LIKE ${`${escapeLike(String(v)).toLowerCase()}%`}`];
    if (operator === "has") return [sql<boolean>`${v}::text = ANY (${ref})`];
    if (operator === "ne") return [sql<boolean>`${ref} IS DISTINCT FROM ${parameter(v, at)}`];
    return [sql<boolean>`${ref} ${sql.raw(operators[operator] ?? "=")} ${parameter(v, at)}`];
  });
}

/** SQL types of parameters, by kind of field: cursors and filters send text. */
export const casts: Partial<Record<Field["kind"], string>> = {
  id: "uuid",
  whole: "int",
  decimal: "numeric",
  day: "date",
  instant: "timestamptz",
  timeOfDay: "time",
  flag: "boolean",
};

export function column(alias: string, name: string): RawBuilder<unknown> {
  return sql.ref(`${alias}.${name}`);
}

const isNull = (ref: RawBuilder<unknown>, yes: boolean): Condition => (yes ? sql<boolean>`${ref} IS NULL` : sql<boolean>`${ref} IS NOT NULL`);
const escapeLike = (text: string) => text.replace(/[\\%_]/g, (c) => `\\${c}`);

export function all(parts: readonly Condition[]): Condition {
  if (parts.length === 0) return sql<boolean>`true`;
  return parts.length === 1 ? parts[0]! : sql<boolean>`(${sql.join(parts, sql` AND `)})`;
}

function any(parts: readonly Condition[]): Condition {
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` OR `)})`;
}
