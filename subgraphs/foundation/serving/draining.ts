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

/** Milliseconds in which a request that is on its way over a kept-alive connection still arrives. */
const lastRequestsMs = 150;

/** Lets a server end gently: without it, clients that keep their connections busy would keep it running for ever. */
export function draining(server: HttpServer): Draining {
  const state = { stopping: false, closesIdle: false };
  server.prependListener("request", (_request, response) => {
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
      const closeIdle = setTimeout(() => {
        state.closesIdle = true;
        // It is closed already; this ends the idle connections and what watches over slow ones.
        server.close(() => {});
      }, lastRequestsMs);
      const giveUp = setTimeout(() => server.closeAllConnections(), milliseconds);
      await closed;
      clearTimeout(closeIdle);
      clearTimeout(giveUp);
    },
  };
}
