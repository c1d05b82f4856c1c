import { policiesOf, RelationIndex } from "../access/policies.ts";
import { columnFor, loadManifest, type LoadedManifest } from "../federation/load-manifest.ts";
import type { SubgraphManifest } from "../federation/manifest.ts";
import { columnsOf, isScalar, recordOf, type Constraint, type RecordMeta } from "../record/metadata.ts";
import { relationFunctions } from "../access/relation-functions.ts";
import { foldedColumns } from "./folded-columns.ts";
import { actingRoles, hashedName, literal, quoted, type RoleNames } from "./names.ts";
import { journalFunctions, journalGrants } from "../events/journal-sql.ts";
import { allJobs, jobGrants, queueOf } from "../jobs/job-tables.ts";

/** An object that the database must have under this name; a changed definition has another name. */
export interface DerivedObject {
  kind: "column" | "index" | "constraint" | "policy";
  schema: string;
  table: string;
  name: string;
  create: string;
}

/** A function or trigger to replace; owned by the tables' owner unless it acts with the rights of another role. */
export interface DerivedFunction {
  sql: string;
  owner?: { signature: string; role: string };
}

export interface Derived {
  /** Run in order, each idempotent. */
  functions: DerivedFunction[];
  objects: DerivedObject[];
  grants: string[];
  /** How the queues of jobs are kept; made before the others. */
  queues: object[];
}

/** Everything in the database that follows from the manifests, beyond tables, columns and keys. */
export function derivedFrom(manifests: readonly SubgraphManifest[], roles: RoleNames): Derived {
  const loaded = manifests.map(loadManifest);
  const relations = new RelationIndex(loaded.flatMap((m) => m.relations));
  const metas = loaded.flatMap((m) => m.metas);
  return {
    functions: [
      ...journalFunctions().map((sql) => ({ sql })),
      ...relationFunctions(relations.declarations, roles.reader),
      ...loaded.flatMap((m) => m.metas.flatMap((meta) => recordFunctions(meta, roles))),
      { sql: dropLookups },
      ...loaded.flatMap((m) => lookupFunctions(m, roles)),
      ...loaded.flatMap((m) => (m.repeatableSql ?? []).map((made) => ({ sql: typeof made === "string" ? made : made.sql }))),
    ],
    objects: [...metas.flatMap((meta) => [...(meta.managed ? [...columns(meta), ...indexes(meta), ...constraints(meta)] : []), ...policies(meta, relations, roles)]), ...agreements(metas)],
    grants: [...journalGrants(roles), ...jobGrants(roles), ...closeFunctions(loaded, roles), ...metas.flatMap((meta) => tableGrants(meta, roles)), ...loaded.flatMap((m) => schemaGrants(m, roles)), ...fileGrants(loaded, roles)],
    queues: allJobs(loaded).map(queueOf),
  };
}

/** Row rules of the parts of files: of the district of the transaction, for the operations of the domain that keeps them, and for nobody else. */
function fileGrants(manifests: readonly LoadedManifest[], roles: RoleNames): string[] {
  const keeper = manifests.find((m) => m.keepsFiles);
  const policy = (name: string, definition: string) => [`DROP POLICY IF EXISTS ${name} ON files.part`, `CREATE POLICY ${name} ON files.part ${definition}`];
  const common = ["ALTER TABLE files.part ENABLE ROW LEVEL SECURITY", "ALTER TABLE files.part FORCE ROW LEVEL SECURITY", ...policy("owner", `TO ${roles.owner} USING (true) WITH CHECK (true)`)];
  if (keeper === undefined) return common;
  const { domain, table } = { domain: quoted(keeper.name), table: quoted(recordOf(keeper.keepsFiles!).table) };
  const elevated = roles.elevated(keeper.name);
  return [
    ...common,
    ...policy("district", `AS RESTRICTIVE TO ${elevated} USING (district_id = (SELECT access.district())) WITH CHECK (district_id = (SELECT access.district()))`),
    ...policy("elevated", `TO ${elevated} USING (true) WITH CHECK (true)`),
    `GRANT USAGE ON SCHEMA files TO ${elevated}`,
    `GRANT SELECT, INSERT, DELETE ON files.part TO ${elevated}`,
    "ALTER TABLE files.part DROP CONSTRAINT IF EXISTS part_file_id_foreign",
    `ALTER TABLE files.part ADD CONSTRAINT part_file_id_foreign FOREIGN KEY (district_id, file_id) REFERENCES ${domain}.${table} (district_id, id)`,
  ];
}

