import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, journalOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { enrollmentsIn, operate, twoSchools, type Outcome, type TwoSchools } from "../testing/two-schools.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const outcome = (reply: Parameters<typeof dataOf>[0]) => dataOf<{ out: Outcome }>(reply).out;
const newStudent = { givenName: "Mila", familyName: "Sandoval", birthDate: "2018-03-14" };
const place = (district: TwoSchools) => ({ schoolId: district.oak, entryDate: "2026-10-12", gradeLevelId: district.grades["03"] });
const sql = <R extends Record<string, unknown>>(text: string, values: unknown[]) => contract.platform.sql<R>(text, values);
const studentOf = async (enrollment: string) => (await sql<{ student_id: string }>("SELECT student_id FROM students.school_enrollment WHERE id = $1", [enrollment]))[0]!.student_id;

describe("enrolling", () => {
  it("is refused to everybody but the registrar of that school, or of the district", async () => {
    const district = twoSchools(contract);
    const others = [district.elmRegistrar, district.onDuty(Role.Principal, district.oak), district.onDuty(Role.SchoolSecretary, district.oak)];
    await district.make.save();
    const before = await rowCounts(contract.platform);
    for (const identity of others) expect(codeOf(await operate(contract, identity, "enrollStudent", { ...place(district), newStudent })), identity.roles.join()).toBe("FORBIDDEN");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("enters a new child with demographics, contacts and household in one step, and the registrar sees all of it", async () => {
    const district = twoSchools(contract);
    district.make.a("Student", { studentNumber: "604863" });
    district.make.a("EnrollmentCode", { kind: "ENTRY", code: "E1", meaning: "FIRST_ENTRY", standard: true });
    await district.make.save();
    const input = {
      ...place(district),
      newStudent: {
        ...newStudent, legalSex: "FEMALE", homeLanguage: "es", hispanicOrLatino: true, stateId: "TX99120",
        contacts: [
          { givenName: "Rosa", familyName: "Sandoval", phone: "+1 519 555 0100", email: "rosa@example.org", relationship: "MOTHER", educationRights: true, portalAccess: true, livesWith: true, mailings: true, emergencyOrder: 1 },
          { givenName: "Ines", familyName: "Vega", relationship: "NEIGHBOR", pickUp: true },
        ],
        household: { name: "Sandoval family", line1: "14 Mill Road", city: "Grand Bend", region: "TX", postalCode: "78701" },
      },
    };
    const { record } = outcome(await operate(contract, district.oakRegistrar, "enrollStudent", input, { reason: "Moved in" }));
    const student = await studentOf(record!.id);
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ school: "Oak", grade: "03", kind: "PRIMARY", entry: "2026-10-12", exit: null, entry_code: "E1" }]);
    const seen = dataOf(await contract.platform.call("students", district.oakRegistrar, "query($id: ID!) { student(id: $id) { studentNumber sortName identifiers { stateId } contacts { nodes { relationship status educationRights emergencyOrder fromDate } } } }", { id: student }));
    // The highest number so far was 604863.
    expect(seen.student).toMatchObject({
      studentNumber: "604864", sortName: "Sandoval, Mila", identifiers: { stateId: "TX99120" },
      contacts: { nodes: [{ relationship: "MOTHER", status: "CONFIRMED", educationRights: true, emergencyOrder: 1, fromDate: "2026-10-12" }, { relationship: "NEIGHBOR", status: "CONFIRMED", educationRights: false, emergencyOrder: null, fromDate: "2026-10-12" }] },
    });
    const people = dataOf<{ people: { nodes: { givenName: string; demographics: { birthDate: string; raceEthnicity: string } | null; phones: { nodes: { number: string }[] }; householdMemberships: { nodes: { household: { name: string } }[] } }[] } }>(
      await contract.platform.call("people", district.oakRegistrar, `{ people(where: { familyName: { in: ["Sandoval", "Vega"] } }, orderBy: [{ field: givenName }]) { nodes { givenName demographics { birthDate raceEthnicity } phones { nodes { number } } householdMemberships { nodes { household { name } } } } } }`)).people.nodes;
    const home = [{ household: { name: "Sandoval family" } }];
    expect(people).toEqual([
      { givenName: "Ines", demographics: null, phones: { nodes: [] }, householdMemberships: { nodes: [] } },
      { givenName: "Mila", demographics: { birthDate: "2018-03-14", raceEthnicity: "HISPANIC_OR_LATINO" }, phones: { nodes: [] }, householdMemberships: { nodes: home } },
      { givenName: "Rosa", demographics: null, phones: { nodes: [{ number: "+1 519 555 0100" }] }, householdMemberships: { nodes: home } },
    ]);
    expect((await journalOf(contract.platform, record!.id)).audit).toMatchObject([{ operation: "enrollStudent", action: "CREATED" }]);
  });

  it("wants one student, known or new, and both names of a new one", async () => {
    const district = twoSchools(contract);
    const student = district.student({}, null);
    await district.make.save();
    const enroll = (more: Record<string, unknown>) => operate(contract, district.oakRegistrar, "enrollStudent", { ...place(district), ...more });
    for (const more of [{}, { studentId: student, newStudent }, { newStudent: { givenName: "Mila" } }, { newStudent: { ...newStudent, contacts: [{ relationship: "MOTHER" }] } }, { studentId: student, gradeLevelId: crypto.randomUUID() }, { studentId: student, trackId: district.tracks.elm }, { studentId: student, entryDate: "2031-01-01" }]) {
      expect(codeOf(await enroll(more)), JSON.stringify(more)).toBe("VALIDATION_FAILED");
    }
  });

  it("beside another school adds no headcount; a second primary is refused", async () => {
    const district = twoSchools(contract);
    const student = district.student();
    district.student();
    const principals = [district.onDuty(Role.Principal, district.oak), district.onDuty(Role.Principal, district.high)] as const;
    await district.make.save();
    const enroll = (kind: string, schoolId = district.high) => operate(contract, district.districtRegistrar, "enrollStudent", { studentId: student, schoolId, entryDate: "2026-10-12", gradeLevelId: district.grades["03"], kind, fullTimeShare: "0.5" });
    const primary = await enroll("PRIMARY");
    expect([codeOf(primary), primary.errors![0]!.message]).toEqual(["CONFLICT", expect.stringContaining("transferStudent")]);
    expect(codeOf(await enroll("SECONDARY", district.oak)), "a second enrollment at the same school").toBe("CONFLICT");
    const { notes } = outcome(await enroll("SECONDARY"));
    expect(notes).toEqual(["Grade 3 is not among the grade levels that High teaches."]);
    const headcount = async (identity: Parameters<typeof operate>[1], schoolId: string, more = "") => {
      const reply = await contract.platform.call("students", identity, `query($r: [_Any!]!) { _entities(representations: $r) { ... on School { headcount(on: "2026-10-12"${more}) } } }`, { r: [{ __typename: "School", id: schoolId }] });
      return codeOf(reply) ?? (reply.data as { _entities: { headcount: number }[] })._entities[0]!.headcount;
    };
    // Two primaries at Oak; High has the half-day student only, who is counted at Oak.
    expect([await headcount(principals[0], district.oak), await headcount(principals[1], district.high)]).toEqual([2, 0]);
    expect(await headcount(principals[0], district.oak, `, gradeLevelId: "${district.grades["04"]}"`)).toBe(0);
    expect(await headcount(principals[0], district.high), "another school's figure").toBe("FORBIDDEN");
  });

  it("of a student who is planned for the next year ends with this one", async () => {
    const district = twoSchools(contract);
    const student = district.student({}, { schoolYearId: district.nextYear, entryDate: "2027-08-01" });
    await district.make.save();
    const { notes } = outcome(await operate(contract, district.oakRegistrar, "enrollStudent", { studentId: student, ...place(district) }));
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ entry: "2026-10-12", exit: "2027-08-01" }, { entry: "2027-08-01" }]);
    expect(notes.join()).toContain("later school year");
  });
});

