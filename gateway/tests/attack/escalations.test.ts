import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fingerprint, nobody, outcome, toldIn, withIds } from "./attempts.ts";
import { attackGraph, type AttackGraph, type Reply } from "./attack-graph.ts";
import type { PersonaName } from "./personas.ts";
import { idOf } from "./world-rows.ts";

let graph: AttackGraph;
let before: string;

beforeAll(async () => {
  graph = await attackGraph();
  // The registrar of the school is also the parent of one of its adult pupils, whose rights ended long ago.
  const at = "now(), NULL, now(), NULL";
  await graph.platform.sql(
    `INSERT INTO students.student_contact (id, district_id, version, created_at, created_by, updated_at, updated_by, student_id, person_id, relationship, status, from_date, education_rights, portal_access, lives_with, mailings, pick_up, decision_making, confidential)
     VALUES ($1, $2, 1, ${at}, $3, $4, 'MOTHER', 'CONFIRMED', '2020-01-01', true, true, true, true, true, true, false)`,
    [idOf("StudentContact", "lea<rita"), idOf("District", "A"), idOf("Student", "lea"), idOf("Person", "rita")],
  );
});
beforeEach(async () => {
  before = await fingerprint(graph);
});
afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
});

const ask = (persona: PersonaName, document: string, key?: string): Promise<Reply> => graph.ask(graph.identity(persona), withIds(document), {}, key);

describe("nobody writes herself reach", () => {
  it.each([
    ["lists herself as a contact", "registrarHere", `createStudentContact(input: { studentId: "{Student dina}", personId: "{Person rita}", relationship: OTHER, fromDate: "2020-01-01", status: CONFIRMED, educationRights: true, portalAccess: true })`],
    ["changes what is listed about herself", "registrarHere", `updateStudentContact(id: "{StudentContact lea<rita}", version: 1, input: { toDate: "2030-01-01" })`],
    ["keeps her own rights after her child's birthday", "registrarHere", `createMajorityArrangement(input: { studentId: "{Student lea}", ground: STUDENT_CONSENT, personId: "{Person rita}", fromDate: "2026-10-01" })`],
    ["keeps those of all contacts, hers among them", "registrarHere", `createMajorityArrangement(input: { studentId: "{Student lea}", ground: DEPENDENT_FOR_TAX, fromDate: "2026-10-01" })`],
    ["moves into a household", "registrarHere", `createHouseholdMember(input: { householdId: "{Household H-helen}", personId: "{Person rita}", fromDate: "2020-01-01" })`],
    ["lists a former pupil, to read his family's numbers and address", "registrarHere", `createStudentContact(input: { studentId: "{Student dina}", personId: "{Person fred}", relationship: OTHER, fromDate: "2020-01-01" })`],
    ["lists a colleague, to read her address", "registrarHere", `createStudentContact(input: { studentId: "{Student dina}", personId: "{Person pam}", relationship: OTHER, fromDate: "2020-01-01" })`],
    ["lifts an order about herself as principal", "principalHere", `createCourtOrder(input: { studentId: "{Student dina}", personId: "{Person pam}", kind: OTHER, fromDate: "2026-01-01", restrictsEducation: true })`],
    ["enables an account of her own", "admin", `updateAccount(id: "{Account ada}", version: 1, input: { username: "root" })`],
    ["confirms himself", "proposedContact", `updateStudentContact(id: "{StudentContact leo<pat}", version: 1, input: { status: CONFIRMED })`],
    ["archives the order against himself", "parentUnderOrder", `archiveCourtOrder(id: "{CourtOrder omar!karim}", version: 1)`],
    ["opens her own address", "motherLivingApart", `updateHouseholdAddress(id: "{HouseholdAddress helen home}", version: 1, input: { addressConfidential: false })`],
    ["writes in the other district by id", "districtRegistrar", `updateStudent(id: "{Student b-bea}", version: 1, input: { studentNumber: "X" })`],
  ] as const)("%s", async (_, persona, mutation) => {
    const reply = await ask(persona, `mutation { attempt: ${mutation} { record { id } } }`);
    expect(["FORBIDDEN", "NOT_FOUND"]).toContain(outcome(reply));
    expect(await fingerprint(graph)).toBe(before);
  });

  it.each([
    ["Student", "personId"], ["StudentContact", "studentId"], ["StudentContact", "personId"], ["CourtOrder", "studentId"], ["CourtOrder", "personId"], ["SupportParticipation", "studentId"], ["PersonPhone", "personId"],
    ["HouseholdMember", "householdId"], ["HouseholdMember", "personId"], ["HouseholdAddress", "householdId"], ["MajorityArrangement", "personId"], ["Room", "schoolId"], ["Account", "personId"], ["Account", "subject"],
  ])("%s.%s is a stamp and cannot be sent with a change", async (type, stamp) => {
    const reply = await graph.direct(graph.meta(type).domain, graph.identity("districtRegistrar"), `mutation { update${type}(id: "${nobody}", version: 1, input: { ${stamp}: "${nobody}" }) { record { id } } }`);
    expect(reply.errors[0]?.message).toContain(`Field "${stamp}" is not defined by type "Update${type}Input"`);
  });

  it("there is no mutation for duties, enrollments and the log", async () => {
    for (const name of ["createDutyAssignment", "updateDutyAssignment", "createSchoolEnrollment", "updateSchoolEnrollment", "createAccount", "updateAuditEntry", "archiveStudent"]) {
      for (const domain of ["people", "students", "platform"]) {
        expect((await graph.direct(domain, graph.identity("districtRegistrar"), `mutation { ${name} { record { id } } }`)).errors[0]?.message).toContain(`Cannot query field "${name}"`);
      }
    }
  });
});

