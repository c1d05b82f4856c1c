export interface CircuitBreakerOptions {
  /** Failures in a row after which it opens, 5 unless told. */
  readonly failures?: number;
  /** Milliseconds until the first probe, 1,000 unless told; doubled after each probe that fails, up to ten times as long. */
  readonly openMs?: number;
  /** Milliseconds of some clock that never goes back. */
  readonly now?: () => number;
}

/**
 * Spares a subgraph that fails, and the callers who would wait for it: after some failures in a row every call is turned
 * away at once. Later one call is let through as a probe, and what becomes of it decides.
 */
export class CircuitBreaker {
  readonly #failures: number;
  readonly #openMs: number;
  readonly #now: () => number;
  #failed = 0;
  #probeAt = 0;
  #probesFailed = 0;
  #probing = false;

  constructor({ failures = 5, openMs = 1_000, now = () => performance.now() }: CircuitBreakerOptions = {}) {
    this.#failures = failures;
    this.#openMs = openMs;
    this.#now = now;
  }

  get isOpen(): boolean {
    return this.#failed >= this.#failures;
  }

  /** Whether a call may be made now. Whoever is admitted tells what became of it. */
  admits(): boolean {
    if (!this.isOpen) return true;
    if (this.#probing || this.#now() < this.#probeAt) return false;
    this.#probing = true;
    return true;
  }

  succeeded(): void {
    this.#failed = 0;
    this.#probesFailed = 0;
    this.#probing = false;
  }

  /** @returns true where this failure opens it. */
  failed(): boolean {
    const wasOpen = this.isOpen;
    this.#failed++;
    if (!this.isOpen) return false;
    // Of calls that were under way when it opened, none puts the probe off.
    if (wasOpen && !this.#probing) return false;
    if (this.#probing) this.#probesFailed++;
    this.#probing = false;
    this.#probeAt = this.#now() + Math.min(this.#openMs * 2 ** this.#probesFailed, this.#openMs * 10);
    return !wasOpen;
  }
}
