import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { dataOf, type Contract } from "#foundation/testing/contract";
import { smallSchool, type SmallSchool } from "../../contract/small-school.ts";
import { stage } from "../../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const sql = <R extends Record<string, unknown>>(text: string, values: readonly unknown[] = []) => contract.platform.sql<R>(text, values);

/** What meets when: "13 2 SCHEDULED" for the 13th of October in period 2. */
const meetings = async (section: string): Promise<string[]> =>
  (await sql<{ row: string }>("SELECT to_char(date, 'DD') || ' ' || period_code || ' ' || status AS row FROM academics.class_meeting WHERE section_id = $1 ORDER BY date, period_code", [section])).map((r) => r.row);
const scheduled = async (section: string) => (await meetings(section)).filter((m) => m.endsWith("SCHEDULED")).map((m) => m.slice(0, -" SCHEDULED".length));

const derive = (school: Pick<SmallSchool, "make" | "schoolId">, from = "2026-08-01", to = "2027-08-01") =>
  sql<{ added: number; changed: number; cancelled: number; removed: number }>("SELECT * FROM academics.derive_meetings($1, $2, $3, $4)", [school.make.districtId, school.schoolId, from, to]).then((rows) => rows[0]!);

/** A section that meets in period 2 on A days, 5, 7, 9, 13, 15, 19, 21, 23, 27 and 29 October, and what it needs. */
async function onADays() {
  const school = smallSchool(contract);
  const section = school.section("ONE");
  school.make.a("MeetingPattern", { section, rotationDayId: school.rotation.A, periodCode: "2", fromDate: "2026-08-17", toDate: null });
  const principal = school.office(Role.Principal);
  await school.make.save();
  // At the SQL prompt, too, the district's today is the tests'.
  await sql("SELECT set_config('osss.district', $1, false), set_config('osss.now', $2, false)", [school.make.districtId, contract.platform.clock.now.toISOString()]);
  await derive(school);
  const change = async (date: string, input: Record<string, unknown>) => {
    const id = school.days.get(date)!;
    const [{ version }] = (await sql<{ version: number }>("SELECT version FROM schools.instructional_day WHERE id = $1", [id])) as [{ version: number }];
    dataOf(await contract.platform.call("schools", principal, "mutation($id: ID!, $version: Int!, $input: UpdateInstructionalDayInput!) { out: updateInstructionalDay(id: $id, version: $version, input: $input) { record { id } } }", { id, version, input }));
  };
  return { ...school, section, principal, change };
}

