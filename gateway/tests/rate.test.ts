import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SharedStore } from "#foundation/sharing/shared-store";
import { noRedis, redisServer, type RedisServer } from "#foundation/testing/redis-server";
import { until } from "#foundation/testing/until";
import { MemoryPoints, type PointStore, RateLimit } from "../limits/rate.ts";
import { SharedPoints } from "../limits/shared-points.ts";
import { testGateway, type TestGateway } from "./running-gateway.ts";
import { someone } from "./school-federation.ts";

const hour = (points: number) => ({ points, seconds: 3_600 });
const callers = (points: number, clientPoints: number | null = null, store: PointStore = new MemoryPoints(), clock?: () => number) =>
  new RateLimit(store, { caller: hour(points), client: clientPoints === null ? null : hour(clientPoints) }, clock);
const by = (caller: string, client: string | null = null) => ({ caller, client });

let redis: RedisServer | undefined;
let store: SharedStore | undefined;
const reported: string[] = [];
beforeAll(async () => {
  if (noRedis !== null) return;
  redis = await redisServer();
  store = await SharedStore.open({ url: redis.url, prefix: "rate", report: (_, message) => reported.push(message) });
});
afterAll(async () => {
  await store?.close();
  await redis?.[Symbol.asyncDispose]();
});

const stores: [string, () => PointStore][] = [["in this process", () => new MemoryPoints()], ...(noRedis === null ? [["in Redis", () => new SharedPoints(store!)] as [string, () => PointStore]] : [])];
let turn = 0;

describe.each(stores)("points %s", (_, open) => {
  it("that are too few refuse the request and are not taken: of the caller, of the program, of both", async () => {
    const [a, b, web, cli] = ["a", "b", "web", "cli"].map((name) => `${name}${(turn += 1)}`) as [string, string, string, string];
    const limit = callers(100, 150, open());
    expect(await limit.charge(by(a, web), 80)).toBeNull();
    // The caller has 20 left, and lacks 30 of 100 an hour.
    expect(await limit.charge(by(a, web), 50)).toEqual({ whose: "caller", retryAfter: 1_080 });
    // The program has 70 left for all who use it: the refused 50 were not taken.
    expect(await limit.charge(by(b, web), 71)).toMatchObject({ whose: "client" });
    expect(await limit.charge(by(b, web), 70)).toBeNull();
    expect(await limit.charge(by(b, web), 10)).toMatchObject({ whose: "client" });
    // Another program of the same caller, and none at all, are not charged for it; the caller's own 20 are still there.
    expect(await limit.charge(by(b, cli), 20)).toBeNull();
    expect(await limit.charge(by(a, null), 20)).toBeNull();
  });

  it("that were not used are given back, never more than there is room for", async () => {
    const caller = `c${(turn += 1)}`;
    const limit = callers(100, null, open());
    expect(await limit.charge(by(caller), 80)).toBeNull();
    await limit.settle(by(caller), 80, 30);
    expect(await limit.charge(by(caller), 71)).not.toBeNull();
    expect(await limit.charge(by(caller), 70)).toBeNull();
    await limit.settle(by(caller), 70, 0);
    await limit.settle(by(caller), 70, 0);
    expect(await limit.charge(by(caller), 1_000)).toBeNull();
    expect(await limit.charge(by(caller), 1)).not.toBeNull();
  });

  it("of one bucket are never taken twice by many who ask at once", async () => {
    const limit = callers(100, null, open());
    const caller = `d${(turn += 1)}`;
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => limit.charge(by(caller), 7)));
    expect(outcomes.filter((refusal) => refusal === null)).toHaveLength(14);
  });
});

describe("points", () => {
  it("come back with time, evenly", async () => {
    let now = 0;
    const limit = new RateLimit(new MemoryPoints(), { caller: { points: 100, seconds: 10 }, client: null }, () => now);
    expect(await limit.charge(by("a"), 80)).toBeNull();
    expect(await limit.charge(by("a"), 50)).toEqual({ whose: "caller", retryAfter: 3 });
    now += 3_000;
    expect(await limit.charge(by("a"), 50)).toBeNull();
    expect(await limit.charge(by("a"), 1)).toEqual({ whose: "caller", retryAfter: 1 });
  });

  it("are remembered of as many callers as there is room for, and of none whose bucket is full", async () => {
    const memory = new MemoryPoints(3);
    const five = (bucket: string, points: number) => memory.take([{ bucket, points, budget: { points: 10, seconds: 10 } }], 0);
    for (const caller of ["a", "b", "c", "d", "e"]) await five(caller, 5);
    expect(memory.size).toBe(3);
    await five("e", -5);
    expect(memory.size).toBe(2);
  });

  it.skipIf(noRedis !== null)("in Redis come back with time, too, and are forgotten when the bucket is full", async () => {
    const limit = new RateLimit(new SharedPoints(store!), { caller: { points: 100, seconds: 1 }, client: null });
    expect(await limit.charge(by("quick"), 100)).toBeNull();
    const refusal = await limit.charge(by("quick"), 50);
    expect(refusal).toEqual({ whose: "caller", retryAfter: 1 });
    const begun = performance.now();
    while ((await limit.charge(by("quick"), 50)) !== null) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(performance.now() - begun).toBeGreaterThan(300);
    expect(performance.now() - begun).toBeLessThan(1_500);
    const ttl = await store!.run("return redis.call('PTTL', KEYS[1])", [store!.name("points", "caller quick")], []);
    expect(Number(ttl)).toBeGreaterThan(0);
    expect(Number(ttl)).toBeLessThanOrEqual(2_000);
  });
});

