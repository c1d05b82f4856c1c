import type { Database } from "../persistence/pool.ts";

/** A record changed: ids only. */
export interface FeedEvent {
  /** The place in the feed: the transaction that wrote it, and its id. */
  readonly xid: bigint;
  readonly id: string;
  readonly districtId: string;
  readonly recordType: string;
  readonly recordId: string;
  readonly recordVersion: number;
  readonly action: "CREATED" | "UPDATED" | "ARCHIVED" | "RESTORED";
}

/** After which event somebody has read; `id` null: before the first event of the transaction. */
export interface FeedPlace {
  readonly xid: bigint;
  readonly id: string | null;
}

export interface ChangeFeedOptions {
  /** Milliseconds between looks at the outbox while somebody listens; 100 unless told. */
  readonly everyMs?: number;
  /** How many of the newest events are kept in memory for all listeners together; 5,000 unless told. */
  readonly keep?: number;
  readonly report?: (error: unknown) => void;
}

/**
 * The outbox as every listener of this process reads it: in horizon order, each event once. One statement looks for what is new, for all
 * listeners together, and only while there are any; the newest events are kept once, however many listen. A listener that is slower than
 * that, or that comes back with an old place, reads on from the database. Nothing is queued for anybody, so one who stops reading costs nothing.
 * Events of the command line and of other processes come the same way.
 */
export class ChangeFeed {
  readonly #database: Database;
  readonly #options: Required<ChangeFeedOptions>;
  #kept: FeedEvent[] = [];
  /** Everything after this place, up to the newest, is in `#kept`. */
  #from: FeedPlace | null = null;
  #listeners = 0;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #changed = withResolvers();

  constructor(database: Database, options: ChangeFeedOptions = {}) {
    this.#database = database;
    this.#options = { everyMs: options.everyMs ?? 100, keep: options.keep ?? 5_000, report: options.report ?? (() => undefined) };
  }

  /** How many read it now. */
  get listeners(): number {
    return this.#listeners;
  }

  /** Reads on from a place; from now on where none is given. Close it, or the feed goes on looking. */
  async listen(after: FeedPlace | null): Promise<FeedListener> {
    this.#listeners += 1;
    try {
      if (this.#from === null) await this.#begin();
      this.#timer ??= setInterval(() => void this.#look(), this.#options.everyMs);
      return new FeedListener(this, after ?? this.#end());
    } catch (error) {
      this.#left();
      throw error;
    }
  }

  /** The events after a place, 500 at most; from memory where they are there. */
  async after(place: FeedPlace): Promise<readonly FeedEvent[]> {
    if (this.#from !== null && !isAfter(this.#from, place)) {
      const at = firstAfter(this.#kept, place);
      return this.#kept.slice(at, at + 500);
    }
    return this.#read(place, 500);
  }

  /** Settles when there may be something new, or when `signal` is aborted. */
  async changed(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const aborted = withResolvers();
    const stop = () => aborted.resolve();
    signal.addEventListener("abort", stop, { once: true });
    await Promise.race([this.#changed.promise, aborted.promise]);
    signal.removeEventListener("abort", stop);
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#changed.resolve();
  }

  /** Called by a listener that ends. */
  left(): void {
    this.#left();
  }

  #left(): void {
    this.#listeners -= 1;
    if (this.#listeners > 0) return;
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#kept = [];
    this.#from = null;
  }

  async #begin(): Promise<void> {
    const { rows } = await this.#database.pool.query<{ head: string }>("SELECT journal.head()::text AS head");
    this.#from ??= { xid: BigInt(rows[0]!.head), id: null };
  }

  #end(): FeedPlace {
    return this.#kept.at(-1) ?? this.#from!;
  }

  #look(): Promise<void> {
    this.#looking ??= this.#fetch()
      .catch(this.#options.report)
      .finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #fetch(): Promise<void> {
    for (;;) {
      if (this.#from === null) return;
      const found = await this.#read(this.#end(), 1_000);
      if (found.length === 0 || this.#from === null) return;
      this.#kept.push(...found);
      const over = this.#kept.length - this.#options.keep;
      if (over > 0) this.#from = this.#kept.splice(0, over).at(-1)!;
      const { resolve } = this.#changed;
      this.#changed = withResolvers();
      resolve();
    }
  }

  async #read(place: FeedPlace, most: number): Promise<FeedEvent[]> {
    const { rows } = await this.#database.pool.query<Omit<FeedEvent, "xid"> & { xid: string }>(
      `SELECT xid::text, id, district_id AS "districtId", record_type AS "recordType", record_id AS "recordId", record_version AS "recordVersion", action FROM journal.feed($1::text::xid8, $2, $3)`,
      [String(place.xid), place.id, most],
    );
    return rows.map((row) => ({ ...row, xid: BigInt(row.xid) }));
  }
}

/** One reader's place in the feed. */
export class FeedListener {
  readonly #feed: ChangeFeed;
  readonly #ended = new AbortController();
  place: FeedPlace;

  constructor(feed: ChangeFeed, place: FeedPlace) {
    this.#feed = feed;
    this.place = place;
  }

  /** The next events, as soon as there are some; none once it is closed or `waitMs` have passed. The place moves behind them. */
  async next(waitMs: number): Promise<readonly FeedEvent[]> {
    const until = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(waitMs)]);
    for (;;) {
      if (this.#ended.signal.aborted) return [];
      const changed = this.#feed.changed(until);
      const events = await this.#feed.after(this.place);
      if (events.length > 0) {
        this.place = events.at(-1)!;
        return events;
      }
      if (until.aborted) return [];
      await changed;
    }
  }

  get closed(): boolean {
    return this.#ended.signal.aborted;
  }

  close(): void {
    if (this.#ended.signal.aborted) return;
    this.#ended.abort();
    this.#feed.left();
  }
}

/** A place as text that a client keeps and sends back. */
export function cursorOf({ xid, id }: FeedPlace): string {
  return Buffer.from(`${xid}:${id ?? ""}`).toString("base64url");
}

/** The place that a client sends back; null when it is no cursor of this feed. */
export function placeOf(cursor: string): FeedPlace | null {
  const [, xid, id] = /^(\d{1,20}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/.exec(Buffer.from(cursor, "base64url").toString("utf8")) ?? [];
  return xid === undefined ? null : { xid: BigInt(xid), id: id ?? null };
}

function isAfter(a: FeedPlace, b: FeedPlace): boolean {
  return a.xid !== b.xid ? a.xid > b.xid : a.id !== null && (b.id === null || a.id > b.id);
}

function firstAfter(events: readonly FeedEvent[], place: FeedPlace): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(events[middle]!, place)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
