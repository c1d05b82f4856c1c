/** The stable codes of every error a caller can act on. Anything else leaves the house as INTERNAL with a request id. */
export const errorCodes = [
  "UNAUTHENTICATED",
  "FORBIDDEN",
  "NOT_FOUND",
  "VALIDATION_FAILED",
  "CONFLICT",
  "STALE_VERSION",
  "CURSOR_EXPIRED",
  "LIMIT_EXCEEDED",
  "RATE_LIMITED",
  "UNAVAILABLE",
  "INTERNAL",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** One input field that was refused: `path` is the dotted path in the input, `message` says what to do. */
export interface FieldProblem {
  path: string;
  message: string;
}

/**
 * An error that the caller can act on. Thrown by named constructors only; the message says what to do and holds no value
 * that the caller could not read. `extensions` go to the client as they are.
 */
export class OsssError extends Error {
  readonly code: ErrorCode;
  readonly extensions: Readonly<Record<string, unknown>>;

  protected constructor(code: ErrorCode, message: string, extensions: Record<string, unknown> = {}) {
    super(message);
    this.name = "OsssError";
    this.code = code;
    this.extensions = { code, ...extensions };
  }

  static unauthenticated(message = "Sign in first: send a valid access token in the Authorization header."): OsssError {
    return new OsssError("UNAUTHENTICATED", message);
  }

  static forbidden(message: string, extensions: Record<string, unknown> = {}): OsssError {
    return new OsssError("FORBIDDEN", message, extensions);
  }

  static notFound(type: string): OsssError {
    return new OsssError("NOT_FOUND", `There is no ${type} with this id that you may see. Check the id.`);
  }

  static invalid(fields: FieldProblem[]): OsssError {
    const first = fields[0];
    const more = fields.length > 1 ? ` (and ${fields.length - 1} more)` : "";
    return new OsssError("VALIDATION_FAILED", first ? `${first.path}: ${first.message}${more}` : "The input is not valid.", { fields });
  }

  static conflict(message: string, extensions: Record<string, unknown> = {}): OsssError {
    return new OsssError("CONFLICT", message, extensions);
  }

  static stale(type: string, current: Record<string, unknown>): OsssError {
    return new OsssError(
      "STALE_VERSION",
      `This ${type} was changed by someone else since you read it. Read it again, apply your change to the current version and send that version.`,
      { current },
    );
  }

  /** Of a subscription: where the caller was is no place here any more. A new one, without a cursor, starts from what holds now. */
  static cursorExpired(): OsssError {
    return new OsssError("CURSOR_EXPIRED", "The records were restored or moved since this cursor was given, so it leads nowhere. Read again what you follow, then subscribe without after.");
  }

  static limit(message: string): OsssError {
    return new OsssError("LIMIT_EXCEEDED", message);
  }

  /** @param retryAfter whole seconds after which it may be tried again. */
  static rateLimited(message: string, retryAfter: number): OsssError {
    return new OsssError("RATE_LIMITED", message, { retryAfter });
  }

  static unavailable(message = "This part of the school's records cannot be reached at the moment. Try again in a few seconds."): OsssError {
    return new OsssError("UNAVAILABLE", message);
  }
}
