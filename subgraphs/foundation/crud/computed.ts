import type { Role } from "../identity/role.ts";
import type { ForeignClass, RecordClass } from "../record/metadata.ts";
import type { Call } from "./call.ts";
import type { Arguments } from "./operation.ts";

/** What a computed field answers: a class with `@View`, or a plain value. */
export type ComputedType = RecordClass | "String" | "ID" | "Int" | "Boolean" | "Day" | "Decimal";

/** A field that no column holds, added to a record of this domain or to another domain's type. */
export interface ComputedField {
  readonly on: ForeignClass | RecordClass;
  readonly name: string;
  readonly description: string;
  /** Gate 1: who may ask. Nothing is open by default. */
  readonly roles: readonly Role[];
  readonly arguments?: Arguments;
  readonly returns: ComputedType;
  readonly list?: boolean;
  /**
   * Answers for all parents that ask with the same arguments at once, by id; null for those that are missing. An error as value refuses
   * that one. The parents' ids are as the graph gave them: what is read about them is read under the caller's row rules.
   */
  readonly resolve: (call: Call, ids: readonly string[], args: Readonly<Record<string, unknown>>) => Promise<ReadonlyMap<string, unknown>>;
}

export const computed = (field: ComputedField): ComputedField => field;
