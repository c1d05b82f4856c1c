import type { Server as HttpServer } from "node:http";
import { Server as NetServer } from "node:net";

/** An HTTP server that can end without losing a request. */
export interface Draining {
  /** True from `begin` on. */
  readonly stopping: boolean;
  /** From now on every reply asks its client to come no more over the same connection. */
  begin(): void;
  /**
   * Takes no new connection from now on. What still comes over those that are open is answered with `connection: close`; only then are
   * idle ones closed, since a request that crosses the closing of its connection would be lost. What is not answered after so many
   * milliseconds is broken off.
   */
  drain(milliseconds: number): Promise<void>;
}

/** Milliseconds without a new request after which none is on its way any more over a kept-alive connection; and how long that is waited for. */
const [quietMs, mostQuietMs] = [200, 2_000];

/** Lets a server end gently: without it, clients that keep their connections busy would keep it running for ever. */
export function draining(server: HttpServer): Draining {
  const state = { stopping: false, closesIdle: false, lastRequestAt: 0 };
  server.prependListener("request", (_request, response) => {
    state.lastRequestAt = performance.now();
    if (state.stopping) response.setHeader("connection", "close");
    // A connection whose request ends while the server stops is idle from then on, and would be waited for.
    response.once("close", () => state.closesIdle && setImmediate(() => server.closeIdleConnections()));
  });
  return {
    get stopping() {
      return state.stopping;
    },
    begin: () => void (state.stopping = true),
    async drain(milliseconds) {
      state.stopping = true;
      const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
      const began = performance.now();
      const whenQuiet = () => {
        const now = performance.now();
        if (now - Math.max(began, state.lastRequestAt) < quietMs && now - began < mostQuietMs) return void (timer = setTimeout(whenQuiet, quietMs / 4));
        // What has arrived meanwhile is read first: a busy process comes to its timers before it comes to its connections.
        setImmediate(() => setImmediate(() => {
          state.closesIdle = true;
          // It is closed already; this ends the idle connections and what watches over slow ones.
          server.close(() => {});
        }));
      };
      let timer = setTimeout(whenQuiet, quietMs);
      const giveUp = setTimeout(() => server.closeAllConnections(), milliseconds);
      await closed;
      clearTimeout(timer);
      clearTimeout(giveUp);
    },
  };
}
