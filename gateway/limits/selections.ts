import type { DocumentNode } from "graphql";
import { measureOperations, sum } from "./fragments.ts";

/** How many selections the document has once its fragments are expanded. */
export function selectionsIn(document: DocumentNode): number {
  return measureOperations(document, (_, inner) => inner + 1, sum);
}
