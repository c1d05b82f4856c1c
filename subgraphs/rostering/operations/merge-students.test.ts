import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { enrollmentsIn, operate, twoSchools, type TwoSchools } from "../testing/two-schools.ts";
import { collisions, listedBesideOrder } from "./merge-collisions.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const sql = <R extends Record<string, unknown>>(text: string, values: unknown[] = []) => contract.platform.sql<R>(text, values);
const merge = (district: TwoSchools, duplicateId: string, survivorId: string, identity = district.districtRegistrar) => operate(contract, identity, "mergeStudents", { duplicateId, survivorId }, { reason: "Entered twice", shows: "id version status movedRows keptRows" });
interface Merged { out: { record: { id: string; version: number; movedRows: number; keptRows: number }; notes: string[] } }
const unmerge = (district: TwoSchools, mergeId: string, version = 2) => operate(contract, district.districtRegistrar, "unmergeStudents", { mergeId, version }, { reason: "Two cousins after all" });

/** Every row of every domain about these students and their persons, with versions and times left out: what unmerging must bring back. */
async function everythingAbout(district: TwoSchools, students: readonly string[]): Promise<Record<string, unknown[]>> {
  const persons = (await sql<{ person_id: string }>("SELECT person_id FROM students.student WHERE id = ANY ($1)", [students])).map((row) => row.person_id);
  const columns = await sql<{ name: string; of: string }>(
    `SELECT DISTINCT c.conrelid::regclass::text AS name, quote_ident(a.attname) AS of FROM pg_constraint c CROSS JOIN LATERAL unnest(c.conkey) k(n) JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n
     WHERE c.contype = 'f' AND c.confrelid IN ('students.student'::regclass, 'people.person'::regclass) AND a.attname <> 'district_id' AND c.conrelid::regclass::text NOT LIKE 'rostering.student_merge%' AND c.conrelid::regclass::text NOT LIKE 'attendance.daily%' AND c.conrelid::regclass::text NOT LIKE 'attendance.recount%' ORDER BY 1, 2`);
  const found: Record<string, unknown[]> = {};
  for (const { name, of } of columns) {
    const rows = await sql<{ row: unknown }>(`SELECT to_jsonb(t) - 'version' - 'updated_at' - 'updated_by' AS row FROM ${name} t WHERE district_id = $1 AND ${of} = ANY ($2) ORDER BY id`, [district.make.districtId, [...students, ...persons]]);
    if (rows.length > 0) found[`${name}.${of}`] = rows.map(({ row }) => row);
  }
  found.students = await sql("SELECT id, archived_at FROM students.student WHERE id = ANY ($1) ORDER BY id", [students]);
  found.persons = await sql("SELECT id, archived_at FROM people.person WHERE id = ANY ($1) ORDER BY id", [persons]);
  return found;
}

describe("what one child cannot have", () => {
  const at = (schoolId: string, entryDate: string, exitDate: string | null, kind: "PRIMARY" | "SECONDARY" = "PRIMARY") => ({ id: schoolId, schoolId, schoolYearId: "y", kind, entryDate, exitDate });

  it("is two primaries on the same days, or two enrollments at one school", () => {
    expect(collisions([at("A", "2026-08-24", null)], [at("B", "2026-10-05", null)])).toMatchObject([{ of: "PRIMARY" }]);
    expect(collisions([at("A", "2026-08-24", null, "SECONDARY")], [at("A", "2026-10-05", null)])).toMatchObject([{ of: "SCHOOL" }]);
    expect(collisions([at("A", "2026-08-24", "2026-10-05")], [at("B", "2026-10-05", null)])).toEqual([]);
    expect(collisions([at("A", "2026-08-24", "2026-08-24")], [at("A", "2026-08-24", null)]), "a no-show has no day").toEqual([]);
  });

  it("is a listing that an order in effect has not seen", () => {
    const [mother, father] = [{ personId: "m", status: "CONFIRMED", fromDate: "2020-01-01" }, { personId: "f2", status: "CONFIRMED", fromDate: "2020-01-01" }];
    expect(listedBesideOrder([{}], [mother], [mother, father], "2026-10-14")).toBe(true);
    expect(listedBesideOrder([{}], [mother, father], [father], "2026-10-14")).toBe(false);
    expect(listedBesideOrder([{ toDate: "2026-10-14" }], [mother], [father], "2026-10-14"), "the order is over").toBe(false);
    expect(listedBesideOrder([{}], [mother], [{ ...father, toDate: "2026-01-01" }], "2026-10-14"), "the listing is over").toBe(false);
  });
});