/** `access.visible_<record>` tells which ids the caller may read, those of archived rows only when asked for; `access.search_<record>_<field>` finds text by trigram. */
function recordFunctions(meta: RecordMeta, roles: RoleNames): DerivedFunction[] {
  const table = `${meta.schema}.${meta.table}`;
  const visible = visibleFunction(meta.domain, meta.table);
  return [
    {
      sql: `CREATE OR REPLACE FUNCTION ${visible}(ids uuid[], archived boolean DEFAULT false) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$ SELECT id FROM ${table} WHERE id = ANY (ids) AND (archived OR archived_at IS NULL) $f$`,
      owner: { signature: `${visible}(uuid[], boolean)`, role: roles.mixed(meta.domain) },
    },
    ...[...meta.fields.values()].filter(isScalar).filter((f) => f.searchable).map((f) => {
      const search = searchFunction(meta, f.column);
      return {
        sql: `CREATE OR REPLACE FUNCTION ${search}(pattern text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, extensions, pg_temp AS $f$ SELECT id FROM ${table} WHERE lower(${quoted(f.column)}) LIKE pattern AND district_id = access.district() $f$`,
        owner: { signature: `${search}(text)`, role: roles.reader },
      };
    }),
  ];
}

/** Made anew each time: a function cannot be replaced by one of another shape. */
const dropLookups = `DO $f$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'lookup'::regnamespace LOOP EXECUTE 'DROP FUNCTION ' || f; END LOOP;
END $f$`;

function lookupFunctions(manifest: LoadedManifest, roles: RoleNames): DerivedFunction[] {
  return (manifest.lookups ?? []).map((l) => ({
    sql: `CREATE OR REPLACE FUNCTION lookup.${manifest.name}_${l.name}(${l.arguments}) RETURNS ${l.returns} LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$ ${l.sql} $f$`,
    owner: { signature: `lookup.${manifest.name}_${l.name}`, role: roles.reader },
  }));
}

export function visibleFunction(domain: string, table: string): string {
  return `access.visible_${domain}_${table}`;
}

export function searchFunction(meta: RecordMeta, column: string): string {
  return `access.search_${meta.domain}_${meta.table}_${column}`;
}

function columns(meta: RecordMeta): DerivedObject[] {
  return foldedColumns(meta).map(({ column, definition }) => ({
    kind: "column", schema: meta.schema, table: meta.table, name: column, create: `ALTER TABLE ${quoted(meta.schema)}.${quoted(meta.table)} ADD COLUMN ${quoted(column)} ${definition}`,
  }));
}

function indexes(meta: RecordMeta): DerivedObject[] {
  const table = `${quoted(meta.schema)}.${quoted(meta.table)}`;
  const made: DerivedObject[] = [];
  const add = (name: string, unique: boolean, rest: string) => {
    const full = hashedName(name, rest);
    made.push({ kind: "index", schema: meta.schema, table: meta.table, name: full, create: `CREATE ${unique ? "UNIQUE " : ""}INDEX ${quoted(full)} ON ${table} ${rest}` });
  };
  for (const field of columnsOf(meta)) {
    const column = quoted(field.column);
    if (field.kind === "belongsTo" || field.kind === "foreign") add(`${meta.table}_${field.column}`, false, `(district_id, ${column})`);
    if (isScalar(field) && field.sortable && field.name !== "id") add(`${meta.table}_${field.column}_sort`, false, `(district_id, ${column}, id)`);
    if (isScalar(field) && field.searchable) add(`${meta.table}_${field.column}_search`, false, `USING gin (lower(${column}) extensions.gin_trgm_ops)`);
  }
  for (const { column } of foldedColumns(meta)) add(`${meta.table}_${column}`, false, `(district_id, ${quoted(column)})`);
  for (const { name, fields, theirs } of meta.constraints.filter((each) => each.kind === "index")) {
    const columns = (names: readonly string[]) => names.map((f) => quoted(columnFor(meta, f))).join(", ");
    add(name, false, `(district_id, ${columns(fields)})${theirs ? ` INCLUDE (${columns(theirs)}) WHERE archived_at IS NULL` : ""}`);
  }
  for (const c of meta.constraints.filter((c) => c.kind === "unique")) {
    const columns = c.fields.map((f) => quoted(columnFor(meta, f)));
    const optional = c.fields.length > 1 && c.fields.some((f) => meta.fields.get(f)?.optional);
    add(c.name, true, `(district_id, ${columns.join(", ")})${optional ? " NULLS NOT DISTINCT" : ""} WHERE archived_at IS NULL${c.where ? ` AND (${c.where})` : ""}`);
  }
  return made;
}

