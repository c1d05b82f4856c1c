import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { migrate } from "../persistence/migrate.ts";
import { openDatabase, type Database } from "../persistence/pool.ts";
import { uuidv7 } from "../record/uuid.ts";
import { SharedStore } from "../sharing/shared-store.ts";
import { createDatabase, type TestDatabase } from "../testing/databases.ts";
import { noRedis, redisServer, type RedisServer } from "../testing/redis-server.ts";
import { until } from "../testing/until.ts";
import { ChangeFeed, type FeedListener } from "./change-feed.ts";
import { FeedExchange } from "./feed-exchange.ts";

/** Processes are stood for by feeds with a connection to Redis and a pool of their own. */
let made: TestDatabase;
let database: Database;
let writer: pg.Client;
beforeAll(async () => {
  made = await createDatabase(inject("postgres"));
  await migrate({ adminUrl: made.url, prefix: "osss_feed", appPassword: "test-only", manifests: [] });
  const url = new URL(made.url);
  url.username = "osss_feed_app";
  url.password = "test-only";
  database = openDatabase(url.href, 6, () => undefined);
  writer = new pg.Client({ connectionString: made.url });
  await writer.connect();
});
afterAll(async () => {
  await writer.end();
  await database.close();
  await made.drop();
});

const district = uuidv7();
const record = uuidv7();
let version = 0;
/** Writes events past every process, as the command line does: each in a transaction of its own, or all in one. */
async function write(count: number, together = false): Promise<void> {
  if (together) await writer.query("BEGIN");
  for (let n = 0; n < count; n++) {
    version += 1;
    await writer.query("INSERT INTO journal.outbox_event (id, district_id, occurred_at, record_type, record_id, record_version, action) VALUES ($1, $2, now(), 'Thing', $3, $4, 'UPDATED')", [uuidv7(), district, record, version]);
  }
  if (together) await writer.query("COMMIT");
}

/** What a listener hears, until it has heard of the version. */
async function heard(listener: FeedListener, until: number): Promise<number[]> {
  const versions: number[] = [];
  while (versions.at(-1) !== until) versions.push(...(await listener.next(10_000)).map((event) => event.recordVersion));
  return versions;
}
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe("a feed alone", () => {
  it("tells every listener each event once, in order, wherever it begins", async () => {
    const feed = new ChangeFeed(database, { everyMs: 5, keep: 7 });
    const first = await feed.listen(null);
    const from = version;
    await write(3);
    await write(9, true);
    expect(await heard(first, version)).toEqual(numbers(from + 1, version));
    const place = first.place;
    await write(2);
    const again = await feed.listen(place);
    expect(await heard(again, version)).toEqual(numbers(version - 1, version));
    first.close();
    again.close();
    expect(feed.listeners).toBe(0);
  });

  it("does not begin with what came before, when the last listener goes and another comes", async () => {
    const feed = new ChangeFeed(database, { everyMs: 5 });
    for (let turn = 0; turn < 20; turn++) {
      const listener = await feed.listen(null);
      await write(1);
      const now = version;
      expect(await heard(listener, now)).toEqual([now]);
      listener.close();
    }
  });
});

describe.skipIf(noRedis !== null)(`feeds of several processes with Redis${noRedis ? ` (skipped: ${noRedis})` : ""}`, () => {
  async function node(redis: RedisServer, prefix = "test") {
    const reported: string[] = [];
    const store = await SharedStore.open({ url: redis.url, prefix, report: (_, message) => reported.push(message), say: (line) => reported.push(line) });
    const feed = new ChangeFeed(database, { everyMs: 10, exchange: new FeedExchange(store) });
    const listener = await feed.listen(null);
    return { feed, store, listener, reported, stop: async () => (listener.close(), await feed.close(), await store.close()) };
  }

  it("one reads the outbox for all; when it goes another does; each tells every event once, in order", async () => {
    await using redis = await redisServer();
    const nodes = [await node(redis), await node(redis), await node(redis)];
    await until(() => nodes.filter(({ feed }) => feed.leads).length === 1 && nodes.filter(({ feed }) => feed.figures.heard > 0).length === 2);
    const before = nodes.map(({ feed }) => feed.figures.reads);
    const from = version;
    await write(20);
    for (const { listener } of nodes) expect(await heard(listener, version)).toEqual(numbers(from + 1, version));
    // Those who follow have not asked the database for any of them.
    for (const [n, { feed }] of nodes.entries()) if (!feed.leads) expect(feed.figures.reads).toBe(before[n]);
    const leader = nodes.findIndex(({ feed }) => feed.leads);
    await nodes[leader]!.stop();
    const left = nodes.filter((_, n) => n !== leader);
    await write(5);
    for (const { listener } of left) expect(await heard(listener, version)).toEqual(numbers(version - 4, version));
    await until(() => left.some(({ feed }) => feed.leads));
    for (const each of left) await each.stop();
  });

  it("nothing is lost or told twice while Redis is killed, away, back and empty; and that it is away is said", async () => {
    await using redis = await redisServer();
    const nodes = [await node(redis), await node(redis)];
    const from = version;
    const told = nodes.map(({ listener }) => heard(listener, from + 60));
    await write(15);
    await redis.kill();
    await write(15);
    await until(() => nodes.every(({ store }) => !store.up));
    await write(15);
    await redis.start();
    await until(() => nodes.every(({ store }) => store.up));
    await write(15);
    expect(await Promise.all(told)).toEqual([numbers(from + 1, from + 60), numbers(from + 1, from + 60)]);
    await until(() => nodes.filter(({ feed }) => feed.leads).length === 1);
    for (const { reported } of nodes) {
      expect(reported.filter((line) => line.startsWith("Redis does not answer."))).toHaveLength(1);
      await until(() => reported.at(-1)!.startsWith("Redis answers again"));
    }
    for (const each of nodes) await each.stop();
  });

  it("a Redis that hangs delays nobody for longer than a second", async () => {
    await using redis = await redisServer();
    const nodes = [await node(redis), await node(redis)];
    await until(() => nodes.some(({ feed }) => feed.figures.heard > 0));
    redis.freeze();
    const begun = performance.now();
    await write(3);
    for (const { listener } of nodes) expect(await heard(listener, version)).toEqual(numbers(version - 2, version));
    expect(performance.now() - begun).toBeLessThan(2_500);
    await until(() => nodes.some(({ store }) => !store.up));
    redis.thaw();
    await until(() => nodes.every(({ store }) => store.up));
    for (const each of nodes) await each.stop();
  });

  it("what one did not hear it reads from the outbox", async () => {
    await using redis = await redisServer();
    const nodes = [await node(redis), await node(redis)];
    await until(() => nodes.some(({ feed }) => feed.figures.heard > 0));
    const from = version;
    while (!nodes.some(({ feed }) => feed.figures.missed > 0)) {
      redis.cutListeners();
      await write(3);
    }
    for (const { listener } of nodes) expect(await heard(listener, version)).toEqual(numbers(from + 1, version));
    for (const each of nodes) await each.stop();
  });

  it("installations of other names hear nothing of each other", async () => {
    await using redis = await redisServer();
    const nodes = [await node(redis), await node(redis, "other")];
    await until(() => nodes.every(({ feed }) => feed.leads));
    await write(4);
    for (const { listener } of nodes) expect(await heard(listener, version)).toEqual(numbers(version - 3, version));
    expect(nodes.map(({ feed }) => feed.figures.heard)).toEqual([0, 0]);
    for (const each of nodes) await each.stop();
  });
});
