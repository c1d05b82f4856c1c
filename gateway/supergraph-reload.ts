import { readFileSync, watch, type FSWatcher } from "node:fs";
import { dirname } from "node:path";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { SupergraphGateway } from "./supergraph-gateway.ts";

export interface SupergraphReloadOptions {
  /** The supergraph's SDL. */
  readonly file: string;
  readonly gateway: SupergraphGateway;
  readonly metrics: Metrics;
  readonly log: Log;
  /** A line for the person at the terminal. */
  readonly say: (line: string) => void;
  /** Milliseconds without a further change until the file counts as written, 250 unless told. */
  readonly settleMs?: number;
}

/** Looks for another supergraph. */
export interface SupergraphReload {
  /** Reads the file now. A supergraph that cannot be used is told, and the loaded one stays. */
  now(): void;
  /** Watches no longer. */
  stop(): void;
}

/**
 * Exchanges the supergraph of a running gateway when its file changes, or when told to. No request is dropped: those under
 * way finish on the supergraph that they began with.
 */
export function reloadSupergraph({ file, gateway, metrics, log, say, settleMs = 250 }: SupergraphReloadOptions): SupergraphReload {
  const count = (outcome: "loaded" | "unchanged" | "refused") => metrics.count("osss_supergraph_reads_total", "How often the supergraph's file was read again, and what came of it.", { outcome });
  const now = () => {
    try {
      const started = performance.now();
      const changed = gateway.reload(readFileSync(file, "utf8"));
      count(changed ? "loaded" : "unchanged");
      if (!changed) return;
      log.info({ milliseconds: Math.round(performance.now() - started) }, "supergraph reloaded");
      say("The supergraph has changed; new requests run on it.");
    } catch (error) {
      count("refused");
      log.error({ err: error }, "The changed supergraph cannot be used.");
      say(`The changed supergraph cannot be used, and the former one stays: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  let settling: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | undefined;
  try {
    // The folder, and whatever changes in it: editors put a new file in the old one's place, clusters exchange what a link points to.
    watcher = watch(dirname(file), { persistent: false }, () => {
      clearTimeout(settling);
      settling = setTimeout(now, settleMs).unref();
    });
    watcher.on("error", (error) => log.warn({ err: error }, "The supergraph's file is no longer watched; SIGHUP still loads it."));
  } catch (error) {
    log.warn({ err: error }, "The supergraph's file cannot be watched; SIGHUP still loads it.");
  }
  return {
    now,
    stop: () => {
      clearTimeout(settling);
      watcher?.close();
    },
  };
}
