import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadManifest } from "#foundation/federation/load-manifest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { differencesFromDerived } from "#foundation/persistence/derived-differences";
import { pendingDifference } from "#foundation/persistence/migrate";
import { describeReading } from "#foundation/testing/contract-access";
import { describeConnections } from "#foundation/testing/contract-connections";
import { describeKeys } from "#foundation/testing/contract-keys";
import { describeLists } from "#foundation/testing/contract-lists";
import { describeWriting } from "#foundation/testing/contract-writes";
import { codeOf, dataOf, journalOf, newDistrict, rowCounts, type Contract } from "#foundation/testing/contract";
import type { World } from "#foundation/testing/factory";
import { signedIn, type Reaches } from "#foundation/testing/personas";
import { trialAcademics } from "#foundation/testing/test-domain/academics/subgraph";
import { trialAttendance } from "#foundation/testing/test-domain/attendance/subgraph";
import { testPlatform, testPrefix } from "#foundation/testing/test-platform";
import pg from "pg";
import { registry } from "../registry.ts";
import { reaches as domainReaches } from "./reaches.ts";
import { recipes as domainRecipes } from "./recipes.ts";

const base = await Promise.all(["schools", "people", "students", "platform"].map((name) => registry[name]!()));
const manifests = [...base, trialAcademics, trialAttendance];
const metas = loadManifest(trialAttendance).metas;

const teacherOf = (make: World, section: string, personId = make.a("Person")) => {
  make.findOrMake("SectionTeacher", { section, personId });
  return { personId };
};
const rosterOf = (make: World, student: string, section: string) => make.findOrMake("RosterEntry", { studentId: student, section }, { fromDate: "2026-08-20" });

const reaches: Reaches = {
  ...domainReaches,
  teaches_section_section: (make, section, { personId }) => teacherOf(make, section, personId),
  teaches_section_student: (make, student, { personId }) => {
    const taught = personId ? make.find("SectionTeacher", { personId }) : undefined;
    const section = (taught ? make.valuesOf(taught).section : make.a("Section")) as string;
    rosterOf(make, student, section);
    return teacherOf(make, section, personId);
  },
  teaches_student_student: (make, student, { personId }) => {
    const section = make.a("Section");
    rosterOf(make, student, section);
    return teacherOf(make, section, personId);
  },
  caseload_student: (make, studentId, about) => {
    const personId = about.personId ?? make.a("Person");
    make.findOrMake("CaseloadEntry", { studentId, personId });
    return { personId };
  },
};

