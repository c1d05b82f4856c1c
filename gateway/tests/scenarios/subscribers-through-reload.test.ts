import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient as createSseClient } from "graphql-sse";
import { createClient } from "graphql-ws";
import { expect, test } from "vitest";
import WebSocket from "ws";
import { dataFolder } from "#foundation/testing/data-folder";
import { launch, typescript } from "#foundation/testing/launched-process";
import { freePort, graphqlAt } from "#foundation/testing/started-platform";
import { until } from "#foundation/testing/until";
import { issueDemoToken } from "../../../identity/demo-token.ts";
import { reader } from "../subscribers.ts";
import { cloned } from "./cloned.ts";

const changes = "subscription($types: [String!]!) { recordChanged(types: $types) { version record { ... on Student { studentNumber } } } }";
interface Change { version: number; record: { studentNumber: string } }

test("200 subscribers stay through supergraphs that change, one of them broken: none misses an event or is told a wrong one; all are let go when it stops", { timeout: 240_000 }, async () => {
  const clone = cloned();
  await using folder = dataFolder();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  await using platform = launch(typescript("gateway/main.ts"), { cwd: clone, env: { PORT: String(port), OSSS_DATA_DIR: folder.path } });
  await platform.printed(/OSSS is ready in/);
  const [registrar, superintendent] = await Promise.all(["registrar", "superintendent"].map((user) => issueDemoToken(folder.path, url, user)));
  const authorization = `Bearer ${superintendent}`;
  const figures = async () => (await fetch(`${url}/metrics`)).text();

  // Twenty WebSockets with five subscriptions each, and a hundred event streams: all that one account may hold.
  const request = { query: changes, variables: { types: ["Student"] } };
  const codes: number[] = [];
  const sockets = Array.from({ length: 20 }, () => createClient({ url: `${url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, lazy: false, connectionParams: { authorization }, retryAttempts: 0, onNonLazyError: () => undefined, on: { closed: (event) => codes.push((event as { code: number }).code) } }));
  const streams = Array.from({ length: 100 }, () => createSseClient({ url: `${url}/graphql`, headers: { authorization }, retryAttempts: 0 }));
  const subscribers = [...sockets.flatMap((client) => Array.from({ length: 5 }, () => client)), ...streams].map((client) => reader((sink) => client.subscribe(request, sink as never)));
  await until(async () => (await figures()).includes("\nosss_subscriptions 200\n"));

  const found = await graphqlAt<{ students: { nodes: { id: string; version: number }[] } }>(url, registrar!, "{ students(first: 1) { nodes { id version } } }");
  const { id, version: first } = found.data!.students.nodes[0]!;
  let version = first;
  const write = async () => {
    const { errors } = await graphqlAt(url, registrar!, "mutation($id: ID!, $version: Int!, $n: String!) { updateStudent(id: $id, version: $version, input: { studentNumber: $n }) { record { version } } }", { id, version, n: `N-${version + 1}` });
    expect(errors).toBeUndefined();
    version += 1;
  };
  const file = join(clone, "schema", "supergraph.graphql");
  const sdl = readFileSync(file, "utf8");
  for (const [changed, told] of [
    [`${sdl}\n# Another text, the same graph.\n`, /The supergraph has changed; new requests run on it\./],
    [sdl.slice(0, sdl.length / 2), /The changed supergraph cannot be used, and the former one stays/],
    [`${sdl}\n# Mended.\n`, /The supergraph has changed; new requests run on it\./],
  ] as const) {
    await write();
    const soFar = platform.output().length;
    writeFileSync(file, changed);
    await write();
    await platform.printed(told, soFar);
    await write();
  }

  for (const subscriber of subscribers) {
    for (let expected = first + 1; expected <= version; expected++) {
      const { data, errors } = await subscriber.next();
      expect(errors).toBeUndefined();
      const change = data!["recordChanged"] as Change;
      expect(change.version).toBe(expected);
      // The record as it was when the event was told: never older than the event.
      const shown = Number(/^N-(\d+)$/.exec(change.record.studentNumber)?.[1]);
      expect(shown).toBeGreaterThanOrEqual(expected);
      expect(shown).toBeLessThanOrEqual(version);
    }
    expect(subscriber.told).toEqual([]);
  }
  expect(await figures()).toContain("\nosss_subscriptions 200\n");

  const asked = performance.now();
  const ended = platform.end("SIGTERM");
  await Promise.all(subscribers.map((subscriber) => subscriber.ended()));
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(performance.now() - asked).toBeLessThan(10_000);
  expect(codes).toEqual(Array.from({ length: 20 }, () => 1001));
});
