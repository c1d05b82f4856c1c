import { type SharedStore, SharedStoreAway } from "./shared-store.ts";

const take = "if redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return 1 end return 0";

/**
 * Remembers the signed calls that write, for all processes of an installation: one that was heard on the way and sent to another process
 * is known there. Calls that read are not asked about: whoever heard one has heard its reply.
 */
export class WritesOnce {
  readonly #store: SharedStore;

  constructor(store: SharedStore) {
    this.#store = store;
  }

  /** Whether some process had this one already. While Redis is away each knows its own alone. */
  async again(id: string, forMs: number): Promise<boolean> {
    try {
      return (await this.#store.run(take, [this.#store.name("write", id)], [forMs])) === 0;
    } catch (error) {
      if (error instanceof SharedStoreAway) return false;
      throw error;
    }
  }
}
