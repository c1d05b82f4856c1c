import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { uuidv7 } from "#foundation/record/uuid";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../registry.ts";
import { installedDistricts } from "../../rostering/districts.ts";
import { people, students } from "../../rostering/domains.ts";
import { importRoster, type ImportResult } from "../../rostering/import/import-roster.ts";
import { edited, fixture, folderOf } from "../../rostering/oneroster/fixtures/build-package.ts";
import { readRoster } from "../../rostering/oneroster/roster.ts";

const district = { id: uuidv7(), code: "HARBOR", name: "Harbor Unified", timeZone: "America/Los_Angeles" };
let platform: TestPlatform;
let files: Record<string, string>;
beforeEach(async () => {
  platform = await testPlatform({ manifests: await allManifests(), now: new Date("2024-10-02T18:00:00Z") });
  files = await fixture("district-v1p1");
});
afterEach(() => platform[Symbol.asyncDispose]());

async function load(of: Record<string, string>, options: { isNew?: boolean; dryRun?: boolean } = {}): Promise<ImportResult> {
  const bundle = await readRoster(await folderOf(of));
  if (bundle.outcome !== "read") throw new Error(bundle.deviations.map(({ message }) => message).join("\n"));
  return importRoster(platform.orchestration, { bundle, source: "harbor", district: { ...district, isNew: options.isNew ?? false }, dryRun: options.dryRun ?? false });
}

const enrollments = () =>
  platform.sql(`SELECT p.given_name AS who, s.name AS school, g.code AS grade, e.kind, e.entry_date::text AS entry, e.exit_date::text AS exit
    FROM students.school_enrollment e JOIN students.student t ON t.id = e.student_id JOIN people.person p ON p.id = t.person_id
    JOIN schools.school s ON s.id = e.school_id LEFT JOIN schools.grade_level g ON g.id = e.grade_level_id WHERE e.archived_at IS NULL ORDER BY 1, 5, 2`);
const rows = async (table: string) => Number((await platform.sql<{ n: string }>(`SELECT count(*) AS n FROM ${table}`))[0]!.n);
const personId = async (givenName: string) => (await platform.sql<{ id: string }>("SELECT id FROM people.person WHERE given_name = $1", [givenName]))[0]!.id;

test("a package becomes a district: schools, years, people, students, and contacts without any right", async () => {
  const result = await load(files, { isNew: true });
  expect(result.counts).toMatchObject({ School: { CREATED: 2 }, SchoolYear: { CREATED: 1 }, Term: { CREATED: 2 }, Person: { CREATED: 7 }, Student: { CREATED: 2 }, SchoolEnrollment: { CREATED: 2 }, StudentContact: { CREATED: 3 } });
  expect(result.counts).toMatchObject({ Course: { CREATED: 2 }, Section: { CREATED: 2 }, SectionTerm: { CREATED: 2 }, SectionEnrollment: { CREATED: 3 }, TeachingAssignment: { CREATED: 2 } });
  expect(await enrollments()).toEqual([
    { who: "Ada", school: "Tidewater High", grade: "09", kind: "PRIMARY", entry: "2024-08-19", exit: null },
    { who: "Ben", school: "Lantern Elementary", grade: "03", kind: "PRIMARY", entry: "2024-08-19", exit: null },
  ]);
  expect(await platform.sql("SELECT DISTINCT status, education_rights OR portal_access OR lives_with OR mailings OR pick_up OR decision_making AS any_right FROM students.student_contact")).toEqual([{ status: "PROPOSED", any_right: false }]);
  expect(await platform.sql("SELECT d.role, s.code FROM people.duty_assignment d LEFT JOIN schools.school s ON s.id = d.school_id ORDER BY 1, 2")).toEqual([
    { role: "STAFF", code: null }, { role: "TEACHER", code: "9001-1" }, { role: "TEACHER", code: "9001-2" },
  ]);
  expect(await platform.sql("SELECT student_number FROM students.student ORDER BY 1")).toEqual([{ student_number: "700001" }, { student_number: "700002" }]);
  expect(await platform.sql("SELECT state_id FROM students.student_identifiers")).toEqual([{ state_id: "700001" }]);
  expect(await platform.sql("SELECT DISTINCT operation FROM journal.audit_entry")).toEqual([{ operation: "import oneroster" }]);
});

test("the same package again changes nothing, and leaves no trace in the audit log", async () => {
  await load(files, { isNew: true });
  const before = await rows("journal.audit_entry");
  const second = await load(files);
  expect([second.changed, second.counts, second.vanished]).toEqual([0, {}, 0]);
  expect(await rows("journal.audit_entry")).toBe(before);
});

test("a dry run tells the changes and makes none", async () => {
  expect((await load(files, { isNew: true, dryRun: true })).counts).toMatchObject({ Person: { CREATED: 7 } });
  expect(await rows("people.person") + (await rows("journal.audit_entry")) + (await rows("rostering.external_identifier"))).toBe(0);
});

