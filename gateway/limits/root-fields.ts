import { type DocumentNode, Kind, type SelectionSetNode } from "graphql";

/** How many fields the largest operation has at its root, fragments followed. */
export function rootFieldsIn(document: DocumentNode): number {
  const fragments = new Map(document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]));
  const known = new Map<string, number>();
  const count = (set: SelectionSetNode): number => {
    let fields = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) fields++;
      else if (selection.kind === Kind.INLINE_FRAGMENT) fields += count(selection.selectionSet);
      else fields += ofFragment(selection.name.value);
    }
    return fields;
  };
  const ofFragment = (name: string): number => {
    const before = known.get(name);
    if (before !== undefined) return before;
    known.set(name, 0);
    const fields = fragments.has(name) ? count(fragments.get(name)!.selectionSet) : 0;
    known.set(name, fields);
    return fields;
  };
  return Math.max(0, ...document.definitions.map((each) => (each.kind === Kind.OPERATION_DEFINITION ? count(each.selectionSet) : 0)));
}