describe("whom a new student brings along", () => {
  it("are persons of the school's own families, for its registrar; anybody for the district's", async () => {
    const district = twoSchools(contract);
    const [mine, theirs] = [district.student(), district.student({}, { schoolId: district.elm })] as const;
    const parentOf = (student: string) => {
      const personId = district.make.a("Person");
      district.make.a("StudentContact", { student, personId, relationship: "MOTHER", fromDate: "2026-08-01" });
      return personId;
    };
    const [ours, strange] = [parentOf(mine), parentOf(theirs)] as const;
    await district.make.save();
    const enroll = (personId: string, identity = district.oakRegistrar, givenName = "Tove") =>
      operate(contract, identity, "enrollStudent", { ...place(district), newStudent: { ...newStudent, givenName, contacts: [{ personId, relationship: "MOTHER", educationRights: true }] } });
    expect(codeOf(await enroll(strange))).toBe("FORBIDDEN");
    expect(codeOf(await enroll(ours))).toBeUndefined();
    expect(codeOf(await enroll(strange, district.districtRegistrar, "Wanda"))).toBeUndefined();
  });

  it("are never the caller herself, nor a strange household", async () => {
    const district = twoSchools(contract);
    const household = district.make.a("Household");
    await district.make.save();
    const enroll = (more: Record<string, unknown>, identity = district.oakRegistrar) => operate(contract, identity, "enrollStudent", { ...place(district), newStudent: { ...newStudent, ...more } });
    for (const identity of [district.oakRegistrar, district.districtRegistrar]) {
      expect(codeOf(await enroll({ contacts: [{ personId: identity.personId, relationship: "OTHER", educationRights: true }] }, identity))).toBe("FORBIDDEN");
    }
    expect(codeOf(await enroll({ householdId: household }))).toBe("FORBIDDEN");
    expect(codeOf(await enroll({ householdId: household }, district.districtRegistrar))).toBeUndefined();
  });
});

