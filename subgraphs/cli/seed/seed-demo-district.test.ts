import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { identityOf } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { demoRealm } from "../../../identity/realm.ts";
import { allManifests } from "../../registry.ts";
import { ensureDemoDistrict } from "./ensure-demo-district.ts";
import { linkDemoAccounts } from "./link-demo-accounts.ts";
import { demoDistrictId, fewestStudents, seedDemoDistrict, type SeededDistrict, type SeedOptions } from "./seed-demo-district.ts";

const now = new Date("2026-10-14T19:00:00Z");
const options: SeedOptions = { students: 64, seed: 7, today: "2026-10-14", timeZone: "America/Los_Angeles" };
const platformAt = async () => testPlatform({ manifests: await allManifests(), now });
const linkedUsers = demoRealm.users.map(({ username }) => username).filter((name) => name !== "newcomer").sort();

/** One district that the tests look at without changing it. */
let platform: TestPlatform;
let made: SeededDistrict;
beforeAll(async () => {
  platform = await platformAt();
  made = await seedDemoDistrict(platform.orchestration, options);
}, 60_000);
afterAll(() => platform[Symbol.asyncDispose]());

/** How many rows each table of the domains has, and a hash over every column of them. */
async function everything(of: TestPlatform): Promise<Record<string, string>> {
  const tables = await of.sql<{ name: string }>(
    "SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname = ANY ($1) AND tablename <> 'migration' ORDER BY 1",
    [[...of.services.keys()]],
  );
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await of.sql<{ row: string }>(`SELECT t::text AS row FROM ${name} t ORDER BY 1`);
    if (rows.length > 0) found[name] = `${rows.length} ${createHash("sha256").update(rows.map(({ row }) => row).join("\n")).digest("hex")}`;
  }
  return found;
}

