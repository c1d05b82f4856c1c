import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { enrollmentsIn, firstDay, membershipIn, operate, twoSchools, type Outcome } from "../testing/two-schools.ts";
import { daysLost } from "./correct-enrollment.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());
const onlyEnrollmentOf = async (student: string): Promise<string> => (await enrollmentsIn(contract, student))[0]!.id;
const outcome = (reply: Parameters<typeof dataOf>[0]) => dataOf<{ out: Outcome }>(reply).out;

describe("the operations on one enrollment", () => {
  it("are the registrar's alone: of the school, or of the district", async () => {
    const district = twoSchools(contract);
    const student = district.student();
    const others = [district.elmRegistrar, district.onDuty(Role.Principal, district.oak), district.onDuty(Role.SchoolSecretary, district.oak), district.onDuty(Role.Superintendent, null)];
    await district.make.save();
    const enrollmentId = await onlyEnrollmentOf(student);
    const asked: [string, Record<string, unknown>, string?][] = [
      ["withdrawStudent", { studentId: student, schoolId: district.oak, exitDate: "2026-10-05", exitCode: "W1" }],
      ["markNoShow", { enrollmentId, version: 1 }],
      ["changeGradeLevel", { enrollmentId, version: 1, gradeLevelId: district.grades["04"], day: "2026-10-05" }],
      ["correctEnrollment", { enrollmentId, version: 1, entryDate: "2026-08-25" }, "Typing error"],
      ["cancelEnrollment", { enrollmentId, version: 1 }, "Typing error"],
      ["reenterStudent", { studentId: student, schoolId: district.oak, entryDate: "2026-11-02" }],
    ];
    const before = await rowCounts(contract.platform);
    for (const [name, input, reason] of asked) {
      // Another school's registrar does not read the enrollment that the input names; which school it names is no secret.
      for (const identity of others) expect(codeOf(await operate(contract, identity, name, input, { reason })), `${name} by ${identity.roles.join()}`).toBe(identity === district.elmRegistrar && "enrollmentId" in input ? "NOT_FOUND" : "FORBIDDEN");
    }
    expect(await rowCounts(contract.platform)).toEqual(before);
    for (const [name, input, reason] of asked.slice(0, 5)) expect(codeOf(await operate(contract, district.districtRegistrar, name, input, { reason, dryRun: true })), name).toBeUndefined();
  });

  it("are refused for a version that somebody has changed since", async () => {
    const district = twoSchools(contract);
    const student = district.student();
    await district.make.save();
    const enrollmentId = await onlyEnrollmentOf(student);
    dataOf(await operate(contract, district.oakRegistrar, "correctEnrollment", { enrollmentId, version: 1, entryDate: "2026-08-25" }, { reason: "Came a day late" }));
    for (const [name, input, reason] of [["markNoShow", {}], ["changeGradeLevel", { gradeLevelId: district.grades["04"], day: "2026-10-05" }], ["cancelEnrollment", {}, "Typing error"], ["correctEnrollment", {}, "Typing error"]] as const) {
      expect(codeOf(await operate(contract, district.oakRegistrar, name, { enrollmentId, version: 1, ...input }, { reason })), name).toBe("STALE_VERSION");
    }
  });
});

