import { type Exchange, makeOperation } from "@urql/core";
import { map, pipe } from "wonka";

/**
 * Sends the hash of an operation instead of its text: the server knows the text from the client's manifest. Operations without a hash
 * go as they are.
 */
export const persistedExchange: Exchange = ({ forward }) => (operations) =>
  pipe(
    operations,
    map((operation) => {
      const { documentId } = (operation.query as { __meta__?: { documentId?: string } }).__meta__ ?? {};
      if (operation.kind === "teardown" || documentId === undefined) return operation;
      // The transport sends the hash where a document has one and no definitions.
      return makeOperation(operation.kind, { ...operation, query: { ...operation.query, definitions: [], documentId } as never });
    }),
    forward,
  );
