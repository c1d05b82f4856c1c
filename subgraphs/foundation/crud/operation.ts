import type { Role } from "../identity/role.ts";
import type { ForeignClass, RecordClass } from "../record/metadata.ts";
import type { AcrossDomains } from "./across-domains.ts";
import type { Call } from "./call.ts";
import type { WriteOptions, WriteSession } from "./write.ts";

/** A mutation that is more than CRUD: a school's act with its own rule. */
export interface MutationOperation<I = never> {
  readonly kind: "mutation";
  /** The root field, verb first: `assignDuty`. */
  readonly name: string;
  readonly description: string;
  /** Gate 1: who may call it. The rule inside decides the rest. */
  readonly roles: readonly Role[];
  /** `caller`: the caller's row rules hold. `district`: `run` checks its own rule first and may then write the whole district. */
  readonly as: "caller" | "district";
  /** Makes the caller say why; it goes to the audit log. */
  readonly reason?: "required" | "optional";
  /** A class with field decorators. */
  readonly input: RecordClass;
  readonly record: RecordClass;
  /** The rule and its writes; returns the record that the payload shows. */
  readonly run: (session: WriteSession, input: I) => Promise<{ id: string }>;
}

/** The arguments of a query or a computed field, by name. `type` may be a vocabulary made by `choice`. */
export type Arguments = Readonly<Record<string, { type: "String" | "ID" | "Int" | "Boolean" | "Day" | object; description: string; optional?: boolean; list?: boolean }>>;

/** A query that is more than reading records. */
export interface QueryOperation {
  readonly kind: "query";
  readonly name: string;
  readonly description: string;
  /** Who may ask; `anyone` signed in or not. */
  readonly roles: readonly Role[] | "anyone";
  readonly arguments?: Arguments;
  /** A class with `@View`. */
  readonly returns: RecordClass;
  readonly list?: boolean;
  readonly resolve: (call: Call, args: Readonly<Record<string, unknown>>) => Promise<unknown>;
}

/** A mutation that writes several domains through their ports, in one transaction. Rostering's. */
export interface AcrossOperation<I = never> {
  readonly kind: "across";
  readonly name: string;
  readonly description: string;
  readonly roles: readonly Role[];
  readonly reason?: "required" | "optional";
  readonly input: RecordClass;
  /** The record that the reply shows; it is read from its own domain under the caller's rights. */
  readonly shows: ForeignClass | RecordClass;
  /** Takes longer than a click and writes many records: see `AcrossOptions.large`. */
  readonly large?: boolean;
  /** Its own rule first, then its writes. `notes` are sentences for whoever called: what was left, what to look at. */
  readonly run: (across: AcrossDomains, input: I) => Promise<{ id: string; notes?: readonly string[] }>;
}

/** A mutation that answers something else than the record it wrote: a code that is told once, what came of one. */
export interface OutcomeOperation<I = never> {
  readonly kind: "outcome";
  readonly name: string;
  readonly description: string;
  /** Who may call it; `anyone`, linked to a person or not: `run` looks who it is. */
  readonly roles: readonly Role[] | "anyone";
  readonly reason?: "required" | "optional";
  readonly input: RecordClass;
  /** A class with `@View`. */
  readonly returns: RecordClass;
  readonly run: (call: Call, input: I, write: Outcome) => Promise<unknown>;
}

/** How a mutation was called: what `runWrite` takes, but whose rules hold. */
export type Outcome = Omit<WriteOptions, "as">;

export type Operation = MutationOperation | QueryOperation | AcrossOperation | OutcomeOperation;

export function outcome<I>(operation: Omit<OutcomeOperation<I>, "kind">): Operation {
  return { kind: "outcome", ...operation } as unknown as Operation;
}

export function acrossMutation<I>(operation: Omit<AcrossOperation<I>, "kind">): Operation {
  return { kind: "across", ...operation } as unknown as Operation;
}

export function mutation<I>(operation: Omit<MutationOperation<I>, "kind">): Operation {
  return { kind: "mutation", ...operation } as unknown as Operation;
}

export function query(operation: Omit<QueryOperation, "kind">): Operation {
  return { kind: "query", ...operation };
}
