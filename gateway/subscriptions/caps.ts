/** How many long connections and subscriptions there may be. */
export interface StreamCaps {
  /** Subscriptions of one connection. */
  readonly perConnection: number;
  /** Connections of one account, however many devices it has. */
  readonly perCaller: number;
}

export const defaultCaps: StreamCaps = { perConnection: 50, perCaller: 40 };

/** Counts what each caller holds open. */
export class Held {
  readonly #counts = new Map<string, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** @returns what gives it back, or null when the caller holds as many as she may. */
  take(caller: string): (() => void) | null {
    const now = this.#counts.get(caller) ?? 0;
    if (now >= this.#most) return null;
    this.#counts.set(caller, now + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const left = (this.#counts.get(caller) ?? 1) - 1;
      if (left === 0) this.#counts.delete(caller);
      else this.#counts.set(caller, left);
    };
  }

  get size(): number {
    return [...this.#counts.values()].reduce((sum, each) => sum + each, 0);
  }
}
