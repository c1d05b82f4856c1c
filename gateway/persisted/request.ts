import { GraphQLError } from "graphql";
import type { PersistedOperations } from "./operations.ts";

/**
 * A request with the text of the persisted operation that it names, by `documentId` (the appendix of GraphQL over HTTP) or by
 * `extensions.persistedQuery.sha256Hash` (Apollo's form). What is no request at all passes through: the server says what is wrong with it.
 */
export function withPersisted(request: unknown, persisted: PersistedOperations): unknown {
  if (typeof request !== "object" || request === null) return request;
  const { documentId, ...rest } = request as Record<string, unknown>;
  const extensions = typeof rest["extensions"] === "string" ? fromJson(rest["extensions"]) : rest["extensions"];
  const apollo = (extensions as { persistedQuery?: { sha256Hash?: unknown } } | null | undefined)?.persistedQuery?.sha256Hash;
  const id = documentId ?? apollo;
  if (id !== undefined && typeof id !== "string") throw new GraphQLError("The id of a persisted operation is the SHA-256 of its text, in hexadecimal.", { extensions: { code: "VALIDATION_FAILED", http: { status: 400 } } });
  const query = rest["query"];
  if (id === undefined && typeof query !== "string") return request;
  const text = persisted.textOf({ query: typeof query === "string" ? query : undefined, documentId: id });
  if (id === undefined && text === query) return request;
  const { extensions: _, ...plain } = rest;
  return apollo === undefined ? { ...rest, query: text } : { ...plain, query: text };
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
