import type { RelationDeclaration } from "../access/declare-relation.ts";
import type { Orchestration } from "../crud/across-domains.ts";
import type { ComputedField } from "../crud/computed.ts";
import type { Operation } from "../crud/operation.ts";
import type { AnyJob, Schedule } from "../jobs/job.ts";
import type { HttpHandler, HttpHost } from "../serving/http-handler.ts";
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

/**
 * Who calls a function of `repeatableSql` beside the tables' owner: a role of the domain itself (`elevated` for operations that write,
 * `mixed` and `wide` for queries), or the reader, for the lookups of every domain.
 */
export type FunctionCaller = "elevated" | "mixed" | "wide" | "reader";

/** SQL that makes one function, and who may call it. What is not declared so is closed to every role: a trigger's function needs no caller. */
export interface CallableFunction {
  readonly sql: string;
  /** `academics.clashes(uuid[], uuid[])`. */
  readonly signature: string;
  readonly callers: readonly FunctionCaller[];
}

export type RepeatableSql = string | CallableFunction;

export const callable = (signature: string, callers: readonly FunctionCaller[], sql: string): CallableFunction => ({ signature, callers, sql });

/** Work that a serving process repeats by itself, such as counting what was left for later. Any number of processes may run it at once. */
export interface BackgroundWork {
  name: string;
  everyMs: number;
  /** One statement that the bare login may run (see `loginFunctions`). */
  sql: string;
}

/** What a domain answers at addresses of its own. */
export interface DomainHttp {
  /** How the addresses begin: `/files/`. */
  readonly prefix: string;
  /** Requests come as they are: what authority they bring, the domain itself looks at. */
  readonly open: (host: HttpHost) => HttpHandler;
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
  /** Work that is done later, by a process that serves this domain (see foundation/jobs/job.ts). */
  jobs?: readonly AnyJob[];
  /** Which of its jobs are queued by themselves, and when. */
  schedules?: readonly Schedule[];
  /** The record of files whose bytes lie in `files.part`; platform's alone. */
  keepsFiles?: RecordClass;
  /** Requests at addresses of its own that it answers beside GraphQL: the gateway passes them on to the process that serves it. */
  http?: DomainHttp;
  /** A statement that the bare login may run, which tells `id` and `time_zone` of every district; platform's alone. */
  districtZones?: string;
  /** Records of all domains whose changes this one tells through `recordChanged`; platform's alone. */
  changedRecords?: readonly { readonly domain: string; readonly name: string }[];
  /** Domains whose records its operations write together (`acrossMutation`); rostering's alone. */
  orchestrates?: readonly string[];
  /** Links a sign-in that no account is linked to, by its verified e-mail address, and says whether it did; platform's alone. The orchestration is over this domain. */
  linkSignIn?: (orchestration: Orchestration, signIn: { readonly issuer: string; readonly subject: string; readonly username: string; readonly email: string }) => Promise<boolean>;
  relations: readonly RelationDeclaration[];
  /** Records that take rights about others away: when one changes, subscribers are asked at once whether they may still see what they follow. */
  movesRights?: readonly RecordClass[];
  /**
   * SQL that is replaced as a whole at every migration (functions, triggers), after all tables of all domains exist. Must be
   * idempotent (CREATE OR REPLACE). A function that a role calls by name is declared by `callable`.
   */
  repeatableSql?: readonly RepeatableSql[];
  /** Functions of `repeatableSql` that the bare login may call, before a caller and a district are known: `access.account_of(text, text)`. */
  loginFunctions?: readonly string[];
  /** Folder of this subgraph's migrations. */
  migrations: URL;
}

export function subgraph(manifest: SubgraphManifest): SubgraphManifest {
  return manifest;
}