/** Every figure that must be zero: what no school may have. */
async function faults(of: TestPlatform, today: string): Promise<Record<string, number>> {
  const [found] = await of.sql<Record<string, number>>(
    `WITH taught AS (SELECT DISTINCT section_id AS id FROM staff.teaching_assignment),
      pairs AS MATERIALIZED (SELECT c.* FROM academics.clashes(ARRAY(SELECT id FROM taught), ARRAY(SELECT id FROM taught)) c WHERE c.section_id < c.other_id)
    SELECT
      (SELECT count(*)::int FROM pairs WHERE same_room AND NOT EXISTS (SELECT 1 FROM staff.teaching_assignment a JOIN staff.teaching_assignment b ON b.person_id = a.person_id AND a.section_id = pairs.section_id AND b.section_id = pairs.other_id)) AS "rooms double booked",
      (SELECT count(*)::int FROM pairs p JOIN staff.teaching_assignment a ON a.section_id = p.section_id JOIN staff.teaching_assignment b ON b.section_id = p.other_id AND b.person_id = a.person_id
        WHERE greatest(a.from_date, b.from_date, p.from_day) < least(a.to_date, b.to_date, p.to_day)) AS "teachers double booked",
      (SELECT count(*)::int FROM pairs p JOIN academics.section_enrollment a ON a.section_id = p.section_id JOIN academics.section_enrollment b ON b.section_id = p.other_id AND b.student_id = a.student_id
        WHERE greatest(a.from_date, b.from_date, p.from_day) < least(a.to_date, b.to_date, p.to_day)) AS "students double booked",
      (SELECT count(*)::int FROM academics.section_enrollment r JOIN academics.section s ON s.id = r.section_id WHERE NOT EXISTS (SELECT 1 FROM students.school_enrollment e
        WHERE e.student_id = r.student_id AND e.school_id = r.school_id AND e.school_year_id = s.school_year_id AND e.entry_date <= r.from_date AND NOT e.no_show AND coalesce(e.exit_date, 'infinity') >= coalesce(r.to_date, s.end_day))) AS "rosters outside of an enrollment",
      (SELECT count(*)::int FROM students.school_enrollment e JOIN schools.grade_level g ON g.id = e.grade_level_id JOIN schools.school s ON s.id = e.school_id JOIN schools.grade_level low ON low.id = s.low_grade_id JOIN schools.grade_level high ON high.id = s.high_grade_id
        WHERE e.kind = 'PRIMARY' AND g.sequence NOT BETWEEN low.sequence AND high.sequence) AS "enrollments outside of the school's grades",
      (SELECT count(*)::int FROM academics.section s WHERE s.capacity < (SELECT count(*) FROM academics.section_enrollment e WHERE e.section_id = s.id AND (e.to_date IS NULL OR e.to_date > $1::date))) AS "sections over capacity",
      (SELECT count(*)::int FROM attendance.recount_request) AS "days waiting to be counted",
      (SELECT count(*)::int FROM students.school_enrollment e JOIN schools.instructional_day d ON d.track_id = e.track_id AND d.status <> 'CANCELLED' AND d.date >= e.entry_date AND d.date < coalesce(e.exit_date, 'infinity')
        WHERE e.kind = 'PRIMARY' AND NOT EXISTS (SELECT 1 FROM attendance.daily_attendance f WHERE f.student_id = e.student_id AND f.date = d.date AND f.school_id = e.school_id AND f.grade_level_id = e.grade_level_id)) AS "days without a fact",
      (SELECT count(*)::int FROM attendance.attendance_event e WHERE NOT EXISTS (SELECT 1 FROM academics.class_meeting m JOIN academics.section_enrollment r ON r.section_id = m.section_id
        WHERE m.id = e.class_meeting_id AND r.student_id = e.student_id AND r.from_date <= e.date AND (r.to_date IS NULL OR r.to_date > e.date))) AS "exceptions off the roster",
      (SELECT count(*)::int FROM attendance.attendance_submission s WHERE s.date > $1::date OR s.taken_at > $2::timestamp AT TIME ZONE 'America/Los_Angeles') AS "attendance taken ahead of time",
      (SELECT count(*)::int FROM grading.score s JOIN grading.assignment a ON a.id = s.assignment_id WHERE NOT EXISTS (SELECT 1 FROM academics.section_enrollment r
        WHERE r.section_id = s.section_id AND r.student_id = s.student_id AND r.from_date <= a.due_date)) AS "scores of strangers",
      (SELECT count(*)::int FROM grading.mark m WHERE m.posted_on > $1::date) AS "marks posted ahead of time",
      (SELECT count(*)::int FROM people.person_phone WHERE number !~ '555 01[0-9][0-9]$') + (SELECT count(*)::int FROM people.person_email WHERE address !~ 'example[.]org$') AS "numbers and addresses that may be somebody's"`,
    [today, `${today} 10:30`],
  );
  return Object.fromEntries(Object.entries(found!).filter(([, count]) => count !== 0));
}

