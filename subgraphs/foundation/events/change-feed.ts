import { OsssError } from "../errors/errors.ts";
import type { Database } from "../persistence/pool.ts";
import { Gate } from "../serving/gate.ts";
import type { FeedExchange } from "./feed-exchange.ts";
import { type FeedCursor, type FeedEvent, type FeedPlace, type FeedPortion, firstAfter, isAfter } from "./feed-place.ts";

export interface ChangeFeedOptions {
  /** Milliseconds between looks at the outbox while somebody listens; 100 unless told. */
  readonly everyMs?: number;
  /** How many of the newest events are kept in memory for all listeners together; 5,000 unless told. */
  readonly keep?: number;
  /** Where one of several processes reads the outbox for all; without it each reads for itself. */
  readonly exchange?: FeedExchange | null;
  readonly report?: (error: unknown) => void;
}

/** How many events one statement reads. */
const portion = 1_000;

/**
 * The outbox as every listener of this process reads it: in horizon order, each event once. One statement looks for what is new, for all
 * listeners together, and only while there are any; the newest events are kept once, however many listen. A listener that is slower than
 * that, or that comes back with an old place, reads on from the database. Nothing is queued for anybody, so one who stops reading costs nothing.
 * Events of the command line and of other processes come the same way. Where processes share a Redis, one of them looks for all.
 */
export class ChangeFeed {
  readonly #database: Database;
  readonly #options: { readonly everyMs: number; readonly keep: number; readonly exchange: FeedExchange | null; readonly report: (error: unknown) => void };
  #kept: FeedEvent[] = [];
  /** Everything after `#from`, up to `#end` and with it, is in `#kept`; both are null while nobody listens. */
  #from: FeedPlace | null = null;
  #end: FeedPlace | null = null;
  /** What the numbers of these places belong to; null while nobody listens. */
  #epoch: string | null = null;
  /** Up to where another process has read what this one has not heard. */
  #missed: FeedPlace | null = null;
  #listeners = 0;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  readonly #waiting = new Set<() => void>();
  /** How often something new came. */
  #news = 0;
  /** For what listeners ask of the database, few at a time: one event wakes all of them, and whoever writes or reads must not wait behind them. */
  readonly looks = new Gate(4);
  /** Statements that looked at the outbox, and portions that another process told. */
  readonly figures = { reads: 0, heard: 0, missed: 0 };

  constructor(database: Database, options: ChangeFeedOptions = {}) {
    this.#database = database;
    this.#options = { everyMs: options.everyMs ?? 100, keep: options.keep ?? 5_000, exchange: options.exchange ?? null, report: options.report ?? (() => undefined) };
  }

  /** How many read it now. */
  get listeners(): number {
    return this.#listeners;
  }

  /** Whether this process reads the outbox for others, too. */
  get leads(): boolean {
    return this.#options.exchange?.leads ?? false;
  }

  /** What places mean now: those of another epoch lead nowhere. Null while nobody listens. */
  get epoch(): string | null {
    return this.#epoch;
  }

  /**
   * Reads on from a place; from now on where none is given. Close it, or the feed goes on looking.
   * @throws OsssError CURSOR_EXPIRED for a place of another database, or of this one before it was restored.
   */
  async listen(after: FeedCursor | null): Promise<FeedListener> {
    this.#listeners += 1;
    try {
      const now = after || this.#end === null ? await this.#now() : null;
      if (after && (after.epoch !== now!.epoch || after.place.xid > now!.next)) throw OsssError.cursorExpired();
      if (this.#end === null) this.#begin(now!);
      this.#timer ??= setInterval(() => void this.#look(), this.#options.everyMs);
      return new FeedListener(this, this.#epoch!, after?.place ?? this.#end!);
    } catch (error) {
      this.left();
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

  /** Tells what has come from what comes: to be asked before reading, and handed to `changed`. */
  get news(): number {
    return this.#news;
  }

  /** Settles when there may be something newer, or when `signal` is aborted. */
  changed(since: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.#news !== since) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal.addEventListener("abort", wake);
    });
  }

  /** Looks no more; settles when the other processes know. */
  async close(): Promise<void> {
    this.#wake();
    await this.#rest();
  }

  /** Called by a listener that ends. */
  left(): void {
    this.#listeners -= 1;
    if (this.#listeners > 0) return;
    this.#forget();
  }

  #forget(): void {
    void this.#rest();
    this.#kept = [];
    this.#from = this.#end = this.#missed = this.#epoch = null;
  }

  async #rest(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    await this.#options.exchange?.close();
  }

  async #now(): Promise<{ epoch: string; head: bigint; next: bigint }> {
    const { rows } = await this.#database.pool.query<{ epoch: string; head: string; next: string }>("SELECT journal.epoch() AS epoch, journal.head()::text AS head, pg_snapshot_xmax(pg_current_snapshot())::text AS next");
    const { epoch, head, next } = rows[0]!;
    return { epoch, head: BigInt(head), next: BigInt(next) };
  }

