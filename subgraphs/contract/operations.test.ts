import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, newDistrict, rowCounts, statementsOf, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { trialAcademics } from "#foundation/testing/test-domain/academics/subgraph";
import { trialAttendance } from "#foundation/testing/test-domain/attendance/subgraph";
import { testPlatform } from "#foundation/testing/test-platform";
import { runAcrossDomains } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import type { OsssError } from "#foundation/errors/errors";
import { AttendanceEvent } from "#foundation/testing/test-domain/attendance/attendance-event";
import { registry } from "../registry.ts";
import { reaches } from "./reaches.ts";
import { recipes } from "./recipes.ts";

/** What operations, computed fields, lookups and agreeing stamps promise to every domain, on the small domain of the tests. */
const base = await Promise.all(["schools", "people", "students", "platform"].map((name) => registry[name]!()));
let contract: Contract;
beforeAll(async () => {
  contract = { platform: await testPlatform({ manifests: [...base, trialAcademics, trialAttendance] }), recipes, reaches };
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const call = (identity: Identity, document: string, variables: Record<string, unknown> = {}, key?: string) => contract.platform.call("trial_attendance", identity, document, variables, key);

/** Two schools, each with a section of three students, its teacher and its clerk. */
async function classroom() {
  const make = newDistrict(contract);
  const at = [make.a("School"), make.a("School")].map((schoolId) => {
    const section = make.a("Section", { schoolId });
    const students = [1, 2, 3].map(() => make.a("Student"));
    for (const studentId of students) {
      make.a("SchoolEnrollment", { student: studentId, schoolId });
      make.a("RosterEntry", { studentId, section, fromDate: "2026-08-20", toDate: null });
    }
    const personId = make.a("Person");
    make.a("SectionTeacher", { section, personId });
    const duty = (role: Role) => signedIn(make, reaches.at_school_school!(make, schoolId, { role }), [role, Role.Staff]);
    return { schoolId, section, students, meeting: make.a("ClassMeeting", { section, date: "2026-10-14" }), teacher: signedIn(make, { personId }, [Role.Teacher]), clerk: duty(Role.AttendanceClerk), principal: duty(Role.Principal) };
  });
  const parent = signedIn(make, reaches.guardian_student!(make, at[0]!.students[0]!, { role: Role.Parent }), [Role.Parent]);
  const code = make.a("AttendanceCode");
  await make.save();
  return { make, here: at[0]!, there: at[1]!, parent, code };
}

const take = `mutation($input: TakeWholeClassInput!, $dryRun: Boolean! = false) { out: takeWholeClass(input: $input, dryRun: $dryRun) { record { id minutesMissed } changes { field } } }`;
const absence = (studentId: string, more: object = {}) => ({ studentId, ...more });

describe("an operation with nested inputs", () => {
  it("names each problem by its place in the input, all at once, and writes nothing", async () => {
    const { here, code } = await classroom();
    const before = await rowCounts(contract.platform);
    const reply = await call(here.teacher, take, { input: { classMeetingId: here.meeting, codeId: code, absences: [absence(here.students[0]!), absence("no id", { minutesMissed: 601, mark: "too long" })], expected: ["nor this"] } });
    expect(codeOf(reply)).toBe("VALIDATION_FAILED");
    expect((reply.errors![0]!.extensions!.fields as { path: string }[]).map((f) => f.path)).toEqual(["input.absences.1.studentId", "input.absences.1.minutesMissed", "input.absences.1.mark", "input.expected"]);
    const many = await call(here.teacher, take, { input: { classMeetingId: here.meeting, codeId: code, absences: Array.from({ length: 1_001 }, () => absence(here.students[0]!)) } });
    expect((many.errors![0]!.extensions!.fields as { path: string }[])[0]!.path).toBe("input.absences");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("is refused before it writes for the district to whom its rule does not hold", async () => {
    const { here, there, code } = await classroom();
    const before = await rowCounts(contract.platform);
    for (const [identity, meeting, student] of [[there.teacher, here.meeting, here.students[0]!], [there.clerk, here.meeting, here.students[0]!]] as const) {
      expect(codeOf(await call(identity, take, { input: { classMeetingId: meeting, codeId: code, absences: [absence(student)] } }))).toBe("FORBIDDEN");
    }
    expect(codeOf(await call(here.teacher, take, { input: { classMeetingId: here.meeting, codeId: code, absences: [absence(there.students[0]!)] } }))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("finds no row that its caller may not read, unless it says why it looks past her rows", async () => {
    const { here, there, code } = await classroom();
    dataOf(await call(here.teacher, take, { input: { classMeetingId: here.meeting, codeId: code, absences: here.students.map((s) => absence(s)) } }));
    const events = await contract.platform.sql<{ id: string }>("SELECT id FROM trial_attendance.attendance_event WHERE class_meeting_id = $1 ORDER BY id", [here.meeting]);
    const ids = events.map(({ id }) => id);
    const as = <T>(identity: Identity, work: (session: WriteSession) => Promise<T>) =>
      runAcrossDomains(contract.platform.orchestration, { operation: "test", districtId: identity.districtId!, identity, dryRun: true }, (across) => across.in("trial_attendance", work)).then(({ result }) => result);
    const because = "the test asks for any row";
    const outcomeOf = (promise: Promise<unknown>) => promise.then(() => "found", (error: OsssError) => error.code);
    for (const [identity, found] of [[here.clerk, "found"], [there.clerk, "NOT_FOUND"]] as const) {
      expect(await outcomeOf(as(identity, (session) => session.get(AttendanceEvent, ids[0]!)))).toBe(found);
      expect(await outcomeOf(as(identity, (session) => session.get(AttendanceEvent, ids[0]!, 99)))).toBe(found === "found" ? "STALE_VERSION" : found);
      expect(await outcomeOf(as(identity, (session) => session.getAll(AttendanceEvent, ids)))).toBe(found);
      expect(await outcomeOf(as(identity, (session) => session.requireVisible(AttendanceEvent, ids[0]!)))).toBe(found);
      expect((await as(identity, (session) => session.find(AttendanceEvent, ids[0]!)))?.id).toBe(found === "found" ? ids[0] : undefined);
      expect((await as(identity, (session) => session.elevated(because).getAll(AttendanceEvent, ids))).map(({ id }) => id)).toEqual(ids);
    }
  });

  it("fills in the declared defaults, as a dry run too, and a replay writes nothing", async () => {
    const { here, code } = await classroom();
    const input = { classMeetingId: here.meeting, codeId: code, absences: here.students.slice(0, 2).map((s) => absence(s)) };
    const dry = dataOf<{ out: { record: null; changes: { field: string }[] } }>(await call(here.teacher, take, { input, dryRun: true })).out;
    expect([dry.record, dry.changes.filter((c) => c.field === "minutesMissed").length]).toEqual([null, 2]);
    const first = dataOf<{ out: { record: { minutesMissed: number } } }>(await call(here.teacher, take, { input }, "once")).out;
    expect(first.record.minutesMissed).toBe(50);
    const before = await rowCounts(contract.platform);
    expect(dataOf(await call(here.teacher, take, { input }, "once")).out).toEqual(first);
    expect(await rowCounts(contract.platform)).toEqual(before);
    expect(codeOf(await call(here.teacher, take, { input: { ...input, absences: [] } }, "once"))).toBe("CONFLICT");
  });

  it("that meets a deadlock is run again, and nobody hears of it", async () => {
    const { here, code } = await classroom();
    const take3 = () => Promise.all(here.students.map((s) => call(here.clerk, take, { input: { classMeetingId: here.meeting, codeId: code, absences: [absence(s)] } })));
    for (const reply of await take3()) dataOf(reply);
    expect((await contract.platform.sql<{ n: number }>("SELECT count(*)::int AS n FROM trial_attendance.attendance_event WHERE class_meeting_id = $1", [here.meeting]))[0]!.n).toBe(3);
  });
});

describe("a computed field", () => {
  const ask = `query($schools: [_Any!]!) { schools: _entities(representations: $schools) { ... on School { id missed(since: "2026-10-01") { minutes students } } } }`;

  const both = (...at: { schoolId: string }[]) => ({ schools: at.map(({ schoolId }) => ({ __typename: "School", id: schoolId })) });

  it("tells a group's figure only to those whose reach covers the group", async () => {
    const { here, there, parent, code } = await classroom();
    dataOf(await call(here.teacher, take, { input: { classMeetingId: here.meeting, codeId: code, absences: here.students.map((s) => absence(s)) } }));
    const reply = await call(here.principal, ask, both(here, there));
    expect((reply.data as { schools: unknown }).schools).toEqual([{ id: here.schoolId, missed: { minutes: 150, students: 3 } }, { id: there.schoolId, missed: null }]);
    expect(reply.errors!.map((e) => [e.path!.join("."), e.extensions!.code])).toEqual([["schools.1.missed", "FORBIDDEN"]]);
    // Her child's figure is never the school's.
    const told = await call(parent, ask, both(here, there));
    expect((told.data as { schools: { missed: unknown }[] }).schools.map((s) => s.missed)).toEqual([null, null]);
    expect(codeOf(await call(here.teacher, ask, both(here, there)))).toBe("FORBIDDEN");
  });

  it("is answered for all parents in one statement", async () => {
    const { here, code } = await classroom();
    dataOf(await call(here.teacher, take, { input: { classMeetingId: here.meeting, codeId: code, absences: here.students.map((s) => absence(s)) } }));
    const list = (first: number) => `{ attendanceEvents(first: ${first}) { nodes { id quarterHours } } }`;
    const nodes = dataOf<{ attendanceEvents: { nodes: { quarterHours: number }[] } }>(await call(here.principal, list(3))).attendanceEvents.nodes;
    expect(nodes.map((n) => n.quarterHours)).toEqual([4, 4, 4]);
    const [one, three] = [await statementsOf(contract.platform, () => call(here.principal, list(1))), await statementsOf(contract.platform, () => call(here.principal, list(3)))];
    expect(three.length).toBe(one.length);
  });
});

describe("a stamp that agrees", () => {
  it("is refused when it is another one's, with a sentence", async () => {
    const { make, here, there } = await classroom();
    const registrar = signedIn(make, reaches.district_office!(make, "", { role: Role.Registrar }), [Role.Registrar, Role.Staff]);
    await make.save();
    const create = `mutation($section: ID!, $school: ID!) { out: createClassMeeting(input: { sectionId: $section, schoolId: $school, date: "2026-10-15" }) { record { id } } }`;
    const lying = await contract.platform.call("trial_academics", registrar, create, { section: here.section, school: there.schoolId });
    expect(codeOf(lying)).toBe("VALIDATION_FAILED");
    expect(lying.errors![0]!.message).toContain("do not belong together");
    dataOf(await contract.platform.call("trial_academics", registrar, create, { section: here.section, school: here.schoolId }));
  });
});

describe("a lookup", () => {
  it("is closed to other domains' roles, and sees its own district alone", async () => {
    const { here, there } = await classroom();
    const { roles } = contract.platform.orchestration;
    const client = await contract.platform.database.pool.connect();
    const asked = async (role: string, district: string) => {
      await client.query("BEGIN");
      try {
        await client.query("SELECT set_config('osss.district', $1, true), set_config('role', $2, true)", [district, role]);
        return (await client.query("SELECT * FROM lookup.trial_attendance_roster($1)", [here.meeting])).rowCount;
      } catch (error) {
        return (error as { code: string }).code;
      } finally {
        await client.query("ROLLBACK");
      }
    };
    try {
      const district = here.teacher.districtId!;
      expect(await asked(roles.mixed("trial_attendance"), district)).toBe(3);
      expect(await asked(roles.mixed("trial_attendance"), there.students[0]!)).toBe(0);
      for (const role of [roles.mixed("students"), roles.elevated("people"), "none"]) expect(await asked(role, district), role).toBe("42501");
    } finally {
      client.release();
    }
  });
});
