import { type DocumentNode, visit } from "graphql";

/** Directives in a document, each where it is written: a thousand @skip on one field are a thousand. */
export function directivesIn(document: DocumentNode): number {
  let found = 0;
  visit(document, { Directive: () => void found++ });
  return found;
}
