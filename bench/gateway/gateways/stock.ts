import { ApolloGateway, RemoteGraphQLDataSource } from "@apollo/gateway";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { serve } from "./contract.ts";

/** @apollo/gateway under Apollo Server's own HTTP server, as its documentation starts them: no authorization, no limits, no log. */
serve(async ({ supergraphs }) => {
  const gateway = new ApolloGateway({
    supergraphSdl: supergraphs.plain,
    buildService: ({ url }) =>
      new RemoteGraphQLDataSource<{ user: string }>({
        url,
        willSendRequest: ({ request, context }) => request.http?.headers.set("x-user", context.user),
      }),
  });
  const server = new ApolloServer<{ user: string }>({ gateway, persistedQueries: false });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" }, context: async ({ req }) => ({ user: String(req.headers["x-user"]) }) });
  return { url };
});
