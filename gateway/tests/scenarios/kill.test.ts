import { expect, test } from "vitest";
import { isAlive } from "#foundation/persistence/process-state";
import { dataFolder, untilGone, type DataFolder } from "#foundation/testing/data-folder";
import { freePort, startedPlatform, type StartedPlatform } from "#foundation/testing/started-platform";
import { waitingForLock } from "./waiting-for-lock.ts";

const bulk = `mutation ($inputs: [CreateInstructionalDayInput!]!) { createInstructionalDays(inputs: $inputs) { record { id } } }`;
const days = 120;

/** A calendar of its own for each bulk write, in a school year that has no days yet. */
async function emptyCalendar(platform: StartedPlatform, token: string, name: string): Promise<{ trackId: string; inputs: object[] }> {
  const found = await platform.graphql<{ schools: { nodes: { id: string }[] }; schoolYears: { nodes: { id: string; firstDay: string }[] } }>(token, "{ schools(first: 1) { nodes { id } } schoolYears(first: 1) { nodes { id firstDay } } }");
  const [schoolId, year] = [found.data!.schools.nodes[0]!.id, found.data!.schoolYears.nodes[0]!];
  const made = await platform.graphql<{ createCalendarTrack: { record: { id: string } } }>(
    token,
    "mutation ($input: CreateCalendarTrackInput!) { createCalendarTrack(input: $input) { record { id } } }",
    { input: { name, schoolId, schoolYearId: year.id } },
  );
  const trackId = made.data!.createCalendarTrack.record.id;
  const inputs = Array.from({ length: days }, (_, index) => ({ trackId, schoolId, date: new Date(Date.parse(year.firstDay) + index * 86_400_000).toISOString().slice(0, 10) }));
  return { trackId, inputs };
}

/** What a bulk write has left in the calendar, the audit log and the outbox. */
async function stored(folder: DataFolder, trackId: string): Promise<{ days: number; audited: number; announced: number }> {
  const [row] = await folder.sql<{ days: number; audited: number; announced: number }>(
    `WITH day AS (SELECT id FROM schools.instructional_day WHERE track_id = $1)
     SELECT (SELECT count(*)::int FROM day) AS days,
            (SELECT count(*)::int FROM journal.audit_entry WHERE record_id IN (SELECT id FROM day)) AS audited,
            (SELECT count(*)::int FROM journal.outbox_event WHERE record_id IN (SELECT id FROM day)) AS announced`,
    [trackId],
  );
  return row!;
}

test("kill -9 of node or of the database: all or nothing, nothing committed is lost, and the next start goes on", { timeout: 240_000 }, async () => {
  await using folder = dataFolder();
  const port = await freePort();
  await using first = await startedPlatform({ dataDir: folder.path, port });
  const token = await first.token("superintendent");
  const kept = await emptyCalendar(first, token, "Kept");
  const cut = await emptyCalendar(first, token, "Cut short");

  // Node is killed after the rows are written and before they are committed: the audit log is locked, so that the write waits there.
  const holder = await folder.connect();
  try {
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE journal.audit_entry IN ACCESS EXCLUSIVE MODE");
    const lost = first.graphql(token, bulk, { inputs: cut.inputs }).then(() => "answered", () => "no reply");
    await waitingForLock(folder);
    await first.launched.end("SIGKILL");
    expect(await lost).toBe("no reply");
    await holder.query("COMMIT");
  } finally {
    await holder.end();
  }
  const orphan = folder.databasePid()!;
  expect(isAlive(orphan)).toBe(true);

  // The next start takes over the database that was left running.
  await using second = await startedPlatform({ dataDir: folder.path, port });
  expect(second.output()).toContain(`The database of a former start is still running (process ${orphan}); it is used again.`);
  expect(folder.databasePid()).toBe(orphan);
  expect(await stored(folder, cut.trackId)).toEqual({ days: 0, audited: 0, announced: 0 });
  const again = await second.graphql<{ createInstructionalDays: unknown[] }>(token, bulk, { inputs: kept.inputs });
  expect(again.errors).toBeUndefined();
  expect(again.data!.createInstructionalDays).toHaveLength(days);

  // What was answered is there, although the database dies right after.
  process.kill(orphan, "SIGKILL");
  expect(await second.launched.ended).toEqual({ code: 1, signal: null });
  expect(second.output()).toMatch(/The database stopped unexpectedly: .*What was saved is safe; start OSSS again\. Details: .*postgres\.log\n/);
  expect(second.output()).toContain("npm start");
  expect(second.output()).not.toContain("    at ");
  await untilGone(orphan);

  await using third = await startedPlatform({ dataDir: folder.path, port });
  expect(third.output()).not.toContain("Making a demo district");
  expect(await stored(folder, kept.trackId)).toEqual({ days, audited: days, announced: days });
  expect((await third.graphql(token, "{ me { roles } }")).data).toEqual({ me: { roles: ["staff", "superintendent"] } });
  const last = folder.databasePid()!;
  expect(await third.stop()).toBe(0);
  expect(isAlive(last)).toBe(false);
});