function constraints(meta: RecordMeta): DerivedObject[] {
  const table = `${quoted(meta.schema)}.${quoted(meta.table)}`;
  const made: DerivedObject[] = [];
  const add = (name: string, definition: string) => {
    const full = hashedName(name, definition);
    made.push({ kind: "constraint", schema: meta.schema, table: meta.table, name: full, create: `ALTER TABLE ${table} ADD CONSTRAINT ${quoted(full)} ${definition}` });
  };
  for (const field of columnsOf(meta).filter(isScalar)) {
    const column = quoted(field.column);
    if (field.enumeration) {
      const values = Object.keys(field.enumeration.values).map(literal).join(", ");
      add(`${meta.table}_${field.column}_choice`, field.kind === "textList" ? `CHECK (${column} <@ ARRAY[${values}])` : `CHECK (${column} IN (${values}))`);
    }
    if (field.min !== undefined) add(`${meta.table}_${field.column}_min`, `CHECK (${column} >= ${field.min})`);
    if (field.max !== undefined) add(`${meta.table}_${field.column}_max`, `CHECK (${column} <= ${field.max})`);
  }
  for (const c of meta.constraints) {
    if (c.kind === "check") add(c.name, `CHECK (${c.expression})`);
    if (c.kind === "exclude") add(c.name, exclusion(meta, c));
  }
  return made;
}

/** The composite foreign keys of `@Agrees`, and the unique index of the referenced table that each needs. */
function agreements(metas: readonly RecordMeta[]): DerivedObject[] {
  const made = new Map<string, DerivedObject>();
  for (const meta of metas) {
    for (const c of meta.constraints.filter((each) => each.kind === "agrees")) {
      const target = referenced(meta, c.fields[0]!, metas);
      const theirs = `(district_id, id, ${c.theirs!.map((f) => quoted(columnFor(target, f))).join(", ")})`;
      const index = hashedName(`${target.table}_agreed`, theirs);
      made.set(`${target.schema}.${index}`, { kind: "index", schema: target.schema, table: target.table, name: index, create: `CREATE UNIQUE INDEX ${quoted(index)} ON ${quoted(target.schema)}.${quoted(target.table)} ${theirs}` });
      const definition = `FOREIGN KEY (district_id, ${c.fields.map((f) => quoted(columnFor(meta, f))).join(", ")}) REFERENCES ${quoted(target.schema)}.${quoted(target.table)} ${theirs}`;
      const full = hashedName(c.name, definition);
      made.set(`${meta.schema}.${full}`, { kind: "constraint", schema: meta.schema, table: meta.table, name: full, create: `ALTER TABLE ${quoted(meta.schema)}.${quoted(meta.table)} ADD CONSTRAINT ${quoted(full)} ${definition}` });
    }
  }
  return [...made.values()];
}

function referenced(meta: RecordMeta, name: string, metas: readonly RecordMeta[]): RecordMeta {
  const field = meta.fields.get(name);
  if (field?.kind !== "belongsTo" && field?.kind !== "foreign") throw new Error(`${meta.name}: @Agrees names ${name}, which is no reference of it.`);
  if (field.kind === "belongsTo") return recordOf(field.target());
  const { domain, table } = field.target().foreign;
  const found = metas.find((m) => m.domain === domain && m.table === table);
  if (!found) throw new Error(`${meta.name}.${name}: there is no record ${domain}.${table} among the subgraphs.`);
  return found;
}

/** Empty values are equal here: two spans without a person are spans of the same nobody. */
function exclusion(meta: RecordMeta, c: Constraint): string {
  const per = c.fields.map((f) => {
    const column = quoted(columnFor(meta, f));
    const field = meta.fields.get(f)!;
    if (!field.optional) return `${column} WITH =`;
    const nothing = field.kind === "belongsTo" || field.kind === "foreign" || field.kind === "id" ? "'00000000-0000-0000-0000-000000000000'::uuid" : "''";
    return `coalesce(${column}, ${nothing}) WITH =`;
  });
  const span = `daterange(${quoted(columnFor(meta, c.span!.from))}, ${quoted(columnFor(meta, c.span!.to))}) WITH &&`;
  return `EXCLUDE USING gist (district_id WITH =, ${[...per, span].join(", ")}) WHERE (archived_at IS NULL${c.where ? ` AND (${c.where})` : ""})`;
}

