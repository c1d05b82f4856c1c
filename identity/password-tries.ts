const window = 5 * 60_000;
const triesPerUser = 5;
const triesPerAddress = 30;
const remembered = 5_000;

/**
 * Counts failed passwords per user name and per address over five minutes. Bounded: when more keys are seen than fit, the
 * oldest are forgotten. Times are in milliseconds of the given clock.
 */
export class PasswordTries {
  readonly #failures = new Map<string, number[]>();

  constructor(private readonly clock: () => number) {}

  /** Seconds to wait before another try is looked at; 0 when one may be made now. */
  secondsToWait(username: string, address: string): number {
    return Math.max(this.#wait(userKey(username), triesPerUser), this.#wait(addressKey(address), triesPerAddress));
  }

  failed(username: string, address: string): void {
    for (const key of [userKey(username), addressKey(address)]) {
      const failures = this.#recent(key);
      failures.push(this.clock());
      this.#failures.delete(key);
      this.#failures.set(key, failures);
    }
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= remembered) break;
      this.#failures.delete(oldest);
    }
  }

  succeeded(username: string): void {
    this.#failures.delete(userKey(username));
  }

  #recent(key: string): number[] {
    const since = this.clock() - window;
    return (this.#failures.get(key) ?? []).filter((time) => time > since);
  }

  #wait(key: string, limit: number): number {
    const failures = this.#recent(key);
    const freeing = failures.at(-limit);
    return freeing === undefined ? 0 : Math.ceil((freeing + window - this.clock()) / 1000);
  }
}

const userKey = (username: string) => `user:${username.trim().toLowerCase().slice(0, 200)}`;
const addressKey = (address: string) => `address:${address}`;