test("the same words make the same district, ids and times included; other words another one", { timeout: 60_000 }, async () => {
  await using again = await platformAt();
  again.clock.now = new Date("2027-03-01T12:00:00Z");
  expect(await seedDemoDistrict(again.orchestration, options)).toEqual(made);
  const rows = await everything(platform);
  expect(Object.keys(rows).length).toBeGreaterThan(70);
  expect(await everything(again)).toEqual(rows);
  const others = [options, { ...options, seed: 8 }, { ...options, students: 65 }, { ...options, years: 1 }, { ...options, events: false }, { ...options, today: "2026-10-15" }].map(demoDistrictId);
  expect(new Set(others).size).toBe(others.length);
  // In the same district beside the first one, and of other people.
  await seedDemoDistrict(again.orchestration, { ...options, seed: 8, events: false, years: 1 });
  const names = await again.sql<{ names: string }>("SELECT string_agg(family_name || given_name, ' ' ORDER BY id) AS names FROM people.person GROUP BY district_id");
  expect(names).toHaveLength(2);
  expect(names[0]!.names.slice(-500)).not.toBe(names[1]!.names.slice(-500));
  await expect(seedDemoDistrict(again.orchestration, options)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("timetables, rosters and records hold together, and deriving and counting anew changes nothing", { timeout: 60_000 }, async () => {
  expect(await faults(platform, options.today)).toEqual({});
  const before = await everything(platform);
  await platform.sql("SELECT set_config('osss.district', $1, false), set_config('osss.now', $2, false)", [made.districtId, now.toISOString()]);
  const derived = await platform.sql("SELECT d.* FROM schools.school s CROSS JOIN LATERAL academics.derive_meetings(s.district_id, s.id, '-infinity', 'infinity') d");
  expect(derived).toEqual(Array.from({ length: 4 }, () => ({ added: 0, changed: 0, cancelled: 0, removed: 0 })));
  await platform.sql("SELECT attendance.recount($1, array_agg(id), array_agg('-infinity'::date), array_agg(NULL::date)) FROM students.student", [made.districtId]);
  expect(await everything(platform)).toEqual(before);
});

test.each(["2026-08-05", "2027-06-30", "2028-02-29"])("it can be any day: %s", { timeout: 60_000 }, async (today) => {
  await using other = await platformAt();
  await seedDemoDistrict(other.orchestration, { ...options, students: fewestStudents, today });
  expect(await faults(other, today)).toEqual({});
  const count = async (from: string) => Number((await other.sql<{ n: string }>(`SELECT count(*) AS n FROM ${from}`))[0]!.n);
  expect(await count("academics.class_meeting")).toBeGreaterThan(5_000);
  expect(await count("grading.mark WHERE kind = 'TERM_FINAL'")).toBeGreaterThan(100);
  expect(await count("grading.issued_document")).toBeGreaterThan(20);
  // From March on the next year is planned.
  expect((await count("rostering.next_year_placement")) > 0).toBe(today === "2027-06-30");
});

test("its morning is under way: first hours are taken, later ones are not yet", async () => {
  const [today] = await platform.sql<Record<string, number>>(`SELECT count(*)::int AS meetings, count(s.id)::int AS taken, count(*) FILTER (WHERE m.start_time < '10:00' AND s.id IS NULL)::int AS open, count(s.id) FILTER (WHERE m.start_time > '10:30')::int AS early
    FROM academics.class_meeting m LEFT JOIN attendance.attendance_submission s ON s.class_meeting_id = m.id WHERE m.date = '2026-10-14'`);
  expect(today!["taken"]).toBeGreaterThan(10);
  expect(today!["open"]).toBeGreaterThan(0);
  expect(today!["early"]).toBe(0);
  const [days] = await platform.sql<Record<string, number>>("SELECT count(*) FILTER (WHERE status = 'CANCELLED')::int AS lost, count(*) FILTER (WHERE status = 'ADDED')::int AS added FROM schools.instructional_day WHERE date < '2026-08-01'");
  expect(days).toEqual({ lost: 16, added: 4 });
  const [share] = await platform.sql<{ absent: number }>("SELECT avg(counts_absent::int)::float AS absent FROM attendance.daily_attendance WHERE status <> 'UNKNOWN'");
  expect(share!.absent).toBeGreaterThan(0.03);
  expect(share!.absent).toBeLessThan(0.08);
});

test("more students get more schools of the same kinds; without events there are rosters and no days", { timeout: 120_000 }, async () => {
  await using large = await platformAt();
  await seedDemoDistrict(large.orchestration, { ...options, students: 2_300, years: 1, events: false });
  const [found] = await large.sql<Record<string, number>>(
    `SELECT (SELECT count(*) FROM schools.school)::int AS schools, (SELECT count(*) FROM students.student)::int AS students, (SELECT count(*) FROM academics.class_meeting)::int AS meetings,
      (SELECT count(*) FROM attendance.daily_attendance)::int AS facts, (SELECT count(*) FROM grading.score)::int AS scores, (SELECT min(n)::int FROM (SELECT count(*) AS n FROM academics.section GROUP BY school_id) s) AS sections,
      (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated)::int AS unchecked, (SELECT count(*) FROM journal.set_aside)::int AS "setAside"`,
  );
  expect(found).toMatchObject({ schools: 8, students: 2_300, meetings: 0, facts: 0, scores: 0, unchecked: 0, setAside: 0 });
  expect(found!["sections"]).toBeGreaterThan(10);
  const { "days without a fact": _, ...others } = await faults(large, options.today);
  expect(others).toEqual({});
});

test("every demo user but the newcomer is linked to a person; a new issuer links anew, the same one changes nothing", { timeout: 60_000 }, async () => {
  await using fresh = await platformAt();
  const host = { database: fresh.database, clock: () => fresh.clock.now };
  const said: string[] = [];
  const ensure = (issuer: string) => ensureDemoDistrict({ host, prefix: "osss_test", issuer, students: fewestStudents, say: (line) => said.push(line) });
  expect([await ensure("http://localhost:4000/realms/osss"), await ensure("http://localhost:4000/realms/osss")]).toEqual([true, false]);
  expect(said[0]).toMatch(/^Making a demo district of 50 students/);
  const linked = () => fresh.sql<{ username: string }>("SELECT username FROM platform.account WHERE archived_at IS NULL AND issuer = $1 ORDER BY 1", ["http://localhost:4001/realms/osss"]);
  expect(await fresh.sql("SELECT count(*)::int AS n FROM platform.account")).toEqual([{ n: linkedUsers.length }]);
  await ensure("http://localhost:4001/realms/osss");
  expect((await linked()).map(({ username }) => username)).toEqual(linkedUsers);
  expect(await fresh.sql("SELECT count(*)::int AS n FROM platform.account WHERE archived_at IS NOT NULL")).toEqual([{ n: linkedUsers.length }]);
});

test("who signs in sees what their place allows", { timeout: 60_000 }, async () => {
  const { districtId, persons } = made;
  expect(await linkDemoAccounts(platform.orchestration, { districtId, issuer: "test", users: demoRealm.users, persons })).toBe(linkedUsers.length);
  const seenBy = async (username: string) => {
    const user = demoRealm.users.find((one) => one.username === username)!;
    const [account] = await platform.sql<{ id: string; person_id: string }>("SELECT id, person_id FROM platform.account WHERE username = $1", [username]);
    const identity = identityOf({ issuer: "test", subject: user.id, accountId: account!.id, personId: account!.person_id, districtId, roles: user.realmRoles.filter((role): role is Role => Object.values<string>(Role).includes(role)) });
    const reply = await platform.call("students", identity, "{ students(first: 500) { nodes { sortName } } }");
    return ((reply.data as { students?: { nodes?: { sortName: string }[] } } | null)?.students?.nodes ?? []).map(({ sortName }) => sortName);
  };
  const all = Number((await platform.sql<{ n: string }>("SELECT count(*) AS n FROM students.student"))[0]!.n);
  expect((await seenBy("parent")).sort()).toEqual(["Iwu, Adaeze", "Iwu, Chidi", "Iwu, Obi"]);
  expect(await seenBy("student")).toEqual(["Bellweather, Noor"]);
  expect(await seenBy("nurse-parent")).toContain("Quispe, Mateo");
  expect(all).toBeGreaterThan(64);
  expect((await seenBy("superintendent")).length).toBe(all);
  expect(await seenBy("principal")).not.toContain("Quispe, Mateo");
  expect((await seenBy("principal")).length).toBeGreaterThan(5);
  expect(await seenBy("auditor")).toEqual([]);
  // The teacher sees who dropped her section a week ago; her colleague's child is no pupil of hers.
  expect(await seenBy("teacher")).toEqual(expect.arrayContaining(["Bellweather, Noor", "Westerby, Eamon"]));
  const taughtByTheMother = await seenBy("teacher-parent");
  expect(taughtByTheMother).toContain("Strandquist, Bram");
  expect(taughtByTheMother.length).toBeGreaterThan(3);
  for (const username of ["substitute", "co-teacher", "principal-teacher", "case-manager", "counselor-parent"]) expect((await seenBy(username)).length, username).toBeGreaterThan(0);
});
