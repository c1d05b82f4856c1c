import { afterAll, beforeAll, expect, test } from "vitest";
import type { Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { twoSchools, type TwoSchools } from "../testing/two-schools.ts";
import { importFiles, inShort } from "../testing/template-files.ts";

let contract: Contract;
beforeAll(async () => void (contract = await stage()));
afterAll(() => contract.platform[Symbol.asyncDispose]());

const header = "school_code,track,date,instructional,rotation_day,bell_schedule,reason,remove";

async function someSchools(): Promise<TwoSchools & { oakCode: string }> {
  const set = twoSchools(contract);
  set.make.a("BellSchedule", { school: set.oak, name: "Short" });
  await set.make.save();
  return { ...set, oakCode: String(set.make.valuesOf(set.oak).code) };
}
const daysOf = ({ make }: TwoSchools) => contract.platform.sql<{ date: string; status: string; track: string; rotation: string | null; bell: string | null; reason: string | null; version: number }>(
  `SELECT d.date::text, d.status, t.name AS track, r.code AS rotation, b.name AS bell, d.reason, d.version FROM schools.instructional_day d JOIN schools.calendar_track t ON t.id = d.track_id
   LEFT JOIN schools.rotation_day r ON r.id = d.rotation_day_id LEFT JOIN schools.bell_schedule b ON b.id = d.bell_schedule_id WHERE d.district_id = $1 AND d.archived_at IS NULL ORDER BY d.date, t.name`, [make.districtId]);

test("what the district's records do not allow is left out, line by line, and the rest is written", async () => {
  const set = await someSchools();
  const result = await importFiles(contract, set, { "calendar-days": [header,
    "NOWHERE,,2026-09-01,yes,,,,",
    `${set.oakCode},,2019-09-02,yes,,,,`,
    `${set.oakCode},,2026-09-03,yes,,Assembly,,`,
    `${set.oakCode},,2026-09-04,yes,,Short,,`] });
  expect(result.said).toEqual([
    expect.stringMatching(/^2: The row is left out\. The district has no school with this code/),
    expect.stringMatching(/^3: The row is left out\. No school year of the district contains 2019-09-02/),
    expect.stringMatching(/^4: The row is left out\. Oak has no bell schedule of this name/),
  ]);
  expect(result.leftOut).toEqual({ "calendar-days": 3 });
  expect(await daysOf(set)).toMatchObject([{ date: "2026-09-04", status: "SCHEDULED", bell: "Short", track: "Regular" }]);
  expect(result.rows.map(({ action, label }) => [action, label.endsWith("(left out)")])).toEqual([["UNCHANGED", true], ["UNCHANGED", true], ["UNCHANGED", true], ["CREATE", false]]);
});

test("a calendar goes in, a second time changes nothing, and a later file changes what it says anew", async () => {
  const set = await someSchools();
  const first = { "calendar-days": [header, `${set.oakCode},,2026-09-01,yes,A,Short,,`, `${set.oakCode},,2026-09-02,yes,B,,,`, `${set.oakCode},Late,2026-09-02,yes,,,,`, `${set.oakCode},,2026-09-05,yes,,,Makes up for a storm,`] };
  const made = await importFiles(contract, set, first);
  expect(made.counts).toEqual({ CalendarTrack: { CREATED: 1 }, RotationDay: { CREATED: 2 }, InstructionalDay: { CREATED: 4 } });
  expect(made.said).toEqual(['2: Oak gets the rotation day "A", which it did not have.', '3: Oak gets the rotation day "B", which it did not have.', '4: Oak gets the calendar "Late" for the year, which it did not have.']);
  expect(inShort(made.rows)[2]).toBe(`CREATE ${set.oakCode}|Late|2026-09-02 CalendarTrack:CREATED:1 InstructionalDay:CREATED:1`);
  expect(made.rows.every(({ schoolId, memory }) => schoolId === set.oak && memory.length === 1)).toBe(true);
  const again = await importFiles(contract, set, first);
  expect([again.changed, again.counts, again.rows.map(({ action }) => action)]).toEqual([0, {}, ["UNCHANGED", "UNCHANGED", "UNCHANGED", "UNCHANGED"]]);
  const later = { "calendar-days": [header, `${set.oakCode},,2026-09-01,no,A,Short,Snow,`, `${set.oakCode},,2026-09-02,yes,A,,,`, `${set.oakCode},,2026-09-05,yes,,,,yes`] };
  const changed = await importFiles(contract, set, later);
  expect(inShort(changed.rows)).toEqual([
    `CHANGE ${set.oakCode}||2026-09-01 InstructionalDay:UPDATED:2`, `CHANGE ${set.oakCode}||2026-09-02 InstructionalDay:UPDATED:2`, `WITHDRAW ${set.oakCode}||2026-09-05 InstructionalDay:ARCHIVED:2`]);
  expect(await daysOf(set)).toMatchObject([
    { date: "2026-09-01", status: "CANCELLED", rotation: "A", reason: "Snow" }, { date: "2026-09-02", track: "Late" }, { date: "2026-09-02", track: "Regular", rotation: "A" }]);
  expect((await importFiles(contract, set, later)).changed).toBe(0);
});

test("what the office has changed or removed since stays, and is told", async () => {
  const set = await someSchools();
  const line = (date: string, rest: string) => `${set.oakCode},,${date},yes,${rest}`;
  await importFiles(contract, set, { "calendar-days": [header, line("2026-09-01", "A,,,"), line("2026-09-02", "B,,,"), line("2026-09-03", "A,,,")] });
  await contract.platform.sql("UPDATE schools.instructional_day SET status = 'CANCELLED', reason = 'Flood' WHERE district_id = $1 AND date = '2026-09-01'", [set.make.districtId]);
  await contract.platform.sql("UPDATE schools.instructional_day SET archived_at = now() WHERE district_id = $1 AND date = '2026-09-02'", [set.make.districtId]);
  await contract.platform.sql("UPDATE schools.instructional_day SET rotation_day_id = (SELECT id FROM schools.rotation_day r WHERE r.district_id = $1 AND r.code = 'B') WHERE district_id = $1 AND date = '2026-09-03'", [set.make.districtId]);
  const result = await importFiles(contract, set, { "calendar-days": [header, line("2026-09-01", "A,Short,,"), line("2026-09-02", "A,Short,,"), line("2026-09-03", "C,,,")] });
  expect(result.said.filter((sentence) => !sentence.includes("which it did not have"))).toEqual([
    expect.stringContaining("3: The row is left out. Somebody has removed the day here"),
    expect.stringContaining("4: The district's own rotation day stays as it is"),
  ]);
  expect(await daysOf(set)).toMatchObject([{ date: "2026-09-01", status: "CANCELLED", reason: "Flood", bell: "Short" }, { date: "2026-09-03", rotation: "B" }]);
});

test("a row that a later file leaves out takes back nothing", async () => {
  const set = await someSchools();
  const both = [header, `${set.oakCode},,2026-09-01,yes,,,,`, `${set.oakCode},,2026-09-02,yes,,,,`];
  await importFiles(contract, set, { "calendar-days": both });
  expect((await importFiles(contract, set, { "calendar-days": both.slice(0, 2) })).changed).toBe(0);
  expect(await daysOf(set)).toHaveLength(2);
});
