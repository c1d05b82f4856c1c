import type { ChangeFeed } from "../events/change-feed.ts";
import type { SharedStore } from "../sharing/shared-store.ts";
import type { Metrics } from "./metrics.ts";

/** What the page of metrics tells of the feed of changes, and of what this process shares with others. */
export function tellSharing(metrics: Metrics, { feed, shared }: { readonly feed: ChangeFeed; readonly shared: SharedStore | null }): void {
  metrics.read("osss_outbox_reads_total", "Statements with which this process looked at the outbox.", () => feed.figures.reads, "counter");
  if (!shared) return;
  metrics.read("osss_redis_up", "1 while Redis answers this process.", () => Number(shared.up));
  metrics.read("osss_outbox_reader", "1 while this process reads the outbox for all.", () => Number(feed.leads));
  metrics.read("osss_feed_heard_total", "Portions of the outbox that another process told this one.", () => feed.figures.heard, "counter");
  metrics.read("osss_feed_missed_total", "Portions that came after one that was not heard, so that the outbox was read.", () => feed.figures.missed, "counter");
}
