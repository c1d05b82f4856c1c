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

/** All events after one place, up to another and with it. */
export interface FeedPortion {
  readonly from: FeedPlace;
  readonly to: FeedPlace;
  readonly events: readonly FeedEvent[];
}

/** A place that a client keeps and sends back. It means something in its own epoch alone: elsewhere transactions are numbered otherwise. */
export interface FeedCursor {
  readonly epoch: string;
  readonly place: FeedPlace;
}

export function textOfCursor({ epoch, place }: FeedCursor): string {
  return Buffer.from(`${epoch}:${textOf(place)}`).toString("base64url");
}

/** What a client sends back; null when it is no cursor of a feed. Cursors once named no epoch: theirs is empty, and nobody's. */
export function readCursor(cursor: string): FeedCursor | null {
  const text = Buffer.from(cursor, "base64url").toString("utf8");
  const [, epoch, rest] = /^([0-9a-f]{16}):(.*)$/.exec(text) ?? [];
  const place = readPlace(rest ?? text);
  return place && { epoch: epoch ?? "", place };
}

export const textOf = ({ xid, id }: FeedPlace): string => `${xid}:${id ?? ""}`;

export function readPlace(text: string): FeedPlace | null {
  const [, xid, id] = /^(\d{1,20}):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})?$/.exec(text) ?? [];
  return xid === undefined ? null : { xid: BigInt(xid), id: id ?? null };
}

export function isAfter(a: FeedPlace, b: FeedPlace): boolean {
  return a.xid !== b.xid ? a.xid > b.xid : a.id !== null && (b.id === null || a.id > b.id);
}

/** Where the events after a place begin; they are in order. */
export function firstAfter(events: readonly FeedEvent[], place: FeedPlace): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(events[middle]!, place)) high = middle;
    else low = middle + 1;
  }
  return low;
}
