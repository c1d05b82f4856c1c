import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RelationIndex } from "#foundation/access/policies";
import { ChangeFeed } from "#foundation/events/change-feed";
import { Call } from "#foundation/crud/call";
import { loadManifest } from "#foundation/federation/load-manifest";
import { anonymous } from "#foundation/identity/identity";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests, registry } from "../registry.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await testPlatform({ manifests: await allManifests() });
});
afterAll(async () => {
  await platform[Symbol.asyncDispose]();
});

async function call(): Promise<Call> {
  const { database, orchestration } = platform;
  const services = { manifest: loadManifest(await registry.schools!()), database, orm: orchestration.orm, roles: orchestration.roles, clock: () => new Date(), relations: new RelationIndex([]), manifests: [], orchestration: null, feed: new ChangeFeed(platform.database) };
  return new Call(services, { identity: anonymous, requestId: "test" });
}
const one = (c: Call) => c.read(async (db) => (await sql<{ one: number }>`SELECT 1 AS one`.execute(db)).rows[0]!.one);
const lent = () => platform.database.pool.totalCount - platform.database.pool.idleCount;

describe("a call", () => {
  it("takes no connection before it reads, one for all that it reads, and gives it back at its end", async () => {
    const c = await call();
    expect(lent()).toBe(0);
    expect(await Promise.all([one(c), one(c), one(c)])).toEqual([1, 1, 1]);
    expect(lent()).toBe(1);
    await c.end();
    expect(lent()).toBe(0);
  });

  it("begins nothing once it has ended: a resolver that outlives its execution keeps no connection", async () => {
    const c = await call();
    await one(c);
    await c.end();
    await expect(one(c)).rejects.toThrow("This call has ended.");
    expect(lent()).toBe(0);
  });

  it("waits for what is being read before it gives the connection back", async () => {
    const c = await call();
    const reading = one(c);
    await c.end();
    expect(await reading).toBe(1);
    expect(lent()).toBe(0);
  });
});
