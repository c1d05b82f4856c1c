import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fingerprint, nobody, outcome, toldIn, withIds } from "./attempts.ts";
import { attackGraph, type AttackGraph, type Reply } from "./attack-graph.ts";
import type { PersonaName } from "./personas.ts";
import { idOf } from "./world-rows.ts";

let graph: AttackGraph;
let before: string;

/** Rows of the registrar of A1 that no rule would let her write: she teaches alg, will stand in for bio, and is listed for a pupil who never came. */
async function reachOfRita(): Promise<void> {
  const row = [idOf("District", "A"), idOf("Person", "rita")];
  const base = "district_id, version, created_at, updated_at";
  const now = "$1, 1, now(), now()";
  const insert = (table: string, columns: string, values: string, more: readonly string[]) => graph.platform.sql(`INSERT INTO ${table} (id, ${base}, ${columns}) VALUES (uuidv7(), ${now}, ${values})`, [...row, ...more]);
  await insert("staff.teaching_assignment", "person_id, section_id, school_id, kind, from_date", "$2, $3, $4, 'AIDE', '2026-08-17'", [idOf("Section", "alg"), idOf("School", "A1")]);
  await insert("staff.substitute_assignment", "person_id, section_id, school_id, from_date, to_date", "$2, $3, $4, '2026-11-02', '2026-11-03'", [idOf("Section", "bio"), idOf("School", "A1")]);
}

beforeAll(async () => {
  graph = await attackGraph();
  await reachOfRita();
});
beforeEach(async () => {
  before = await fingerprint(graph);
});
afterAll(async () => {
  await graph?.[Symbol.asyncDispose]();
});

const ask = (persona: PersonaName, mutation: string, key?: string): Promise<Reply> => graph.ask(graph.identity(persona), `mutation { attempt: ${withIds(mutation)} { changes { recordType recordId field before after } } }`, {}, key);
/** What would be done, without doing it: for what one test must not leave to the next. */
const dry = (persona: PersonaName, mutation: string) => ask(persona, mutation.replace(/\)$/, ", dryRun: true)"));
const refusals = ["FORBIDDEN", "NOT_FOUND", "VALIDATION_FAILED"];

