/** Where the points of callers are kept: in this process, or in a store that several nodes share. */
export interface PointStore {
  /**
   * Takes points from a caller's bucket, or gives them back where `points` is negative.
   * @returns the points left afterwards; below zero when it had too few. Nothing is taken then.
   */
  take(caller: string, points: number, budget: RateBudget, now: number): Promise<number>;
}

/** How much a caller may ask: a bucket of `points`, refilled evenly over `seconds`. */
export interface RateBudget {
  readonly points: number;
  readonly seconds: number;
}

/** What a caller is told who has used up her points. */
export interface RateRefusal {
  /** Whole seconds after which the same request would be let through. */
  readonly retryAfter: number;
}

interface Bucket {
  left: number;
  at: number;
}

/** Buckets in this process. Full ones are forgotten, so that memory stays with the callers of the last minutes. */
export class MemoryPoints implements PointStore {
  readonly #buckets = new Map<string, Bucket>();
  readonly #capacity: number;

  /** @param capacity how many callers are remembered at most; beyond it the longest unseen is forgotten. */
  constructor(capacity = 100_000) {
    this.#capacity = capacity;
  }

  async take(caller: string, points: number, { points: most, seconds }: RateBudget, now: number): Promise<number> {
    const known = this.#buckets.get(caller);
    const left = Math.min(most, known ? known.left + ((now - known.at) / 1000) * (most / seconds) : most);
    if (points > left) {
      this.#keep(caller, { left, at: now });
      return left - points;
    }
    const after = Math.min(most, left - points);
    if (after >= most) this.#buckets.delete(caller);
    else this.#keep(caller, { left: after, at: now });
    return after;
  }

  get size(): number {
    return this.#buckets.size;
  }

  #keep(caller: string, bucket: Bucket): void {
    this.#buckets.delete(caller);
    this.#buckets.set(caller, bucket);
    if (this.#buckets.size > this.#capacity) this.#buckets.delete(this.#buckets.keys().next().value!);
  }
}

/**
 * Charges each request what it is reckoned to cost before it runs, and gives back what it did not take. One request may cost more than the
 * bucket holds only where the cost limit lets it: it is charged the whole bucket.
 */
export class RateLimit {
  readonly #store: PointStore;
  readonly #budget: RateBudget;
  readonly #clock: () => number;

  constructor(store: PointStore, budget: RateBudget, clock: () => number = Date.now) {
    this.#store = store;
    this.#budget = budget;
    this.#clock = clock;
  }

  /** @returns null when the request may run. */
  async charge(caller: string, cost: number): Promise<RateRefusal | null> {
    const asked = Math.min(cost, this.#budget.points);
    const left = await this.#store.take(caller, asked, this.#budget, this.#clock());
    return left >= 0 ? null : { retryAfter: Math.max(1, Math.ceil((-left * this.#budget.seconds) / this.#budget.points)) };
  }

  /** Settles the difference once the request has run. */
  async settle(caller: string, estimated: number, actual: number): Promise<void> {
    const back = Math.min(estimated, this.#budget.points) - Math.min(actual, this.#budget.points);
    if (back > 0) await this.#store.take(caller, -back, this.#budget, this.#clock());
  }
}
