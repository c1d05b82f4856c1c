import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { serve } from "../gateways/contract.ts";

/** Hive Gateway under Node's HTTP server; `native` runs it with its planner in Rust and the executor that belongs to it. No authorization, no limits, no log. */
serve(async ({ supergraphs }) => {
  const runtime = createGatewayRuntime({
    supergraph: supergraphs.plain,
    logging: false,
    propagateHeaders: { fromClientToSubgraphs: ({ request }) => ({ "x-user": request.headers.get("x-user") }) },
    ...(process.argv[2] === "native" ? { unifiedGraphHandler: (await import("@graphql-hive/router-runtime")).unifiedGraphHandler } : {}),
  });
  const server = createServer(runtime);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/graphql` };
});
