import type pg from "pg";
import { loadManifest } from "../federation/load-manifest.ts";
import type { SubgraphManifest } from "../federation/manifest.ts";
import { derivedFrom } from "./derived-objects.ts";
import { presentObjects } from "./migrate.ts";
import { actingRoles, quoted, roleNames, type RoleNames } from "./names.ts";

/** One fact of the catalog, e.g. a policy with its expressions; two databases with the same facts are ruled the same. */
type Facts = Map<string, string>;

/**
 * What in the database differs from what its manifests ask for: a policy that was dropped, added or changed under its name, a grant
 * given or taken by hand, row security switched off, a function replaced, an index or constraint missing. Empty when nothing does.
 *
 * PostgreSQL itself says what the manifests ask for: everything is derived anew in a transaction, read back from the catalog in its own
 * words, and rolled back. Takes exclusive locks on every table for that moment (about a second), so not for a busy database.
 * @param client a connection of the administrator, outside of a transaction.
 */
export async function differencesFromDerived(client: pg.Client, manifests: readonly SubgraphManifest[], prefix: string): Promise<string[]> {
  const roles = roleNames(prefix);
  const derived = derivedFrom(manifests, roles);
  const wanted = new Set(derived.objects.map((o) => `${o.kind} ${o.schema}.${o.table} ${o.name}`));
  const named = (await presentObjects(client, manifests)).map((o) => `${o.kind} ${o.schema}.${o.table} ${o.name}`);
  const differences = [
    ...[...wanted].filter((name) => !named.includes(name)).map((name) => `missing: ${name}`),
    ...named.filter((name) => !wanted.has(name)).map((name) => `unknown: ${name}`),
  ];
  await client.query("BEGIN");
  try {
    await client.query("SET LOCAL lock_timeout = '10s'");
    const before = await facts(client, manifests, roles);
    for (const statement of anew(manifests, roles, await policyNames(client, manifests))) await client.query(statement);
    const after = await facts(client, manifests, roles);
    for (const [name, fact] of before) if (after.get(name) !== fact) differences.push(after.has(name) ? `changed: ${name}: is ${fact}, should be ${after.get(name)}` : `too many: ${name}: ${fact}`);
    for (const [name, fact] of after) if (!before.has(name)) differences.push(`absent: ${name}: ${fact}`);
  } finally {
    await client.query("ROLLBACK");
  }
  return [...new Set(differences)].sort();
}

const tablesOf = (manifests: readonly SubgraphManifest[]) => manifests.flatMap((m) => loadManifest(m).metas).map((m) => `${quoted(m.schema)}.${quoted(m.table)}`);

async function policyNames(client: pg.Client, manifests: readonly SubgraphManifest[]): Promise<{ table: string; name: string }[]> {
  return (await presentObjects(client, manifests)).filter((o) => o.kind === "policy").map((o) => ({ table: `${quoted(o.schema)}.${quoted(o.table)}`, name: o.name }));
}

/** The statements that make functions, policies and grants from nothing. */
function anew(manifests: readonly SubgraphManifest[], roles: RoleNames, policies: readonly { table: string; name: string }[]): string[] {
  const derived = derivedFrom(manifests, roles);
  const acting = manifests.flatMap((m) => actingRoles(roles, m.name));
  const creators = [roles.reader, ...manifests.map((m) => roles.mixed(m.name))].join(", ");
  const everyone = ["PUBLIC", roles.app, roles.reader, ...acting].join(", ");
  return [
    "SET LOCAL search_path = pg_catalog, extensions",
    "SET LOCAL check_function_bodies = off",
    `GRANT CREATE ON SCHEMA access, lookup TO ${creators}`,
    ...derived.functions.flatMap((f) => (f.owner ? [f.sql, `ALTER FUNCTION ${f.owner.signature} OWNER TO ${f.owner.role}`] : [`SET LOCAL ROLE ${roles.owner}`, f.sql, "RESET ROLE"])),
    ...policies.map(({ table, name }) => `DROP POLICY ${quoted(name)} ON ${table}`),
    ...derived.objects.filter((o) => o.kind === "policy").map((o) => o.create),
    ...tablesOf(manifests).map((table) => `REVOKE ALL ON ${table} FROM ${everyone}`),
    ...derived.grants,
    `REVOKE CREATE ON SCHEMA access, lookup FROM ${creators}`,
  ];
}

async function facts(client: pg.Client, manifests: readonly SubgraphManifest[], roles: RoleNames): Promise<Facts> {
  const tables = tablesOf(manifests);
  const { rows } = await client.query<{ name: string; fact: string }>(
    `SELECT 'policy ' || p.policyname || ' on ' || p.schemaname || '.' || p.tablename AS name, concat_ws(' ', p.permissive, p.cmd, p.roles::text, p.qual, 'check', p.with_check) AS fact
       FROM pg_policies p WHERE format('%I.%I', p.schemaname, p.tablename)::regclass = ANY ($1::regclass[])
     UNION ALL SELECT 'row security of ' || c.oid::regclass, c.relrowsecurity || ' forced ' || c.relforcerowsecurity || ' owner ' || c.relowner::regrole FROM pg_class c WHERE c.oid = ANY ($1::regclass[])
     UNION ALL SELECT 'grant on ' || c.oid::regclass || ' to ' || a.grantee::regrole, string_agg(a.privilege_type, ',' ORDER BY a.privilege_type)
       FROM pg_class c, aclexplode(c.relacl) a WHERE c.oid = ANY ($1::regclass[]) GROUP BY c.oid, a.grantee
     UNION ALL SELECT 'grant on ' || t.attrelid::regclass || '.' || t.attname || ' to ' || a.grantee::regrole, string_agg(a.privilege_type, ',' ORDER BY a.privilege_type)
       FROM pg_attribute t, aclexplode(t.attacl) a WHERE t.attrelid = ANY ($1::regclass[]) GROUP BY t.attrelid, t.attname, a.grantee
     UNION ALL SELECT 'function ' || p.oid::regprocedure, md5(pg_get_functiondef(p.oid)) || ' owner ' || p.proowner::regrole || ' to ' || coalesce((SELECT string_agg(a.grantee::regrole::text, ',' ORDER BY a.grantee::regrole::text) FROM aclexplode(p.proacl) a), 'everyone')
       FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('access', 'journal', 'lookup') OR n.nspname = ANY ($3::text[])
     UNION ALL SELECT 'membership of ' || m.member::regrole || ' in ' || m.roleid::regrole, 'inherits ' || m.inherit_option || ' sets ' || m.set_option FROM pg_auth_members m WHERE m.member = to_regrole($2)`,
    [tables, roles.app, manifests.map((m) => m.name)],
  );
  return new Map(rows.map((r) => [r.name, r.fact]));
}
