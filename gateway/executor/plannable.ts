import { type ASTNode, type DirectiveNode, type FieldNode, Kind, type SelectionNode, type SelectionSetNode, visit } from "graphql";
import { conditionsOf } from "../authorization/conditions.ts";
import type { OperationParts } from "../authorization/prune.ts";

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/** The operation without what a constant @skip or @include excludes, and without those directives. */
export function withoutConstants(parts: OperationParts): OperationParts {
  const selection = <Selection extends SelectionNode>(each: Selection): Selection | null | undefined => {
    const constant = conditionsOf(each).filter(({ on }) => typeof on === "boolean");
    if (constant.length === 0) return undefined;
    if (constant.some(({ on, wanted }) => on !== wanted)) return null;
    return { ...each, directives: each.directives?.filter((directive) => !isConstant(directive)) };
  };
  return mapParts(parts, (node) => visit(node, { Field: { enter: selection }, InlineFragment: { enter: selection }, FragmentSpread: { enter: selection } }));
}

/**
 * The operation as the planner gets it. The planner moves the conditions of a selection set's only fields to the fetch
 * of the object itself, so that `students { id @include(if: false) }` would not even ask how many students there are.
 * So a set that depends on variables altogether, or holds nothing any more, asks `__typename` besides.
 */
export function plannable(parts: OperationParts): OperationParts {
  return mapParts(parts, (node) =>
    visit(node, {
      SelectionSet: {
        leave: (set: SelectionSetNode) => (set.selections.every((each) => conditionsOf(each).length > 0) ? { ...set, selections: [...set.selections, typename] } : undefined),
      },
    }),
  );
}

function mapParts({ operation, fragments }: OperationParts, change: <Node extends ASTNode>(node: Node) => Node): OperationParts {
  return { operation: change(operation), fragments: Object.fromEntries(Object.entries(fragments).map(([name, fragment]) => [name, change(fragment)])) };
}

function isConstant({ name, arguments: given }: DirectiveNode): boolean {
  return (name.value === "skip" || name.value === "include") && given?.[0]?.value.kind === Kind.BOOLEAN;
}
