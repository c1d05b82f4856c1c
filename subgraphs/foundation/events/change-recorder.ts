import { ChangeSetType, type EventSubscriber, type FlushEventArgs } from "@mikro-orm/core";
import { recordOf, columnsOf, type RecordClass, type RecordMeta } from "../record/metadata.ts";

/** One field of one record before and after; values as the graph shows them, null for none. */
export interface FieldChange {
  recordType: string;
  recordId: string;
  field: string;
  before: unknown;
  after: unknown;
}

/** One record as a flush changed it. */
export interface RecordChange {
  meta: RecordMeta;
  id: string;
  version: number;
  action: "CREATED" | "UPDATED" | "ARCHIVED" | "RESTORED" | "LOADED";
  fields: FieldChange[];
}

const recorded = new WeakMap<object, RecordChange[]>();

/** The changes flushed through an EntityManager so far, in order. Taking them empties the list. */
export function takeChanges(em: object): RecordChange[] {
  const changes = recorded.get(em) ?? [];
  recorded.delete(em);
  return changes;
}

/** Adds a change that no flush made. */
export function recordChange(em: object, change: RecordChange): void {
  recorded.set(em, [...(recorded.get(em) ?? []), change]);
}

const silent = new Set(["id", "districtId", "version", "createdAt", "createdBy", "updatedAt", "updatedBy"]);

/** Listens to every flush, so that no write of a managed record can escape the audit log, and completes the row before it is sent. */
export class ChangeRecorder implements EventSubscriber {
  afterFlush(args: FlushEventArgs): void {
    const list = recorded.get(args.em) ?? [];
    recorded.set(args.em, list);
    for (const set of args.uow.getChangeSets()) {
      const meta = recordOf(set.meta.class as RecordClass);
      const entity = set.entity as Record<string, unknown>;
      const before = (set.originalEntity ?? {}) as Record<string, unknown>;
      const created = set.type === ChangeSetType.CREATE;
      const fields = columnsOf(meta)
        .filter((field) => !silent.has(field.name) && (created ? entity[field.name] != null : field.name in set.payload))
        .map((field) => ({
          recordType: meta.name,
          recordId: String(entity.id),
          field: field.kind === "foreign" ? field.graphName : field.name,
          before: created ? null : plain(field.kind === "json" && typeof before[field.name] === "string" ? JSON.parse(before[field.name] as string) : before[field.name]),
          after: plain(entity[field.name]),
        }));
      const archived = fields.find((f) => f.field === "archivedAt");
      const action = created ? "CREATED" : !archived ? "UPDATED" : archived.after === null ? "RESTORED" : "ARCHIVED";
      list.push({ meta, id: String(entity.id), version: Number(entity.version), action, fields });
    }
  }
}

function plain(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "object" && !Array.isArray(value) && "id" in value) return (value as { id: unknown }).id;
  return value;
}