describe("a reference to a hidden record is answered like one to nothing", () => {
  it.each([
    ["registrarHere", `createStudentContact(input: { studentId: "{hidden}", personId: "{Person frank}", relationship: OTHER, fromDate: "2026-10-01" })`, ["Student leo", "Student b-bea"]],
    ["registrarHere", `createStudentContact(input: { studentId: "{Student dina}", personId: "{hidden}", relationship: OTHER, fromDate: "2026-10-01" })`, ["Person fay", "Person b-brad"]],
    ["secretary", `createPersonPhone(input: { personId: "{hidden}", number: "1", kind: HOME })`, ["Person fay", "Person nils", "Person b-brad"]],
    ["registrarThere", `createHouseholdAddress(input: { householdId: "{hidden}", kind: MAILING, line1: "1", city: "c", region: "IL", postalCode: "1", fromDate: "2026-10-01" })`, ["Household H-helen", "Household b-H"]],
    ["caseManager", `createSupportParticipation(input: { studentId: "{hidden}", programId: "{Program IEP}", fromDate: "2026-10-01" })`, ["Student nils", "Student fred"]],
    ["districtRegistrar", `createProgramParticipation(input: { studentId: "{Student dina}", programId: "{hidden}", fromDate: "2026-10-01" })`, ["Program b-EL"]],
    ["admin", `createRoom(input: { schoolId: "{hidden}", number: "1" })`, ["School b-B1"]],
  ] as const)("%s: %s", async (persona, mutation, hidden) => {
    const attempt = async (id: string) => toldIn(await ask(persona, `mutation { attempt: ${mutation.replace("{hidden}", id)} { record { id } } }`));
    const nothing = await attempt(nobody);
    expect(nothing).toMatchObject([{ extensions: { code: "VALIDATION_FAILED" } }]);
    for (const name of hidden) {
      const [type, ...rest] = name.split(" ");
      expect(await attempt(idOf(type!, rest.join(" "))), name).toEqual(nothing);
    }
    expect(await fingerprint(graph)).toBe(before);
  });
});

