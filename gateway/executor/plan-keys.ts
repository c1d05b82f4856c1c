import { type FieldNode, Kind, visit } from "graphql";
import type { OperationParts } from "../authorization/prune.ts";

/** What the planner asks for by itself, without an alias, wherever an entity is fetched. */
export interface RequiredFields {
  /** Every name in some `@requires`. */
  readonly names: ReadonlySet<string>;
  /** Those with arguments. */
  readonly argued: ReadonlySet<string>;
}

/** Marks a response key of the plan that stands for a client's. */
const mark = "osss_";

/** Reads the fields that `@requires` of the supergraph need. */
export function readRequiredFields(supergraphSdl: string): RequiredFields {
  const names = new Set<string>();
  const argued = new Set<string>();
  for (const [, fieldSet] of supergraphSdl.matchAll(/requires: "((?:[^"\\]|\\.)*)"/g)) {
    for (const [, name] of fieldSet!.matchAll(/([_A-Za-z]\w*)/g)) names.add(name!);
    for (const [, name] of fieldSet!.matchAll(/([_A-Za-z]\w*)\s*\(/g)) argued.add(name!);
  }
  return { names, argued };
}

/**
 * The operation with other response keys where the planner would take a client's field for one that it needs itself: it
 * merges by response key alone, so that a client's `price(currency: USD)` or `price: weight` would be answered by, or feed,
 * a `@requires(fields: "price(currency: EUR)")`.
 */
export function withPlanKeys(parts: OperationParts, { names, argued }: RequiredFields): OperationParts {
  let renamed = false;
  const rename = (node: FieldNode): FieldNode | undefined => {
    const key = node.alias?.value ?? node.name.value;
    const taken = key === node.name.value ? argued.has(key) : names.has(key);
    if (!taken && !key.startsWith(mark)) return undefined;
    renamed = true;
    return { ...node, alias: { kind: Kind.NAME, value: `${mark}${key}` } };
  };
  const operation = visit(parts.operation, { Field: { leave: rename } });
  const fragments = Object.fromEntries(Object.entries(parts.fragments).map(([name, fragment]) => [name, visit(fragment, { Field: { leave: rename } })]));
  return renamed ? { operation, fragments } : parts;
}

/** The client's response key for one of the plan. */
export function clientKey(planKey: string): string {
  return planKey.startsWith(mark) ? planKey.slice(mark.length) : planKey;
}

/** A reply that was shaped by the plan's response keys, under the client's. */
export function underClientKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(underClientKeys);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [clientKey(key), underClientKeys(inner)]));
}
