import { type SharedStore, SharedStoreAway } from "#foundation/sharing/shared-store";
import { type Charge, MemoryPoints, type PointStore } from "./rate.ts";

/** By the clock of Redis, so that nodes whose clocks differ count alike. A bucket is forgotten when it is full again. */
const take = `local clock = redis.call('TIME')
local now = clock[1] + clock[2] / 1000000
local lefts, missing, enough = {}, {}, true
for i, key in ipairs(KEYS) do
  local points, most, seconds = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local known = redis.call('HMGET', key, 'left', 'at')
  local left = most
  if known[1] then left = math.min(most, tonumber(known[1]) + math.max(0, now - tonumber(known[2])) * most / seconds) end
  lefts[i] = left
  missing[i] = tostring(math.max(0, points - left))
  if points > left then enough = false end
end
for i, key in ipairs(KEYS) do
  local points, most, seconds = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local after = lefts[i]
  if enough then after = math.min(most, after - points) end
  if after >= most then
    redis.call('DEL', key)
  else
    redis.call('HSET', key, 'left', string.format('%.6f', after), 'at', string.format('%.6f', now))
    redis.call('PEXPIRE', key, math.ceil((most - after) * seconds / most * 1000) + 1000)
  end
end
return missing`;

/**
 * Buckets that all nodes share, in Redis. While it is away each node counts by itself: a caller may then ask each of them for a whole
 * budget, and nobody is turned away for it.
 */
export class SharedPoints implements PointStore {
  readonly #store: SharedStore;
  readonly #alone = new MemoryPoints();
  readonly #countedAlone: () => void;

  /** @param countedAlone called for each request whose points only this node knows of. */
  constructor(store: SharedStore, countedAlone: () => void = () => undefined) {
    this.#store = store;
    this.#countedAlone = countedAlone;
  }

  async take(charges: readonly Charge[], now: number): Promise<readonly number[]> {
    if (charges.length === 0) return [];
    try {
      const keys = charges.map(({ bucket }) => this.#store.name("points", bucket));
      const missing = await this.#store.run(take, keys, charges.flatMap(({ points, budget }) => [points, budget.points, budget.seconds]));
      return (missing as string[]).map(Number);
    } catch (error) {
      if (!(error instanceof SharedStoreAway)) throw error;
      this.#countedAlone();
      return this.#alone.take(charges, now);
    }
  }
}
