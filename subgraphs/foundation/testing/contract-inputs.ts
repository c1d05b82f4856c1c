import { inputFields } from "../federation/graph-types.ts";
import { isScalar, recordOf, type Field, type RecordMeta, type ScalarField } from "../record/metadata.ts";
import { believable, endsSpan } from "./believable.ts";
import { selectionOf } from "./contract.ts";
import type { Values, World } from "./factory.ts";

const sent = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

/** A record's values as the input of its creation. */
export function createInput(meta: RecordMeta, values: Values): Values {
  return Object.fromEntries(inputFields(meta, "Create").filter(({ field }) => field.kind !== "companion" && values[field.name] !== undefined).map(({ input, field }) => [input, sent(values[field.name])]));
}

/** The values of a companion for its parent's input, or null where the parent has none that may be written. */
export function companionInput(world: World, meta: RecordMeta): { name: string; companion: RecordMeta; input: Values } | null {
  const field = [...meta.fields.values()].find((f) => f.kind === "companion" && recordOf(f.target()).writes.length > 0);
  if (field?.kind !== "companion") return null;
  const companion = recordOf(field.target());
  return { name: field.name, companion, input: createInput(companion, world.values(companion.type, {}, { complete: true })) };
}

const usefulness = (meta: RecordMeta, field: ScalarField): number => {
  if (field.kind === "text") return meta.constraints.some((c) => c.fields.includes(field.name)) ? 2 : 1;
  if (endsSpan(meta, field)) return 3;
  return { choice: 4, whole: 5, decimal: 6, day: 7, timeOfDay: 8, flag: 9 }[field.kind as "choice"] ?? 10;
};

/** A field that an update may change, and another value for each `n`; null where all fields are fixed at creation. */
export function changeOf(meta: RecordMeta, n: number): { field: ScalarField; value: unknown } | null {
  const fields = inputFields(meta, "Update").map(({ field }) => field).filter((f: Field): f is ScalarField => isScalar(f));
  const [field] = fields.sort((a, b) => usefulness(meta, a) - usefulness(meta, b));
  if (!field) return null;
  if (endsSpan(meta, field)) return { field, value: new Date(Date.UTC(2027, 5, 1 + n)).toISOString().slice(0, 10) };
  if (field.kind === "choice") {
    const values = Object.keys(field.enumeration!.values);
    return { field, value: values[(n + 1) % values.length] };
  }
  if (field.kind === "flag") return { field, value: n % 2 === 0 };
  return { field, value: sent(believable(meta, field, 500 + n)) };
}

const payload = (meta: RecordMeta) => `{ record { ${selectionOf(meta)} } changes { recordType recordId field before after } }`;

/** The documents of a record's mutations; each answers as `out`. */
export const documents = {
  create: (meta: RecordMeta) => `mutation($input: Create${meta.name}Input!, $dryRun: Boolean! = false) { out: create${meta.name}(input: $input, dryRun: $dryRun) ${payload(meta)} }`,
  update: (meta: RecordMeta) => `mutation($id: ID!, $version: Int!, $input: Update${meta.name}Input!, $dryRun: Boolean! = false) { out: update${meta.name}(id: $id, version: $version, input: $input, dryRun: $dryRun) ${payload(meta)} }`,
  archive: (meta: RecordMeta) => `mutation($id: ID!, $version: Int!, $dryRun: Boolean! = false) { out: archive${meta.name}(id: $id, version: $version, dryRun: $dryRun) ${payload(meta)} }`,
  restore: (meta: RecordMeta) => `mutation($id: ID!, $version: Int!, $dryRun: Boolean! = false) { out: restore${meta.name}(id: $id, version: $version, dryRun: $dryRun) ${payload(meta)} }`,
};

export interface Payload {
  record: (Record<string, unknown> & { id: string; version: number }) | null;
  changes: { recordType: string; recordId: string; field: string; before: unknown; after: unknown }[];
}
