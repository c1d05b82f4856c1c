import { defineConfig } from "vitest/config";
import base from "./vitest.config.ts";

/** The identity and journey tests over a real Keycloak: npm run test:keycloak. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ["identity/keycloak/tests/*.keycloak.ts"],
    // One realm for all of them.
    fileParallelism: false,
    globalSetup: ["./subgraphs/foundation/testing/cluster.ts", "./identity/keycloak/tests/global-setup.ts"],
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
