import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "#foundation/persistence/embedded-postgres";
import { lockHolder } from "#foundation/persistence/data-folder-lock";

declare module "vitest" {
  interface ProvidedContext {
    /** The throwaway PostgreSQL of this test run. */
    postgres: { superuserUrl: string };
  }
}

const prefix = "osss-test-postgres-";

/** A younger folder may belong to a run that is about to take its lock. */
const aMinute = 60_000;

/** Nothing in it outlives the run, so that it may forget what a crash would lose. */
const settings = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", max_connections: "200", autovacuum: "off", checkpoint_timeout: "1h", max_wal_size: "4GB" };

/** Stops and removes the servers of runs that were killed before they could. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const dataDir = join(tmpdir(), name);
    try {
      if (Date.now() - statSync(dataDir).mtimeMs < aMinute || lockHolder(dataDir) !== null) continue;
      const left = await startEmbeddedPostgres({ dataDir, log: () => {}, settings });
      await left.stop();
      rmSync(dataDir, { recursive: true, force: true });
    } catch {
      // another user's, or another run takes it just now
    }
  }
}

/** vitest globalSetup: one PostgreSQL for the whole run, removed afterwards whatever the tests did. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const dataDir = mkdtempSync(join(tmpdir(), prefix));
  if (process.getuid?.() === 0) chmodSync(dataDir, 0o711);
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres({ dataDir, log: () => {}, purpose: "a test run", settings });
    project.provide("postgres", { superuserUrl: server.superuserUrl });
    return async () => {
      await server.stop();
      remove();
    };
  } catch (error) {
    remove();
    throw error;
  }
}
