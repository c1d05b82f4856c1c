import { OsssError } from "../errors/errors.ts";
import type { FeedListener } from "./change-feed.ts";
import { type FeedEvent, type FeedPlace, textOfCursor } from "./feed-place.ts";

/** What a subscriber is told of one record: never more than that it changed, and where that stands in the feed. */
export interface RecordChanged {
  /** Send it as `after` to go on behind this event. */
  readonly cursor: string;
  readonly action: FeedEvent["action"] | "LEFT";
  readonly recordType: string;
  readonly recordId: string;
  readonly version: number;
}

export interface ChangesOptions {
  readonly listener: FeedListener;
  /** Which events are spoken of at all, before anybody's rights are asked. */
  readonly concerns: (event: FeedEvent) => boolean;
  /** Which of these records the subscriber may see now, and match what she asked for: under her own rights, in a transaction of its own. */
  readonly visible: (records: readonly { type: string; id: string }[]) => Promise<ReadonlySet<string>>;
  /** Records that she follows from the start: she is told when one leaves her sight. */
  readonly followed?: readonly { type: string; id: string }[];
  /** Events after which her rights may be others than before: what she has seen is looked at at once, and before anything else is told. */
  readonly movesRights?: (event: FeedEvent) => boolean;
  /** How often followed records are looked at without an event, in milliseconds: rights begin and end with the day. */
  readonly recheckMs?: number;
}

/** How many records of a subscriber are remembered as seen. */
const remembered = 20_000;

/** Milliseconds from one look at what was seen to the next, however much moves rights. */
const restMs = 1_000;

/**
 * The events of a feed as one subscriber may know them, in the order of each record's versions. A record that she could see and can see
 * no more is LEFT. When one leaves without any event (an order took effect, an assignment ended), her rights are others than those she
 * subscribed with: the stream ends with FORBIDDEN and `retriable`, and a new subscription starts from what holds now.
 * An iterator of its own, not a generator: it can be closed while it waits.
 */
export function recordChanges(options: ChangesOptions): AsyncIterableIterator<RecordChanged> {
  const { listener, concerns, visible, movesRights = () => false, recheckMs = 30_000 } = options;
  const seen = new Map<string, { type: string; version: number }>();
  const pending: RecordChanged[] = [];
  let begun = false;
  let checkedAt = -Infinity;
  let due = Date.now() + recheckMs;
  let ending: Error | null = null;
  const cursorOf = (place: FeedPlace) => textOfCursor({ epoch: listener.epoch, place });

  const see = (id: string, type: string, version: number) => {
    seen.delete(id);
    seen.set(id, { type, version });
    if (seen.size > remembered) seen.delete(seen.keys().next().value!);
  };

  async function begin(): Promise<void> {
    begun = true;
    const followed = options.followed ?? [];
    if (followed.length === 0) return;
    const shown = await visible(followed);
    for (const { id, type } of followed) if (shown.has(id)) see(id, type, 0);
  }

  async function tell(events: readonly FeedEvent[]): Promise<void> {
    const mine = events.filter((event) => concerns(event) && event.recordVersion > (seen.get(event.recordId)?.version ?? 0));
    if (mine.length === 0) return;
    const shown = await visible(mine.map((event) => ({ type: event.recordType, id: event.recordId })));
    for (const event of mine) {
      const { recordId, recordType, recordVersion } = event;
      const known = seen.get(recordId);
      if (known && known.version >= recordVersion) continue;
      const told = { cursor: cursorOf(event), recordType, recordId, version: recordVersion };
      if (shown.has(recordId)) {
        see(recordId, recordType, recordVersion);
        pending.push({ ...told, action: event.action });
      } else if (known) {
        seen.delete(recordId);
        pending.push({ ...told, action: "LEFT" });
      }
    }
  }

  /** @param place up to where she has been told: from there she goes on when she comes again. */
  async function recheck(place: FeedPlace): Promise<void> {
    checkedAt = Date.now();
    due = checkedAt + recheckMs;
    const records = [...seen].map(([id, { type }]) => ({ id, type }));
    for (let from = 0; from < records.length; from += 500) {
      const portion = records.slice(from, from + 500);
      const shown = await visible(portion);
      for (const { id, type } of portion) {
        if (shown.has(id)) continue;
        pending.push({ cursor: cursorOf(place), action: "LEFT", recordType: type, recordId: id, version: seen.get(id)!.version });
        seen.delete(id);
      }
    }
    if (pending.length > 0) ending = OsssError.forbidden("What you may see has changed since you subscribed. Subscribe again.", { retriable: true });
  }

  return {
    async next() {
      if (!begun) await begin();
      while (pending.length === 0) {
        if (ending) throw ending;
        if (listener.closed) return { done: true, value: undefined };
        const { place } = listener;
        if (Date.now() >= due) {
          await recheck(place);
          continue;
        }
        const events = await listener.next(due - Date.now());
        if (listener.closed) return { done: true, value: undefined };
        if (events.some(movesRights)) {
          if (Date.now() - checkedAt >= restMs) await recheck(place);
          else due = Math.min(due, checkedAt + restMs);
          if (ending) continue;
        }
        await tell(events);
      }
      return { done: false, value: pending.shift()! };
    },
    async return() {
      listener.close();
      return { done: true, value: undefined };
    },
    async throw(error) {
      listener.close();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
