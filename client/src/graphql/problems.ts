import type { CombinedError } from "@urql/core";

export type ProblemKind = "offline" | "unavailable" | "busy" | "unauthenticated" | "forbidden" | "not-found" | "invalid" | "internal";

export interface Problem {
  readonly kind: ProblemKind;
  /** The API's own words, which say what to do; null where it said nothing. */
  readonly message: string | null;
  /** Asking again may help. */
  readonly again: boolean;
}

const kinds: Readonly<Record<string, ProblemKind>> = {
  UNAUTHENTICATED: "unauthenticated",
  FORBIDDEN: "forbidden",
  NOT_FOUND: "not-found",
  VALIDATION_FAILED: "invalid",
  LIMIT_EXCEEDED: "invalid",
  RATE_LIMITED: "busy",
  UNAVAILABLE: "unavailable",
  INTERNAL: "internal",
};

/** The first is what matters most to the reader. */
const weight: readonly ProblemKind[] = ["unauthenticated", "offline", "unavailable", "busy", "internal", "invalid", "not-found", "forbidden"];

/**
 * What a reader must know of an error, or null when there is nothing: fields that are closed to the caller's roles are no fault, the
 * screen leaves them out.
 */
export function problemOf(error: CombinedError | undefined, online: boolean = navigator.onLine): Problem | null {
  if (!error) return null;
  if (error.networkError) {
    const kind = online ? "unavailable" : "offline";
    return { kind, message: null, again: true };
  }
  const problems = error.graphQLErrors
    .map((one): Problem => {
      const kind = kinds[String(one.extensions["code"])] ?? "internal";
      return { kind, message: one.message, again: kind === "unavailable" || kind === "busy" || kind === "internal" };
    })
    .filter((problem) => problem.kind !== "forbidden")
    .sort((one, other) => weight.indexOf(one.kind) - weight.indexOf(other.kind));
  return problems[0] ?? null;
}

/** The fields that the caller's roles do not open, by their path in the answer without places in lists: "student.courtOrders". */
export function closedFields(error: CombinedError | undefined): ReadonlySet<string> {
  return new Set(
    (error?.graphQLErrors ?? [])
      .filter((one) => one.extensions["code"] === "FORBIDDEN")
      .map((one) => (one.path ?? []).filter((step) => typeof step === "string").join(".")),
  );
}
