import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pgBouncerInstalled } from "#foundation/testing/pgbouncer";
import { noRedis } from "#foundation/testing/redis-server";
import { loginSettings } from "#foundation/persistence/login-settings";
import { composed, type Composed } from "./composed.ts";
import { putUnderLoad } from "./load.ts";

const directory = "{ students(first: 5, orderBy: [{ field: sortName }]) { totalCount nodes { studentNumber person { givenName familyName } schoolEnrollments(first: 2) { nodes { school { name } } } } } }";
const buildings = "{ schools(first: 5, orderBy: [{ field: name }]) { nodes { name rooms(first: 3, orderBy: [{ field: number }]) { nodes { number } } } } }";
const myself = "{ me { roles person { givenName } } }";
const createRoom = "mutation ($number: String!, $school: ID!) { createRoom(input: { number: $number, capacity: 30, schoolId: $school }) { record { id } } }";

/** docker-compose.yml as processes, with PgBouncer before the database and Redis between the nodes: each scenario leaves it whole. */
describe.skipIf(!pgBouncerInstalled() || noRedis !== null)("the services of docker-compose.yml as processes (needs PgBouncer and Redis: npm run servers:install)", () => {
  let all: Composed;
  let token: string;
  const expected = new Map<string, unknown>();
  const queries = () => [directory, buildings, myself].map((query) => ({ query, expected: expected.get(query) }));
  const load = (more: { callers?: number; mayMiss?: () => boolean } = {}) => putUnderLoad({ url: all.url, token, callers: 6, queries: queries(), ...more });

  beforeAll(async () => {
    all = await composed();
    token = await all.token("principal");
    for (const query of [directory, buildings, myself]) {
      const reply = await all.ask("principal", query);
      expect(reply.errors).toBeUndefined();
      expected.set(query, reply.data);
    }
  }, 240_000);
  afterAll(() => all?.[Symbol.asyncDispose](), 60_000);

  /** Where the principal is one. */
  const ownSchool = async () => (await all.sql<{ id: string }>("SELECT d.school_id AS id FROM people.duty_assignment d JOIN people.person p ON p.id = d.person_id WHERE p.family_name = 'Achterberg'"))[0]!.id;

  /** Asks until everything is whole again; resolves to how many milliseconds that took. @throws Error after 30 s. */
  const whole = async () => {
    const since = performance.now();
    for (let last = ""; ; ) {
      const replies = await Promise.all([directory, buildings, myself].map((query) => all.ask("principal", query)));
      if (replies.every((reply) => !reply.errors)) return performance.now() - since;
      last = JSON.stringify(replies);
      if (performance.now() - since > 30_000) throw new Error(`Not whole after 30 s: ${last}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };

  test("every subgraph answers through PgBouncer, in transactions of the caller's own, bounded as the login is", async () => {
    expect((expected.get(directory) as { students: { totalCount: number } }).students.totalCount).toBeGreaterThan(20);
    // Rights of one caller do not stay on a connection for the next.
    const asked = await Promise.all(Array.from({ length: 30 }, async (_, at) => ({ user: ["principal", "auditor", "parent", null][at % 4]!, reply: await all.ask(["principal", "auditor", "parent", null][at % 4]!, directory) })));
    for (const { user, reply } of asked) {
      if (user === "principal") expect(reply.data).toEqual(expected.get(directory));
      else expect(reply.data).not.toEqual(expected.get(directory));
    }
    expect(new Set(asked.filter(({ user }) => user === "parent").map(({ reply }) => JSON.stringify(reply.data))).size).toBe(1);
    const settings = await all.asLogin<Record<string, string>>(`SELECT ${Object.keys(loginSettings).map((name) => `current_setting('${name}') AS "${name}"`).join(", ")}`);
    expect(settings).toEqual([loginSettings]);
    const ports = await all.sql<{ clients: number }>("SELECT count(DISTINCT client_port)::int AS clients FROM pg_stat_activity WHERE usename = 'osss_app'");
    expect(ports[0]!.clients).toBeLessThanOrEqual(40);
    await expect(all.asLogin("SELECT * FROM people.person")).rejects.toThrow(/permission denied/);
  });

  test("a change is told to a subscriber of another process, with PgBouncer between", async () => {
    const school = await ownSchool();
    const ended = new AbortController();
    const stream = await fetch(`${all.url}/graphql`, { method: "POST", signal: ended.signal, headers: { "content-type": "application/json", accept: "text/event-stream", authorization: `Bearer ${token}` }, body: JSON.stringify({ query: `subscription { recordChanged(types: ["Room"]) { action record { ... on Room { number school { name } } } } }` }) });
    const events = (async () => {
      let said = "";
      for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) if ((said += chunk).includes("TOLD-1")) return said;
      return said;
    })();
    expect((await all.ask("principal", createRoom, { number: "TOLD-1", school })).errors).toBeUndefined();
    expect(await events).toMatch(/"action":"CREATED".*"number":"TOLD-1".*"school":\{"name":"/);
    ended.abort();
    await all.ask("principal", buildings).then(({ data }) => expected.set(buildings, data));
  });

  test("a file goes through the gateway to the process that keeps files, and back; its jobs are worked there", async () => {
    await all.sql("UPDATE people.duty_assignment d SET school_id = NULL FROM platform.account a WHERE a.username = 'registrar' AND a.person_id = d.person_id AND d.role = 'REGISTRAR'");
    const content = Buffer.concat([Buffer.from("504b0304", "hex"), Buffer.alloc(700_000, 7)]);
    const asked = await all.ask("registrar", "mutation ($input: RequestUploadInput!) { requestUpload(input: $input) { file { id uploadUrl } } }", { input: { name: "roster.zip", mediaType: "application/zip", purpose: "IMPORT", size: content.length } });
    expect(asked.errors).toBeUndefined();
    const { id, uploadUrl } = (asked.data as { requestUpload: { file: { id: string; uploadUrl: string } } }).requestUpload.file;
    const here = (url: string) => `${all.url}${url.slice(new URL(url).origin.length)}`;
    expect((await fetch(here(uploadUrl), { method: "PUT", body: content })).status).toBe(201);
    const told = await all.ask("registrar", "query ($id: ID!) { storedFile(id: $id) { downloadUrl } }", { id });
    const fetched = await fetch(here((told.data as { storedFile: { downloadUrl: string } }).storedFile.downloadUrl));
    expect(Buffer.from(await fetched.arrayBuffer()).equals(content)).toBe(true);
    expect(await (await fetch(`${all.addressOf("platform")}/metrics`)).text()).toMatch(/^osss_jobs_failed\{job="removeExpiredFiles"\} 0$/m);
    expect((await all.sql<{ n: number }>("SELECT count(*)::int AS n FROM jobs.schedule"))[0]!.n).toBeGreaterThan(0);
  });

  test("the pages of metrics tell of requests, costs, calls, circuits, the pool, subscriptions and the outbox, and of nobody", async () => {
    const pages = await Promise.all(["gateway", "people"].map(async (name) => {
      const reply = await fetch(`${name === "gateway" ? all.url : all.addressOf(name)}/metrics`);
      expect(reply.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
      return reply.text();
    }));
    for (const page of pages) {
      for (const state of ["busy", "idle", "waiting"]) expect(page).toMatch(new RegExp(`^osss_database_connections\\{state="${state}"\\} \\d+$`, "m"));
      expect(page).toMatch(/^osss_outbox_lag_seconds \d+(\.\d+)?$/m);
      expect(page).toMatch(/^osss_outbox_unsettled_events \d+$/m);
      expect(page).toMatch(/^osss_audit_unsealed_entries \d+$/m);
      expect(page).toMatch(/^osss_subgraph_calls_total\{subgraph="people",outcome="ok"\} [1-9]\d*$/m);
      expect(page).not.toMatch(/Achterberg|Desmond|principal/);
      // Each figure is explained once, and every line has a number.
      const figures = page.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
      for (const line of figures) expect(line).toMatch(/^[a-z_]+(\{[^}]*\})? -?\d+(\.\d+)?(e[+-]\d+)?$/);
      const explained = page.split("\n").flatMap((line) => /^# TYPE (\S+)/.exec(line)?.[1] ?? []);
      expect(new Set(explained).size).toBe(explained.length);
    }
    const [gateway] = pages;
    for (const figure of ['osss_requests_total{status="200"}', "osss_request_seconds_count", "osss_request_cost_count", 'osss_subgraph_circuit_open{subgraph="people"}', "osss_subscriptions", "osss_websocket_connections"]) expect(gateway).toContain(`${figure} `);
  });

  test("a subgraph that hangs for a while: what needs it waits and is whole, what does not is answered meanwhile", async () => {
    const { child } = all.processes.get("people")!;
    child.kill("SIGSTOP");
    const waiting = all.ask("principal", directory);
    const meanwhile = await Promise.all(Array.from({ length: 10 }, () => all.ask("principal", buildings)));
    for (const { data, errors } of meanwhile) expect([errors, data]).toEqual([undefined, expected.get(buildings)]);
    child.kill("SIGCONT");
    expect(await waiting).toMatchObject({ data: expected.get(directory) });
  });

  test("a subgraph killed under load: its part is missing and said so, all else is right; started again, all is whole", { timeout: 120_000 }, async () => {
    let down = false;
    const under = load({ mayMiss: () => down });
    await under.more(20);
    down = true;
    await all.processes.get("people")!.end("SIGKILL");
    await under.more(40);
    expect(under.unavailable()).toBeGreaterThan(0);
    await all.start("people");
    await whole();
    down = false;
    await under.more(30);
    await under.stop();
    expect(under.wrong).toEqual([]);
  });

  test("subgraphs are restarted in turn under load, asked to end: nothing is lost", { timeout: 180_000 }, async () => {
    let restarting = false;
    const under = load({ callers: 3, mayMiss: () => restarting });
    await under.more(20);
    restarting = true;
    for (const name of ["people", "schools", "platform"]) {
      expect(await all.processes.get(name)!.end("SIGTERM"), name).toEqual({ code: 0, signal: null });
      await all.start(name);
    }
    await whole();
    restarting = false;
    await under.more(30);
    await under.stop();
    expect(under.wrong).toEqual([]);
  });

  test("the database is restarted under load: replies are right or say that a part cannot be reached, and soon all is whole", { timeout: 120_000 }, async () => {
    let down = false;
    const under = load({ mayMiss: () => down });
    await under.more(20);
    down = true;
    await all.restartDatabase(async () => {
      expect((await fetch(`${all.url}/health/live`)).status).toBe(200);
      const ready = await fetch(`${all.url}/health/ready`);
      expect([ready.status, await ready.json()]).toMatchObject([503, { ok: false, reasons: expect.arrayContaining([expect.stringContaining("database")]) }]);
    });
    await whole();
    down = false;
    await under.more(30);
    await under.stop();
    expect(under.wrong).toEqual([]);
    for (const [name, { child }] of all.processes) expect([name, child.exitCode]).toEqual([name, null]);
  });

  test("PgBouncer is restarted under load: as with the database", { timeout: 120_000 }, async () => {
    let down = false;
    const under = load({ mayMiss: () => down });
    await under.more(20);
    down = true;
    await all.restartPgBouncer();
    await whole();
    down = false;
    await under.more(30);
    await under.stop();
    expect(under.wrong).toEqual([]);
  });

  test("writes through a shutdown under load: each that was answered is stored once, each that was refused is not", { timeout: 120_000 }, async () => {
    const school = await ownSchool();
    const reads = load({ callers: 4 });
    const outcomes: { number: string; outcome: "stored" | "refused" | "lost" }[] = [];
    let gone = false;
    const writer = async (which: number) => {
      for (let turn = 0; !gone; turn++) {
        const number = `W${which}-${turn}`;
        try {
          const reply = await all.ask("principal", createRoom, { number, school });
          outcomes.push({ number, outcome: reply.errors ? "refused" : "stored" });
        } catch (error) {
          const { cause } = error as Error & { cause?: { code?: string; errors?: { code?: string }[] } };
          gone = cause?.code === "ECONNREFUSED" || cause?.errors?.every(({ code }) => code === "ECONNREFUSED") === true;
          if (!gone) outcomes.push({ number, outcome: "lost" });
        }
      }
    };
    const writing = Promise.all([0, 1, 2].map(writer));
    await reads.more(30);
    const asked = performance.now();
    const ended = all.processes.get("gateway")!.end("SIGTERM");
    await Promise.all([reads.gone, writing]);
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(10_000);
    expect(reads.wrong.filter((each) => !each.startsWith("another reply"))).toEqual([]);
    expect(outcomes.filter(({ outcome }) => outcome !== "stored")).toEqual([]);
    const stored = await all.sql<{ number: string; times: number }>("SELECT number, count(*)::int AS times FROM schools.room WHERE number ~ '^W\\d-' GROUP BY 1");
    expect(stored.map(({ number }) => number).sort()).toEqual(outcomes.map(({ number }) => number).sort());
    expect(stored.every(({ times }) => times === 1)).toBe(true);
    await all.start("gateway");
  });
});
