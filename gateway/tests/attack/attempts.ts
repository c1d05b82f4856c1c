import type { AttackGraph, Reply } from "./attack-graph.ts";
import { idOf } from "./world-rows.ts";

/** Puts ids where an input says `{Type name}`. */
export const withIds = (input: string): string => input.replace(/\{([A-Z]\w+) ([^}]+)\}/g, (_, type: string, name: string) => idOf(type, name));

/** The id of nothing: of the right form, never given. */
export const nobody = "019a0000-0000-7000-8000-000000000000";

/** The code that refused the one write of a reply; `done` when nothing did. */
export function outcome(reply: Reply): string {
  const { errors, data } = reply;
  if (errors.length > 0) return String(errors[0]!.extensions?.code ?? "no code");
  return data !== null && Object.values(data).every((value) => value !== null) ? "done" : "null without an error";
}

/** What a refused caller reads, without what she sent herself. */
export const toldIn = (reply: Reply): unknown => reply.errors.map(({ message, extensions }) => ({ message, extensions }));

/** A checksum of every table of the installation, journal and idempotency keys included, as the superuser sees them; `but` for logged reads where a test counts those itself. */
export async function fingerprint(graph: AttackGraph, but?: "logged reads"): Promise<string> {
  const tables = await graph.platform.sql<{ name: string }>(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tablename <> 'migration' ORDER BY 1",
  );
  const parts = tables.map(({ name }) => `SELECT '${name}' AS t, count(*) AS n, md5(string_agg(x::text, ',' ORDER BY x::text)) AS sum FROM ${name} x${but && name === "journal.audit_entry" ? " WHERE action <> 'READ'" : ""}`);
  const rows = await graph.platform.sql<{ t: string; n: string; sum: string }>(parts.join(" UNION ALL "));
  return rows.map((r) => `${r.t} ${r.n} ${r.sum}`).join("\n");
}

/** The audit log's entries of reads, as `Type id`, sorted: a dry run tells what a record holds, so it is one. */
export async function readsLogged(graph: AttackGraph): Promise<string[]> {
  const rows = await graph.platform.sql<{ line: string }>("SELECT record_type || ' ' || record_id AS line FROM journal.audit_entry WHERE action = 'READ'");
  return rows.map((r) => r.line).sort();
}
