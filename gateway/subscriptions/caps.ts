/** How many long connections and subscriptions there may be. */
export interface StreamCaps {
  /** Subscriptions of one connection. */
  readonly perConnection: number;
  /** WebSockets of one account, however many devices it has. */
  readonly perCaller: number;
  /** Subscriptions of one account, over all its WebSockets and event streams. */
  readonly subscriptionsPerCaller: number;
}

export const defaultCaps: StreamCaps = { perConnection: 50, perCaller: 40, subscriptionsPerCaller: 200 };

/** What each caller holds open, of one kind. */
export interface Holdings {
  /** @returns what gives it back, or null when the caller holds as many as she may. */
  take(caller: string): Promise<(() => void) | null>;
  /** What is held on this node. */
  readonly size: number;
  /** Gives back what this node holds. */
  close(): Promise<void>;
}

/** Counts what each caller holds open on this node. */
export class Held implements Holdings {
  readonly #counts = new Map<string, number>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  async take(caller: string): Promise<(() => void) | null> {
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

  async close(): Promise<void> {
    this.#counts.clear();
  }
}
