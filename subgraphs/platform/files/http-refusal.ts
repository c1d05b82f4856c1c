import type { OsssError } from "#foundation/errors/errors";

/** An error whose HTTP status is closer than that of its code. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly error: OsssError;
  constructor(status: number, error: OsssError) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

/** Of every reply: nobody keeps it, shows it, or guesses what it is. */
export const plain: Readonly<Record<string, string>> = {
  "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "content-security-policy": "sandbox; default-src 'none'", "cross-origin-resource-policy": "same-origin",
};