describe("nobody gives herself reach", () => {
  it.each([
    ["a duty", "principalHere", `assignDuty(input: { personId: "{Person pam}", role: COUNSELOR, schoolId: "{School A1}", fromDate: "2026-10-01" })`],
    ["a duty at another school", "principalHere", `assignDuty(input: { personId: "{Person pam}", role: TEACHER, schoolId: "{School A2}", fromDate: "2026-10-01" })`],
    ["a duty of the whole district", "humanResources", `assignDuty(input: { personId: "{Person hana}", role: REGISTRAR, fromDate: "2026-10-01" })`],
    ["a duty by the one who keeps accounts", "admin", `assignDuty(input: { personId: "{Person ada}", role: SUPERINTENDENT, fromDate: "2026-10-01" })`],
    ["a longer duty", "superintendent", `endDuty(input: { dutyAssignmentId: "{DutyAssignment sue}", version: 1, toDate: "2030-01-01" })`],
    ["a section", "registrarHere", `assignTeacher(input: { personId: "{Person rita}", sectionId: "{Section bio}", kind: AIDE, fromDate: "2026-10-14" })`],
    ["a section of the district", "superintendent", `assignTeacher(input: { personId: "{Person sue}", sectionId: "{Section geo}", kind: LEAD, fromDate: "2026-10-14" })`],
    ["a substitute's day", "secretary", `assignSubstitute(input: { personId: "{Person sid}", sectionId: "{Section alg}", fromDate: "2026-10-14", toDate: "2026-10-15" })`],
    ["a place in the pool", "humanResources", `createSubstitute(input: { personId: "{Person hana}", fromDate: "2026-10-14" })`],
    ["a caseload", "superintendent", `assignCaseload(input: { studentId: "{Student nils}", personId: "{Person sue}", kind: COUNSELING, fromDate: "2026-10-14" })`],
    ["a caseload as a counselor", "counselor", `assignCaseload(input: { studentId: "{Student dina}", personId: "{Person carl}", kind: COUNSELING, fromDate: "2026-10-14" })`],
    ["a pupil in the section she teaches", "registrarHere", `enrollInSection(input: { sectionId: "{Section alg}", studentId: "{Student lena}", fromDate: "2026-10-20" })`],
    ["several at once", "registrarHere", `enrollManyInSection(input: { sectionId: "{Section alg}", studentIds: ["{Student lena}", "{Student tom}"], fromDate: "2026-10-20" })`],
    ["one who moves into it", "registrarHere", `moveStudentSection(input: { sectionEnrollmentId: "{SectionEnrollment lena@bio}", version: 1, toSectionId: "{Section alg}", date: "2026-10-20" })`],
    ["a pupil in the section she will stand in for", "registrarHere", `enrollInSection(input: { sectionId: "{Section bio}", studentId: "{Student omar}", fromDate: "2026-10-20" })`],
    ["a longer lag", "teacherUntilTheLag", `createRosterPolicy(input: { fromDate: "2026-10-14", leadDays: 120, lagDays: 366 })`],
    ["a record of her own as a pupil", "registrarHere", `enrollStudent(input: { newStudent: { givenName: "a", familyName: "b", contacts: [{ personId: "{Person rita}", relationship: OTHER, educationRights: true, portalAccess: true }] }, schoolId: "{School A1}", entryDate: "2026-10-20", gradeLevelId: "{GradeLevel 09}", notADuplicate: true }, reason: "x")`],
    ["her own household for a pupil", "districtRegistrar", `enrollStudent(input: { newStudent: { givenName: "a", familyName: "b", contacts: [{ personId: "{Person dora}", relationship: OTHER, livesWith: true }], householdId: "{Household H-helen}" }, schoolId: "{School A1}", entryDate: "2026-10-20", gradeLevelId: "{GradeLevel 09}", notADuplicate: true }, reason: "x")`],
  ] as const)("%s", async (_, persona, mutation) => {
    const reply = await ask(persona, mutation);
    expect(["FORBIDDEN", "NOT_FOUND"], JSON.stringify(reply.errors)).toContain(outcome(reply));
    expect(await fingerprint(graph)).toBe(before);
  });

  it("a counselor's own child comes on no caseload of hers, whoever asks", async () => {
    const reply = await ask("principalThere", `assignCaseload(input: { studentId: "{Student kit}", personId: "{Person cyra}", kind: COUNSELING, fromDate: "2026-10-14" })`);
    expect(outcome(reply)).toBe("CONFLICT");
    expect(await fingerprint(graph)).toBe(before);
  });

  it.each([
    // Each would open the whole record of a pupil of another school to the registrar who writes it.
    ["enrolls a pupil of another school beside it", "registrarHere", `enrollStudent(input: { studentId: "{Student leo}", schoolId: "{School A1}", entryDate: "2026-10-14", gradeLevelId: "{GradeLevel 09}", kind: SECONDARY })`],
    ["opens a former enrollment again", "registrarThere", `correctEnrollment(input: { enrollmentId: "{SchoolEnrollment lena@A2 former}", version: 1, exitDate: null, kind: SECONDARY }, reason: "x")`],
    ["makes a former one end after today", "registrarThere", `correctEnrollment(input: { enrollmentId: "{SchoolEnrollment lena@A2 former}", version: 1, exitDate: "2027-06-05", kind: SECONDARY }, reason: "x")`],
  ] as const)("a school's registrar %s", async (_, persona, mutation) => {
    const reply = await dry(persona, mutation);
    expect(outcome(reply), JSON.stringify(reply.data)).toBe("FORBIDDEN");
    expect(await fingerprint(graph)).toBe(before);
  });

  it("whoever is listed for a duplicate does not merge it into another student, whose contact she would be", async () => {
    await graph.platform.sql(
      `INSERT INTO students.student_contact (id, district_id, version, created_at, updated_at, student_id, person_id, relationship, status, from_date, education_rights, portal_access, lives_with, mailings, pick_up, decision_making, confidential)
       VALUES (uuidv7(), $1, 1, now(), now(), $2, $3, 'MOTHER', 'CONFIRMED', '2020-01-01', true, true, true, true, true, true, false)`,
      [idOf("District", "A"), idOf("Student", "nick"), idOf("Person", "dora")],
    );
    before = await fingerprint(graph);
    const reply = await dry("districtRegistrar", `mergeStudents(input: { duplicateId: "{Student nick}", survivorId: "{Student gina}" }, reason: "x")`);
    expect(outcome(reply)).toBe("FORBIDDEN");
    expect(await fingerprint(graph)).toBe(before);
  });
});

