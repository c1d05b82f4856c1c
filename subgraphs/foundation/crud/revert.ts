import type { RecordMeta } from "../record/metadata.ts";
import { isScalar } from "../record/metadata.ts";

/** A change as the audit log and previews tell it. */
interface ToldChange {
  readonly fields: readonly { readonly field: string; readonly before: unknown }[];
}

/** The values by field name that take recorded changes of one record back; the earliest of several changes of a field counts. */
export function valuesBefore(meta: RecordMeta, changes: readonly ToldChange[]): Record<string, unknown> {
  const byTold = new Map([...meta.fields.values()].map((field) => [field.kind === "foreign" ? field.graphName : field.name, field]));
  const values: Record<string, unknown> = {};
  for (const { fields } of changes) {
    for (const { field: told, before } of fields) {
      const field = byTold.get(told);
      if (field === undefined) throw new Error(`${meta.name} has no field that is told as ${told}.`);
      if (field.name in values) continue;
      values[field.name] = before !== null && isScalar(field) && field.kind === "instant" ? new Date(String(before)) : before;
    }
  }
  return values;
}
