import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmbeddedProvider, demoRealm, type EmbeddedProvider, type Realm } from "../provider.ts";

/** The embedded provider behind a real HTTP server on a free loopback port, with a data folder of its own. */
export interface ServedProvider extends AsyncDisposable {
  readonly url: string;
  readonly dataDir: string;
  readonly provider: EmbeddedProvider;
  readonly failures: unknown[];
  /** Ends the provider and starts another over the same folder, as a restart of the platform does. */
  restart(): Promise<void>;
}

export async function serveProvider(options: { realm?: Realm; clock?: () => number; publicUrl?: string } = {}): Promise<ServedProvider> {
  const dataDir = await mkdtemp(join(tmpdir(), "osss-identity-"));
  const failures: unknown[] = [];
  const state: { provider?: EmbeddedProvider } = {};
  const server = createServer((request, response) => {
    void state.provider!.handle(request, response).then((own) => {
      if (!own) response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>application</title><h1>The application</h1>");
    });
  });
  const url = `http://localhost:${await listen(server)}`;
  const start = async () => {
    state.provider = await createEmbeddedProvider({ publicUrl: options.publicUrl ?? url, dataDir, realm: options.realm ?? demoRealm, clock: options.clock, log: (_message, error) => failures.push(error) });
  };
  await start();
  return {
    url,
    dataDir,
    failures,
    get provider() {
      return state.provider!;
    },
    async restart() {
      await state.provider!.close();
      await start();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await state.provider!.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return (server.address() as AddressInfo).port;
}
