import { createHash } from "node:crypto";
import { PassThrough } from "node:stream";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { anonymous, identityOf } from "#foundation/identity/identity";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { seedDemoDistrict } from "../seed/seed-demo-district.ts";
import { allManifests } from "../../registry.ts";
import { people, students } from "../../rostering/domains.ts";
import { describeDeviations } from "../../rostering/oneroster/describe-deviations.ts";
import { readRoster } from "../../rostering/oneroster/roster.ts";
import { exportRoster } from "../../rostering/export/export-roster.ts";
import { inSnapshot } from "../../rostering/export/export-snapshot.ts";
import { wholeDistrict, type ExportScope } from "../../rostering/export/scope.ts";
import { exported } from "../../rostering/export/testing/exported.ts";
import { zipStreamSink } from "../../rostering/export/zip-sink.ts";

const moment = new Date("2026-10-14T18:00:00Z");
let platform: TestPlatform;
let district: string;
beforeAll(async () => {
  platform = await testPlatform({ manifests: await allManifests(), now: moment });
  district = (await seedDemoDistrict(platform.orchestration, { students: 60, seed: 1, today: "2026-10-14", timeZone: "America/Chicago" })).districtId;
}, 120_000);
afterAll(() => platform[Symbol.asyncDispose]());
// The seed is of half past ten; what a test changes is of later.
let minute = 0;
beforeEach(() => {
  minute += 1;
  platform.clock.now = new Date(moment.getTime() + minute * 60_000);
});

const vendor: ExportScope = { ...wholeDistrict, categories: new Set(["ROSTER"]), whole: false };
const one = async <T extends Record<string, unknown>>(text: string, ...values: unknown[]): Promise<T> => (await platform.sql<T>(text, values))[0]!;
const learner = (offset = 0) => one<{ id: string; person: string; school: string }>(
  `SELECT s.id, s.person_id AS person, e.school_id AS school FROM students.student s JOIN students.school_enrollment e ON e.student_id = s.id
   WHERE e.archived_at IS NULL AND e.kind = 'PRIMARY' AND NOT e.no_show AND e.entry_date < '2026-10-01' AND e.exit_date IS NULL AND NOT EXISTS (SELECT 1 FROM students.directory_opt_out o WHERE o.student_id = s.id) ORDER BY s.id OFFSET $1 LIMIT 1`, offset);

test("an audience gets its categories and no others: nothing of demographics, families, scores, numbers and addresses of students", async () => {
  const { faults, modes, rows } = await exported(platform, district, { scope: vendor });
  expect(faults).toEqual([]);
  expect([modes.demographics, modes.categories, modes.lineItems, modes.results, modes.enrollments]).toEqual(["absent", "absent", "absent", "absent", "bulk"]);
  const learners = new Set(rows("roles").filter(({ role }) => role === "student").map(({ userSourcedId }) => userSourcedId));
  const told = rows("users").filter(({ sourcedId }) => learners.has(sourcedId));
  expect(told.length).toBeGreaterThan(50);
  expect(told.filter(({ email, phone, sms, userIds, agentSourcedIds }) => email !== "" || phone !== "" || sms !== "" || userIds !== "" || agentSourcedIds !== "")).toEqual([]);
  expect(new Set(rows("roles").map(({ role }) => role))).toEqual(new Set(["student", "teacher", "principal", "counselor", "aide", "siteAdministrator", "districtAdministrator", "systemAdministrator"]));
});

test("a student who opted out is left out of directory information, and stays where the basis is another; no file names her as gone", async () => {
  const { id, person } = await learner();
  await platform.write(district, (across) => across.in("students", async (session) => students.addDirectoryOptOut(session, { student: id, audience: "RECRUITERS", fromDate: "2026-10-01" })));
  const directory = (audience: string): ExportScope => ({ ...wholeDistrict, whole: false, directory: { audience, fields: new Set(["NAME", "SCHOOL", "BIRTH_DATE"]) } });
  const recruiters = await exported(platform, district, { scope: directory("RECRUITERS") });
  expect(recruiters.faults).toEqual([]);
  expect(Object.values(recruiters.files).flat().filter((row) => Object.values(row).some((cell) => cell.includes(person)))).toEqual([]);
  expect(recruiters.result.students).not.toContain(id);
  expect((await exported(platform, district, { scope: directory("PUBLIC") })).row("users", person)).toBeDefined();
  expect((await exported(platform, district, { scope: vendor })).row("users", person)).toBeDefined();
  await expect(exported(platform, district, { scope: directory("RECRUITERS"), since: new Date("2026-10-01T00:00:00Z") })).rejects.toThrow(/each export is whole/);
});

