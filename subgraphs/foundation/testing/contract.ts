import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { expect } from "vitest";
import { tableOf } from "../crud/read.ts";
import { errorCodes } from "../errors/errors.ts";
import type { Identity } from "../identity/identity.ts";
import { beginReading } from "../persistence/session.ts";
import { isScalar, recordOf, type RecordMeta } from "../record/metadata.ts";
import type { SubgraphReply } from "../serving/subgraph-service.ts";
import { World, type Recipes } from "./factory.ts";
import type { Reaches } from "./personas.ts";
import type { TestPlatform } from "./test-platform.ts";

/** What the contract tests of a file stand on. */
export interface Contract {
  platform: TestPlatform;
  recipes: Recipes;
  reaches: Reaches;
}

/** A district of its own, so that tests of one file never meet. */
export function newDistrict(contract: Contract): World {
  const world = new World(contract.platform, randomUUID(), contract.recipes);
  if (world.manifests.some((m) => m.metas.some((meta) => meta.name === "District"))) world.a("District", {}, { id: world.districtId });
  return world;
}

/** The reply's data; fails the test when there are errors. */
export function dataOf<T = Record<string, Record<string, unknown>>>(reply: SubgraphReply): T {
  expect(reply.errors ?? [], JSON.stringify(reply.errors)).toEqual([]);
  return reply.data as T;
}

/** The code of a reply's first error; checks that no error tells what it must not. */
export function codeOf(reply: SubgraphReply): string | undefined {
  checkErrors(reply);
  return reply.errors?.[0]?.extensions?.code as string | undefined;
}

const leaks = /\b(select|insert into|update\s+"|delete from|relation ".*"|column ".*"|violates|constraint|permission denied|row-level|pg_|osss_|policy|syntax error|stack)\b|mikro|kysely|\.ts\b/i;

/** Errors that a caller gets carry a stable code and tell nothing of the database. */
export function checkErrors(reply: SubgraphReply): void {
  for (const error of reply.errors ?? []) {
    expect(errorCodes, `the error "${error.message}" has no stable code`).toContain(error.extensions?.code);
    expect(JSON.stringify(error), "an error speaks of the database").not.toMatch(leaks);
  }
}

/** The ids of current rows that the database itself shows to a caller, past the schema's rules. */
export async function rowsInDatabase(platform: TestPlatform, meta: RecordMeta, identity: Identity, role: "mixed" | "point" | "wide" = "mixed"): Promise<Set<string>> {
  const { roles } = platform.orchestration;
  const { transaction, abandon } = await beginReading(platform.database.kysely, { identity, now: platform.clock.now, role: roles[role](meta.domain) });
  try {
    const { rows } = await sql<{ id: string }>`SELECT id FROM ${tableOf(meta)} WHERE archived_at IS NULL`.execute(transaction);
    return new Set(rows.map((r) => r.id));
  } finally {
    await abandon();
  }
}

/** How many rows every table holds, the journal's included but for logged reads: equal before and after what must write nothing. */
export async function rowCounts(platform: TestPlatform): Promise<Record<string, number>> {
  const tables = platform.orchestration.manifests.flatMap((m) => m.metas).map((m) => `${m.schema}.${m.table}`);
  const all = [...new Set([...tables, "journal.audit_entry", "journal.outbox_event", "journal.idempotency_key"])];
  const counting = all.map((t) => `SELECT '${t}' AS name, count(*)::int AS n FROM ${t}${t === "journal.audit_entry" ? " WHERE action <> 'READ'" : ""}`);
  const rows = await platform.sql<{ name: string; n: number }>(counting.join(" UNION ALL "));
  return Object.fromEntries(rows.map((r) => [r.name, r.n]));
}

/** The audit and outbox rows of a record's writes, oldest first. */
export async function journalOf(platform: TestPlatform, id: string): Promise<{ audit: AuditRow[]; outbox: { record_version: number; action: string }[] }> {
  return {
    audit: await platform.sql<AuditRow>("SELECT record_type, action, record_version, operation, created_by, changes FROM journal.audit_entry WHERE record_id = $1 AND action <> 'READ' ORDER BY record_version, id", [id]),
    outbox: await platform.sql("SELECT record_type, record_version, action FROM journal.outbox_event WHERE record_id = $1 ORDER BY record_version, id", [id]),
  };
}

export interface AuditRow {
  record_type: string;
  action: string;
  record_version: number;
  operation: string;
  created_by: string | null;
  changes: { field: string; before: unknown; after: unknown }[];
}

/** The plain fields of a record that the graph shows. */
export const shownFields = (meta: RecordMeta) => [...meta.fields.values()].filter(isScalar).filter((f) => !f.internal);

/** A selection of every plain field and the id of every reference of this domain. */
export function selectionOf(meta: RecordMeta): string {
  const references = [...meta.fields.values()].flatMap((f) => {
    if (f.kind === "foreign") return [`${f.graphName} { id }`];
    if (f.kind === "companion") return [`${f.name} { ${shownFields(recordOf(f.target())).map((c) => c.name).join(" ")} }`];
    return f.kind === "belongsTo" ? [`${f.name} { id }`] : [];
  });
  return [...shownFields(meta).map((f) => f.name), ...references].join(" ");
}

/** Counts the statements that the platform's pool runs during `work`. */
export async function statementsOf(platform: TestPlatform, work: () => Promise<unknown>): Promise<string[]> {
  const { Client } = await import("pg");
  const original = Client.prototype.query as (...args: unknown[]) => unknown;
  const seen: string[] = [];
  Client.prototype.query = function counted(this: { connectionParameters?: { application_name?: string } }, ...args: unknown[]) {
    const first = args[0] as { text?: string } | string;
    seen.push(typeof first === "string" ? first : (first.text ?? ""));
    return original.apply(this, args);
  } as never;
  try {
    await work();
  } finally {
    Client.prototype.query = original as never;
  }
  expect(platform.database.pool.waitingCount).toBe(0);
  return seen;
}
