import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient as createSseClient } from "graphql-sse";
import { createClient as createSocketClient } from "graphql-ws";
import { expect, onTestFinished, test } from "vitest";
import WebSocket from "ws";
import { dataFolder } from "#foundation/testing/data-folder";
import { launch, typescript } from "#foundation/testing/launched-process";
import { freePort, startedPlatform } from "#foundation/testing/started-platform";
import { issueDemoToken } from "../../../identity/demo-token.ts";
import { reader } from "../subscribers.ts";

interface Span {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly attributes: Record<string, unknown>;
  readonly status: { code?: number };
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
}

/** Takes OTLP over HTTP as a collector does, in JSON. */
async function collector() {
  const spans: Span[] = [];
  const bodies: string[] = [];
  const headers: (string | undefined)[] = [];
  let heard = () => {};
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text)).on("end", () => {
      bodies.push(`${request.url} ${body}`);
      headers.push(request.headers.authorization);
      for (const { resource, scopeSpans } of (JSON.parse(body) as { resourceSpans: { resource: { attributes: { key: string; value: { stringValue: string } }[] }; scopeSpans: { spans: (Omit<Span, "attributes" | "service"> & { attributes: { key: string; value: Record<string, unknown> }[] })[] }[] }[] }).resourceSpans) {
        const service = resource.attributes.find(({ key }) => key === "service.name")!.value.stringValue;
        for (const span of scopeSpans.flatMap((scope) => scope.spans)) spans.push({ ...span, service, attributes: Object.fromEntries(span.attributes.map(({ key, value }) => [key, Object.values(value)[0]])) });
      }
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
      heard();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))));
  const until = async (enough: () => boolean) => {
    while (!enough()) await new Promise<void>((resolve) => (heard = resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans, bodies, headers, until };
}

test("a collector gets each request, its plan and its calls as one trace over all processes, and nothing of what was asked", { timeout: 180_000 }, async () => {
  await using folder = dataFolder();
  const collected = await collector();
  const [key, port] = [randomBytes(32).toString("hex"), await freePort()];
  const traces = { OTEL_EXPORTER_OTLP_ENDPOINT: collected.url, OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20of-the-collector" };
  await using platform = await startedPlatform({ dataDir: folder.path, env: { ...traces, SUBGRAPH_PEOPLE_URL: `http://127.0.0.1:${port}/graphql`, OSSS_SUBGRAPH_KEY: key } });
  await using people = launch(typescript("subgraphs/serve.ts", "people"), { env: { ...traces, PORT: String(port), OSSS_DATA_DIR: folder.path, OSSS_SUBGRAPH_KEY: key } });
  await people.printed(/"msg":"listening"/);
  const token = await issueDemoToken(folder.path, platform.url, "registrar");
  const reply = await fetch(`${platform.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}`, traceparent: `00-${"a1".repeat(16)}-${"b2".repeat(8)}-01` },
    body: JSON.stringify({ query: `query Office($like: String!) { students(first: 2) { nodes { person { givenName familyName } } } other: students(where: { sortName: { startsWith: $like } }) { totalCount } }`, variables: { like: "Quillfeather" } }),
  });
  const { data, errors } = (await reply.json()) as { data: { students: { nodes: { person: { givenName: string; familyName: string } }[] } }; errors?: unknown };
  expect(errors).toBeUndefined();
  await collected.until(() => ["osss-gateway", "osss-people"].every((service) => collected.spans.some((span) => span.service === service)));
  await people.end("SIGTERM");
  await platform.stop();

  const trace = collected.spans.filter(({ traceId }) => traceId === "a1".repeat(16));
  const [request] = trace.filter(({ name }) => name === "graphql");
  expect(request).toMatchObject({ service: "osss-gateway", kind: 2, parentSpanId: "b2".repeat(8), attributes: { "graphql.operation.name": "Office", "http.response.status_code": 200, "osss.request_id": reply.headers.get("x-request-id"), "osss.cost": expect.any(Number) } });
  expect(trace.filter(({ name }) => name === "plan").map(({ parentSpanId }) => parentSpanId)).toEqual([request!.spanId]);
  const calls = trace.filter(({ kind }) => kind === 3);
  expect(new Set(calls.map(({ name }) => name))).toEqual(new Set(["subgraph students", "subgraph people"]));
  for (const { parentSpanId } of calls) expect(parentSpanId).toBe(request!.spanId);
  const answered = trace.filter(({ service }) => service === "osss-people");
  expect(answered.map(({ parentSpanId }) => parentSpanId)).toEqual(calls.filter(({ name }) => name === "subgraph people").map(({ spanId }) => spanId));
  expect(answered[0]!.attributes).toMatchObject({ "osss.request_id": reply.headers.get("x-request-id"), "osss.errors": 0 });

  expect(new Set(collected.headers)).toEqual(new Set(["Bearer of-the-collector"]));
  for (const body of collected.bodies) {
    expect(body).toMatch(/^\/v1\/traces /);
    expect(body).not.toMatch(/Quillfeather|students\(|sortName|Bearer/);
    expect(body).not.toContain(token.split(".")[2]);
    for (const { person } of data.students.nodes) for (const name of [person.givenName, person.familyName]) expect(body).not.toContain(name);
  }
});

test("a subscription is a piece of its client's trace, and each event a trace of its own that names it", { timeout: 180_000 }, async () => {
  await using folder = dataFolder();
  const collected = await collector();
  const [key, port] = [randomBytes(32).toString("hex"), await freePort()];
  const traces = { OTEL_EXPORTER_OTLP_ENDPOINT: collected.url };
  // The root of one of the subscriptions is in another process, and so is what the events of the other one ask for.
  await using platform = await startedPlatform({ dataDir: folder.path, env: { ...traces, SUBGRAPH_STUDENTS_URL: `http://127.0.0.1:${port}/graphql`, OSSS_SUBGRAPH_KEY: key } });
  await using students = launch(typescript("subgraphs/serve.ts", "students"), { env: { ...traces, PORT: String(port), OSSS_DATA_DIR: folder.path, OSSS_SUBGRAPH_KEY: key } });
  await students.printed(/"msg":"listening"/);
  const token = await issueDemoToken(folder.path, platform.url, "district-registrar");
  const headers = { authorization: `Bearer ${token}`, traceparent: `00-${"c3".repeat(16)}-${"d4".repeat(8)}-01` };
  const socket = createSocketClient({ url: `${platform.url.replace("http", "ws")}/graphql`, webSocketImpl: WebSocket, connectionParams: { authorization: headers.authorization }, retryAttempts: 0 });
  const events = createSseClient({ url: `${platform.url}/graphql`, headers, retryAttempts: 0 });
  const any = reader((sink) => events.subscribe({ query: "subscription Followed { recordChanged(types: [\"Student\"]) { id record { ... on Student { studentNumber } } } }" }, sink as never));
  const ofStudents = reader((sink) => socket.subscribe({ query: "subscription Listed { studentsChanged { id record { studentNumber } } }" }, sink as never));
  const refused = await reader((sink) => socket.subscribe({ query: "subscription Refused { studentsChanged(after: \"nonsense\") { id } }" }, sink as never)).next();
  expect(refused.errors).toMatchObject([{ extensions: { code: "VALIDATION_FAILED" } }]);
  const named = (name: string) => collected.spans.find((span) => span.attributes["graphql.operation.name"] === name);
  await collected.until(() => ["Followed", "Listed", "Refused"].every(named));

  const [student] = await folder.sql<{ id: string; version: number }>("SELECT s.id, s.version FROM students.student s JOIN students.school_enrollment e ON e.student_id = s.id AND e.exit_date IS NULL WHERE s.archived_at IS NULL LIMIT 1");
  const changed = await platform.graphql(token, "mutation ($id: ID!, $version: Int!) { updateStudent(id: $id, version: $version, input: { studentNumber: \"Quillfeather-9\" }) { record { id } } }", student);
  expect(changed.errors).toBeUndefined();
  expect([(await any.next()).data, (await ofStudents.next()).data]).toEqual([{ recordChanged: { id: student!.id, record: { studentNumber: "Quillfeather-9" } } }, { studentsChanged: { id: student!.id, record: { studentNumber: "Quillfeather-9" } } }]);
  await collected.until(() => collected.spans.filter(({ name }) => name === "event").length === 2);
  for (const each of [any, ofStudents]) each.stop();
  await students.end("SIGTERM");
  await platform.stop();

  const { spans } = collected;
  expect(named("Followed")).toMatchObject({ service: "osss-gateway", name: "graphql", kind: 2, traceId: "c3".repeat(16), parentSpanId: "d4".repeat(8), attributes: { "graphql.operation.type": "subscription", "osss.errors": 0, "osss.request_id": expect.any(String) } });
  expect(named("Refused")).toMatchObject({ status: { code: 2 }, attributes: { "error.type": "VALIDATION_FAILED" } });
  // Opening it is a call of the subgraph that has the root, told by that process too.
  const opening = spans.find(({ parentSpanId, name }) => parentSpanId === named("Listed")!.spanId && name === "subgraph students")!;
  expect(spans.filter(({ parentSpanId }) => parentSpanId === opening.spanId)).toMatchObject([{ service: "osss-students", name: "call", traceId: named("Listed")!.traceId }]);
  for (const name of ["Followed", "Listed"]) {
    const { traceId, spanId } = named(name)!;
    const [event, ...more] = spans.filter((span) => span.name === "event" && span.links?.some((link) => link.traceId === traceId && link.spanId === spanId));
    expect(more).toEqual([]);
    expect(event).toMatchObject({ kind: 5, attributes: { "osss.errors": 0 } });
    expect(event!.traceId).not.toBe(traceId);
    // What an event asks of other subgraphs belongs to it.
    if (name === "Followed") expect(spans.filter((span) => span.parentSpanId === event!.spanId)).toMatchObject([{ name: "subgraph students", traceId: event!.traceId }]);
  }
  for (const body of collected.bodies) expect(body).not.toMatch(/Quillfeather|studentNumber|nonsense|Bearer/);
});