test("directory information is of students alone, has the listed fields and no others, and no ids but ours", async () => {
  const { faults, files, rows } = await exported(platform, district, { speaks: null, scope: { ...wholeDistrict, whole: false, directory: { audience: "PUBLIC", fields: new Set(["NAME", "GRADE_LEVEL"]) } } });
  expect(faults).toEqual([]);
  expect(Object.keys(files).sort()).toEqual(["academicSessions", "orgs", "users"]);
  const numbers = new Set((await platform.sql<{ n: string }>("SELECT student_number AS n FROM students.student")).map(({ n }) => n));
  expect(rows("users").length).toBeGreaterThan(50);
  expect(rows("users").filter((row) => row.username !== row.sourcedId || row.grades === "" || ["identifier", "email", "sms", "phone", "agentSourcedIds", "userIds", "primaryOrgSourcedId", "pronouns"].some((name) => row[name] !== "") || Object.values(row).some((cell) => numbers.has(cell)))).toEqual([]);
  const dated = await exported(platform, district, { scope: { ...wholeDistrict, whole: false, directory: { audience: "PUBLIC", fields: new Set(["NAME", "SCHOOL", "BIRTH_DATE"]) } } });
  expect(dated.rows("roles").every(({ role, beginDate, endDate }) => role === "student" && beginDate === "" && endDate === "")).toBe(true);
  expect(new Set(dated.rows("demographics").flatMap((row) => Object.keys(row).filter((name) => row[name] !== "")))).toEqual(new Set(["sourcedId", "birthDate"]));
});

test("an agreement for one school tells of that school", async () => {
  const { school, person } = await learner();
  const { faults, rows, row } = await exported(platform, district, { scope: { ...wholeDistrict, schools: [school], whole: false } });
  expect(faults).toEqual([]);
  expect(rows("orgs").filter(({ type }) => type === "school").map(({ sourcedId }) => sourcedId)).toEqual([school]);
  expect(new Set([...rows("classes"), ...rows("enrollments"), ...rows("lineItems")].map(({ schoolSourcedId }) => schoolSourcedId))).toEqual(new Set([school]));
  expect(row("users", person)).toBeDefined();
  expect(rows("roles").filter(({ role }) => role === "districtAdministrator")).toEqual([]);
  const elsewhere = await platform.sql<{ person: string }>(
    "SELECT s.person_id AS person FROM students.student s WHERE NOT EXISTS (SELECT 1 FROM students.school_enrollment e WHERE e.student_id = s.id AND e.school_id = $1)", [school]);
  expect(elsewhere.filter(({ person: id }) => rows("users").some(({ sourcedId }) => sourcedId === id))).toEqual([]);
});

test("what is confidential never leaves, and only confirmed contacts with the right to the record are told to others", async () => {
  const { id, person } = await learner(2);
  await platform.write(district, async (across) => {
    const ids = await across.in("people", async (session) => {
      const add = (givenName: string) => people.addPerson(session, { givenName, familyName: "Testa" });
      const made = { right: add("Right"), proposed: add("Proposed"), hidden: add("Hidden"), ordered: add("Ordered"), none: add("None") };
      people.addPhone(session, { person: made.right, number: "555-0001", kind: "MOBILE", confidential: true });
      people.addPhone(session, { person: made.right, number: "555-0002", kind: "WORK" });
      people.addEmail(session, { person: made.right, address: "unlisted@example.org", kind: "PERSONAL", confidential: true });
      return made;
    });
    await across.in("students", async (session) => {
      const list = (personId: string, values: object) => students.addContact(session, { student: id, personId, relationship: "MOTHER", status: "CONFIRMED", educationRights: true, fromDate: "2026-08-01", ...values });
      list(ids.right, {});
      list(ids.proposed, { status: "PROPOSED" });
      list(ids.hidden, { confidential: true });
      list(ids.ordered, {});
      list(ids.none, { educationRights: false });
      students.addCourtOrder(session, { student: id, personId: ids.ordered, kind: "CUSTODY", restrictsEducation: true, fromDate: "2026-09-01" });
    });
  });
  const names = ({ rows }: { rows: (file: string) => readonly Readonly<Record<string, string>>[] }) => rows("users").filter(({ familyName }) => familyName === "Testa").map(({ givenName }) => givenName).sort();
  const others = await exported(platform, district, { scope: { ...wholeDistrict, whole: false } });
  expect(others.faults).toEqual([]);
  expect(names(others)).toEqual(["Right"]);
  expect(others.rows("users").find(({ givenName, familyName }) => givenName === "Right" && familyName === "Testa")).toMatchObject({ sms: "", phone: "555-0002", email: "" });
  expect(others.row("users", person)!.agentSourcedIds).toContain(others.rows("users").find(({ familyName }) => familyName === "Testa")!.sourcedId);
  expect(names(await exported(platform, district))).toEqual(["None", "Ordered", "Proposed", "Right"]);
});