describe("merging", () => {
  it("is refused to whoever does not reach both", async () => {
    const district = twoSchools(contract);
    const [mine, theirs] = [district.student(), district.student({}, { schoolId: district.elm })] as const;
    const others = [district.onDuty(Role.Principal, district.oak), district.onDuty(Role.Superintendent, null)];
    await district.make.save();
    const before = await rowCounts(contract.platform);
    for (const identity of [...others, district.oakRegistrar, district.elmRegistrar]) expect(codeOf(await merge(district, mine, theirs, identity)), identity.roles.join()).toBe("FORBIDDEN");
    expect(codeOf(await merge(district, mine, mine))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("names the enrollments that one child cannot have, and does nothing", async () => {
    const district = twoSchools(contract);
    const [mine, theirs] = [district.student(), district.student({}, { schoolId: district.elm, entryDate: "2026-10-05" })] as const;
    await district.make.save();
    const before = await rowCounts(contract.platform);
    const refused = await merge(district, mine, theirs);
    expect([codeOf(refused), refused.errors![0]!.message]).toEqual(["CONFLICT", expect.stringMatching(/Oak from 2026-08-24.*Elm from 2026-10-05/)]);
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("is refused where a court order of the one would not see a contact of the other", async () => {
    const district = twoSchools(contract);
    const [mine, theirs] = [district.student({}, { exitDate: "2026-09-01" }), district.student({}, { entryDate: "2026-09-01" })] as const;
    district.make.a("CourtOrder", { student: theirs, restrictsEducation: true, fromDate: "2026-01-01" });
    district.make.a("StudentContact", { student: mine, relationship: "FATHER", educationRights: true, portalAccess: true, fromDate: "2026-01-01" });
    await district.make.save();
    expect((await merge(district, mine, theirs)).errors![0]!.message).toContain("court order");
    expect((await merge(district, theirs, mine)).errors![0]!.message).toContain("court order");
  });

  it("moves every domain's rows, keeps what both have, audits each, and comes back exactly", async () => {
    const district = twoSchools(contract);
    const { make } = district;
    const duplicate = district.student({ givenName: "Kathrine" }, { exitDate: "2026-09-07" });
    const survivor = district.student({ givenName: "Katherine" }, { entryDate: "2026-09-07", schoolId: district.elm });
    const [twin, kin] = [make.valuesOf(duplicate).personId as string, make.valuesOf(survivor).personId as string];
    make.a("StudentIdentifiers", { stateId: "TX1" }, { id: duplicate });
    make.a("PersonPhone", { person: twin, number: "1", preferred: true });
    make.a("PersonPhone", { person: kin, number: "2", preferred: true });
    make.a("PersonPhone", { person: twin, number: "3", preferred: false });
    const program = make.a("Program", { kind: "EL", tier: "SCHOOL" });
    for (const student of [duplicate, survivor]) make.a("ProgramParticipation", { student, program, fromDate: "2026-08-24", toDate: null });
    make.a("MealEligibility", { student: duplicate, fromDate: "2026-08-24" });
    const mother = make.a("Person");
    for (const student of [duplicate, survivor]) make.a("StudentContact", { student, personId: mother, relationship: "MOTHER", fromDate: "2026-08-01", toDate: null });
    make.a("StudentContact", { student: duplicate, relationship: "FATHER", fromDate: "2026-08-01" });
    const section = make.a("Section", { schoolId: district.oak, schoolYearId: district.year });
    make.a("SectionEnrollment", { studentId: duplicate, section, schoolId: district.oak, fromDate: "2026-08-24", toDate: "2026-09-07" });
    const enrollment = make.find("SchoolEnrollment", { student: duplicate })!;
    make.a("RolloverRow", { studentId: duplicate, schoolId: district.oak, endedEnrollmentId: enrollment, action: "LEAVE" });
    make.a("ExternalIdentifier", { source: "SIS", recordType: "Person", recordId: twin, sourcedId: "u1", memory: { digest: "d", person: {}, student: { id: duplicate, number: "n", stateId: "" } } });
    await make.save();
    const before = await everythingAbout(district, [duplicate, survivor]);

    const { out } = dataOf<Merged>(await merge(district, duplicate, survivor));
    // Moved: enrollment, roster row, rollover row, meals, the father, one phone, the other system's id, and the state's number as a copy = 8.
    // Kept: the program and the mother, whom both have on the same days, and the second preferred phone = 3.
    expect(out).toMatchObject({ record: { movedRows: 8, keptRows: 3 }, notes: [expect.stringContaining("3 rows stayed")] });
    expect(await enrollmentsIn(contract, survivor)).toMatchObject([{ school: "Oak", exit: "2026-09-07" }, { school: "Elm" }]);
    const moves = await sql<{ record_type: string; kind: string }>("SELECT record_type, kind FROM rostering.student_merge_move WHERE merge_id = $1 ORDER BY 2, 1", [out.record.id]);
    expect(moves.map(({ record_type, kind }) => `${kind} ${record_type}`)).toEqual([
      "COPIED StudentIdentifiers", "KEPT PersonPhone", "KEPT ProgramParticipation", "KEPT StudentContact", "MOVED ExternalIdentifier", "MOVED MealEligibility", "MOVED PersonPhone", "MOVED RolloverRow", "MOVED SchoolEnrollment", "MOVED SectionEnrollment", "MOVED StudentContact",
    ]);
    expect(await sql("SELECT operation, reason, action, record_version, changes FROM journal.audit_entry WHERE record_id = $1 AND operation = 'mergeStudents'", [enrollment])).toEqual([
      { operation: "mergeStudents", reason: "Entered twice", action: "UPDATED", record_version: 2, changes: [{ field: "student", before: duplicate, after: survivor }] },
    ]);
    expect(await sql("SELECT action, record_version FROM journal.outbox_event WHERE record_id = $1 ORDER BY record_version", [enrollment])).toEqual([{ action: "CREATED", record_version: 1 }, { action: "UPDATED", record_version: 2 }]);
    expect(await sql("SELECT state_id FROM students.student_identifiers WHERE id = $1 AND archived_at IS NULL", [survivor])).toEqual([{ state_id: "TX1" }]);

    expect(codeOf(await unmerge(district, out.record.id))).toBeUndefined();
    const after = await everythingAbout(district, [duplicate, survivor]);
    // A record is never deleted: the one that held the copied state number is empty again.
    const identifiers = after["students.student_identifiers.id"] as { id: string; state_id: string | null }[];
    expect(identifiers.filter((row) => row.state_id === null).map((row) => row.id)).toEqual([survivor]);
    after["students.student_identifiers.id"] = identifiers.filter((row) => row.state_id !== null);
    expect(after).toEqual(before);
    expect(await sql("SELECT memory -> 'student' ->> 'id' AS student FROM rostering.external_identifier WHERE record_id = $1", [twin])).toEqual([{ student: duplicate }]);
    expect(await sql("SELECT id, state_id FROM students.student_identifiers WHERE id = ANY ($1) AND archived_at IS NULL AND state_id IS NOT NULL", [[duplicate, survivor]])).toEqual([{ id: duplicate, state_id: "TX1" }]);
    expect(codeOf(await unmerge(district, out.record.id, 3))).toBe("CONFLICT");
  });
});

describe("what was recorded under both records", () => {
  it("goes together or stays together: a note with its absence, a changed mark with its changes; and comes back", async () => {
    const district = twoSchools(contract, { days: true });
    const { make, oak } = district;
    const duplicate = district.student({}, { exitDate: "2026-09-21" });
    const survivor = district.student({}, { entryDate: "2026-09-21" });
    const section = make.a("Section", { schoolId: oak, schoolYearId: district.year });
    const meetings = ["2026-09-14", "2026-09-15"].map((date) => make.a("ClassMeeting", { section, schoolId: oak, date }));
    const absent = (studentId: string, n: number) => {
      const id = make.a("AttendanceEvent", { studentId, classMeetingId: meetings[n], sectionId: section, schoolId: oak, date: `2026-09-${14 + n}` });
      make.a("AttendanceNote", { studentId, classMeetingId: meetings[n], sectionId: section, schoolId: oak }, { id });
      return id;
    };
    // Both were marked absent on the 14th; on the 15th only the duplicate was.
    const [twice, once] = [absent(duplicate, 0), absent(duplicate, 1)];
    absent(survivor, 0);
    const assignment = make.a("Assignment", { sectionId: section, schoolId: oak });
    const score = make.a("Score", { studentId: duplicate, assignment, sectionId: section, schoolId: oak });
    make.a("ScoreNote", { studentId: duplicate, sectionId: section, schoolId: oak }, { id: score });
    const mark = (studentId: string, period: string) => make.a("Mark", { studentId, sectionId: section, schoolId: oak, kind: "PERIOD", gradingPeriodId: period, status: "POSTED" });
    const change = (studentId: string, of: string) => make.a("MarkChange", { studentId, mark: of, sectionId: section, schoolId: oak });
    const [first, second] = [make.a("GradingPeriod", { school: oak }), make.a("GradingPeriod", { school: oak })] as const;
    const [both, alone] = [mark(duplicate, first), mark(duplicate, second)] as const;
    mark(survivor, first);
    const [changeOfBoth, changeOfAlone] = [change(duplicate, both), change(duplicate, alone)] as const;
    await make.save();
    const before = await everythingAbout(district, [duplicate, survivor]);

    const { out } = dataOf<Merged>(await merge(district, duplicate, survivor));
    const kinds = new Map((await sql<{ record_id: string; record_type: string; kind: string }>("SELECT record_id, record_type, kind FROM rostering.student_merge_move WHERE merge_id = $1", [out.record.id])).map((row) => [`${row.record_type} ${row.record_id}`, row.kind]));
    expect([kinds.get(`AttendanceEvent ${twice}`), kinds.get(`AttendanceNote ${twice}`), kinds.get(`AttendanceEvent ${once}`), kinds.get(`AttendanceNote ${once}`)]).toEqual(["KEPT", "KEPT", "MOVED", "MOVED"]);
    expect([kinds.get(`Mark ${both}`), kinds.get(`MarkChange ${changeOfBoth}`), kinds.get(`Mark ${alone}`), kinds.get(`MarkChange ${changeOfAlone}`)]).toEqual(["KEPT", "KEPT", "MOVED", "MOVED"]);
    expect([kinds.get(`Score ${score}`), kinds.get(`ScoreNote ${score}`)]).toEqual(["MOVED", "MOVED"]);
    // Days are counted anew for both: the duplicate has none left, the survivor those of both enrollments, each once.
    const facts = async () => {
      await contract.platform.database.pool.query("SELECT access.count_attendance_days(10000)");
      return sql<{ student_id: string; days: number; twice: number }>("SELECT student_id, count(*)::int AS days, count(*)::int - count(DISTINCT date)::int AS twice FROM attendance.daily_attendance WHERE student_id = ANY ($1) GROUP BY 1", [[duplicate, survivor]]);
    };
    expect(await facts()).toEqual([{ student_id: survivor, days: 200, twice: 0 }]);

    expect(codeOf(await unmerge(district, out.record.id))).toBeUndefined();
    expect(await everythingAbout(district, [duplicate, survivor])).toEqual(before);
    // 24 August to 18 September: 20 days were the duplicate's.
    expect((await facts()).sort((a, b) => a.days - b.days)).toEqual([{ student_id: duplicate, days: 20, twice: 0 }, { student_id: survivor, days: 180, twice: 0 }]);
  });
});

describe("after a merge", () => {
  async function merged() {
    const district = twoSchools(contract);
    const duplicate = district.student({}, { exitDate: "2026-09-07" });
    const survivor = district.student({}, { entryDate: "2026-09-07" });
    const nurse = district.onDuty(Role.Nurse, district.oak);
    await district.make.save();
    const { out } = dataOf<Merged>(await merge(district, duplicate, survivor, district.oakRegistrar.roles.length > 0 ? district.districtRegistrar : district.oakRegistrar));
    return { district, duplicate, survivor, nurse, mergeId: out.record.id };
  }

  it("the duplicate's id still answers, archived, and says into whom it went", async () => {
    const { district, duplicate, survivor, nurse } = await merged();
    for (const identity of [district.districtRegistrar, district.oakRegistrar, nurse]) {
      expect(dataOf(await contract.platform.call("students", identity, "query($id: ID!) { student(id: $id) { id archivedAt } }", { id: duplicate })).student, identity.roles.join()).toMatchObject({ id: duplicate, archivedAt: expect.any(String) });
      const reply = await contract.platform.call("rostering", identity, "query($r: [_Any!]!) { _entities(representations: $r) { ... on Student { id mergedInto { student { id } at } } } }", { r: [duplicate, survivor].map((id) => ({ __typename: "Student", id })) });
      expect((reply.data as { _entities: unknown[] })._entities).toEqual([{ id: duplicate, mergedInto: { student: { id: survivor }, at: expect.any(String) } }, { id: survivor, mergedInto: null }]);
    }
    const elsewhere = await contract.platform.call("rostering", district.elmRegistrar, "query($r: [_Any!]!) { _entities(representations: $r) { ... on Student { mergedInto { student { id } } } } }", { r: [{ __typename: "Student", id: duplicate }] });
    expect((elsewhere.data as { _entities: unknown[] })._entities).toEqual([{ mergedInto: null }]);
  });

  it("nothing is done with the duplicate any more, and its number is never given again", async () => {
    const { district, duplicate, survivor } = await merged();
    const enroll = await operate(contract, district.districtRegistrar, "reenterStudent", { studentId: duplicate, schoolId: district.elm, entryDate: "2026-10-12" });
    expect([codeOf(enroll), enroll.errors![0]!.message]).toEqual(["CONFLICT", expect.stringContaining("mergedInto")]);
    expect(codeOf(await merge(district, duplicate, survivor))).toBe("CONFLICT");
    const number = district.make.valuesOf(duplicate).studentNumber;
    expect(codeOf(await operate(contract, district.districtRegistrar, "enrollStudent", { schoolId: district.oak, entryDate: "2026-10-12", gradeLevelId: district.grades["03"], newStudent: { givenName: "New", familyName: "Child", studentNumber: number } }))).toBe("CONFLICT");
  });

  it("what was entered for the survivor stays, but for what hangs on a moved row", async () => {
    const { district, duplicate, survivor, mergeId } = await merged();
    const { make } = district;
    make.a("MealEligibility", { student: survivor, fromDate: "2026-10-01" });
    const moved = (await enrollmentsIn(contract, survivor))[0]!.id;
    // Written after the merge, and bound by its stamps to the moved enrollment.
    await contract.platform.write(make.districtId, async (across) => {
      const rollover = await across.in("rostering", async (session) => session.create(make.meta("Rollover").type, { fromYearId: district.year, toYearId: district.nextYear, promoted: 0, retained: 0, graduated: 0, left: 1, alreadyPlaced: 0, unplanned: 0, openedYear: false }).id);
      await across.in("rostering", async (session) => void session.create(make.meta("RolloverRow").type, { rollover, studentId: survivor, schoolId: district.oak, action: "LEAVE", endedEnrollmentId: moved, outcome: "DONE" }));
    });
    await make.save();
    const { out } = dataOf<Merged>(await unmerge(district, mergeId));
    expect(out.notes).toEqual([expect.stringContaining("1 row made since the merge went back")]);
    expect(await sql("SELECT student_id FROM rostering.rollover_row WHERE ended_enrollment_id = $1", [moved])).toEqual([{ student_id: duplicate }]);
    expect(await sql("SELECT student_id FROM students.meal_eligibility WHERE district_id = $1", [make.districtId])).toEqual([{ student_id: survivor }]);
    expect(await enrollmentsIn(contract, duplicate)).toMatchObject([{ id: moved }]);
  });

  it("a merge of the survivor is found through, and must be undone first", async () => {
    const { district, duplicate, survivor, mergeId } = await merged();
    const last = district.make.a("Student");
    await district.make.save();
    const second = dataOf<Merged>(await merge(district, survivor, last)).out.record.id;
    expect(await enrollmentsIn(contract, last)).toHaveLength(2);
    const reply = await contract.platform.call("rostering", district.oakRegistrar, "query($r: [_Any!]!) { _entities(representations: $r) { ... on Student { mergedInto { student { id } } } } }", { r: [{ __typename: "Student", id: duplicate }] });
    expect((reply.data as { _entities: unknown[] })._entities).toEqual([{ mergedInto: { student: { id: last } } }]);
    expect(dataOf(await contract.platform.call("students", district.oakRegistrar, "query($id: ID!) { student(id: $id) { id } }", { id: duplicate })).student).toEqual({ id: duplicate });
    expect((await unmerge(district, mergeId)).errors![0]!.message).toContain("Undo that merge first");
    expect(codeOf(await unmerge(district, second))).toBeUndefined();
    expect(codeOf(await unmerge(district, mergeId))).toBeUndefined();
    expect([await enrollmentsIn(contract, duplicate), await enrollmentsIn(contract, survivor)].map((rows) => rows.length)).toEqual([1, 1]);
  });
});

describe("the functions that move rows", () => {
  it("are nobody's but the operations': not the bare login's, nor another role's of rostering, nor another domain's", async () => {
    const { roles } = contract.platform.orchestration;
    const call = "SELECT rostering.merge_student_rows(gen_random_uuid(), 'x', NULL, 'x')";
    for (const role of [null, roles.mixed("rostering"), roles.wide("rostering"), roles.elevated("students"), roles.elevated("academics")]) {
      const client = await contract.platform.database.pool.connect();
      try {
        await client.query("BEGIN");
        if (role) await client.query(`SET LOCAL ROLE ${role}`);
        await expect(client.query(call), role ?? "the login").rejects.toThrow(/permission denied/);
      } finally {
        await client.query("ROLLBACK");
        client.release();
      }
    }
  });

  it("understand every key that points to a student: one column, its id, and no other of a student's fields copied", async () => {
    const copies = await sql("SELECT c.conrelid::regclass::text AS name FROM pg_constraint c WHERE c.contype = 'f' AND c.confrelid = 'students.student'::regclass AND cardinality(c.conkey) <> 2");
    expect(copies, "a stamp of a student's other fields would have to be moved with the student's id").toEqual([]);
  });

  it("know every type by its table, so that the audit log names it as the graph does", async () => {
    const wrong = contract.platform.orchestration.manifests.flatMap((m) => m.metas).map(({ name, table }) => ({ name, table }));
    const named = await sql<{ name: string }>("SELECT rostering.record_name(t) AS name FROM unnest($1::text[]) WITH ORDINALITY u(t, n) ORDER BY n", [wrong.map(({ table }) => table)]);
    expect(named.map(({ name }) => name)).toEqual(wrong.map(({ name }) => name));
  });
});
