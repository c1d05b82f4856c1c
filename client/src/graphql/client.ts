import { cacheExchange, Client, fetchExchange } from "@urql/core";
import { createContext, useContext } from "solid-js";
import type { Session } from "../app/session.ts";
import { authorizedFetch } from "./authorized-fetch.ts";
import { persistedExchange } from "./persisted-exchange.ts";

/** A client for one person's sign-in. Its cache lives and goes with it, so that nobody sees what an earlier person read. */
export function createGraphClient(session: Session): Client {
  return new Client({
    url: "/graphql",
    exchanges: [persistedExchange, cacheExchange, fetchExchange],
    fetch: authorizedFetch(session),
    // A GET would write what was searched for into addresses and logs.
    preferGetMethod: false,
    requestPolicy: "cache-and-network",
  });
}

export const GraphContext = createContext<Client>();

export function useGraph(): Client {
  const client = useContext(GraphContext);
  if (!client) throw new Error("useGraph() is called outside of <GraphContext.Provider>: wrap the screen in it.");
  return client;
}
