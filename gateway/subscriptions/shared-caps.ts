import { randomUUID } from "node:crypto";
import { type SharedStore, SharedStoreAway } from "#foundation/sharing/shared-store";
import { Held, type Holdings } from "./caps.ts";

/** Seconds after which what a node held is free again, when it does not say that it still holds it: it has crashed. */
const leaseSeconds = 60;

/** KEYS: the caller's holdings. ARGV: seconds, the most, the new holding. */
const take = `local now = tonumber(redis.call('TIME')[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[1]), ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[1])
return 1`;
const keep = `local now = tonumber(redis.call('TIME')[1])
for i, key in ipairs(KEYS) do
  redis.call('ZADD', key, now + tonumber(ARGV[1]), ARGV[i + 1])
  redis.call('EXPIRE', key, ARGV[1])
end
return 1`;
const free = `for i, key in ipairs(KEYS) do redis.call('ZREM', key, ARGV[i]) end return 1`;

/**
 * Counts what each caller holds open on all nodes, in Redis, as leases that each node renews. While Redis is away each node counts its own;
 * what is held then is counted with the others when Redis is back.
 */
export class SharedHeld implements Holdings {
  readonly #store: SharedStore;
  readonly #what: string;
  readonly #most: number;
  readonly #here: Held;
  readonly #node = randomUUID();
  readonly #leases = new Map<string, string>();
  readonly #timer: NodeJS.Timeout;
  #taken = 0;

  constructor(store: SharedStore, what: string, most: number, everyMs = (leaseSeconds * 1000) / 3) {
    this.#store = store;
    this.#what = what;
    this.#most = most;
    this.#here = new Held(most);
    this.#timer = setInterval(() => void this.#each(keep, [leaseSeconds]), everyMs).unref();
  }

  async take(caller: string): Promise<(() => void) | null> {
    const release = await this.#here.take(caller);
    if (release === null) return null;
    const key = this.#store.name(this.#what, caller);
    const lease = `${this.#node}:${(this.#taken += 1)}`;
    try {
      if ((await this.#store.run(take, [key], [leaseSeconds, this.#most, lease])) !== 1) {
        release();
        return null;
      }
    } catch (error) {
      if (!(error instanceof SharedStoreAway)) throw error;
    }
    this.#leases.set(lease, key);
    return () => {
      release();
      if (this.#leases.delete(lease)) void this.#store.run(free, [key], [lease]).catch(() => undefined);
    };
  }

  get size(): number {
    return this.#here.size;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#each(free, []);
    this.#leases.clear();
    await this.#here.close();
  }

  /** Runs a script over all leases of this node, some hundred at a time. */
  async #each(script: string, words: readonly number[]): Promise<void> {
    const leases = [...this.#leases];
    for (let from = 0; from < leases.length; from += 500) {
      const some = leases.slice(from, from + 500);
      await this.#store.run(script, some.map(([, key]) => key), [...words, ...some.map(([lease]) => lease)]).catch(() => undefined);
    }
  }
}