describe("withdrawing", () => {
  it("ends the membership with the day, ends rosters, and takes back what was planned", async () => {
    const district = twoSchools(contract, { days: true });
    const student = district.student({}, { exitDate: "2027-08-01", exitCode: "P" });
    district.make.a("SchoolEnrollment", { student, schoolId: district.high, schoolYearId: district.nextYear, gradeLevelId: district.grades["06"], entryDate: "2027-08-01" });
    const section = district.make.a("Section", { schoolId: district.oak, schoolYearId: district.year });
    district.make.a("SectionEnrollment", { studentId: student, section, schoolId: district.oak, fromDate: firstDay });
    await district.make.save();
    const { notes } = outcome(await operate(contract, district.oakRegistrar, "withdrawStudent", { studentId: student, schoolId: district.oak, exitDate: "2026-09-22", exitCode: "W3" }));
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ school: "Oak", entry: firstDay, exit: "2026-09-22", exit_code: "W3", no_show: false }]);
    expect(notes).toEqual(["The enrollment for a later school year was taken back."]);
    // 24 August to Monday 21 September: four weeks of 5 days and one Monday = 21.
    expect(await membershipIn(contract, district.districtRegistrar, student, "2026-12-31")).toEqual([{ entryDate: firstDay, days: 21 }]);
    expect(await contract.platform.sql("SELECT to_date::text, end_reason FROM academics.section_enrollment WHERE student_id = $1", [student])).toEqual([{ to_date: "2026-09-22", end_reason: "Withdrawn from the school" }]);
  });

  it("leaves families their access, and the former school what happened there", async () => {
    const district = twoSchools(contract);
    const student = district.student();
    const parent = signedIn(district.make, contract.reaches.guardian_student!(district.make, student, { role: Role.Parent }), [Role.Parent]);
    const principal = district.onDuty(Role.Principal, district.oak);
    await district.make.save();
    dataOf(await operate(contract, district.oakRegistrar, "withdrawStudent", { studentId: student, schoolId: district.oak, exitDate: "2026-10-05", exitCode: "W3" }));
    const document = "query($id: ID!) { student(id: $id) { studentNumber schoolEnrollments { nodes { exitDate } } contacts { totalCount } } }";
    expect(dataOf(await contract.platform.call("students", parent, document, { id: student })).student).toMatchObject({ schoolEnrollments: { nodes: [{ exitDate: "2026-10-05" }] }, contacts: { totalCount: 1 } });
    // Name, number and the enrollment that was at the school; not the contacts, which are of no school.
    expect(dataOf(await contract.platform.call("students", principal, document, { id: student })).student).toMatchObject({ schoolEnrollments: { nodes: [{ exitDate: "2026-10-05" }] }, contacts: { totalCount: 0 } });
  });

  it("says that a secondary enrollment goes on", async () => {
    const district = twoSchools(contract);
    const student = district.student();
    district.make.a("SchoolEnrollment", { student, schoolId: district.high, schoolYearId: district.year, kind: "SECONDARY", entryDate: firstDay, gradeLevelId: district.grades["03"] });
    await district.make.save();
    const { notes } = outcome(await operate(contract, district.oakRegistrar, "withdrawStudent", { studentId: student, schoolId: district.oak, exitDate: "2026-10-05", exitCode: "W3" }));
    expect(notes.join()).toContain("A secondary enrollment at another school goes on");
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ school: "Oak", exit: "2026-10-05" }, { school: "High", exit: null }].sort((a, b) => (a.school < b.school ? 1 : -1)));
  });

  it("takes only codes that the district lists, once it lists some", async () => {
    const district = twoSchools(contract);
    const student = district.student();
    district.make.a("EnrollmentCode", { kind: "EXIT", code: "W1", meaning: "WITHDRAWN", title: "Moved away" });
    await district.make.save();
    const withdraw = (exitCode: string) => operate(contract, district.oakRegistrar, "withdrawStudent", { studentId: student, schoolId: district.oak, exitDate: "2026-10-05", exitCode });
    expect(codeOf(await withdraw("W9"))).toBe("VALIDATION_FAILED");
    expect(codeOf(await withdraw("W1"))).toBeUndefined();
  });
});