describe("class meetings", () => {
  it("are derived once: again changes nothing", async () => {
    const school = await onADays();
    expect(await scheduled(school.section)).toEqual(["05 2", "07 2", "09 2", "13 2", "15 2", "19 2", "21 2", "23 2", "27 2", "29 2"]);
    expect(await derive(school)).toEqual({ added: 0, changed: 0, cancelled: 0, removed: 0 });
  });

  it("are cancelled on a day that is taken back, and come back with it, each the same as before", async () => {
    const { section, change } = await onADays();
    const ids = () => sql("SELECT id, version FROM academics.class_meeting WHERE section_id = $1 AND date = '2026-10-21'", [section]);
    const [before] = await ids();
    await change("2026-10-21", { status: "CANCELLED", reason: "Snow" });
    expect((await meetings(section)).filter((m) => m.startsWith("21"))).toEqual(["21 2 CANCELLED"]);
    expect((await scheduled(section)).length).toBe(9);
    await change("2026-10-21", { status: "SCHEDULED", reason: null });
    expect((await scheduled(section)).length).toBe(10);
    // Two changes of one meeting: it was cancelled, and takes place again.
    expect(await ids()).toEqual([{ id: before!.id, version: Number(before!.version) + 2 }]);
  });

  it("appear on a day that is added, follow its rotation day, and leave with it", async () => {
    const { section, schoolId, trackId, rotation, bells, principal, make, change } = await onADays();
    const input = { trackId, schoolId, date: "2026-10-31", rotationDayId: rotation.A, bellScheduleId: bells.regular, status: "ADDED", reason: "Makes up for the 21st" };
    dataOf(await contract.platform.call("schools", principal, "mutation($input: CreateInstructionalDayInput!) { out: createInstructionalDay(input: $input) { record { id } } }", { input }));
    expect((await scheduled(section)).at(-1)).toBe("31 2");
    // The 20th becomes an A day and the 21st a B day.
    await change("2026-10-20", { rotationDayId: rotation.A });
    await change("2026-10-21", { rotationDayId: rotation.B });
    expect((await meetings(section)).filter((m) => m > "19 9" && m < "22")).toEqual(["20 2 SCHEDULED"]);
    await sql("UPDATE schools.instructional_day SET archived_at = now() WHERE district_id = $1 AND date = '2026-10-31'", [make.districtId]);
    expect((await meetings(section)).at(-1)).toBe("29 2 SCHEDULED");
  });

  it("follow the day's bell schedule: other times, or none where it lacks the period", async () => {
    const { section, bells, change } = await onADays();
    const times = () => sql("SELECT start_time::text AS from, end_time::text AS to, minutes FROM academics.class_meeting WHERE section_id = $1 AND date = '2026-10-19'", [section]);
    await change("2026-10-19", { bellScheduleId: bells.short });
    expect(await times()).toEqual([{ from: "08:35:00", to: "09:05:00", minutes: 30 }]);
    await sql("UPDATE schools.bell_period SET archived_at = now() WHERE bell_schedule_id = $1 AND code = '2'", [bells.short]);
    expect(await times()).toEqual([]);
  });

  it("that were held keep their times when the bells are corrected, until they are derived by hand", async () => {
    const { section, bells, schoolId, principal } = await onADays();
    await sql("UPDATE schools.bell_period SET end_time = '09:45' WHERE bell_schedule_id = $1 AND code = '2'", [bells.regular]);
    const minutes = async () => (await sql<{ n: number }>("SELECT array_agg(DISTINCT minutes ORDER BY minutes) || count(*)::int AS n FROM academics.class_meeting WHERE section_id = $1 AND minutes = 45", [section]))[0]!.n;
    // Today is the 14th: the six hours from the 15th on change, the four before do not.
    expect(await minutes()).toEqual([45, 6]);
    const document = `mutation($input: DeriveClassMeetingsInput!) { out: deriveClassMeetings(input: $input) { record { added changed cancelled removed } } }`;
    const out = dataOf(await contract.platform.call("academics", principal, document, { input: { schoolId, fromDate: "2026-10-01", toDate: "2026-10-15" } })).out;
    expect(out).toEqual({ record: { added: 0, changed: 4, cancelled: 0, removed: 0 } });
    expect(await minutes()).toEqual([45, 10]);
  });

  it("end with the terms of their section", async () => {
    const { section, terms, make } = await onADays();
    await sql("UPDATE schools.term SET end_day = '2026-10-20' WHERE id = $1", [terms.fall]);
    expect((await scheduled(section)).at(-1)).toBe("19 2");
    expect(await sql("SELECT first_day::text, end_day::text FROM academics.section WHERE id = $1", [section])).toEqual([{ first_day: "2026-08-17", end_day: "2026-10-20" }]);
    // Without a term a section is taught for the whole year.
    await sql("UPDATE academics.section_term SET archived_at = now() WHERE district_id = $1 AND section_id = $2", [make.districtId, section]);
    expect((await scheduled(section)).at(-1)).toBe("29 2");
  });

  it("to which anything points are never removed: they are cancelled, and come back with their hour", async () => {
    const { section, make } = await onADays();
    await sql(`CREATE TABLE IF NOT EXISTS public.hangs_on (district_id uuid, meeting uuid, FOREIGN KEY (district_id, meeting) REFERENCES academics.class_meeting (district_id, id))`);
    await sql("GRANT ALL ON public.hangs_on TO PUBLIC");
    await sql("INSERT INTO public.hangs_on SELECT district_id, id FROM academics.class_meeting WHERE section_id = $1 AND date = '2026-10-19'", [section]);
    await sql("UPDATE academics.meeting_pattern SET to_date = '2026-10-16' WHERE section_id = $1", [section]);
    await sql("SELECT academics.derive_meetings($1, school_id, '2026-08-01', '2027-08-01') FROM academics.section WHERE id = $2", [make.districtId, section]);
    expect((await meetings(section)).slice(4)).toEqual(["15 2 SCHEDULED", "19 2 CANCELLED"]);
    await sql("UPDATE academics.meeting_pattern SET to_date = NULL WHERE section_id = $1", [section]);
    await sql("SELECT academics.derive_meetings($1, school_id, '2026-08-01', '2027-08-01') FROM academics.section WHERE id = $2", [make.districtId, section]);
    expect((await scheduled(section)).length).toBe(10);
    await sql("DROP TABLE public.hangs_on");
  });

  it("of other schools and districts stay as they are, and another district's are out of reach", async () => {
    const mine = await onADays();
    const foreign = await onADays();
    await mine.change("2026-10-19", { status: "CANCELLED", reason: "Snow" });
    expect((await scheduled(foreign.section)).length).toBe(10);
    await expect(derive(mine)).rejects.toThrow("another district");
  });

  it("are what a derivation from nothing would make, after any history of calendar, bells and terms", async () => {
    const { section, rotation, bells, terms, days, make, schoolId } = await onADays();
    const second = make.a("Section", { schoolId, schoolYearId: make.once("SchoolYear"), code: "TWO" });
    make.a("MeetingPattern", { section: second, rotationDayId: null, periodCode: "1", fromDate: "2026-08-17", toDate: "2026-10-27" });
    await make.save();
    await sql("SELECT academics.derive_meetings($1, $2, '2026-08-01', '2027-08-01')", [make.districtId, schoolId]);
    let seed = 11;
    const pick = <T>(...of: T[]): T => of[(seed = (seed * 48_271) % 2_147_483_647) % of.length]!;
    const compared = `SELECT section_id, date::text, period_code, start_time::text, end_time::text, minutes, pattern_id FROM`;
    for (let step = 0; step < 60; step++) {
      const day = pick(...days.values());
      await pick(
        () => sql(`UPDATE schools.instructional_day SET status = '${pick("CANCELLED", "SCHEDULED")}', reason = 'x' WHERE id = $1`, [day]),
        () => sql("UPDATE schools.instructional_day SET bell_schedule_id = $2, rotation_day_id = $3 WHERE id = $1", [day, pick(bells.regular, bells.short, bells.block), pick(rotation.A, rotation.B, null)]),
        () => sql(`UPDATE schools.bell_period SET end_time = '${pick("09:05", "09:40", "09:50")}' WHERE bell_schedule_id = $1 AND code = '2'`, [pick(bells.regular, bells.short)]),
        () => sql(`UPDATE schools.term SET end_day = '${pick("2026-10-21", "2026-10-29", "2027-01-16")}' WHERE id = $1`, [terms.fall]),
        () => sql(`UPDATE academics.section SET archived_at = ${pick("now()", "NULL")} WHERE id = $1`, [pick(section, second)]),
      )();
      const stored = await sql(`${compared} academics.class_meeting WHERE district_id = $1 AND status = 'SCHEDULED' AND date >= '2026-10-14' ORDER BY 1, 2, 3`, [make.districtId]);
      const due = await sql(`${compared} academics.meetings_due($1, $2, '2026-10-14', '2027-08-01', NULL) ORDER BY 1, 2, 3`, [make.districtId, schoolId]);
      expect(stored, `step ${step}`).toEqual(due);
    }
  });

  it("of a whole school year are derived at once, also where no statistics are: 110 sections on 180 days", async () => {
    const school = smallSchool(contract);
    const { make, rotation } = school;
    const extra = Array.from({ length: 240 }, (_, i) => new Date(Date.UTC(2026, 10, 2 + i))).filter((d) => d.getUTCDay() > 0 && d.getUTCDay() < 6).slice(0, 160);
    for (const [i, date] of extra.entries()) make.a("InstructionalDay", { track: school.trackId, school: school.schoolId, date: date.toISOString().slice(0, 10), rotationDay: i % 2 ? rotation.A : rotation.B, bellSchedule: school.bells.regular });
    for (let n = 0; n < 110; n++) {
      const section = school.section(`S${n}`, { terms: [] });
      make.a("MeetingPattern", { section, rotationDayId: rotation.A, periodCode: String((n % 3) + 1), roomId: school.room(`R${n}`), fromDate: "2026-08-17", toDate: null });
      make.a("MeetingPattern", { section, rotationDayId: rotation.B, periodCode: String((n % 3) + 1), fromDate: "2026-08-17", toDate: null });
    }
    await make.save();
    await sql("SELECT set_config('osss.district', $1, false), set_config('osss.now', $2, false)", [make.districtId, contract.platform.clock.now.toISOString()]);
    const started = performance.now();
    const { added } = await derive(school);
    const took = performance.now() - started;
    expect(added).toBe(110 * 180);
    // About a second on a quiet machine. A plan that compares every hour with every other takes minutes.
    expect(took).toBeLessThan(10_000);
  });
});
