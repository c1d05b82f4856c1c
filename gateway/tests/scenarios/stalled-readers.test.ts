import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import WebSocket from "ws";
import { dataFolder } from "#foundation/testing/data-folder";
import { startedPlatform, type StartedPlatform } from "#foundation/testing/started-platform";
import { until } from "#foundation/testing/until";
import { issueDemoToken } from "../../../identity/demo-token.ts";

/** Events that are as large as a client may ask for, so that the sockets' own buffers are soon full. */
const large = `subscription($types: [String!]!) { recordChanged(types: $types) { version ${Array.from({ length: 90 }, (_, n) => `c${n}: cursor`).join(" ")} } }`;
const one = "subscription($types: [String!]!, $ids: [ID!]) { recordChanged(types: $types, ids: $ids) { version } }";
const types = ["Student"];

/** An event stream read by hand. */
function eventStream(platform: StartedPlatform, token: string, query: string, variables: object) {
  const socket: Socket = connect(platform.port, "127.0.0.1");
  const body = JSON.stringify({ query, variables });
  socket.write(`POST /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
  const versions: number[] = [];
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const version = /"version":(\d+)/.exec(text.slice(0, end))?.[1];
      if (version !== undefined) versions.push(Number(version));
      text = text.slice(end + 2);
    }
  });
  return { socket, versions };
}

async function webSocket(platform: StartedPlatform, token: string): Promise<WebSocket> {
  const socket = new WebSocket(`${platform.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  await new Promise((resolve) => socket.once("open", resolve));
  socket.send(JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }));
  await new Promise((resolve) => socket.once("message", resolve));
  socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: large, variables: { types } } }));
  return socket;
}

test("clients that stop reading cost less than 20 MB after 100,000 events, and miss none when they read again", { timeout: 180_000 }, async () => {
  await using folder = dataFolder();
  await using platform = await startedPlatform({ dataDir: folder.path, env: { OSSS_RATE_POINTS: "0", OSSS_RATE_CLIENT_POINTS: "0" }, words: ["--expose-gc", "--import", "./typescript.mjs", "gateway/tests/scenarios/measured-platform.ts"] });
  const token = await issueDemoToken(folder.path, platform.url, "superintendent");
  const [student, other] = await folder.sql<{ id: string; district_id: string }>("SELECT id, district_id FROM students.student LIMIT 2");
  let version = 1_000;
  /** Every hundredth is the other student's. */
  const write = async (count: number) => {
    await folder.sql("INSERT INTO journal.outbox_event (id, district_id, occurred_at, record_type, record_id, record_version, action) SELECT uuidv7(), $1, now(), 'Student', CASE n % 100 WHEN 0 THEN $3::uuid ELSE $2::uuid END, n, 'UPDATED' FROM generate_series($4::int, $5::int) n", [student!.district_id, student!.id, other!.id, version + 1, version + count]);
    version += count;
  };
  const held = async () => {
    const soFar = platform.output().length;
    platform.process.kill("SIGUSR2");
    return Number((await platform.launched.printed(/HOLDS (\d+) BYTES/, soFar))[1]) / 1024 / 1024;
  };

  const reads = eventStream(platform, token, one, { types, ids: [other!.id] });
  const stalled = [eventStream(platform, token, large, { types }), eventStream(platform, token, large, { types })];
  const sockets = [await webSocket(platform, token), await webSocket(platform, token)];
  await until(async () => (await (await fetch(`${platform.url}/metrics`)).text()).includes("\nosss_subscriptions 5\n"));
  for (const { socket } of stalled) socket.pause();
  for (const socket of sockets) socket.pause();
  await write(2_000);
  await until(() => reads.versions.at(-1) === version);
  const before = await held();

  await write(100_000);
  await until(() => reads.versions.at(-1) === version);
  expect((await held()) - before).toBeLessThan(20);
  expect(reads.versions).toEqual(Array.from({ length: 1_020 }, (_, n) => 1_100 + 100 * n));

  // One of them reads again: from where it stopped, in order, far beyond what the process remembers.
  const again = stalled[0]!;
  expect(again.versions.length).toBeLessThan(5_000);
  again.socket.resume();
  await until(() => again.versions.length >= 8_000);
  expect(again.versions.slice(0, 8_000)).toEqual(Array.from({ length: 8_000 }, (_, n) => 1_001 + n));
  for (const { socket } of [reads, ...stalled]) socket.destroy();
  for (const socket of sockets) socket.terminate();
  await until(async () => (await (await fetch(`${platform.url}/metrics`)).text()).includes("\nosss_subscriptions 0\n"));
});