describe("a re-entry", () => {
  it("is a new span: the days between are no membership", async () => {
    const district = twoSchools(contract, { days: true });
    const student = district.student({}, { exitDate: "2026-09-21", exitCode: "W3" });
    district.make.a("EnrollmentCode", { kind: "ENTRY", code: "R9", meaning: "REENTERED", standard: true });
    await district.make.save();
    dataOf(await operate(contract, district.oakRegistrar, "reenterStudent", { studentId: student, schoolId: district.oak, entryDate: "2026-10-12" }));
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ exit: "2026-09-21" }, { entry: "2026-10-12", exit: null, grade: "03", entry_code: "R9" }]);
    // 24 August to 18 September = 4 weeks = 20; 12 to 14 October = 3. The three weeks between count nowhere.
    expect(await membershipIn(contract, district.oakRegistrar, student, "2026-10-14")).toEqual([{ entryDate: firstDay, days: 20 }, { entryDate: "2026-10-12", days: 3 }]);
  });

  it("needs a student who was here, and who is not enrolled elsewhere", async () => {
    const district = twoSchools(contract);
    const [never, here] = [district.student({}, null), district.student()] as const;
    await district.make.save();
    const back = (studentId: string, schoolId = district.oak) => operate(contract, district.districtRegistrar, "reenterStudent", { studentId, schoolId, entryDate: "2026-10-12" });
    expect((await back(never)).errors![0]!.message).toContain("enrollStudent");
    expect((await back(here, district.elm)).errors![0]!.message).toContain("transferStudent");
    expect((await back(here)).errors![0]!.message).toContain("at this school already");
  });
});

describe("a no-show", () => {
  it("has zero days of membership and is no withdrawal; the student leaves the rosters as if never on them", async () => {
    const district = twoSchools(contract, { days: true });
    const student = district.student();
    district.make.a("EnrollmentCode", { kind: "EXIT", code: "NS", meaning: "NO_SHOW", standard: true });
    const section = district.make.a("Section", { schoolId: district.oak, schoolYearId: district.year });
    district.make.a("SectionEnrollment", { studentId: student, section, schoolId: district.oak, fromDate: firstDay });
    await district.make.save();
    const enrollmentId = await onlyEnrollmentOf(student);
    dataOf(await operate(contract, district.oakRegistrar, "markNoShow", { enrollmentId, version: 1 }));
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ entry: firstDay, exit: firstDay, no_show: true, exit_code: "NS" }]);
    // Entered on 24 August, exit on 24 August: no day between them.
    expect(await membershipIn(contract, district.districtRegistrar, student, "2027-05-28")).toEqual([{ entryDate: firstDay, days: 0 }]);
    expect(await contract.platform.sql("SELECT 1 FROM academics.section_enrollment WHERE student_id = $1 AND archived_at IS NULL", [student])).toEqual([]);
    expect(codeOf(await operate(contract, district.oakRegistrar, "markNoShow", { enrollmentId, version: 2 }))).toBe("CONFLICT");
    // And who comes after all is simply enrolled; the empty span is in nobody's way.
    dataOf(await operate(contract, district.oakRegistrar, "enrollStudent", { studentId: student, schoolId: district.oak, entryDate: "2026-09-14", gradeLevelId: district.grades["03"] }));
    expect(await enrollmentsIn(contract, student)).toHaveLength(2);
  });

  it("is not who came and left", async () => {
    const district = twoSchools(contract);
    const student = district.student({}, { exitDate: "2026-09-21" });
    await district.make.save();
    const enrollmentId = await onlyEnrollmentOf(student);
    expect((await operate(contract, district.oakRegistrar, "markNoShow", { enrollmentId, version: 1 })).errors![0]!.message).toContain("ends on 2026-09-21");
  });
});

