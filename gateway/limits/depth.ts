import { type DocumentNode, Kind } from "graphql";
import { measureOperations } from "./fragments.ts";

/** The most fields on the way from the root to a leaf. Introspection is left out: its own depth is fixed by the graph. */
export function depthOf(document: DocumentNode): number {
  return measureOperations(
    document,
    (selection, inner) => {
      if (selection.kind !== Kind.FIELD) return inner;
      return selection.name.value === "__schema" || selection.name.value === "__type" ? 1 : inner + 1;
    },
    Math.max,
  );
}