test("what the source changed is changed: a move, a grade, an address, a name", async () => {
  await load(files, { isNew: true });
  platform.clock.now = new Date("2024-11-05T18:00:00Z");
  let later = edited(files, "users.csv", "u-ben,,,false,s1", "u-ben,,,false,s2");
  later = edited(later, "enrollments.csv", "s1,u-ben,student", "s1,u-ben,proctor");
  later = edited(later, "users.csv", '"u-lea,u-jon",09,', '"u-lea,u-jon",10,');
  later = edited(later, "users.csv", "ada@harbor.example", "ada.moreau@harbor.example");
  later = edited(later, "users.csv", "Lea,Moreau", "Lea,Moreau-Reed");
  expect((await load(later)).counts).toMatchObject({ Person: { UPDATED: 1 }, PersonEmail: { UPDATED: 1 }, SchoolEnrollment: { UPDATED: 2, CREATED: 2 } });
  expect(await enrollments()).toEqual([
    { who: "Ada", school: "Tidewater High", grade: "09", kind: "PRIMARY", entry: "2024-08-19", exit: "2024-11-05" },
    { who: "Ada", school: "Tidewater High", grade: "10", kind: "PRIMARY", entry: "2024-11-05", exit: null },
    { who: "Ben", school: "Lantern Elementary", grade: "03", kind: "PRIMARY", entry: "2024-08-19", exit: "2024-11-05" },
    { who: "Ben", school: "Tidewater High", grade: "03", kind: "PRIMARY", entry: "2024-11-05", exit: null },
  ]);
  expect((await load(later)).changed).toBe(0);
});

test("what the district settled itself stays when the source changes", async () => {
  await load(files, { isNew: true });
  const [ada, ngozi] = [await personId("Ada"), await personId("Ngozi")];
  await platform.write(district.id, async (across) => {
    await across.in("people", async (session) => {
      people.changePerson(session, (await people.personsById(session, [ada]))[0]!, { preferredGivenName: "Addie" });
      people.changePhone(session, (await people.phonesOf(session, [ngozi]))[0]!, { confidential: true });
      people.changeEmail(session, (await people.emailsOf(session, [ada]))[0]!, { address: "ada@corrected.example" });
    });
    await across.in("students", async (session) => {
      const [ben] = await students.studentsByNumber(session, ["700002"]);
      for (const contact of await students.contactsOf(session, [ben!.id])) students.changeContact(session, contact, { status: "CONFIRMED", educationRights: true, portalAccess: true, relationship: "LEGAL_GUARDIAN" });
    });
  });
  let later = edited(files, "users.csv", "Ada,Moreau,Lise", "Ada,Moreau,Louise");
  later = edited(later, "users.csv", "555-0103", "555-0104");
  later = edited(later, "users.csv", "{Local:12},Ben,Okafor,,700002,,,,u-ngozi", "{Local:12},Ben,Okafor,,700002,,,,");
  await load(later);
  expect(await platform.sql("SELECT middle_name, preferred_given_name FROM people.person WHERE given_name = 'Ada'")).toEqual([{ middle_name: "Louise", preferred_given_name: "Addie" }]);
  expect(await platform.sql("SELECT number, confidential FROM people.person_phone WHERE person_id = $1", [ngozi])).toEqual([{ number: "555-0104", confidential: true }]);
  expect(await platform.sql("SELECT address FROM people.person_email WHERE person_id = $1", [ada])).toEqual([{ address: "ada@corrected.example" }]);
  expect(await platform.sql("SELECT status, education_rights, relationship, archived_at FROM students.student_contact WHERE person_id = $1", [ngozi])).toEqual([
    { status: "CONFIRMED", education_rights: true, relationship: "LEGAL_GUARDIAN", archived_at: null },
  ]);
});

test("a student whom the office had entered is found by the number, not doubled", async () => {
  await platform.write(district.id, async (across) => {
    const id = await across.in("people", async (session) => people.addPerson(session, { givenName: "Adaline", familyName: "Moreau" }));
    await across.in("students", async (session) => students.addStudent(session, { personId: id, studentNumber: "700001" }));
  });
  expect((await load(files, { isNew: true })).counts).toMatchObject({ Student: { CREATED: 1 }, Person: { CREATED: 6, UPDATED: 1 } });
  expect(await platform.sql("SELECT given_name, middle_name FROM people.person WHERE family_name = 'Moreau' ORDER BY 1")).toEqual([{ given_name: "Adaline", middle_name: "Lise" }, { given_name: "Lea", middle_name: null }]);
});

test("a teacher whom the package no longer names keeps the record and loses the duty", async () => {
  await load(files, { isNew: true });
  platform.clock.now = new Date("2025-01-10T18:00:00Z");
  const without = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, text.split("\n").filter((line) => !line.includes("u-ito")).join("\n")]));
  const result = await load(without);
  expect([result.vanished, result.counts]).toEqual([1, { DutyAssignment: { UPDATED: 2 }, TeachingAssignment: { UPDATED: 2 } }]);
  expect(await platform.sql("SELECT DISTINCT to_date::text AS ended FROM people.duty_assignment WHERE role = 'TEACHER'")).toEqual([{ ended: "2025-01-10" }]);
  expect((await load(without)).changed).toBe(0);
  await load(files);
  expect(await platform.sql("SELECT count(*)::int AS open FROM people.duty_assignment WHERE role = 'TEACHER' AND to_date IS NULL")).toEqual([{ open: 2 }]);
});

test("only the bare login learns which districts there are", async () => {
  await load(files, { isNew: true });
  expect(await installedDistricts(platform.database)).toEqual([district]);
  const elsewhere = await platform.write(uuidv7(), (across) => across.in("people", async ({ db }) => (await sql`SELECT * FROM access.installed_districts()`.execute(db as never)).rows));
  expect(elsewhere).toEqual([]);
});

test("while one import runs, another into the district is refused in words", async () => {
  const client = await platform.database.pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(7203115, hashtext($1))", [district.code]);
    await expect(load(files, { isNew: true })).rejects.toThrow(/Another import into the district HARBOR is running\. Wait/);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
  expect(await rows("people.person")).toBe(0);
});