describe("a change of the grade level within the year", () => {
  it("is a new enrollment at the same school, so that old facts keep the grade of their day", async () => {
    const district = twoSchools(contract, { days: true });
    const student = district.student({}, { exitDate: "2027-08-01", exitCode: "P", fullTimeShare: "0.5" });
    await district.make.save();
    const enrollmentId = await onlyEnrollmentOf(student);
    dataOf(await operate(contract, district.oakRegistrar, "changeGradeLevel", { enrollmentId, version: 1, gradeLevelId: district.grades["04"], day: "2026-10-05" }));
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ grade: "03", exit: "2026-10-05" }, { grade: "04", entry: "2026-10-05", exit: "2027-08-01", exit_code: "P" }]);
    // 30 days in grade 3 (6 weeks), 8 in grade 4 (5 to 14 October).
    expect(await membershipIn(contract, district.oakRegistrar, student, "2026-10-14")).toEqual([{ entryDate: firstDay, days: 30 }, { entryDate: "2026-10-05", days: 8 }]);
    expect(await contract.platform.sql("SELECT DISTINCT full_time_share::text FROM students.school_enrollment WHERE student_id = $1", [student])).toEqual([{ full_time_share: "0.500" }]);
  });

  it("needs a day inside the enrollment and another grade", async () => {
    const district = twoSchools(contract);
    const student = district.student();
    await district.make.save();
    const enrollmentId = await onlyEnrollmentOf(student);
    const change = (grade: string, day: string) => operate(contract, district.oakRegistrar, "changeGradeLevel", { enrollmentId, version: 1, gradeLevelId: district.grades[grade], day });
    expect([codeOf(await change("03", "2026-10-05")), codeOf(await change("04", firstDay)), codeOf(await change("04", "2027-08-01"))]).toEqual(["CONFLICT", "VALIDATION_FAILED", "VALIDATION_FAILED"]);
  });
});

describe("a correction", () => {
  it("of the days loses those that are no longer inside", () => {
    const span = { entryDate: "2026-08-24", exitDate: "2026-12-01" };
    expect(daysLost(span, { entryDate: "2026-08-31", exitDate: "2026-12-01" })).toEqual([{ from: "2026-08-24", until: "2026-08-31" }]);
    expect(daysLost(span, { entryDate: "2026-08-24", exitDate: "2026-11-01" })).toEqual([{ from: "2026-11-01", until: "2026-12-01" }]);
    expect(daysLost(span, { entryDate: "2026-08-01", exitDate: null })).toEqual([]);
    // Moved out of its old days altogether: all of them are lost.
    expect(daysLost(span, { entryDate: "2027-01-04", exitDate: null })).toEqual([{ from: "2026-08-24", until: "2026-12-01" }]);
    expect(daysLost({ entryDate: "2026-08-24", exitDate: "2026-08-24" }, { entryDate: "2026-09-01", exitDate: null }), "a no-show has none to lose").toEqual([]);
  });

  it("needs a reason, stays in its school year, and tells what does not come back", async () => {
    const district = twoSchools(contract);
    const student = district.student({}, { exitDate: "2026-10-05", exitCode: "W3" });
    await district.make.save();
    const enrollmentId = await onlyEnrollmentOf(student);
    const correct = (input: Record<string, unknown>, reason = "Typing error") => operate(contract, district.oakRegistrar, "correctEnrollment", { enrollmentId, ...input }, { reason });
    expect(codeOf(await correct({ version: 1, exitDate: null }, "  "))).toBe("VALIDATION_FAILED");
    expect(codeOf(await correct({ version: 1, entryDate: "2026-07-31" }))).toBe("VALIDATION_FAILED");
    expect(codeOf(await correct({ version: 1, exitDate: firstDay }))).toBe("VALIDATION_FAILED");
    const { notes } = outcome(await correct({ version: 1, exitDate: null, gradeLevelId: district.grades["02"], trackId: district.tracks.oak }));
    expect(notes.join()).toContain("rosters that ended with the former exit are not brought back");
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ exit: null, exit_code: null, grade: "02", version: 2 }]);
    expect(codeOf(await correct({ version: 2, trackId: district.tracks.elm })), "a track of another school").toBe("VALIDATION_FAILED");
  });

  it("never makes two primaries", async () => {
    const district = twoSchools(contract);
    const student = district.student({}, { exitDate: "2026-10-05" });
    district.make.a("SchoolEnrollment", { student, schoolId: district.elm, schoolYearId: district.year, gradeLevelId: district.grades["03"], entryDate: "2026-10-05" });
    await district.make.save();
    const enrollmentId = await onlyEnrollmentOf(student);
    expect(codeOf(await operate(contract, district.oakRegistrar, "correctEnrollment", { enrollmentId, version: 1, exitDate: "2026-10-06" }, { reason: "Stayed a day longer" }))).toBe("CONFLICT");
  });

  it("of a no-show keeps it one, until its days are set right", async () => {
    const district = twoSchools(contract);
    const student = district.student({}, { exitDate: firstDay, noShow: true });
    await district.make.save();
    const enrollmentId = await onlyEnrollmentOf(student);
    dataOf(await operate(contract, district.oakRegistrar, "correctEnrollment", { enrollmentId, version: 1, gradeLevelId: district.grades["02"] }, { reason: "Grade" }));
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ no_show: true, grade: "02" }]);
    dataOf(await operate(contract, district.oakRegistrar, "correctEnrollment", { enrollmentId, version: 2, exitDate: null }, { reason: "Was here all the time" }));
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ no_show: false, exit: null }]);
  });

  it("is all that a closed school year still allows", async () => {
    const district = twoSchools(contract);
    const past = district.make.a("SchoolYear", { name: "2025-26", firstDay: "2025-08-01", endDay: "2026-08-01", status: "CLOSED" });
    const student = district.student({}, { schoolYearId: past, entryDate: "2025-08-25", exitDate: "2026-08-01" });
    await district.make.save();
    const enrollmentId = await onlyEnrollmentOf(student);
    const withdrawn = await operate(contract, district.oakRegistrar, "withdrawStudent", { studentId: student, schoolId: district.oak, exitDate: "2026-05-04", exitCode: "W3" });
    expect([codeOf(withdrawn), withdrawn.errors![0]!.message]).toEqual(["CONFLICT", expect.stringContaining("2025-26 is closed")]);
    expect(codeOf(await operate(contract, district.oakRegistrar, "enrollStudent", { studentId: student, schoolId: district.oak, entryDate: "2026-06-01", gradeLevelId: district.grades["03"] }))).toBe("CONFLICT");
    dataOf(await operate(contract, district.oakRegistrar, "correctEnrollment", { enrollmentId, version: 1, exitDate: "2026-05-04" }, { reason: "Left in May, heard of it now" }));
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ exit: "2026-05-04" }]);
  });
});

