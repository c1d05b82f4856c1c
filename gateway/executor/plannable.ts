import { type ASTNode, type DirectiveNode, type FieldNode, Kind, type SelectionNode, type SelectionSetNode, visit } from "graphql";
import { conditionsOf } from "../authorization/conditions.ts";
import type { OperationParts } from "../authorization/prune.ts";

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } };

/**
 * The operation as the planner gets it. The planner moves the conditions of a selection set's only fields to the fetch
 * of the object itself, so that `students { id @include(if: false) }` would not even ask how many students there are.
 * So what a constant @skip or @include excludes is left out here, and a set that depends on variables altogether asks
 * `__typename` besides.
 */
export function plannable({ operation, fragments }: OperationParts): OperationParts {
  return {
    operation: simplify(operation),
    fragments: Object.fromEntries(Object.entries(fragments).map(([name, fragment]) => [name, simplify(fragment)])),
  };
}

function simplify<Node extends ASTNode>(node: Node): Node {
  const selection = <Selection extends SelectionNode>(each: Selection): Selection | null | undefined => {
    const constant = conditionsOf(each).filter(({ on }) => typeof on === "boolean");
    if (constant.length === 0) return undefined;
    if (constant.some(({ on, wanted }) => on !== wanted)) return null;
    return { ...each, directives: each.directives?.filter((directive) => !isConstant(directive)) };
  };
  return visit(node, {
    Field: { enter: selection },
    InlineFragment: { enter: selection },
    FragmentSpread: { enter: selection },
    SelectionSet: {
      leave: (set: SelectionSetNode) => (set.selections.every((each) => conditionsOf(each).length > 0) ? { ...set, selections: [...set.selections, typename] } : undefined),
    },
  }) as Node;
}

function isConstant({ name, arguments: given }: DirectiveNode): boolean {
  return (name.value === "skip" || name.value === "include") && given?.[0]?.value.kind === Kind.BOOLEAN;
}
