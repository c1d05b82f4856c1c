import { type DocumentNode, Kind } from "graphql";
import { measureOperations, sum } from "./fragments.ts";

/** How many fields carry an alias. */
export function aliasesIn(document: DocumentNode): number {
  return measureOperations(document, (selection, inner) => (selection.kind === Kind.FIELD && selection.alias ? inner + 1 : inner), sum);
}