describe("taking back an enrollment that was entered by mistake", () => {
  it("archives it with its rosters, and leaves the student's others", async () => {
    const district = twoSchools(contract);
    const student = district.student({}, { exitDate: "2026-10-05" });
    const wrong = district.make.a("SchoolEnrollment", { student, schoolId: district.elm, schoolYearId: district.year, gradeLevelId: district.grades["03"], entryDate: "2026-10-05" });
    const section = district.make.a("Section", { schoolId: district.elm, schoolYearId: district.year });
    district.make.a("SectionEnrollment", { studentId: student, section, schoolId: district.elm, fromDate: "2026-10-05" });
    await district.make.save();
    expect(codeOf(await operate(contract, district.elmRegistrar, "cancelEnrollment", { enrollmentId: wrong, version: 1 }, { reason: " " }))).toBe("VALIDATION_FAILED");
    dataOf(await operate(contract, district.elmRegistrar, "cancelEnrollment", { enrollmentId: wrong, version: 1 }, { reason: "Another child of the same name" }));
    expect(await enrollmentsIn(contract, student)).toMatchObject([{ school: "Oak" }]);
    expect(await contract.platform.sql("SELECT 1 FROM academics.section_enrollment WHERE student_id = $1 AND archived_at IS NULL", [student])).toEqual([]);
    expect(codeOf(await operate(contract, district.elmRegistrar, "cancelEnrollment", { enrollmentId: wrong, version: 2 }, { reason: "Again" }))).toBe("NOT_FOUND");
  });
});
