import { randomUUID } from "node:crypto";
import { type SharedStore, SharedStoreAway } from "../sharing/shared-store.ts";
import { type FeedEvent, type FeedPortion, readPlace, textOf } from "./feed-place.ts";

/** Milliseconds for which the one who reads the outbox may be silent before the others look themselves. */
const silenceMs = 1_000;
/** Milliseconds between words of the one who reads it, when nothing changes. */
const aliveMs = 300;
/** Milliseconds for which one has the reading to itself, unless it asks again before. */
const leaseMs = 2_000;

const claim = `local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`;
const giveUp = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end return 1`;

/**
 * Lets one of many processes read the outbox for all of them: it tells the others over Redis what it read. A portion says from which place
 * to which it goes, so whoever missed one knows, and reads on from the outbox. While Redis or the reading process is away, every process
 * reads for itself; two that read at the same time tell the same, which is heard once.
 */
export class FeedExchange {
  readonly #store: SharedStore;
  readonly #me = randomUUID();
  #of: string | null = null;
  #stop: (() => Promise<void>) | null = null;
  #closing: Promise<void> = Promise.resolve();
  #heardAt = -Infinity;
  #toldAt = -Infinity;
  #leadsUntil = -Infinity;

  constructor(store: SharedStore) {
    this.#store = store;
  }

  /** Whether this process reads for the others now. */
  get leads(): boolean {
    return performance.now() < this.#leadsUntil;
  }

  /** @param epoch what the places belong to: those of one mean nothing in another. */
  open(epoch: string, heard: (portion: FeedPortion) => void): void {
    if (this.#stop) return;
    this.#of = epoch;
    this.#stop = this.#store.subscribe(this.#name("feed"), (message) => {
      const said = JSON.parse(message) as { by: string; bye?: true; from: string; to: string; events: unknown[][] };
      if (said.by === this.#me) return;
      this.#heardAt = said.bye ? -Infinity : performance.now();
      if (!said.bye) heard({ from: readPlace(said.from)!, to: readPlace(said.to)!, events: said.events.map(eventFrom) });
    });
  }

  /** Whether to read the outbox now: this process leads, or nobody has been heard for a while. */
  async mayRead(): Promise<boolean> {
    if (!this.leads && performance.now() - this.#heardAt < silenceMs) return false;
    if (this.#leadsUntil - performance.now() > leaseMs / 2) return true;
    const asked = performance.now();
    try {
      this.#leadsUntil = (await this.#store.run(claim, [this.#name("reader")], [this.#me, leaseMs])) === 1 ? asked + leaseMs : -Infinity;
    } catch (error) {
      if (!(error instanceof SharedStoreAway)) throw error;
    }
    return true;
  }

  /** Tells the others what was read; nothing, too, every now and then. They read it themselves where it does not arrive. */
  tell({ from, to, events }: FeedPortion): void {
    if (!this.leads || (events.length === 0 && performance.now() - this.#toldAt < aliveMs)) return;
    this.#toldAt = performance.now();
    void this.#say({ from: textOf(from), to: textOf(to), events: events.map(wordsOf) });
  }

  /** Nobody listens here any more: another may read at once. */
  close(): Promise<void> {
    const stop = this.#stop;
    this.#stop = null;
    if (stop) this.#closing = this.#leave(stop);
    return this.#closing;
  }

  async #leave(stop: () => Promise<void>): Promise<void> {
    const led = this.leads;
    this.#heardAt = this.#leadsUntil = -Infinity;
    await stop();
    if (!led) return;
    await this.#store.run(giveUp, [this.#name("reader")], [this.#me]).catch(() => undefined);
    await this.#say({ bye: true });
  }

  #say(words: object): Promise<void> {
    return this.#store.publish(this.#name("feed"), JSON.stringify({ by: this.#me, ...words })).catch(() => undefined);
  }

  #name(what: string): string {
    return this.#store.name(what, this.#of!);
  }
}

const wordsOf = (e: FeedEvent): unknown[] => [String(e.xid), e.id, e.districtId, e.recordType, e.recordId, e.recordVersion, e.action];

function eventFrom([xid, id, districtId, recordType, recordId, recordVersion, action]: unknown[]): FeedEvent {
  return { xid: BigInt(xid as string), id, districtId, recordType, recordId, recordVersion, action } as FeedEvent;
}