describe("refusals tell nothing", () => {
  it("a dry run on a hidden row is NOT_FOUND, on a visible one that may not be written FORBIDDEN, and has no changes", async () => {
    for (const dryRun of [true, false]) {
      const hidden = await ask("registrarThere", `mutation { updateStudent(id: "{Student nils}", version: 1, input: { studentNumber: "N-lena" }, dryRun: ${dryRun}) { changes { before after } } }`);
      const visible = await ask("registrarThere", `mutation { updateStudent(id: "{Student lena}", version: 1, input: { studentNumber: "N-nils" }, dryRun: ${dryRun}) { changes { before after } } }`);
      expect([outcome(hidden), outcome(visible)]).toEqual(["NOT_FOUND", "FORBIDDEN"]);
      expect([hidden.data, visible.data]).toEqual([{ updateStudent: null }, { updateStudent: null }]);
    }
  });

  it("a stale version shows the current record to those who may change it, and no more than they read", async () => {
    const stale = (persona: PersonaName, id: string) => ask(persona, `mutation { updatePersonPhone(id: "${idOf("PersonPhone", id)}", version: 7, input: { kind: HOME }) { record { id } } }`);
    const shown = await stale("secretary", "lena");
    expect(outcome(shown)).toBe("STALE_VERSION");
    expect(shown.errors[0]!.extensions!.current).toMatchObject({ number: "+1 555 lena", version: 1 });
    for (const [persona, phone, code] of [["secretary", "helen", "NOT_FOUND"], ["principalHere", "helen", "FORBIDDEN"], ["fatherLivingApart", "helen", "FORBIDDEN"], ["registrarThere", "helen", "NOT_FOUND"]] as const) {
      const told = await stale(persona, phone);
      expect([outcome(told), told.errors[0]!.extensions!.current], persona).toEqual([code, undefined]);
      expect(JSON.stringify(told)).not.toContain("555");
    }
    const student = await ask("registrarHere", `mutation { updateStudent(id: "{Student lena}", version: 7, input: { studentNumber: "X" }) { record { id } } }`);
    expect(Object.keys(student.errors[0]!.extensions!.current as object).sort()).toEqual(["archivedAt", "createdAt", "createdBy", "id", "personId", "postsecondaryFrom", "sortName", "studentNumber", "updatedAt", "updatedBy", "version"]);
  });

  it("a companion that is closed refuses alike whether it exists or not", async () => {
    const attempt = async (person: string, more = "") => toldIn(await ask("registrarHere", `mutation { updatePerson(id: "{Person ${person}}", version: 1, input: { demographics: { birthDate: "2000-01-01" ${more} } }) { record { id } } }`));
    const [there, absent] = [await attempt("maria"), await attempt("oma")];
    expect(there).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    expect(absent).toEqual(there);
    expect([await attempt("maria", "version: 1"), await attempt("maria", "version: 9")]).toEqual([there, there]);
    expect(await fingerprint(graph)).toBe(before);
  });

  it("a conflict names the rule and no value; that a number is taken is what uniqueness gives away by nature", async () => {
    for (const mutation of [
      // The secretary guesses an unlisted number of somebody whose other numbers she keeps.
      [`secretary`, `createPersonPhone(input: { personId: "{Person helen}", number: "+1 555 helen", kind: HOME })`],
      [`registrarHere`, `updateStudent(id: "{Student lena}", version: 1, input: { studentNumber: "N-nils" })`],
      [`registrarHere`, `updateStudent(id: "{Student lena}", version: 1, input: { identifiers: { version: 1, stateId: "STATE-nils" } })`],
    ] as const) {
      const reply = await ask(mutation[0], `mutation { attempt: ${mutation[1]} { record { id } } }`);
      expect(outcome(reply)).toBe("CONFLICT");
      expect(JSON.stringify(reply)).not.toMatch(/nils|555|STATE-|N-|_unique|constraint|[0-9a-f]{8}-[0-9a-f]{4}/);
    }
  });

  it("a bulk write with one row out of reach writes none", async () => {
    const day = (school: string, date: string) => `{ trackId: "{CalendarTrack ${school}}", schoolId: "{School ${school}}", date: "${date}" }`;
    const reply = await ask("registrarHere", `mutation { createInstructionalDays(inputs: [${day("A1", "2026-11-02")}, ${day("A2", "2026-11-03")}]) { record { id } } }`);
    expect(outcome(reply)).toBe("FORBIDDEN");
    const lying = await ask("registrarHere", `mutation { createInstructionalDays(inputs: [{ trackId: "{CalendarTrack A2}", schoolId: "{School A1}", date: "2026-11-03" }]) { record { id } } }`);
    expect(outcome(lying)).toBe("VALIDATION_FAILED");
    expect(await fingerprint(graph)).toBe(before);
  });

  it("a mutation with one closed root is refused whole", async () => {
    const reply = await ask("registrarHere", `mutation { open: updateStudent(id: "{Student lena}", version: 1, input: { studentNumber: "X" }) { record { id } } closed: createMealEligibility(input: { studentId: "{Student lena}", status: PAID, basis: APPLICATION, fromDate: "2026-10-01" }) { record { id } } }`);
    expect([reply.data, outcome(reply)]).toEqual([null, "FORBIDDEN"]);
    expect(await fingerprint(graph)).toBe(before);
  });
});

describe("what was once written", () => {
  it("is not told to another account that sends the same idempotency key", async () => {
    const write = `mutation { updateStudent(id: "{Student lena}", version: 1, input: { studentNumber: "KEYED" }) { record { studentNumber } changes { after } } }`;
    const first = await ask("registrarHere", write, "one key");
    expect(outcome(first)).toBe("done");
    expect(await ask("registrarHere", write, "one key")).toEqual(first);
    for (const [persona, code] of [["registrarThere", "FORBIDDEN"], ["registrarElsewhere", "NOT_FOUND"], ["districtRegistrar", "STALE_VERSION"]] as const) {
      const told = await ask(persona, write, "one key");
      expect([outcome(told), told.data], persona).toEqual([code, { updateStudent: null }]);
    }
    expect(outcome(await ask("registrarHere", write.replace("KEYED", "OTHER"), "one key"))).toBe("CONFLICT");
  });

  it("is brought back from the archive only by those who may write it", async () => {
    await graph.platform.sql("UPDATE students.directory_opt_out SET archived_at = now() WHERE id = $1", [idOf("DirectoryOptOut", "lena")]);
    before = await fingerprint(graph);
    const restore = (persona: PersonaName, dryRun: boolean) => ask(persona, `mutation { restoreDirectoryOptOut(id: "{DirectoryOptOut lena}", version: 1, dryRun: ${dryRun}) { changes { field } } }`);
    for (const [persona, code] of [["registrarThere", "NOT_FOUND"], ["principalHere", "FORBIDDEN"], ["parentOfTwo", "FORBIDDEN"], ["registrarElsewhere", "NOT_FOUND"]] as const) expect(outcome(await restore(persona, false)), persona).toBe(code);
    expect(outcome(await restore("registrarHere", true))).toBe("done");
    expect(await fingerprint(graph)).toBe(before);
  });
});
