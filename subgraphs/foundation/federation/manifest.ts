import type { RelationDeclaration } from "../access/declare-relation.ts";
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

/** What a subgraph is made of: a value without side effects. */
export interface SubgraphManifest {
  /** The domain: PostgreSQL schema, folder and subgraph name. */
  name: string;
  description: string;
  records: readonly RecordClass[];
  operations: readonly Operation[];
  connections?: readonly ForeignConnection[];
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
