import { randomBytes } from "node:crypto";
import { createClient as createSseClient } from "graphql-sse";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { dataFolder } from "#foundation/testing/data-folder";
import { launch, typescript } from "#foundation/testing/launched-process";
import { noRedis, redisServer, type RedisServer } from "#foundation/testing/redis-server";
import { freePort, startedPlatform, type StartedPlatform } from "#foundation/testing/started-platform";
import { until } from "#foundation/testing/until";
import { issueDemoToken } from "../../../identity/demo-token.ts";
import { fixture, folderOf } from "../../../subgraphs/rostering/oneroster/fixtures/build-package.ts";
import { reader } from "../subscribers.ts";
import { districtServer } from "./district-server.ts";

/** Two gateways over one database and one Redis: the first with every subgraph in its process, the second with the platform's in another. */
describe.skipIf(noRedis !== null)(`changes told by two nodes with Redis${noRedis ? ` (skipped: ${noRedis})` : ""}`, () => {
  const stack = new AsyncDisposableStack();
  let redis: RedisServer;
  let nodes: readonly [StartedPlatform, StartedPlatform];
  let env: Record<string, string>;
  let platformUrl: string;
  const tokens: Record<string, string> = {};
  beforeAll(async () => {
    redis = stack.use(await redisServer());
    const folder = stack.use(dataFolder());
    const server = stack.use(await districtServer());
    const key = randomBytes(32).toString("hex");
    env = { ...server.env, OSSS_REDIS_URL: redis.url, OSSS_DATA_DIR: folder.path, OSSS_SUBGRAPH_KEY: key };
    const first = stack.use(await startedPlatform({ dataDir: folder.path, env }));
    const port = String(await freePort());
    const platform = stack.use(launch(typescript("subgraphs/serve.ts", "platform"), { env: { ...env, PORT: port } }));
    await platform.printed(/"msg":"listening"/);
    platformUrl = `http://127.0.0.1:${port}`;
    const second = stack.use(await startedPlatform({ dataDir: folder.path, env: { ...env, OSSS_PUBLIC_URL: first.url, SUBGRAPH_PLATFORM_URL: `http://127.0.0.1:${port}/graphql` } }));
    nodes = [first, second];
    for (const user of ["parent", "registrar", "superintendent"]) tokens[user] = await issueDemoToken(folder.path, first.url, user);
  }, 240_000);
  afterAll(() => stack.disposeAsync(), 60_000);

  const changes = "subscription($types: [String!]!, $ids: [ID!], $after: String) { recordChanged(types: $types, ids: $ids, after: $after) { action cursor id version record { __typename ... on Student { studentNumber } } } }";
  interface Change { action: string; cursor: string; id: string; version: number; record: { studentNumber?: string } | null }

  function subscribe(node: StartedPlatform, user: string, variables: Record<string, unknown>, over: "WebSocket" | "event stream") {
    const authorization = `Bearer ${tokens[user]}`;
    const request = { query: changes, variables };
    const client = over === "WebSocket"
      ? createClient({ url: `${node.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, connectionParams: { authorization }, retryAttempts: 0 })
      : createSseClient({ url: `${node.url}/graphql`, headers: { authorization }, retryAttempts: 0 });
    const read = reader((sink) => client.subscribe(request, sink as never));
    return {
      read,
      stop: () => (read.stop(), void client.dispose()),
      async next(): Promise<Change> {
        const { data, errors } = await read.next();
        if (errors) throw Object.assign(new Error(errors[0]!.message), { extensions: errors[0]!.extensions });
        return data!["recordChanged"] as Change;
      },
    };
  }

  async function ask<T>(node: StartedPlatform, user: string, query: string, variables?: Record<string, unknown>): Promise<T> {
    const { data, errors } = await node.graphql<T>(tokens[user]!, query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data!;
  }
  const subscriptionsOn = async (node: { readonly url: string }) => Number(/^osss_subscriptions (\d+)$/m.exec(await (await fetch(`${node.url}/metrics`)).text())![1]);
  const figure = async (node: { readonly url: string }, name: string) => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(await (await fetch(`${node.url}/metrics`)).text())![1]);

  test("each subscriber hears every change once, whoever writes it, through a lost Redis and a change of nodes; an order ends it", { timeout: 120_000 }, async () => {
    const [first, second] = nodes;
    const { students, me } = await ask<{ students: { nodes: { id: string; version: number }[] }; me: { person: { id: string } } }>(first, "parent", "{ me { person { id } } students(first: 1) { nodes { id version } } }");
    const child = students.nodes[0]!;
    let version = child.version;
    const renumber = (node: StartedPlatform) =>
      ask(node, "registrar", "mutation($id: ID!, $version: Int!, $n: String!) { updateStudent(id: $id, version: $version, input: { studentNumber: $n }) { record { version } } }", { id: child.id, version: version++, n: `N-${version}` });

    const hers = [subscribe(first, "parent", { types: ["Student"], ids: [child.id] }, "WebSocket"), subscribe(second, "parent", { types: ["Student"], ids: [child.id] }, "event stream")];
    const office = [subscribe(first, "superintendent", { types: ["Student"] }, "event stream"), subscribe(second, "superintendent", { types: ["Student"] }, "WebSocket")];
    for (const node of nodes) await until(async () => (await subscriptionsOn(node)) === 2);
    for (const node of nodes) await until(async () => (await figure(node, "osss_redis_up")) === 1);

    // By a mutation on either node.
    for (const node of nodes) {
      await renumber(node);
      for (const each of [...hers, ...office]) expect(await each.next()).toMatchObject({ action: "UPDATED", id: child.id, version, record: { studentNumber: `N-${version}` } });
    }

    // By the command line: a package of another system's students into this district.
    const known = () => ask<{ students: { totalCount: number } }>(first, "superintendent", "{ students { totalCount } }").then(({ students: { totalCount } }) => totalCount);
    const before = await known();
    const district = (await ask<{ me: { district: { code: string } } }>(first, "registrar", "{ me { district { code } } }")).me.district.code;
    const imported = launch(typescript("subgraphs/cli/main.ts", "import", "oneroster", await folderOf(await fixture("district-v1p1")), "--district", district), { env });
    expect(await imported.ended, imported.output()).toMatchObject({ code: 0 });
    const brought = (await known()) - before;
    expect(brought).toBeGreaterThan(1);
    for (let n = 0; n < brought; n++) {
      const told = await office[0]!.next();
      expect(told).toMatchObject({ action: "CREATED", version: 1 });
      expect(await office[1]!.next()).toEqual(told);
    }

    // One process reads the outbox, the other hears of it: the first node itself, or the platform's of the second.
    const processes = [first, { url: platformUrl }];
    await until(async () => (await figure(processes[0]!, "osss_outbox_reader")) + (await figure(processes[1]!, "osss_outbox_reader")) === 1);
    expect((await figure(processes[0]!, "osss_feed_heard_total")) + (await figure(processes[1]!, "osss_feed_heard_total"))).toBeGreaterThan(0);

    // Redis is gone; a subscriber leaves and comes again to the other node with her last cursor.
    await redis.kill();
    await renumber(first);
    const last = await hers[0]!.next();
    expect(last).toMatchObject({ version });
    expect(await hers[1]!.next()).toEqual(last);
    const ready = await fetch(`${first.url}/health/ready`);
    expect([ready.status, ((await ready.json()) as { reasons: string[] }).reasons]).toEqual([200, [expect.stringMatching(/^Redis does not answer/)]]);
    expect(await figure(first, "osss_redis_up")).toBe(0);
    hers[0]!.stop();
    await renumber(second);
    await redis.start();
    for (const node of nodes) await until(async () => (await figure(node, "osss_redis_up")) === 1);
    await renumber(first);
    hers[0] = subscribe(second, "parent", { types: ["Student"], ids: [child.id], after: last.cursor }, "WebSocket");
    for (const behind of [1, 0]) expect(await hers[0]!.next()).toMatchObject({ version: version - behind });
    for (const behind of [1, 0]) expect(await hers[1]!.next()).toMatchObject({ version: version - behind });
    for (const each of office) for (const behind of [2, 1, 0]) expect((await each.next()).version).toBe(version - behind);

    // A court's order against her: the row has left, the stream ends with a code to come again, and no more is told.
    await ask(first, "registrar", "mutation($input: CreateCourtOrderInput!) { createCourtOrder(input: $input) { record { id } } }", { input: { studentId: child.id, personId: me.person.id, kind: "PROTECTION", fromDate: "2020-01-01", restrictsEducation: true } });
    await renumber(second);
    for (const each of hers) {
      expect(await each.next()).toMatchObject({ action: "LEFT", id: child.id, record: null });
      await expect(each.next()).rejects.toMatchObject({ extensions: { code: "FORBIDDEN", retriable: true } });
      expect(await each.read.ended()).toBeUndefined();
    }
    for (const each of office) expect(await each.next()).toMatchObject({ version });
    for (const each of office) each.stop();
    for (const node of nodes) await until(async () => (await subscriptionsOn(node)) === 0);
  });
});