describe("a gateway with points", () => {
  const gatewayWith = (rate: RateLimit, more: Parameters<typeof testGateway>[0] = {}) =>
    testGateway({
      budget: { costLimit: 1_000, rate },
      authenticate: async ({ headers }) => ({ identity: someone(...(headers.authorization ?? "").replace("Roles ", "").split(",")), requestId: "r", client: (headers["x-program"] as string | undefined) ?? null }),
      ...more,
    });
  const ask = async (running: TestGateway, headers: Record<string, string> = {}) => {
    const reply = await fetch(`${running.gateway.url}/graphql`, { method: "POST", headers: { "content-type": "application/json", authorization: "Roles teacher", ...headers }, body: JSON.stringify({ query: "{ schools { name } }" }) });
    return { status: reply.status, retryAfter: reply.headers.get("retry-after"), body: (await reply.json()) as { errors?: { message: string; extensions: Record<string, unknown> }[] } };
  };

  it("lets nobody ask without end, says when to come back, and does not charge others for it", async () => {
    await using running = await testGateway({ budget: { costLimit: 1_000, rate: callers(20) } });
    const replies = [];
    for (let n = 0; n < 5; n++) replies.push(await running.ask("{ schools { name } }", "teacher"));
    // 20 points: ten reckoned, three used; 17, 14, 11 left, then 8 are too few for ten.
    expect(replies.map((r) => r.status)).toEqual([200, 200, 200, 200, 429]);
    const last = replies.at(-1)!;
    expect(last.body.errors![0]!).toMatchObject({ message: "You have asked for more than this server answers in a while. Wait 360 seconds, then send the request again.", extensions: { code: "RATE_LIMITED", retryAfter: 360 } });
    expect(last.headers.get("retry-after")).toBe("360");
    expect((await running.ask("{ schools { name } }", null)).status).toBe(200);
  });

  it("counts what all users of one program ask together", async () => {
    await using running = await gatewayWith(callers(1_000, 20));
    const statuses = [];
    for (let n = 0; n < 5; n++) statuses.push((await ask(running, { "x-program": "reports" })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429]);
    const refused = await ask(running, { "x-program": "reports" });
    expect(refused).toMatchObject({ retryAfter: "360", body: { errors: [{ message: expect.stringMatching(/^The program that you use has asked, for all who use it, for more/), extensions: { code: "RATE_LIMITED", retryAfter: 360 } }] } });
    expect((await ask(running, { "x-program": "web" })).status).toBe(200);
    expect((await ask(running)).status).toBe(200);
  });

  it("charges a request that costs nothing one point", async () => {
    await using running = await testGateway({ budget: { costLimit: 1_000, rate: callers(3) } });
    const statuses = [];
    for (let n = 0; n < 4; n++) statuses.push((await running.ask("{ __typename }", "teacher")).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  it.skipIf(noRedis !== null)("shares them with the other nodes, and counts alone while Redis is away", async () => {
    const counted = { alone: 0 };
    const rate = () => callers(20, null, new SharedPoints(store!, () => (counted.alone += 1)));
    await using first = await gatewayWith(rate());
    await using second = await gatewayWith(rate());
    const statuses = [];
    for (const node of [first, second, first, second, first, second]) statuses.push((await ask(node)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429, 429]);
    expect(counted.alone).toBe(0);
    await redis!.kill();
    const alone = [];
    for (let n = 0; n < 5; n++) alone.push((await ask(first)).status);
    expect(alone).toEqual([200, 200, 200, 200, 429]);
    expect((await ask(second)).status).toBe(200);
    expect(counted.alone).toBeGreaterThan(5);
    expect(reported).toEqual(["Redis does not answer. This process goes on alone: it reads the outbox itself, and counts points and subscriptions by itself."]);
    await redis!.start();
    await until(() => store!.up);
    const before = counted.alone;
    expect((await ask(second)).status).toBe(200);
    expect(counted.alone).toBe(before);
  });
});