describe("a merge is undone by nobody but the registrar who reaches the student", () => {
  it.each(["registrarThere", "principalHere", "counselor", "superintendent", "teacherOfHerChild", "rolesWithoutDuty", "registrarElsewhere", "parentOfTwo"] as const)("not by %s", async (persona) => {
    expect(["FORBIDDEN", "NOT_FOUND"]).toContain(outcome(await ask(persona, `unmergeStudents(input: { mergeId: "{StudentMerge lena}", version: 1 }, reason: "x")`)));
    expect(await fingerprint(graph)).toBe(before);
  });
});

describe("lying stamps", () => {
  it.each([
    ["another's meeting", "teacherAndParent", `takeAttendance(input: { classMeetingId: "{ClassMeeting bio 2026-10-14}", version: 1, entries: [] })`],
    ["her child's exception", "teacherAndParent", `correctAttendance(input: { classMeetingId: "{ClassMeeting bio 2026-10-14}", studentId: "{Student tom}", version: 1, codeId: "{AttendanceCode E}" }, reason: "x")`],
    ["her child's score", "teacherAndParent", `enterScores(input: { sectionId: "{Section bio}", entries: [{ studentId: "{Student tom}", assignmentId: "{Assignment bio quiz}", version: 1, points: "10" }] })`],
    ["her child's mark", "teacherAndParent", `changeMark(input: { markId: "{Mark tom bio}", version: 1, percent: "100" }, reason: "x")`],
    ["her child's score by her own section", "teacherAndParent", `enterScores(input: { sectionId: "{Section alg}", entries: [{ studentId: "{Student tom}", assignmentId: "{Assignment bio quiz}", version: 1, points: "10" }] })`],
    ["her child's score in her own section's work", "teacherAndParent", `enterScores(input: { sectionId: "{Section alg}", entries: [{ studentId: "{Student tom}", assignmentId: "{Assignment alg test}", points: "10" }] })`],
    ["a pupil of another school's section", "teacherThere", `enterScores(input: { sectionId: "{Section geo}", entries: [{ studentId: "{Student lena}", assignmentId: "{Assignment geo essay}", points: "10" }] })`],
    ["the section of last year", "teacherThere", `enterScores(input: { sectionId: "{Section geo-25}", entries: [{ studentId: "{Student lena}", assignmentId: "{Assignment geo-25 essay}", version: 1, points: "10" }] })`],
    ["a pupil who left long ago", "teacherOfHerChild", `enterScores(input: { sectionId: "{Section bio}", entries: [{ studentId: "{Student adam}", assignmentId: "{Assignment bio quiz}", version: 1, points: "10" }] })`],
    ["what he gave long ago", "teacherUntilTheLag", `enterScores(input: { sectionId: "{Section bio}", entries: [{ studentId: "{Student adam}", assignmentId: "{Assignment bio quiz}", version: 1, points: "10" }] })`],
    ["work in another's section", "teacherAndParent", `createAssignment(input: { sectionId: "{Section bio}", schoolId: "{School A1}", categoryId: "{AssignmentCategory bio}", gradingPeriodId: "{GradingPeriod A1}", title: "x", assignedDate: "2026-10-01", dueDate: "2026-10-02", pointsPossible: "1" })`],
    ["work with another section's category", "teacherAndParent", `createAssignment(input: { sectionId: "{Section alg}", schoolId: "{School A1}", categoryId: "{AssignmentCategory bio}", gradingPeriodId: "{GradingPeriod A1}", title: "x", assignedDate: "2026-10-01", dueDate: "2026-10-02", pointsPossible: "1" })`],
    ["work with another school", "teacherAndParent", `createAssignment(input: { sectionId: "{Section alg}", schoolId: "{School A2}", categoryId: "{AssignmentCategory alg}", gradingPeriodId: "{GradingPeriod A1}", title: "x", assignedDate: "2026-10-01", dueDate: "2026-10-02", pointsPossible: "1" })`],
    ["work with another school's period", "teacherAndParent", `createAssignment(input: { sectionId: "{Section alg}", schoolId: "{School A1}", categoryId: "{AssignmentCategory alg}", gradingPeriodId: "{GradingPeriod A2}", title: "x", assignedDate: "2026-10-01", dueDate: "2026-10-02", pointsPossible: "1" })`],
    ["another school's term", "registrarHere", `createSectionTerm(input: { sectionId: "{Section alg}", schoolId: "{School A1}", termId: "{Term A2}" })`],
    ["another school's calendar", "registrarHere", `createSection(input: { courseId: "{Course alg}", schoolId: "{School A1}", schoolYearId: "{SchoolYear this year}", trackId: "{CalendarTrack A2}", code: "x", title: "x" })`],
    ["a section at another school", "registrarHere", `createSection(input: { courseId: "{Course alg}", schoolId: "{School A2}", schoolYearId: "{SchoolYear this year}", code: "x", title: "x" })`],
    ["another school's room", "registrarHere", `scheduleMeetings(input: { sectionId: "{Section alg}", fromDate: "2026-10-20", slots: [{ periodCode: "1", roomId: "{Room A2}" }] })`],
    ["a credit at another school", "registrarHere", `recordTransferCredit(input: { studentId: "{Student omar}", schoolId: "{School A2}", transferSchool: "Far", entries: [{ courseCode: "x", courseTitle: "x", schoolYearName: "2025-26", termName: "Fall", endedOn: "2026-01-01", mark: "A", creditsAttempted: "1", creditsEarned: "1" }] })`],
    ["a window of another school", "principalHere", `createGradingWindow(input: { schoolId: "{School A2}", gradingPeriodId: "{GradingPeriod A2}", opensAt: "2026-10-01T05:00:00Z", closesAt: "2026-12-01T05:00:00Z" })`],
    ["a formula for the whole district", "principalHere", `createTermFormula(input: { termId: "{Term A1}" })`],
    ["the plan of her child at another school", "counselorAndParent", `createStudentGraduationPlan(input: { studentId: "{Student kit}", planId: "{GraduationPlan standard}", fromDate: "2026-10-01" })`],
    ["himself as an employee", "humanResources", `createEmployee(input: { personId: "{Person hana}", employeeNumber: "E-h", hireDate: "2026-10-01" })`],
  ] as const)("%s", async (_, persona, mutation) => {
    const reply = await ask(persona, mutation);
    expect([...refusals, "CONFLICT"], JSON.stringify(reply)).toContain(outcome(reply));
    if (outcome(reply) === "CONFLICT") expect(mutation).toContain("Room A2");
    expect(JSON.stringify(reply)).not.toMatch(/Given-|Family-|Note of|Record of/);
    expect(await fingerprint(graph)).toBe(before);
  });

  it.each([
    // Being a teacher gives nothing about her own child beyond what a parent has, in her own section neither: a colleague or the office does it.
    ["enters her own child's score", `enterScores(input: { sectionId: "{Section alg}", entries: [{ studentId: "{Student tia}", assignmentId: "{Assignment alg test}", version: 1, points: "10" }] })`],
    ["changes her own child's mark", `changeMark(input: { markId: "{Mark tia alg}", version: 1, percent: "100" }, reason: "x")`],
    ["corrects her own child's attendance", `correctAttendance(input: { classMeetingId: "{ClassMeeting alg 2026-10-14}", studentId: "{Student tia}", version: 1, codeId: "{AttendanceCode E}" }, reason: "x")`],
    ["excuses her own child by taking attendance anew", `takeAttendance(input: { classMeetingId: "{ClassMeeting alg 2026-10-14}", version: 1, entries: [{ studentId: "{Student omar}", codeId: "{AttendanceCode U}" }, { studentId: "{Student tia}", codeId: "{AttendanceCode E}" }] })`],
  ] as const)("in her own section no teacher %s", async (_, mutation) => {
    const reply = await dry("teacherAndParent", mutation);
    expect(refusals, JSON.stringify(reply.data)).toContain(outcome(reply));
    expect(await fingerprint(graph)).toBe(before);
  });
});

