/** An error as the log may hold it. */
export interface SafeError {
  readonly type: string;
  readonly code?: string;
  /** Only where the text cannot hold what somebody sent or a record says. */
  readonly message?: string;
  readonly at?: readonly string[];
  /** What the database names: a rule, never a value. */
  readonly database?: Readonly<Record<string, string>>;
  readonly cause?: SafeError;
}

/** What PostgreSQL tells of an error without its values: `detail`, `where`, `hint` and `internalQuery` may hold them. */
const databaseParts = ["severity", "schema", "table", "column", "constraint", "dataType", "routine"] as const;

/** Classes of SQLSTATE whose messages speak of the server, of names in statements, of locks; never of values. */
const plainStates = /^(08|40|42|53|54|55|57|58|F0|XX)/;

/**
 * Makes an error fit for the log: what kind it is, its code and where in the code it came from, and the same of its causes. Its message is
 * left out, since it may quote what a caller sent, a token, or a child's name from a row; the place tells which sentence it was. A message
 * stays where it can only be the system's own.
 */
export function safeError(error: unknown, depth = 0): SafeError | undefined {
  if (typeof error !== "object" || error === null) return error === undefined ? undefined : { type: typeof error };
  const { name, message, code, stack, cause, originalError, previous } = error as Error & Record<string, unknown>;
  const state = typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && "severity" in error;
  const system = "syscall" in error && "errno" in error;
  const deeper = originalError ?? cause ?? previous;
  const database = state ? Object.fromEntries(databaseParts.flatMap((part) => (typeof (error as Record<string, unknown>)[part] === "string" ? [[part, (error as Record<string, unknown>)[part] as string]] : []))) : undefined;
  return {
    type: identifier(name) ?? identifier(error.constructor?.name) ?? "Error",
    ...(identifier(code) ? { code: String(code) } : {}),
    ...(typeof message === "string" && (system || (state && plainStates.test(String(code)))) ? { message } : {}),
    // A wrapper may carry the stack of what it wraps.
    ...(typeof stack === "string" && stack !== (deeper as Error | undefined)?.stack ? { at: frames(stack, [message, (deeper as Error | undefined)?.message]) } : {}),
    ...(database ? { database } : {}),
    ...(deeper && deeper !== error && depth < 5 ? { cause: safeError(deeper, depth + 1) } : {}),
  };
}

/** A word of a program, not of a person: no spaces, no accents. */
function identifier(text: unknown): string | null {
  return typeof text === "string" && /^[A-Za-z0-9_.-]{1,60}$/.test(text) ? text : null;
}

/** Where in the code it came from, libraries aside: the last lines of a stack, whose head repeats the message, whatever lines that has. */
function frames(stack: string, messages: readonly unknown[]): string[] {
  let from = 0;
  for (const message of messages) if (typeof message === "string" && message !== "" && stack.includes(message)) from = Math.max(from, stack.lastIndexOf(message) + message.length);
  const lines = stack.slice(from).split("\n").map((line) => /^\s+at (\S.*(?::\d+:\d+|native|<anonymous>)\)?)$/.exec(line)?.[1]);
  const all = lines.slice(lines.lastIndexOf(undefined) + 1) as string[];
  return all.filter((line, at) => at === 0 || !/node_modules|node:|<anonymous>/.test(line)).slice(0, 12);
}