let contract: Contract;
beforeAll(async () => {
  contract = { platform: await testPlatform({ manifests }), recipes: domainRecipes, reaches };
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

for (const meta of metas) {
  describeReading(() => contract, meta);
  describeWriting(() => contract, meta);
  describeLists(() => contract, meta);
  describeKeys(() => contract, meta);
}

describeConnections(() => contract, loadManifest(trialAttendance));

describe("the example of the design", () => {
  it("has tables without a difference to the model, and the rules of its access table", async () => {
    for (const manifest of [trialAcademics, trialAttendance]) expect((await pendingDifference(manifest, contract.platform.adminUrl, testPrefix)).up.trim()).toBe("");
    const admin = new pg.Client({ connectionString: contract.platform.adminUrl });
    await admin.connect();
    expect(await differencesFromDerived(admin, manifests, testPrefix)).toEqual([]);
    await admin.end();
  });

  const take = `mutation($input: TakeAttendanceInput!, $dryRun: Boolean! = false) { out: takeAttendance(input: $input, dryRun: $dryRun) { record { id minutesMissed note { text } } changes { field } } }`;
  const correct = `mutation($input: CorrectAttendanceInput!, $reason: String!) { out: correctAttendance(input: $input, reason: $reason) { record { minutesMissed version } } }`;

  /** One school with a section, its teacher, a student on the roster and one who is not. */
  async function classroom() {
    const make = newDistrict(contract);
    const schoolId = make.a("School");
    const [student, foreign] = [make.a("Student"), make.a("Student")] as const;
    for (const each of [student, foreign]) make.a("SchoolEnrollment", { student: each, schoolId });
    const [section, otherSection] = [make.a("Section", { schoolId }), make.a("Section", { schoolId })] as const;
    const meeting = make.a("ClassMeeting", { section, schoolId });
    const otherMeeting = make.a("ClassMeeting", { section: otherSection, schoolId });
    rosterOf(make, student, section);
    rosterOf(make, foreign, otherSection);
    // She is the school's nurse too: so she knows both students, and only the roster stands between her and the other one.
    const { personId } = reaches.at_school_school!(make, schoolId, { role: Role.Nurse });
    const teacher = signedIn(make, teacherOf(make, section, personId!), [Role.Teacher, Role.Nurse, Role.Staff]);
    const clerk = signedIn(make, reaches.at_school_school!(make, schoolId, { role: Role.AttendanceClerk }), [Role.AttendanceClerk, Role.Staff]);
    const code = make.a("AttendanceCode");
    await make.save();
    const input = { studentId: student, classMeetingId: meeting, sectionId: section, schoolId, date: "2026-10-14", codeId: code, minutesMissed: 15 };
    return { make, schoolId, student, foreign, section, otherSection, meeting, otherMeeting, teacher, clerk, input };
  }
  const run = (identity: Identity, document: string, variables: Record<string, unknown>) => contract.platform.call("trial_attendance", identity, document, variables);

  it("lets nobody past the roster by stamping her own section", async () => {
    const { teacher, foreign, otherSection, otherMeeting, input } = await classroom();
    const before = await rowCounts(contract.platform);
    for (const lie of [{ studentId: foreign }, { studentId: foreign, classMeetingId: otherMeeting }, { sectionId: otherSection }, { studentId: foreign, sectionId: otherSection, classMeetingId: otherMeeting }]) {
      expect(codeOf(await run(teacher, take, { input: { ...input, ...lie } })), JSON.stringify(lie)).toBe("FORBIDDEN");
    }
    expect(await rowCounts(contract.platform)).toEqual(before);
    // And not past it in SQL either, as the role of the subgraph, with the student known.
    const { roles } = contract.platform.orchestration;
    const client = await contract.platform.database.pool.connect();
    try {
      await client.query("BEGIN");
      await client.query("SELECT set_config('osss.district', $1, true), set_config('osss.person', $2, true), set_config('osss.roles', '{teacher}', true), set_config('osss.now', $3, true), set_config('role', $4, true)",
        [teacher.districtId, teacher.personId, contract.platform.clock.now.toISOString(), roles.mixed("trial_attendance")]);
      const insert = `INSERT INTO trial_attendance.attendance_event (id, district_id, version, created_at, updated_at, student_id, class_meeting_id, section_id, school_id, date, code_id, minutes_missed)
        VALUES (gen_random_uuid(), $1, 1, now(), now(), $2, $3, $4, $5, '2026-10-14', $6, 5)`;
      await expect(client.query(insert, [teacher.districtId, foreign, input.classMeetingId, input.sectionId, input.schoolId, input.codeId])).rejects.toThrow(/row-level security/);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });

  it("is written by its operations, as the caller, with their journal rows, and by nothing else", async () => {
    const { teacher, input } = await classroom();
    expect(dataOf<{ out: { record: null } }>(await run(teacher, take, { input, dryRun: true })).out.record).toBeNull();
    const { record } = dataOf<{ out: { record: { id: string; minutesMissed: number } } }>(await run(teacher, take.replace("note { text } ", ""), { input })).out;
    expect(record.minutesMissed).toBe(15);
    expect(codeOf(await run(teacher, take, { input }))).toBe("CONFLICT");
    expect(codeOf(await run(teacher, correct, { input: { eventId: record.id, version: 7, minutesMissed: 20 }, reason: "Late bus" }))).toBe("STALE_VERSION");
    expect(dataOf<{ out: { record: unknown } }>(await run(teacher, correct, { input: { eventId: record.id, version: 1, minutesMissed: 20 }, reason: "Late bus" })).out.record).toEqual({ minutesMissed: 20, version: 2 });
    const { audit, outbox } = await journalOf(contract.platform, record.id);
    expect(audit.map((a) => a.operation)).toEqual(["takeAttendance", "correctAttendance"]);
    expect(outbox).toHaveLength(2);
    for (const field of ["createAttendanceEvent", "updateAttendanceEvent", "archiveAttendanceEvent", "restoreAttendanceEvent"]) {
      expect((await run(teacher, `mutation { ${field} { changes { field } } }`, {})).errors![0]!.message).toContain("Cannot query field");
    }
  });

  it("shows a closed companion as null, and a filter through it finds nothing", async () => {
    const { clerk, teacher, input } = await classroom();
    const { record } = dataOf<{ out: { record: { id: string; note: { text: string } } } }>(await run(clerk, take, { input: { ...input, note: "Dentist" } })).out;
    expect(record.note).toEqual({ text: "Dentist" });
    const look = `query($id: ID!) { row: attendanceEvent(id: $id) { id note { text } } found: attendanceEvents(where: { note: { text: { contains: "dent" } } }) { nodes { id } totalCount } }`;
    expect(dataOf(await run(clerk, look, { id: record.id }))).toEqual({ row: { id: record.id, note: { text: "Dentist" } }, found: { nodes: [{ id: record.id }], totalCount: 1 } });
    const closed = await run(teacher, look, { id: record.id });
    expect(closed.data).toEqual({ row: { id: record.id, note: null }, found: { nodes: [], totalCount: 0 } });
    expect(codeOf(closed)).toBe("FORBIDDEN");
    // Nor is a note written by whoever may not read it.
    const { teacher: another, input: elsewhere } = await classroom();
    const before = await rowCounts(contract.platform);
    expect(codeOf(await run(another, take, { input: { ...elsewhere, note: "Skipped" } }))).toBe("FORBIDDEN");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });
});
