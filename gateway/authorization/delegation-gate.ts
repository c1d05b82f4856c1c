import { GraphQLError, Kind, type SelectionSetNode } from "graphql";
import { mayUseRoot, outsideDelegation } from "#foundation/identity/delegated-identity";
import type { Identity } from "#foundation/identity/identity";
import { clientKey } from "../executor/plan-keys.ts";
import type { KnownOperation } from "../executor/prepare.ts";

/**
 * The errors of an operation that uses root fields outside of the delegation under which it runs: it is refused whole, before anything is
 * asked of a subgraph. None where a live person asks.
 */
export function rootsOutside({ kind, written: { operation, fragments } }: KnownOperation, identity: Identity): GraphQLError[] {
  if (identity.delegation === null) return [];
  const type = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
  const errors: GraphQLError[] = [];
  const look = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) look(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) look(fragments[selection.name.value]!.selectionSet);
      else if (!mayUseRoot(identity, kind, selection.name.value)) {
        const coordinate = `${type}.${selection.name.value}`;
        const key = clientKey(selection.alias?.value ?? selection.name.value);
        errors.push(new GraphQLError(outsideDelegation(coordinate), { path: [key], extensions: { code: "FORBIDDEN", coordinate, affectedPath: key, reason: "DELEGATION" } }));
      }
    }
  };
  look(operation.selectionSet);
  return errors;
}
