import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    // One copy of graphql: its ES modules beside the CommonJS that dependencies load make "another module or realm".
    alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }],
  },
  test: {
    include: ["{subgraphs,gateway,identity,schema,client}/**/*.test.{ts,tsx}"],
    pool: "forks",
    maxWorkers: Math.max(1, Math.min(4, availableParallelism())),
    setupFiles: ["reflect-metadata"],
    globalSetup: ["./subgraphs/foundation/testing/cluster.ts"],
    testTimeout: 30_000,
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
});
