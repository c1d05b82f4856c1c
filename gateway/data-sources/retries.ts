import { setTimeout as wait } from "node:timers/promises";

/** The subgraph could not be reached, or said that it is not there for the moment: the same call may work a little later. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

export interface RetryOptions {
  /** How often the call is made in all, 3 unless told. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt at most, 100 unless told; doubled for each further one. */
  readonly delayMs?: number;
  /** Told before each further attempt. */
  readonly again?: () => void;
}

/**
 * Makes a call again while it is {@link Unreachable}, after a random time, so that many callers do not come back at once.
 * Only for what may be done twice: never for a mutation, which may have been done before the connection broke.
 * @throws what the last attempt threw.
 */
export async function withRetries<Answer>(call: () => Promise<Answer>, { attempts = 3, delayMs = 100, again = () => {} }: RetryOptions = {}): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt >= attempts || !(error instanceof Unreachable)) throw error;
      await wait(delayMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
      again();
    }
  }
}
