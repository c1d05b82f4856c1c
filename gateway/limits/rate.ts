/** How much may be asked: a bucket of `points`, refilled evenly over `seconds`. */
export interface RateBudget {
  readonly points: number;
  readonly seconds: number;
}

/** Points to take from one bucket, or to give back where they are negative. */
export interface Charge {
  readonly bucket: string;
  readonly points: number;
  readonly budget: RateBudget;
}

/** Where points are kept: in this process, or in a store that several nodes share. */
export interface PointStore {
  /**
   * Takes points from all buckets, or from none where one has too few.
   * @returns what each lacks; zeros when they were taken.
   */
  take(charges: readonly Charge[], now: number): Promise<readonly number[]>;
}

/** Whose points a request takes: the caller's, and those of the program that she uses, where her token names one. */
export interface Payers {
  readonly caller: string;
  readonly client: string | null;
}

/** What a caller is told whose points, or whose program's, are used up. */
export interface RateRefusal {
  /** Whole seconds after which the same request would be let through. */
  readonly retryAfter: number;
  readonly whose: keyof Payers;
}

/** Null: those are not counted. */
export type RateBudgets = { readonly [Whose in keyof Payers]: RateBudget | null };

interface Bucket {
  left: number;
  at: number;
}

/** Buckets in this process. Full ones are forgotten, so that memory stays with the callers of the last minutes. */
export class MemoryPoints implements PointStore {
  readonly #buckets = new Map<string, Bucket>();
  readonly #capacity: number;

  /** @param capacity how many buckets are remembered at most; beyond it the longest unseen is forgotten. */
  constructor(capacity = 100_000) {
    this.#capacity = capacity;
  }

  async take(charges: readonly Charge[], now: number): Promise<readonly number[]> {
    const found = charges.map((charge) => this.#left(charge, now));
    const missing = charges.map(({ points }, n) => Math.max(0, points - found[n]!));
    const enough = missing.every((points) => points === 0);
    for (const [n, { bucket, points, budget }] of charges.entries()) {
      const after = Math.min(budget.points, found[n]! - (enough ? points : 0));
      this.#buckets.delete(bucket);
      if (after >= budget.points) continue;
      this.#buckets.set(bucket, { left: after, at: now });
      if (this.#buckets.size > this.#capacity) this.#buckets.delete(this.#buckets.keys().next().value!);
    }
    return missing;
  }

  get size(): number {
    return this.#buckets.size;
  }

  #left({ bucket, budget: { points, seconds } }: Charge, now: number): number {
    const known = this.#buckets.get(bucket);
    return known ? Math.min(points, known.left + ((now - known.at) / 1000) * (points / seconds)) : points;
  }
}

/**
 * Charges each request what it is reckoned to cost before it runs, and gives back what it did not take: to its caller, and to the program
 * that she uses. One request may cost more than a bucket holds only where the cost limit lets it: it is charged the whole bucket.
 */
export class RateLimit {
  readonly #store: PointStore;
  readonly #budgets: RateBudgets;
  readonly #clock: () => number;

  constructor(store: PointStore, budgets: RateBudgets, clock: () => number = Date.now) {
    this.#store = store;
    this.#budgets = budgets;
    this.#clock = clock;
  }

  /** @returns null when the request may run. */
  async charge(payers: Payers, cost: number): Promise<RateRefusal | null> {
    const charged = this.#charges(payers, ({ points }) => Math.min(cost, points));
    const missing = await this.#store.take(charged.map(({ charge }) => charge), this.#clock());
    let longest: RateRefusal | null = null;
    for (const [n, { whose, charge: { budget } }] of charged.entries()) {
      const retryAfter = Math.ceil((missing[n]! * budget.seconds) / budget.points);
      if (retryAfter > (longest?.retryAfter ?? 0)) longest = { whose, retryAfter };
    }
    return longest;
  }

  /** Settles the difference once the request has run. */
  async settle(payers: Payers, estimated: number, actual: number): Promise<void> {
    const back = this.#charges(payers, ({ points }) => Math.min(actual, points) - Math.min(estimated, points)).filter(({ charge }) => charge.points < 0);
    if (back.length > 0) await this.#store.take(back.map(({ charge }) => charge), this.#clock());
  }

  #charges(payers: Payers, points: (budget: RateBudget) => number): { whose: keyof Payers; charge: Charge }[] {
    const charged: { whose: keyof Payers; charge: Charge }[] = [];
    for (const whose of bothPayers) {
      const [payer, budget] = [payers[whose], this.#budgets[whose]];
      if (payer !== null && budget !== null) charged.push({ whose, charge: { bucket: `${whose} ${payer}`, points: points(budget), budget } });
    }
    return charged;
  }
}

const bothPayers = ["caller", "client"] as const;
