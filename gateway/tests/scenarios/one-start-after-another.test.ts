import { createServer, type AddressInfo } from "node:net";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lockHolder } from "#foundation/persistence/data-folder-lock";
import { isAlive } from "#foundation/persistence/process-state";
import { dataFolder, untilGone } from "#foundation/testing/data-folder";
import { launch, typescript } from "#foundation/testing/launched-process";
import { freePort, startedPlatform } from "#foundation/testing/started-platform";
import { waitingForLock } from "./waiting-for-lock.ts";

const rooms = `query ($number: String!) { rooms(where: { number: { eq: $number } }) { nodes { number capacity } } }`;
const createRoom = `mutation ($school: ID!) { createRoom(input: { number: "SCENARIO", capacity: 31, schoolId: $school }) { record { id } } }`;

test("npm start, Ctrl-C, npm start: it says where to go, keeps what was saved, and what was signed in stays signed in", { timeout: 240_000 }, async () => {
  await using folder = dataFolder();
  const port = await freePort();
  await using cold = await startedPlatform({ dataDir: folder.path, port, words: ["start.mjs"] });

  expect(cold.output()).toContain(`Open        http://localhost:${port}\n`);
  expect(cold.output()).toContain(`Query       http://localhost:${port}/graphql\n`);
  expect(cold.output()).toMatch(/Sign in as {2}registrar, principal, nurse, parent, student, .*\(password demo\)/);
  expect(await (await fetch(`${cold.url}/health/ready`)).json()).toEqual({ ok: true, reasons: [] });

  const token = await cold.token("principal");
  const me = await cold.graphql(token, "{ me { roles person { givenName familyName } } }");
  expect(me).toMatchObject({ data: { me: { roles: ["principal", "staff"], person: { givenName: "Desmond", familyName: "Achterberg" } } } });
  const [school] = await folder.sql<{ id: string }>(`SELECT d.school_id AS id FROM people.duty_assignment d JOIN people.person p ON p.id = d.person_id WHERE p.family_name = 'Achterberg'`);
  const created = await cold.graphql(token, createRoom, { school: school?.id });
  expect(created.errors).toBeUndefined();

  await using second = launch(typescript("gateway/main.ts"), { env: { PORT: String(await freePort()), OSSS_DATA_DIR: folder.path } });
  expect(await second.ended).toEqual({ code: 1, signal: null });
  expect(second.output()).toMatch(new RegExp(`OSSS already runs on the data folder ${folder.path}: .*http://localhost:${port}, process \\d+, database on port \\d+\\. Stop it first`));
  expect(second.output()).not.toContain("    at ");
  await using sameAgain = launch(typescript("gateway/main.ts"), { env: { PORT: String(port), OSSS_DATA_DIR: folder.path } });
  expect(await sameAgain.ended).toEqual({ code: 1, signal: null });
  expect(sameAgain.output()).toContain("OSSS already runs on the data folder");
  expect(await cold.graphql(token, rooms, { number: "SCENARIO" })).toMatchObject({ data: { rooms: { nodes: [{ number: "SCENARIO", capacity: 31 }] } } });

  const database = folder.databasePid()!;
  expect(isAlive(database)).toBe(true);
  expect(await cold.stop()).toBe(0);
  expect(cold.output()).toContain("Stopping ...");
  expect(isAlive(database)).toBe(false);
  expect(existsSync(join(folder.path, "osss.lock"))).toBe(false);

  await using warm = await startedPlatform({ dataDir: folder.path, port });
  expect(warm.output()).not.toContain("Making a demo district");
  expect(warm.output()).not.toContain("migrated");
  expect(readyMs(warm.output())).toBeLessThan(readyMs(cold.output()));
  expect(await warm.graphql(token, rooms, { number: "SCENARIO" })).toMatchObject({ data: { rooms: { nodes: [{ number: "SCENARIO", capacity: 31 }] } } });

  await using doctor = launch(typescript("subgraphs/cli/main.ts", "doctor"), { env: { PORT: String(port), OSSS_DATA_DIR: folder.path } });
  expect(await doctor.ended).toEqual({ code: 0, signal: null });
  expect(doctor.output()).toMatch(/Last start +ready after \d+\.\d s warm, on 20/);
  expect(doctor.output()).toMatch(/Memory used +\d+ MB/);
  expect(doctor.output()).toMatch(new RegExp(`Port +${port} is in use, and OSSS runs here`));

  // A request is held back by a lock, so that it is surely in flight when the signal comes.
  const holder = await folder.connect();
  try {
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE schools.room IN ACCESS EXCLUSIVE MODE");
    const inFlight = warm.graphql(token, rooms, { number: "SCENARIO" });
    await waitingForLock(folder);
    const asked = performance.now();
    warm.process.kill("SIGTERM");
    await warm.launched.printed(/Stopping \.\.\./);
    await expect(fetch(`${warm.url}/health/live`)).rejects.toThrow();
    await holder.query("COMMIT");
    expect(await inFlight).toMatchObject({ data: { rooms: { nodes: [{ number: "SCENARIO", capacity: 31 }] } } });
    await holder.end();
    const last = folder.databasePid();
    expect(await warm.launched.ended).toEqual({ code: 0, signal: null });
    expect(performance.now() - asked).toBeLessThan(10_000);
    if (last !== null) await untilGone(last);
  } finally {
    await holder.end().catch(() => undefined);
  }
  expect(folder.databasePid()).toBeNull();
});

test("a taken port is told before anything is made, and nothing is left behind", async () => {
  await using folder = dataFolder();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = other.address() as AddressInfo;
    await using start = launch(typescript("gateway/main.ts"), { env: { PORT: String(port), OSSS_DATA_DIR: folder.path } });
    expect(await start.ended).toEqual({ code: 1, signal: null });
    expect(start.output().trim()).toBe(`Port ${port} on 127.0.0.1 is already in use by another program. Stop that program, or choose another port with PORT, for example PORT=${port + 10}.`);
    expect(folder.databasePid()).toBeNull();
    expect(existsSync(join(folder.path, "osss.lock"))).toBe(false);
    expect(existsSync(join(folder.path, "postgres.json"))).toBe(false);
  } finally {
    other.close();
  }
});

test("Ctrl-C while it starts ends everything, too", { timeout: 120_000 }, async () => {
  await using folder = dataFolder();
  const port = await freePort();
  await using start = launch(typescript("gateway/main.ts"), { env: { PORT: String(port), OSSS_DATA_DIR: folder.path } });
  await start.printed(/migrated schools/);
  const database = folder.databasePid()!;
  expect(await start.end("SIGINT")).toEqual({ code: 0, signal: null });
  expect(start.output()).not.toContain("is ready");
  await untilGone(database);
  expect(lockHolder(folder.path)).toBeNull();
});

function readyMs(output: string): number {
  return Number(/ready in (\d+\.\d) s/.exec(output)![1]) * 1000;
}
