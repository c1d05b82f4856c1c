import { type DocumentNode, Kind, type SelectionNode, type SelectionSetNode } from "graphql";

/**
 * Measures every operation of a document over its expanded fragments and returns the largest. Each fragment is measured
 * once, so a bomb of fragments costs its text, not its expansion. A cycle counts as nothing here; validation refuses it.
 * @param measure the measure of one selection, given that of what it holds: a field's selection set, or a fragment.
 */
export function measureOperations(document: DocumentNode, measure: (selection: SelectionNode, inner: number) => number, combine: (left: number, right: number) => number): number {
  const fragments = new Map(document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]));
  const known = new Map<string, number>();
  const ofSet = (set: SelectionSetNode): number => {
    let total = 0;
    for (const selection of set.selections) total = combine(total, measure(selection, inside(selection)));
    return total;
  };
  const inside = (selection: SelectionNode): number => {
    if (selection.kind !== Kind.FRAGMENT_SPREAD) return selection.selectionSet ? ofSet(selection.selectionSet) : 0;
    const name = selection.name.value;
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, 0);
    const fragment = fragments.get(name);
    const measured = fragment ? ofSet(fragment.selectionSet) : 0;
    known.set(name, measured);
    return measured;
  };
  let largest = 0;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) largest = Math.max(largest, ofSet(definition.selectionSet));
  }
  // Fragments that no operation spreads are validated all the same.
  for (const fragment of fragments.values()) largest = Math.max(largest, ofSet(fragment.selectionSet));
  return largest;
}

export const sum = (left: number, right: number): number => left + right;
