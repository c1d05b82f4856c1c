import { isDeepStrictEqual } from "node:util";
import type { Asked } from "./load.ts";

export interface Agreement {
  /** Replies with the same data and errors, whatever the order of their keys. */
  readonly equal: number;
  /** Of these, those whose data is the same byte for byte. */
  readonly byteEqual: number;
  /** For people. */
  readonly told: string;
}

interface Reply {
  data?: unknown;
  errors?: unknown;
}

/** How far replies say the same as those of another gateway, operation by operation. */
export function agreementOf(operations: readonly Asked[], given: readonly string[], expected: readonly string[]): Agreement {
  const different: string[] = [];
  const reordered: string[] = [];
  for (const [index, { name }] of operations.entries()) {
    const [one, other] = [JSON.parse(given[index]!), JSON.parse(expected[index]!)] as [Reply, Reply];
    if (!isDeepStrictEqual({ data: one.data, errors: one.errors ?? [] }, { data: other.data, errors: other.errors ?? [] })) different.push(name);
    else if (JSON.stringify(one.data) !== JSON.stringify(other.data)) reordered.push(name);
  }
  const equal = operations.length - different.length;
  const told = [
    `${equal} of ${operations.length} equal`,
    ...(different.length > 0 ? [`different: ${different.join(", ")}`] : []),
    reordered.length > 0 ? `the data of these in another order: ${reordered.join(", ")}` : "their data byte for byte",
  ];
  return { equal, byteEqual: equal - reordered.length, told: told.join("; ") };
}