describe("the demographics of a person whom the district knows", () => {
  it("are not overwritten by enrolling her, but by whoever may write them: the district's registrar, or her own school's", async () => {
    const district = twoSchools(contract);
    const [child, parent, stranger] = [district.student(), district.make.a("Person"), district.make.a("Person")];
    for (const personId of [parent, stranger]) district.make.a("StudentContact", { student: child, personId, relationship: "MOTHER", fromDate: "2026-08-01" });
    district.make.a("PersonDemographics", { birthDate: "1980-01-01" }, { id: parent });
    await district.make.save();
    const birthDates = async () => (await contract.platform.sql<{ id: string; born: string }>("SELECT id, birth_date::text AS born FROM people.person_demographics WHERE id = ANY ($1::uuid[])", [[parent, stranger]])).map(({ id, born }) => [id, born]);
    const enroll = (personId: string, identity: Identity, birthDate?: string) => operate(contract, identity, "enrollStudent", { ...place(district), newStudent: { personId, birthDate }, notADuplicate: true }, { reason: "Back at school" });
    const before = await rowCounts(contract.platform);
    const [known, unknown] = [await enroll(parent, district.oakRegistrar, "2000-01-01"), await enroll(stranger, district.oakRegistrar, "2000-01-01")];
    expect([codeOf(known), known.errors![0]!.message]).toEqual(["FORBIDDEN", expect.stringContaining("district's registrar writes them")]);
    // The same words whether or not there are any.
    expect(unknown.errors!.map(({ message }) => message)).toEqual(known.errors!.map(({ message }) => message));
    expect([await birthDates(), await rowCounts(contract.platform)]).toEqual([[[parent, "1980-01-01"]], before]);
    expect(codeOf(await enroll(parent, district.oakRegistrar))).toBeUndefined();
    expect(codeOf(await enroll(stranger, district.districtRegistrar, "2000-01-01"))).toBeUndefined();
    expect(new Map(await birthDates() as [string, string][])).toEqual(new Map([[parent, "1980-01-01"], [stranger, "2000-01-01"]]));
  });
});

describe("a likely duplicate", () => {
  async function known() {
    const district = twoSchools(contract);
    const personId = district.make.a("Person", { givenName: "Mila", familyName: "Sandoval" });
    district.make.a("PersonDemographics", { birthDate: "2018-03-14" }, { id: personId });
    const student = district.make.a("Student", { personId, studentNumber: "77001" });
    district.make.a("SchoolEnrollment", { student, schoolId: district.elm, schoolYearId: district.year, gradeLevelId: district.grades["03"], entryDate: "2026-08-24" });
    await district.make.save();
    return { district, student };
  }

  it("is refused by name, number and school, until a person rules it out and says why", async () => {
    const { district, student } = await known();
    const enroll = (more: Record<string, unknown>, reason?: string) => operate(contract, district.oakRegistrar, "enrollStudent", { ...place(district), newStudent, ...more }, { reason });
    const refused = await enroll({});
    expect(codeOf(refused)).toBe("CONFLICT");
    expect(refused.errors![0]!.message).toContain("Sandoval, Mila, number 77001, Elm");
    expect(refused.errors![0]!.extensions!.duplicates).toEqual([{ studentId: student, name: "Sandoval, Mila", studentNumber: "77001", schools: ["Elm"], reasons: ["SAME_NAME"] }]);
    expect(codeOf(await enroll({ notADuplicate: true }))).toBe("VALIDATION_FAILED");
    const { record } = outcome(await enroll({ notADuplicate: true }, "A cousin of the same name and birthday"));
    expect((await sql("SELECT reason FROM journal.audit_entry WHERE record_id = $1", [record!.id]))).toEqual([{ reason: "A cousin of the same name and birthday" }]);
  });

  it("entered by two clerks at once is entered once", async () => {
    const district = twoSchools(contract);
    await district.make.save();
    const replies = await Promise.all([district.oakRegistrar, district.elmRegistrar].map((identity, i) => operate(contract, identity, "enrollStudent", { ...place(district), schoolId: [district.oak, district.elm][i], newStudent })));
    expect(replies.map(codeOf).sort()).toEqual(["CONFLICT", undefined]);
    expect(await sql("SELECT count(*)::int AS n FROM students.student WHERE district_id = $1", [district.make.districtId])).toEqual([{ n: 1 }]);
  });

  it("is found under its number too, and under one that somebody has had", async () => {
    const { district } = await known();
    const enroll = (studentNumber: string) => operate(contract, district.oakRegistrar, "enrollStudent", { ...place(district), newStudent: { givenName: "Ola", familyName: "Lind", studentNumber } }, { reason: "Another child" });
    expect((await enroll("77001")).errors![0]!.extensions!.duplicates).toMatchObject([{ reasons: ["SAME_NUMBER"] }]);
    await sql("UPDATE students.student SET archived_at = now() WHERE district_id = $1", [district.make.districtId]);
    expect((await enroll("77001")).errors![0]!.message).toContain("has or had this student number");
  });
});
