import type { ScalarField } from "../record/metadata.ts";

/** A filter and what it must find, said by the values themselves and not by SQL. */
export interface Expectation {
  filter: Record<string, unknown>;
  matches: (value: unknown) => boolean;
}

const absent = "00000000-0000-7000-8000-0000000000ff";

/** Every operator of a field's kind, with values taken from the rows; equal, smaller and larger ones among them. */
export function operatorsOf(field: ScalarField, rows: readonly Readonly<Record<string, unknown>>[]): Expectation[] {
  const values = [...new Set(rows.map((r) => r[field.name]).filter((v) => v !== null))] as (string | number | boolean)[];
  const isNull: Expectation[] = [
    { filter: { isNull: true }, matches: (v) => v === null },
    { filter: { isNull: false }, matches: (v) => v !== null },
  ];
  if (field.kind === "textList" || field.kind === "json") return isNull;
  // The archive date of a current row: only its absence can be asked for here.
  const some = values[Math.floor(values.length / 2)];
  if (some === undefined) return isNull;
  const found = (test: (value: string | number | boolean) => boolean) => (v: unknown) => v !== null && test(v as string);
  const equality: Expectation[] = [
    { filter: { eq: some }, matches: (v) => v === some },
    { filter: { eq: null }, matches: (v) => v === null },
    ...isNull,
  ];
  if (field.kind === "flag") return equality;
  const [first, last] = [values[0]!, values.at(-1)!];
  const lists: Expectation[] = [
    ...equality,
    { filter: { ne: some }, matches: (v) => v !== some },
    { filter: { ne: null }, matches: (v) => v !== null },
    { filter: { in: [first, last] }, matches: (v) => v === first || v === last },
    { filter: { in: [] }, matches: () => false },
    { filter: { notIn: [first] }, matches: found((v) => v !== first) },
    ...(field.kind === "id" ? [{ filter: { eq: absent }, matches: (v: unknown) => v === absent }] : []),
  ];
  if (field.kind === "id" || field.kind === "choice") return lists;
  const order = (v: string | number | boolean) => (field.kind === "decimal" ? Number(v) : v);
  const comparisons: Expectation[] = [
    ...lists,
    { filter: { lt: some }, matches: found((v) => order(v) < order(some)) },
    { filter: { lte: some }, matches: found((v) => order(v) <= order(some)) },
    { filter: { gt: some }, matches: found((v) => order(v) > order(some)) },
    { filter: { gte: some, ne: some }, matches: found((v) => order(v) > order(some)) },
  ];
  if (field.kind !== "text") return comparisons;
  const text = String(some);
  const [inside, start] = [text.slice(1, -1) || text, text.slice(0, 3)];
  const holds = (part: string) => found((v) => String(v).toLowerCase().includes(part.toLowerCase()));
  return [
    ...comparisons,
    { filter: { contains: inside.toUpperCase() }, matches: holds(inside) },
    { filter: { contains: "%" }, matches: holds("%") },
    { filter: { contains: "_\\" }, matches: holds("_\\") },
    { filter: { startsWith: start.toLowerCase() }, matches: found((v) => String(v).toLowerCase().startsWith(start.toLowerCase())) },
    { filter: { eq: "'; DROP TABLE x; --" }, matches: () => false },
  ];
}