test("the whole district: strict by an independent reader, and without a word by our own", async () => {
  const { faults, folder, rows, modes, result } = await exported(platform, district);
  expect(faults).toEqual([]);
  expect(Object.values(modes).filter((mode) => mode === "bulk")).toHaveLength(11);
  const read = await readRoster(folder);
  expect([read.outcome, describeDeviations(read)]).toEqual(["read", ""]);
  const counted = async (text: string) => (await one<{ n: number }>(`SELECT count(*)::int AS n FROM ${text}`)).n;
  expect(rows("orgs")).toHaveLength(await counted("(SELECT id FROM schools.school UNION ALL SELECT id FROM schools.organization) o"));
  expect(rows("enrollments").filter(({ role }) => role === "student")).toHaveLength(await counted(
    `academics.section_enrollment e JOIN academics.section s ON s.id = e.section_id JOIN schools.school_year y ON y.id = s.school_year_id AND y.status <> 'CLOSED'
     WHERE e.archived_at IS NULL AND (e.to_date IS NULL OR e.to_date > '2026-10-14') AND EXISTS (SELECT 1 FROM students.school_enrollment n WHERE n.student_id = e.student_id AND n.archived_at IS NULL AND NOT n.no_show AND (n.exit_date IS NULL OR n.exit_date > '2026-10-14'))`));
  expect(result.students).toHaveLength(new Set(rows("roles").filter(({ role }) => role === "student").map(({ userSourcedId }) => userSourcedId)).size);
  expect(rows("academicSessions").filter(({ type }) => type === "schoolYear").map(({ startDate, endDate, schoolYear }) => [startDate, endDate, schoolYear])).toEqual([["2026-08-01", "2027-08-01", "2027"], ["2027-08-01", "2028-08-01", "2028"]]);
  const mains = rows("enrollments").filter(({ primary }) => primary === "true").map(({ classSourcedId }) => classSourcedId);
  expect(new Set(mains).size).toBe(mains.length);
});

test("equal data give equal bytes", async () => {
  const zipped = async () => {
    const hash = createHash("sha256");
    const stream = new PassThrough();
    stream.on("data", (chunk: Buffer) => hash.update(chunk));
    const sink = zipStreamSink(stream);
    await inSnapshot(platform.orchestration, identityOf({ ...anonymous, districtId: district }), (db) => exportRoster(db, { scope: wholeDistrict, since: null, speaks: null, systemName: "OSSS" }, sink));
    await sink.finish();
    return hash.digest("hex");
  };
  expect(await zipped()).toBe(await zipped());
});

test("since a moment: what changed as active, what is over as to be deleted, and nothing else", async () => {
  const before = new Date(platform.clock.now.getTime() - 1);
  const [renamed, left] = [await learner(4), await learner(6)];
  await platform.write(district, async (across) => {
    await across.in("people", async (session) => people.changePerson(session, (await people.personsById(session, [renamed.person]))[0]!, { preferredGivenName: "Robin" }));
    await across.in("students", async (session) => {
      for (const enrollment of await students.enrollmentsOf(session, [left.id])) if ((enrollment.exitDate ?? null) === null) students.changeEnrollment(session, enrollment, { exitDate: "2026-10-14" });
    });
  });
  const { faults, modes, rows, row } = await exported(platform, district, { since: before });
  expect(faults).toEqual([]);
  expect(modes).toMatchObject({ users: "delta", roles: "delta", orgs: "absent", courses: "absent" });
  expect(row("users", renamed.person)).toMatchObject({ status: "active", preferredGivenName: "Robin", dateLastModified: platform.clock.now.toISOString() });
  expect(row("users", left.person)).toMatchObject({ status: "tobedeleted", identifier: "", email: "" });
  expect(rows("roles").filter(({ userSourcedId }) => userSourcedId === left.person)).toMatchObject([{ status: "tobedeleted", role: "student" }]);
  expect(rows("enrollments").filter(({ status }) => status !== "tobedeleted")).toEqual([]);
  expect(rows("users").filter(({ status }) => status === "active").map(({ sourcedId }) => sourcedId)).toEqual([renamed.person]);
  const nothing = await exported(platform, district, { since: new Date(platform.clock.now.getTime() + 1) });
  expect([nothing.faults, Object.keys(nothing.files)]).toEqual([[], []]);
});
