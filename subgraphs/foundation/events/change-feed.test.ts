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
import { readCursor, textOfCursor } from "./feed-place.ts";
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
    const { epoch, place } = first;
    await write(2);
    const again = await feed.listen({ epoch, place });
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

describe("a cursor that leads nowhere", () => {
  /** A database like the first, with events of its own. */
  async function another(): Promise<{ made: TestDatabase; feed: ChangeFeed; open: Database }> {
    const other = await createDatabase(inject("postgres"));
    await migrate({ adminUrl: other.url, prefix: "osss_feed", appPassword: "test-only", manifests: [] });
    const open = openDatabase(loginOf(other.url), 2, () => undefined);
    return { made: other, open, feed: new ChangeFeed(open, { everyMs: 5 }) };
  }
  const loginOf = (url: string) => Object.assign(new URL(url), { username: "osss_feed_app", password: "test-only" }).href;

  it("is refused: one of another database, one of before cursors named theirs, one that is ahead of this database", async () => {
    const there = await another();
    const listener = await there.feed.listen(null);
    const feed = new ChangeFeed(database, { everyMs: 5 });
    const here = await feed.listen(null);
    const ahead = { epoch: here.epoch, place: { xid: here.place.xid + 1_000_000n, id: null } };
    const old = readCursor(Buffer.from("812:0199a0b0-0000-7000-8000-000000000000").toString("base64url"))!;
    expect(here.epoch).toMatch(/^[0-9a-f]{16}$/);
    for (const cursor of [readCursor(textOfCursor(listener))!, old, ahead]) await expect(feed.listen(cursor)).rejects.toMatchObject({ code: "CURSOR_EXPIRED", message: expect.stringContaining("subscribe without after") });
    expect(feed.listeners).toBe(1);
    // Her own is taken, by another process too.
    const again = await new ChangeFeed(database, { everyMs: 5 }).listen(readCursor(textOfCursor(here))!);
    expect(again.place).toEqual(here.place);
    for (const each of [here, again, listener]) each.close();
    await there.open.close();
    await there.made.drop();
  });

  it("is no text that nobody has made", () => {
    for (const text of ["", "nonsense", "0123456789abcdef:", "0123456789abcde:12:", "0123456789abcdef:12:not-an-id"]) expect(readCursor(Buffer.from(text).toString("base64url"))).toBeNull();
  });

  it("ends who listens, when the database behind the same address is another", async () => {
    const [first, second] = [await another(), await another()];
    const listener = await first.feed.listen(null);
    const failure = listener.next(20_000).catch((error: unknown) => error);
    // As after a restore: the old one is put aside, the restored one gets its name, and the pool connects anew.
    const superuser = new pg.Client({ connectionString: inject("postgres").superuserUrl });
    await superuser.connect();
    await superuser.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ANY ($1)", [[first.made.name, second.made.name]]);
    await superuser.query(`ALTER DATABASE ${first.made.name} ALLOW_CONNECTIONS false`);
    await superuser.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [first.made.name]);
    await superuser.query(`ALTER DATABASE ${first.made.name} RENAME TO ${first.made.name}_lost`);
    await superuser.query(`ALTER DATABASE ${second.made.name} RENAME TO ${first.made.name}`);
    expect(await failure).toMatchObject({ code: "CURSOR_EXPIRED" });
    await expect(listener.next(1_000)).rejects.toMatchObject({ code: "CURSOR_EXPIRED" });
    listener.close();
    // A new subscription starts from what is there now.
    const anew = await first.feed.listen(null);
    expect(anew.epoch).not.toBe(listener.epoch);
    await superuser.query(`DROP DATABASE ${first.made.name}_lost`);
    await superuser.end();
    anew.close();
    for (const { open } of [first, second]) await open.close();
    await first.made.drop();
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
