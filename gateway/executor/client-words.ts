import { GraphQLError } from "graphql";
import { clientKey } from "./plan-keys.ts";
import type { KnownOperation } from "./prepare.ts";

/** Errors of subgraphs as the client's operation has it: its response keys, and its arguments where literals became variables. */
export function inClientsWords(errors: readonly GraphQLError[], { literalPlaces }: KnownOperation): readonly GraphQLError[] {
  return errors.map((error) => {
    const message = error.message
      .replace(/Variable "\$(\w+)" got invalid value/g, (whole, name: string) => (literalPlaces.has(name) ? `The argument ${literalPlaces.get(name)} got the invalid value` : whole))
      .replace(/ at "(\w+)((?:\.|\[)[^"]*)?"/g, (whole, name: string, below: string | undefined) => (literalPlaces.has(name) ? (below ? ` at "${below.replace(/^\./, "")}"` : "") : whole));
    const path = error.path?.map((each) => (typeof each === "string" ? clientKey(each) : each));
    if (message === error.message && (path ?? []).every((each, index) => each === error.path![index])) return error;
    return new GraphQLError(message, { path, extensions: error.extensions, originalError: error.originalError });
  });
}
