import { GraphQLError } from "graphql";
import type { KnownOperation } from "./prepare.ts";

/** Names the client's argument where a subgraph's error names the variable that its literal became. */
export function inClientsWords(errors: readonly GraphQLError[], { literalPlaces }: KnownOperation): readonly GraphQLError[] {
  if (literalPlaces.size === 0) return errors;
  return errors.map((error) => {
    const message = error.message
      .replace(/Variable "\$(\w+)" got invalid value/g, (whole, name: string) => (literalPlaces.has(name) ? `The argument ${literalPlaces.get(name)} got the invalid value` : whole))
      .replace(/ at "(\w+)((?:\.|\[)[^"]*)?"/g, (whole, name: string, below: string | undefined) => (literalPlaces.has(name) ? (below ? ` at "${below.replace(/^\./, "")}"` : "") : whole));
    if (message === error.message) return error;
    return new GraphQLError(message, { path: error.path, extensions: error.extensions, originalError: error.originalError });
  });
}
