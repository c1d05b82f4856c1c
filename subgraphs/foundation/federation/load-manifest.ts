import { recordOf, fieldNamed, isColumn, type RecordMeta } from "../record/metadata.ts";
import { subjectStamps } from "../access/access.ts";
import type { SubgraphManifest } from "./manifest.ts";

export interface LoadedManifest extends SubgraphManifest {
  metas: readonly RecordMeta[];
}

const loaded = new WeakMap<SubgraphManifest, LoadedManifest>();

/**
 * Gives every record of a manifest its domain and ties companions to their parents. Mistakes in a declaration (a stamp without a
 * column, a companion without its parent in the manifest, a `via` that points elsewhere) are thrown here, at start, by name.
 */
export function loadManifest(manifest: SubgraphManifest): LoadedManifest {
  const known = loaded.get(manifest);
  if (known) return known;
  const metas = manifest.records.map((type) => recordOf(type));
  for (const meta of metas) {
    if (meta.domain && meta.domain !== manifest.name) throw new Error(`${meta.name} is listed by two subgraphs: ${meta.domain} and ${manifest.name}.`);
    meta.domain = manifest.name;
    meta.schema ||= manifest.name;
  }
  for (const meta of metas) {
    for (const field of meta.fields.values()) {
      if (field.kind === "companion") {
        const target = recordOf(field.target());
        target.companionOf = meta;
        if (!metas.includes(target)) throw new Error(`${target.name}, the companion of ${meta.name}, is not listed in the manifest of ${manifest.name}.`);
      }
      if (field.kind === "hasMany") {
        const via = fieldNamed(recordOf(field.target()), field.via);
        if (via.kind !== "belongsTo" || via.target() !== meta.type) throw new Error(`${meta.name}.${field.name}: ${field.via} does not belong to ${meta.name}.`);
      }
    }
    for (const stamp of subjectStamps(meta.access.stamps)) columnFor(meta, meta.access.stamps[stamp]!);
  }
  const result = { ...manifest, metas };
  loaded.set(manifest, result);
  return result;
}

/** The column of a field that a stamp names. */
export function columnFor(meta: RecordMeta, fieldName: string): string {
  const field = fieldNamed(meta, fieldName);
  if (!isColumn(field)) throw new Error(`${meta.name}.${fieldName} has no column and cannot be a stamp.`);
  return field.column;
}