describe("a student out of reach is answered like one who does not exist", () => {
  it.each([
    ["teacherAndParent", `takeAttendance(input: { classMeetingId: "{ClassMeeting alg 2026-10-14}", version: 1, entries: [{ studentId: "{hidden}", codeId: "{AttendanceCode U}" }] })`, ["leo", "lena", "b-bea"]],
    ["teacherOfHerChild", `enterScores(input: { sectionId: "{Section bio}", entries: [{ studentId: "{hidden}", assignmentId: "{Assignment bio quiz}", points: "1" }] })`, ["leo", "omar", "b-bea"]],
    ["coTeacher", `postMarks(input: { sectionId: "{Section alg}", gradingPeriodId: "{GradingPeriod A1}", entries: [{ studentId: "{hidden}", mark: "A" }] })`, ["leo", "lena", "b-bea"]],
    ["coTeacher", `recordIncomplete(input: { sectionId: "{Section alg}", studentId: "{hidden}", gradingPeriodId: "{GradingPeriod A1}", deadline: "2026-11-01", becomes: "A" }, reason: "x")`, ["leo", "lena", "b-bea"]],
    ["clerkHere", `recordOfficeEntry(input: { studentId: "{hidden}", date: "2026-10-14", kind: CALL, codeId: "{AttendanceCode U}" })`, ["leo", "kit", "b-bea"]],
    ["secretary", `excuseAbsence(input: { studentId: "{hidden}", fromDate: "2026-10-14", codeId: "{AttendanceCode E}" }, reason: "x")`, ["leo", "b-bea"]],
    ["clerkHere", `bulkAttendanceCode(input: { studentIds: ["{Student omar}", "{hidden}"], date: "2026-10-14", codeId: "{AttendanceCode E}" })`, ["leo", "b-bea"]],
    ["counselor", `enrollInSection(input: { sectionId: "{Section alg}", studentId: "{hidden}", fromDate: "2026-10-20" })`, ["leo", "kit", "b-bea"]],
    ["principalHere", `enrollManyInSection(input: { sectionId: "{Section alg}", studentIds: ["{Student lena}", "{hidden}"], fromDate: "2026-10-20" })`, ["leo", "b-bea"]],
    ["principalHere", `assignCaseload(input: { studentId: "{hidden}", personId: "{Person carl}", kind: COUNSELING, fromDate: "2026-10-20" })`, ["leo", "nils", "b-bea"]],
    ["principalHere", `issueTranscript(input: { studentId: "{hidden}", schoolId: "{School A1}" })`, ["leo", "nils", "b-bea"]],
    ["principalHere", `issueReportCards(input: { schoolId: "{School A1}", gradingPeriodId: "{GradingPeriod A1}", studentIds: ["{hidden}"] })`, ["leo", "b-bea"]],
    ["registrarHere", `recordTransferCredit(input: { studentId: "{hidden}", schoolId: "{School A1}", transferSchool: "Far", entries: [{ courseCode: "x", courseTitle: "x", schoolYearName: "2025-26", termName: "Fall", endedOn: "2026-01-01", mark: "A", creditsAttempted: "1", creditsEarned: "1" }] })`, ["leo", "b-bea"]],
    ["counselor", `planNextYear(input: { schoolYearId: "{SchoolYear this year}", placements: [{ studentId: "{hidden}", action: LEAVE }] })`, ["leo", "nils", "b-bea"]],
    ["registrarHere", `mergeStudents(input: { duplicateId: "{hidden}", survivorId: "{Student lena}" }, reason: "x")`, ["leo", "b-bea"]],
    ["registrarHere", `withdrawStudent(input: { studentId: "{hidden}", schoolId: "{School A1}", exitDate: "2026-10-20", exitCode: "W1" })`, ["leo", "nils", "b-bea"]],
    ["registrarHere", `transferStudent(input: { studentId: "{hidden}", fromSchoolId: "{School A1}", toSchoolId: "{School A2}", day: "2026-10-20" })`, ["leo", "nils", "b-bea"]],
    ["counselor", `createStudentGraduationPlan(input: { studentId: "{hidden}", planId: "{GraduationPlan standard}", fromDate: "2026-10-01" })`, ["leo", "b-bea"]],
  ] as const)("%s: %s", sameAsNobody);

  it.each([
    ["registrarHere", `unmergeStudents(input: { mergeId: "{hidden}", version: 1 }, reason: "x")`, ["leo"], "StudentMerge"],
    ["registrarThere", `unmergeStudents(input: { mergeId: "{hidden}", version: 1 }, reason: "x")`, ["lena"], "StudentMerge"],
    ["registrarElsewhere", `unmergeStudents(input: { mergeId: "{hidden}", version: 1 }, reason: "x")`, ["lena", "leo"], "StudentMerge"],
  ] as const)("and so is a merge: %s: %s", sameAsNobody);

  async function sameAsNobody(persona: PersonaName, mutation: string, hidden: readonly string[], type = "Student"): Promise<void> {
    const attempt = async (id: string) => JSON.parse(JSON.stringify(toldIn(await ask(persona, mutation.replace("{hidden}", id)))).replaceAll(id, "the student")) as unknown;
    const nothing = await attempt(nobody);
    expect(["FORBIDDEN", "NOT_FOUND", "VALIDATION_FAILED", "CONFLICT"]).toContain((nothing as { extensions: { code: string } }[])[0]?.extensions.code);
    for (const name of hidden) expect(await attempt(idOf(type, name)), name).toEqual(nothing);
    expect(await fingerprint(graph)).toBe(before);
  }
});

