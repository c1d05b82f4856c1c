import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SharedStore } from "#foundation/sharing/shared-store";
import { noRedis, redisServer, type RedisServer } from "#foundation/testing/redis-server";
import { until } from "#foundation/testing/until";
import { MemoryPoints, RateLimit } from "../limits/rate.ts";
import { SharedHeld } from "../subscriptions/shared-caps.ts";
import { testGateway } from "./running-gateway.ts";
import { changed, overSocket, overSse, socketClient, watch } from "./subscribers.ts";

const tooMany = { errors: [{ extensions: { code: "LIMIT_EXCEEDED", limit: 3 } }] };

describe("subscriptions of one account", () => {
  it("are so many at most, over WebSockets and event streams together; what ends makes room", async () => {
    await using running = await testGateway({ caps: { subscriptionsPerCaller: 3 } });
    const [one, two] = [socketClient(running, "teacher"), socketClient(running, "teacher")];
    const held = [overSocket(one, watch), overSocket(two, watch), overSse(running, "teacher", watch)];
    await until(() => running.district.changes.listeners === 3);
    expect(await overSocket(one, watch).next()).toMatchObject(tooMany);
    expect(await overSse(running, "teacher", watch).next()).toMatchObject(tooMany);
    // What is refused takes no place, and queries need none.
    expect(await overSocket(one, "{ __typename }").next()).toMatchObject({ data: { __typename: "Query" } });
    expect(running.gateway.metrics.text()).toContain("osss_subscriptions 3");
    held[2]!.stop();
    await until(() => running.district.changes.listeners === 2);
    overSocket(two, watch);
    await until(() => running.district.changes.listeners === 3);
    one.terminate();
    await until(() => running.district.changes.listeners === 2);
    expect(running.gateway.metrics.text()).toContain("osss_subscriptions 2");
    await Promise.all([one.dispose(), two.dispose()]);
  });

  it("that the gateway refuses take no place", async () => {
    await using running = await testGateway({ caps: { subscriptionsPerCaller: 3 } });
    for (let n = 0; n < 5; n++) expect((await overSse(running, "teacher", "subscription { auditLogged }").next()).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    expect(running.gateway.metrics.text()).toContain("osss_subscriptions 0");
  });
});

describe("points of a subscriber", () => {
  const rate = (points: number, seconds: number) => new RateLimit(new MemoryPoints(), { caller: { points, seconds }, client: null });
  const small = "subscription { schoolChanged { action } }";

  it("that are used up refuse the next subscription, and say when to come again", async () => {
    await using running = await testGateway({ budget: { costLimit: 1_000, rate: rate(2, 3_600) } });
    const opened = [overSse(running, "teacher", small), overSse(running, "teacher", small)];
    await until(() => running.district.changes.listeners === 2);
    const refused = await fetch(`${running.gateway.url}/graphql`, { method: "POST", headers: { accept: "text/event-stream", "content-type": "application/json", authorization: "Roles teacher" }, body: JSON.stringify({ query: small }) });
    expect(refused.headers.get("retry-after")).toBe("1800");
    expect(await refused.text()).toContain('"code":"RATE_LIMITED","retryAfter":1800');
    const client = socketClient(running, "teacher");
    expect((await overSocket(client, small).next()).errors).toMatchObject([{ extensions: { code: "RATE_LIMITED", retryAfter: 1_800 } }]);
    expect(running.district.changes.listeners).toBe(2);
    for (const each of opened) each.stop();
    await client.dispose();
  });

  it("that are used up make her wait for the next event; none is lost, and she can leave meanwhile", async () => {
    await using running = await testGateway({ budget: { costLimit: 1_000, rate: rate(3, 3) } });
    const told = overSse(running, "teacher", small);
    await until(() => running.district.changes.listeners === 1);
    const begun = performance.now();
    for (let n = 0; n < 4; n++) running.district.changes.send("schoolChanged", { action: `A${n}` });
    for (let n = 0; n < 4; n++) expect(await told.next()).toMatchObject({ data: { schoolChanged: { action: `A${n}` } } });
    // One of three points opened it, two events took the others; two more had to wait a second each.
    expect(performance.now() - begun).toBeGreaterThan(900);
    for (let n = 0; n < 4; n++) running.district.changes.send("schoolChanged", { action: "late" });
    await told.next();
    const left = performance.now();
    told.stop();
    await until(() => running.district.changes.listeners === 0);
    expect(performance.now() - left).toBeLessThan(100);
  });
});

describe.skipIf(noRedis !== null)(`subscriptions of one account on several nodes${noRedis ? ` (skipped: ${noRedis})` : ""}`, () => {
  let redis: RedisServer;
  const stores: SharedStore[] = [];
  const store = async () => {
    const opened = await SharedStore.open({ url: redis.url, prefix: "caps", report: () => undefined });
    stores.push(opened);
    return opened;
  };
  beforeAll(async () => {
    redis = await redisServer();
  });
  afterAll(async () => {
    for (const each of stores) await each.close();
    await redis[Symbol.asyncDispose]();
  });

  it("are counted together, and again by each node while Redis is away", async () => {
    const nodes = [await testGateway({ caps: { subscriptionsPerCaller: 3 }, shared: await store() }), await testGateway({ caps: { subscriptionsPerCaller: 3 }, shared: await store() })] as const;
    const open = [overSse(nodes[0], "teacher", watch), overSse(nodes[0], "teacher", watch), overSse(nodes[1], "teacher", watch)];
    await until(() => nodes[0].district.changes.listeners === 2 && nodes[1].district.changes.listeners === 1);
    for (const node of nodes) expect(await overSse(node, "teacher", watch).next()).toMatchObject(tooMany);
    open[0]!.stop();
    await until(() => nodes[0].district.changes.listeners === 1);
    overSse(nodes[1], "teacher", watch);
    await until(() => nodes[1].district.changes.listeners === 2);
    expect(await overSse(nodes[0], "teacher", watch).next()).toMatchObject(tooMany);
    await redis.kill();
    nodes[0].district.changes.send("schoolChanged", changed(nodes[0]));
    expect(await open[1]!.next()).toMatchObject({ data: { schoolChanged: { action: "UPDATED" } } });
    overSse(nodes[1], "teacher", watch);
    await until(() => nodes[1].district.changes.listeners === 3);
    expect(await overSse(nodes[1], "teacher", watch).next()).toMatchObject(tooMany);
    overSse(nodes[0], "teacher", watch);
    await until(() => nodes[0].district.changes.listeners === 2);
    for (const node of nodes) await node[Symbol.asyncDispose]();
    await redis.start();
  });

  it("are known again after Redis was emptied, are given back by a node that stops, and end with one that crashed", async () => {
    const shared = await store();
    await until(() => shared.up);
    const [first, second] = [new SharedHeld(shared, "kept", 2, 20), new SharedHeld(await store(), "kept", 2, 20)];
    const [one, two] = [await first.take("her"), await first.take("her")];
    expect([one, two]).not.toContain(null);
    expect(await second.take("her")).toBeNull();
    await shared.run("redis.call('FLUSHALL') return 1", [], []);
    const members = async () => Number(await shared.run("return redis.call('ZCARD', KEYS[1])", [shared.name("kept", "her")], []));
    await until(async () => (await members()) >= 2);
    expect(await second.take("her")).toBeNull();
    one!();
    const third = await second.take("her");
    expect(third).not.toBeNull();
    await first.close();
    expect(await second.take("her")).not.toBeNull();
    // A crashed node renews nothing: what it held ends with its lease.
    await shared.run("redis.call('ZADD', KEYS[1], 1, 'of a node that crashed', 2, 'and another') return 1", [shared.name("kept", "him")], []);
    expect(await second.take("him")).not.toBeNull();
    await second.close();
    expect(await members()).toBe(0);
  });
});