function policies(meta: RecordMeta, relations: RelationIndex, roles: RoleNames): DerivedObject[] {
  const table = `${quoted(meta.schema)}.${quoted(meta.table)}`;
  const rules = policiesOf(meta, relations);
  const [mixed, point, wide, elevated] = [roles.mixed(meta.domain), roles.point(meta.domain), roles.wide(meta.domain), roles.elevated(meta.domain)];
  const made: DerivedObject[] = [];
  const add = (name: string, definition: string) => {
    const full = hashedName(name, definition);
    made.push({ kind: "policy", schema: meta.schema, table: meta.table, name: full, create: `CREATE POLICY ${quoted(full)} ON ${table} ${definition}` });
  };
  add("owner", `TO ${roles.owner} USING (true) WITH CHECK (true)`);
  add("district", `AS RESTRICTIVE TO ${actingRoles(roles, meta.domain).join(", ")}, ${roles.reader} USING (district_id = (SELECT access.district())) WITH CHECK (district_id = (SELECT access.district()))`);
  add("reader", `FOR SELECT TO ${roles.reader} USING (true)`);
  add("elevated", `TO ${elevated} USING (true) WITH CHECK (true)`);
  if (rules.mixedRead) add("mixed_read", `FOR SELECT TO ${mixed} USING (${rules.mixedRead})`);
  if (rules.pointRead) add("point_read", `FOR SELECT TO ${point} USING (${rules.pointRead})`);
  if (rules.wideRead) add("wide_read", `FOR SELECT TO ${wide} USING (${rules.wideRead})`);
  if (rules.write && inserts(meta)) add("mixed_insert", `FOR INSERT TO ${mixed} WITH CHECK (${rules.write})`);
  if (rules.write && updates(meta)) add("mixed_update", `FOR UPDATE TO ${mixed} USING (${rules.write}) WITH CHECK (${rules.write})`);
  return made;
}

/** What named operations alone may write is still written as the caller, under the write grants, where it has any. */
const byOperations = (meta: RecordMeta) => meta.managed && meta.writes.length === 0 && meta.access.grants.some((g) => g.verb === "write");
const inserts = (meta: RecordMeta) => meta.writes.includes("create") || byOperations(meta);
const updates = (meta: RecordMeta) => meta.writes.includes("update") || meta.writes.includes("archive") || byOperations(meta);

function tableGrants(meta: RecordMeta, roles: RoleNames): string[] {
  const table = `${quoted(meta.schema)}.${quoted(meta.table)}`;
  const [mixed, elevated] = [roles.mixed(meta.domain), roles.elevated(meta.domain)];
  const acting = actingRoles(roles, meta.domain).join(", ");
  const changeable = columnsOf(meta)
    .filter((f) => !("immutable" in f && f.immutable) && !(isScalar(f) && f.readOnly))
    .map((f) => f.column);
  const updated = [...changeable, "version", "updated_at", "updated_by", "archived_at"].map(quoted).join(", ");
  const write = meta.managed;
  return [
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    `REVOKE ALL ON ${table} FROM ${acting}, ${roles.reader}`,
    `GRANT SELECT ON ${table} TO ${acting}, ${roles.reader}`,
    ...(write && inserts(meta) ? [`GRANT INSERT ON ${table} TO ${mixed}`] : []),
    ...(write && updates(meta) ? [`GRANT UPDATE (${updated}) ON ${table} TO ${mixed}`] : []),
    ...(write ? [`GRANT INSERT, UPDATE ON ${table} TO ${elevated}`] : []),
  ];
}

/** Functions of the domains are closed to every role, those that were open before included: what a role may call is granted by name. */
function closeFunctions(manifests: readonly LoadedManifest[], roles: RoleNames): string[] {
  if (manifests.length === 0) return [];
  const everyone = ["PUBLIC", roles.app, roles.reader, ...manifests.flatMap((m) => actingRoles(roles, m.name))].join(", ");
  return [`REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${manifests.map((m) => quoted(m.name)).join(", ")} FROM ${everyone}`];
}

function functionGrants({ name, repeatableSql = [] }: LoadedManifest, roles: RoleNames): string[] {
  const roleOf = { elevated: roles.elevated(name), mixed: roles.mixed(name), wide: roles.wide(name), reader: roles.reader };
  return repeatableSql.flatMap((made) => (typeof made === "string" ? [] : [`GRANT EXECUTE ON FUNCTION ${made.signature} TO ${made.callers.map((caller) => roleOf[caller]).join(", ")}`]));
}

function schemaGrants(manifest: LoadedManifest, roles: RoleNames): string[] {
  const acting = actingRoles(roles, manifest.name).join(", ");
  // Point only reads records.
  const working = actingRoles(roles, manifest.name).filter((role) => role !== roles.point(manifest.name)).join(", ");
  return [
    `GRANT USAGE ON SCHEMA ${quoted(manifest.name)}, access, journal, lookup, extensions TO ${acting}, ${roles.reader}`,
    ...(manifest.lookups ?? []).map((l) => `GRANT EXECUTE ON FUNCTION lookup.${manifest.name}_${l.name} TO ${working}`),
    `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA access TO ${acting}, ${roles.reader}`,
    ...functionGrants(manifest, roles),
    ...(manifest.loginFunctions ?? []).map((signature) => `GRANT EXECUTE ON FUNCTION ${signature} TO ${roles.app}`),
    `GRANT EXECUTE ON FUNCTION journal.append(jsonb, text, text, text), journal.claim(text, text, text), journal.settle(text, text, jsonb) TO ${working}`,
    `GRANT EXECUTE ON FUNCTION journal.set_aside(text[], boolean) TO ${roles.elevated(manifest.name)}`,
  ];
}