describe("operations that write for the district tell only what the caller reads", () => {
  it.each([
    ["a former school's transcript says nothing of what came after, nor when the student was born", "principalThere", `issueTranscript(input: { studentId: "{Student lena}", schoolId: "{School A2}" })`, /Record of lena here|2011-03-02/],
    ["nor does a new edition of an old one", "principalThere", `reissueDocument(input: { documentId: "{IssuedDocument lena}" }, reason: "x")`, /Record of lena here|2011-03-02/],
    ["the mark of a student who left her section long ago", "teacherOfHerChild", `changeMark(input: { markId: "{Mark adam bio}", version: 1, percent: "91" }, reason: "x")`, /"95/],
    ["that mark, made incomplete", "teacherOfHerChild", `recordIncomplete(input: { sectionId: "{Section bio}", studentId: "{Student adam}", gradingPeriodId: "{GradingPeriod A1}", deadline: "2026-11-01", becomes: "A", version: 1 }, reason: "x")`, /"95/],
    ["a parent's birth date, when she is entered as a student", "registrarHere", `enrollStudent(input: { newStudent: { personId: "{Person maria}", birthDate: "2000-01-01" }, schoolId: "{School A1}", entryDate: "2026-10-20", gradeLevelId: "{GradeLevel 09}", notADuplicate: true }, reason: "x")`, /1980-01-01/],
    ["the rosters of a pupil of another school", "registrarHere", `transferStudent(input: { studentId: "{Student leo}", fromSchoolId: "{School A2}", toSchoolId: "{School A1}", day: "2026-10-20", acknowledged: true })`, /"SectionEnrollment"/],
  ] as const)("%s", async (_, persona, mutation, secret) => {
    expect(JSON.stringify(await dry(persona, mutation))).not.toMatch(secret);
    expect(await fingerprint(graph, "logged reads")).toContain("students.student");
  });

  it("and the same key gives another account nothing of it", async () => {
    const write = `enrollInSection(input: { sectionId: "{Section bio}", studentId: "{Student adam}", fromDate: "2026-11-10" })`;
    const first = await ask("counselor", write, "one key");
    expect(outcome(first)).toBe("done");
    expect(await ask("counselor", write, "one key")).toEqual(first);
    for (const persona of ["registrarThere", "teacherAndParent", "registrarElsewhere", "superintendentElsewhere"] as const) {
      const told = await ask(persona, write, "one key");
      expect(["FORBIDDEN", "NOT_FOUND"], persona).toContain(outcome(told));
      expect(told.data?.attempt ?? null).toBeNull();
    }
  });
});
