import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { type ErrorCode, errorCodes } from "#foundation/errors/errors";

/** What the caller reads of an error, and what only the log may hold: null where the error is the caller's to act on. */
export interface MaskedError {
  readonly reply: GraphQLFormattedError;
  readonly report: unknown;
}

export interface MaskOptions {
  /** Named in the message of an INTERNAL error, so that its log lines can be found. */
  readonly requestId: string;
  /** Which names a "Did you mean" may tell; one with another is cut, since it would describe the graph to people who may not see it. */
  readonly mayBeSuggested?: (name: string) => boolean;
}

/** The codes that the server's own parts use, in the words of this graph. */
const synonyms: Readonly<Record<string, ErrorCode>> = {
  GRAPHQL_PARSE_FAILED: "VALIDATION_FAILED",
  GRAPHQL_VALIDATION_FAILED: "VALIDATION_FAILED",
  BAD_USER_INPUT: "VALIDATION_FAILED",
  BAD_REQUEST: "VALIDATION_FAILED",
  OPERATION_RESOLUTION_FAILURE: "VALIDATION_FAILED",
  PERSISTED_QUERY_NOT_SUPPORTED: "VALIDATION_FAILED",
  PERSISTED_QUERY_NOT_FOUND: "NOT_FOUND",
};

/** What may leave the house beside the code. */
const openExtensions = ["fields", "current", "coordinate", "affectedPath", "retryAfter", "limit", "reason", "conflict", "retriable"] as const;

/**
 * The one place where errors are made fit to leave: known codes keep their message and what the caller can act on,
 * everything else becomes INTERNAL with the request's id and is handed back for the log. A pure function.
 */
export function maskError(error: unknown, { requestId, mayBeSuggested = () => true }: MaskOptions): MaskedError {
  const { message, path, locations } = toParts(error);
  const extensions = extensionsOf(error);
  const code = knownCode(extensions["code"]);
  if (code === null || code === "INTERNAL") {
    return {
      reply: {
        message: `Something went wrong on our side. Tell the school's IT the request id ${requestId}.`,
        ...(path ? { path } : {}),
        extensions: { code: "INTERNAL", requestId },
      },
      report: error,
    };
  }
  const open: Record<string, unknown> = { code };
  for (const name of openExtensions) if (extensions[name] !== undefined) open[name] = extensions[name];
  return {
    reply: {
      message: message.replace(/ Did you mean .*$/s, (hint) => ([...hint.matchAll(/"(?:\.\.\. on )?([^"]+)"/g)].every(([, name]) => mayBeSuggested(name!)) ? hint : "")),
      ...(locations && code === "VALIDATION_FAILED" ? { locations } : {}),
      ...(path ? { path } : {}),
      extensions: open,
    },
    report: null,
  };
}

/** The HTTP status of a reply that has no data, by its first error. */
export function statusOf(code: unknown): number {
  switch (code) {
    case "UNAUTHENTICATED":
      return 401;
    case "FORBIDDEN":
      return 403;
    case "NOT_FOUND":
      return 404;
    case "LIMIT_EXCEEDED":
    case "VALIDATION_FAILED":
      return 400;
    case "CONFLICT":
    case "STALE_VERSION":
      return 409;
    case "CURSOR_EXPIRED":
      return 410;
    case "RATE_LIMITED":
      return 429;
    case "UNAVAILABLE":
      return 503;
    default:
      return 500;
  }
}

function knownCode(code: unknown): ErrorCode | null {
  if (typeof code !== "string") return null;
  if (Object.hasOwn(synonyms, code)) return synonyms[code]!;
  return (errorCodes as readonly string[]).includes(code) ? (code as ErrorCode) : null;
}

function toParts(error: unknown): Partial<GraphQLError> & { message: string } {
  if (error instanceof GraphQLError) return { message: error.message, path: error.path, locations: error.locations };
  return { message: error instanceof Error ? error.message : String(error) };
}

/** The innermost known code counts: servers wrap an error in one of their own with a code for its place, not its cause. */
function extensionsOf(error: unknown): Readonly<Record<string, unknown>> {
  let found: Readonly<Record<string, unknown>> = {};
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === "object" && at !== null; depth++) {
    const { extensions, code, originalError } = at as { extensions?: Record<string, unknown>; code?: unknown; originalError?: unknown };
    const own = extensions?.["code"] ?? code;
    if (knownCode(own) !== null) found = { ...found, ...extensions, code: own };
    at = originalError;
  }
  return found;
}
