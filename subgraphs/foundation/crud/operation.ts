import type { Role } from "../identity/role.ts";
import type { RecordClass } from "../record/metadata.ts";
import type { Call } from "./call.ts";
import type { WriteSession } from "./write.ts";

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

/** A query that is more than reading records. */
export interface QueryOperation {
  readonly kind: "query";
  readonly name: string;
  readonly description: string;
  /** Who may ask; `anyone` signed in or not. */
  readonly roles: readonly Role[] | "anyone";
  readonly arguments?: Readonly<Record<string, { type: "String" | "ID"; description: string; optional?: boolean }>>;
  /** A class with `@View`. */
  readonly returns: RecordClass;
  readonly list?: boolean;
  readonly resolve: (call: Call, args: Readonly<Record<string, unknown>>) => Promise<unknown>;
}

export type Operation = MutationOperation | QueryOperation;

export function mutation<I>(operation: Omit<MutationOperation<I>, "kind">): Operation {
  return { kind: "mutation", ...operation } as unknown as Operation;
}

export function query(operation: Omit<QueryOperation, "kind">): Operation {
  return { kind: "query", ...operation };
}
