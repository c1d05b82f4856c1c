import type { GraphiQLProps } from "graphiql";
import { getOperationAST } from "graphql";
import { createClient } from "graphql-ws";
import type { Session } from "../src/app/session.ts";
import { authorizedFetch } from "../src/graphql/authorized-fetch.ts";

/** Sends operations with the token of whoever is signed in: queries and mutations by POST, subscriptions over a WebSocket. */
export function fetcherFor(session: Session): GraphiQLProps["fetcher"] {
  const path = "/graphql";
  const signedFetch = authorizedFetch(session);
  const socket = createClient({
    url: `${location.origin.replace(/^http/, "ws")}${path}`,
    lazy: true,
    // Asked with each connection, so that one that ended with its token comes back with a new one.
    connectionParams: async () => {
      const token = await session.accessToken();
      return token === null ? {} : { authorization: `Bearer ${token}` };
    },
  });
  return async ({ query, variables, operationName }, { documentAST, headers } = {}) => {
    const kind = documentAST && getOperationAST(documentAST, operationName ?? undefined)?.operation;
    if (kind === "subscription") return socket.iterate({ query, variables, operationName }) as AsyncIterable<never>;
    const send = session.state().kind === "signed-in" ? signedFetch : fetch;
    const reply = await send(path, {
      method: "POST",
      headers: { ...(headers as Record<string, string> | undefined), "content-type": "application/json", accept: "application/graphql-response+json, application/json" },
      body: JSON.stringify({ query, variables, operationName }),
    });
    return (await reply.json()) as never;
  };
}