  #begin({ epoch, head }: { epoch: string; head: bigint }): void {
    this.#from = this.#end = { xid: head, id: null };
    this.#epoch = epoch;
    this.#options.exchange?.open(epoch, (told) => this.#hear(told));
  }

  #look(): Promise<void> {
    this.#looking ??= this.#fetch()
      .catch(this.#options.report)
      .finally(() => (this.#looking = null));
    return this.#looking;
  }

  async #fetch(): Promise<void> {
    const { exchange } = this.#options;
    const missed = this.#missed;
    this.#missed = null;
    if (missed === null && exchange && !(await exchange.mayRead())) return;
    for (let full = true; full; ) {
      const from = this.#end;
      if (from === null) return;
      const events = await this.#read(from, portion);
      const read = { from, to: events.at(-1) ?? from, events };
      this.#take(read);
      exchange?.tell(read);
      full = events.length === portion;
    }
    // What another process read was certain then: looking behind the last place has found all of it.
    if (missed !== null && this.#end !== null && isAfter(missed, this.#end)) this.#end = missed;
  }

  #hear(told: FeedPortion): void {
    this.figures.heard += 1;
    if (this.#take(told)) return;
    this.figures.missed += 1;
    if (this.#missed === null || isAfter(told.to, this.#missed)) this.#missed = told.to;
    void this.#look();
  }

  /** Keeps what comes after all that is known. @returns false where something in between is not known. */
  #take({ from, to, events }: FeedPortion): boolean {
    if (this.#end === null) return true;
    if (isAfter(from, this.#end)) return false;
    const added = events.slice(firstAfter(events, this.#end));
    if (isAfter(to, this.#end)) this.#end = to;
    if (added.length === 0) return true;
    this.#kept.push(...added);
    const over = this.#kept.length - this.#options.keep;
    if (over > 0) this.#from = this.#kept.splice(0, over).at(-1)!;
    this.#wake();
    return true;
  }

  #wake(): void {
    this.#news += 1;
    for (const wake of this.#waiting) wake();
  }

  async #read(place: FeedPlace, most: number): Promise<FeedEvent[]> {
    this.figures.reads += 1;
    const known = this.#epoch;
    const { rows } = await this.#database.pool.query<Omit<FeedEvent, "xid"> & { epoch: string; xid: string | null }>(
      `SELECT epoch, f.xid::text, id, district_id AS "districtId", record_type AS "recordType", record_id AS "recordId", record_version AS "recordVersion", action
       FROM journal.epoch() LEFT JOIN journal.feed($1::text::xid8, $2, $3) AS f ON true ORDER BY f.xid, id`,
      [String(place.xid), place.id, most],
    );
    if (rows[0]!.epoch !== known) {
      // Another database answers, or this one was taken back: every place that is known here is one of the past.
      if (known !== null && this.#epoch === known) this.#forget();
      this.#wake();
      throw OsssError.cursorExpired();
    }
    return rows.filter(({ xid }) => xid !== null).map((row) => ({ ...row, xid: BigInt(row.xid!) }));
  }
}

/** One reader's place in the feed. */
export class FeedListener {
  readonly #feed: ChangeFeed;
  readonly #ended = new AbortController();
  /** What its places belong to. */
  readonly epoch: string;
  place: FeedPlace;

  constructor(feed: ChangeFeed, epoch: string, place: FeedPlace) {
    this.#feed = feed;
    this.epoch = epoch;
    this.place = place;
  }

  /**
   * The next events, as soon as there are some; none once it is closed or `waitMs` have passed. The place moves behind them.
   * @throws OsssError CURSOR_EXPIRED once its places mean nothing any more, since the database is another.
   */
  async next(waitMs: number): Promise<readonly FeedEvent[]> {
    const until = AbortSignal.any([this.#ended.signal, AbortSignal.timeout(waitMs)]);
    for (;;) {
      if (this.#ended.signal.aborted) return [];
      if (this.#feed.epoch !== this.epoch) throw OsssError.cursorExpired();
      const known = this.#feed.news;
      const events = await this.#feed.after(this.place);
      if (events.length > 0) {
        this.place = events.at(-1)!;
        return events;
      }
      if (until.aborted) return [];
      await this.#feed.changed(known, until);
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
