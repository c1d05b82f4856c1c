import gateway from "@mercuriusjs/gateway";
import fastify from "fastify";
import { serve } from "../gateways/contract.ts";

/** Mercurius' gateway under Fastify, with its just-in-time compiler on. It composes by itself, from federation's first version. No authorization, no limits, no log. */
serve(async ({ subgraphs, firstVersionSdl }) => {
  const app = fastify();
  app.register(gateway, {
    jit: 1,
    gateway: {
      services: Object.entries(subgraphs.plain).map(([name, url]) => ({ name, url, schema: firstVersionSdl[name], rewriteHeaders: (headers) => ({ "x-user": headers["x-user"] }) })),
    },
  });
  return { url: `${await app.listen({ port: 0, host: "127.0.0.1" })}/graphql` };
});
