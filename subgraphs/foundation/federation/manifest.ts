import type { RelationDeclaration } from "../access/declare-relation.ts";
import type { ComputedField } from "../crud/computed.ts";
import type { Operation } from "../crud/operation.ts";
import type { ForeignClass, RecordClass } from "../record/metadata.ts";

/** A connection that this domain adds to another domain's type: `School.schoolEnrollments`. */
export interface ForeignConnection {
  on: ForeignClass;
  name: string;
  of: RecordClass;
  /** The ForeignRef field of `of` that points to `on`. */
  via: string;
  description: string;
}

/**
 * What the operations of a domain must know of other domains' rows, past the row rules: a function `lookup.<domain>_<name>(...)`, run by the
 * reader role within the district and callable by this domain's roles alone. Whoever asks it guards what the caller is told.
 */
export interface Lookup {
  name: string;
  /** Parameters as in SQL: `sections uuid[], day date`. */
  arguments: string;
  /** As in SQL: `TABLE (section_id uuid, student_id uuid)`, `SETOF uuid`, `boolean`. */
  returns: string;
  /** One SELECT over schema-qualified tables; the `access.*` functions speak of the caller. */
  sql: string;
}

export const lookup = (declaration: Lookup): Lookup => declaration;

/** Work that a serving process repeats by itself, such as counting what was left for later. Any number of processes may run it at once. */
export interface BackgroundWork {
  name: string;
  everyMs: number;
  /** One statement that the bare login may run (see `loginFunctions`). */
  sql: string;
}

/** What a subgraph is made of: a value without side effects. */
export interface SubgraphManifest {
  /** The domain: PostgreSQL schema, folder and subgraph name. */
  name: string;
  description: string;
  records: readonly RecordClass[];
  operations: readonly Operation[];
  connections?: readonly ForeignConnection[];
  /** Fields that are computed: of this domain's records, or added to another domain's type. */
  fields?: readonly ComputedField[];
  lookups?: readonly Lookup[];
  background?: readonly BackgroundWork[];
  /** Records of all domains whose changes this one tells through `recordChanged`; platform's alone. */
  changedRecords?: readonly { readonly domain: string; readonly name: string }[];
  /** Domains whose records its operations write together (`acrossMutation`); rostering's alone. */
  orchestrates?: readonly string[];
  relations: readonly RelationDeclaration[];
  /**
   * SQL that is replaced as a whole at every migration (functions, triggers), after all tables of all domains exist. Must be
   * idempotent (CREATE OR REPLACE). `{prefix}` is the installation's role prefix.
   */
  repeatableSql?: readonly string[];
  /** Functions of `repeatableSql` that the bare login may call, before a caller and a district are known: `access.account_of(text, text)`. */
  loginFunctions?: readonly string[];
  /** Folder of this subgraph's migrations. */
  migrations: URL;
}

export function subgraph(manifest: SubgraphManifest): SubgraphManifest {
  return manifest;
}
