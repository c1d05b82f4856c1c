import { describe, expect, test } from "vitest";
import { contactsOf, familyOf, schoolEnrollmentsOf, spanWithinYear, staffAssignmentsOf, studentsOf } from "./derive.ts";
import { edited, fixture, folderOf } from "./fixtures/build-package.ts";
import { gradeLevel } from "./grade-levels.ts";
import { readRoster, type RosterBundle } from "./roster.ts";

async function bundleOf(files: Record<string, string>): Promise<RosterBundle> {
  const outcome = await readRoster(await folderOf(files));
  if (outcome.outcome === "refused") throw new Error(outcome.deviations.map(({ message }) => message).join("\n"));
  return outcome;
}

const older = (file: string, from: string, to: string) => fixture("district-v1p1").then((files) => bundleOf(edited(files, file, from, to)));
const newer = (file: string, from: string, to: string) => fixture("district-v1p2").then((files) => bundleOf(edited(files, file, from, to)));
const ids = (users: readonly { sourcedId: string }[]) => users.map(({ sourcedId }) => sourcedId);
const firstImport = { importDate: "2024-10-01", importedBefore: false };

describe("who is a student", () => {
  test("users with the role, disabled accounts included", async () => {
    expect(ids(studentsOf(await bundleOf(await fixture("district-v1p1"))))).toEqual(["u-ada", "u-ben"]);
  });

  test("not a teacher who is enrolled as a student, nor a withdrawn user", async () => {
    expect(ids(studentsOf(await older("enrollments.csv", "s1,u-ben", "s1,u-ito")))).toEqual(["u-ada", "u-ben"]);
    expect(ids(studentsOf(await older("users.csv", "u-ben,,", "u-ben,tobedeleted,")))).toEqual(["u-ada"]);
  });
});

describe("who works where", () => {
  const said = (bundle: RosterBundle) => staffAssignmentsOf(bundle).assignments.map(({ userSourcedId, orgSourcedId, assignment }) => `${userSourcedId} ${orgSourcedId} ${assignment}`);

  test("an administrator is plain staff, a teacher teaches at each of her schools", async () => {
    expect(said(await bundleOf(await fixture("district-v1p1")))).toEqual(["u-ito s1 teacher", "u-ito s2 teacher", "u-voss d1 staff"]);
  });

  test("counselors and principals are; administrators of software are staff", async () => {
    const bundle = await newer("roles.csv", "r3,,,u-eva,primary,guardian", "r3,,,u-eva,primary,principal");
    expect(said(bundle)).toEqual(["u-eva s1 principal", "u-kim s1 counselor", "u-kim s2 staff"]);
    expect(staffAssignmentsOf(bundle).assignments[1]).toMatchObject({ begin: "2025-08-25", end: null, sourceRole: "counselor" });
  });

  test.each(["aide", "proctor", "districtAdministrator", "systemAdministrator", "siteAdministrator", "administrator"])("%s is plain staff", async (role) => {
    expect(said(await newer("roles.csv", "primary,counselor", `primary,${role}`))[0]).toBe("u-kim s1 staff");
  });

  test("nobody by an extension role or with a disabled account", async () => {
    const extended = await newer("roles.csv", "primary,counselor", "primary,ext:superUser");
    expect(said(extended)).toEqual(["u-kim s2 staff"]);
    expect(staffAssignmentsOf(extended).deviations).toEqual([expect.objectContaining({ code: "role-unmapped", row: 4 })]);
    expect(said(await newer("users.csv", "u-kim,,,true", "u-kim,,,false"))).toEqual([]);
  });
});

describe("who is related to whom", () => {
  test("agents, with their own family role", async () => {
    const bundle = await bundleOf(await fixture("district-v1p1"));
    expect(contactsOf(bundle)).toEqual([
      { studentSourcedId: "u-ada", contactSourcedId: "u-jon", relationship: "relative" },
      { studentSourcedId: "u-ada", contactSourcedId: "u-lea", relationship: "parent" },
      { studentSourcedId: "u-ben", contactSourcedId: "u-ngozi", relationship: "guardian" },
    ]);
    expect(ids(familyOf(bundle))).toEqual(["u-jon", "u-lea", "u-ngozi"]);
  });

  test("an agent without a family role is a contact of unspecified kind", async () => {
    expect(contactsOf(await older("users.csv", ",u-ngozi,3", ",u-ito,3"))).toContainEqual({ studentSourcedId: "u-ben", contactSourcedId: "u-ito", relationship: "unspecified" });
  });

  test("the relation written from the parent's side counts once", async () => {
    const bundle = await older("users.csv", "Ngozi,Okafor,,,,,555-0103,,,", "Ngozi,Okafor,,,,,555-0103,\"u-ben,u-ada\",,");
    expect(contactsOf(bundle).filter(({ contactSourcedId }) => contactSourcedId === "u-ngozi").map(({ studentSourcedId }) => studentSourcedId)).toEqual(["u-ada", "u-ben"]);
  });

  test("nobody is their own contact, and agents of teachers are none", async () => {
    expect(contactsOf(await older("users.csv", ",u-ngozi,3", ",u-ben,3"))).toHaveLength(2);
    expect(contactsOf(await older("users.csv", "ito@harbor.example,,,,,", "ito@harbor.example,,,u-lea,,"))).toHaveLength(3);
  });
});

describe("who is at which school", () => {
  test("from roles, from the first day of the school year, with a grade code", async () => {
    const { enrollments, deviations } = schoolEnrollmentsOf(await bundleOf(await fixture("district-v1p1")), firstImport);
    expect(deviations).toEqual([]);
    expect(enrollments).toEqual([
      { studentSourcedId: "u-ada", schoolSourcedId: "s2", gradeLevel: "09", entryDate: "2024-08-19", exitDate: null, primary: true, from: "role" },
      { studentSourcedId: "u-ben", schoolSourcedId: "s1", gradeLevel: "03", entryDate: "2024-08-19", exitDate: null, primary: true, from: "role" },
    ]);
  });

  test("two schools with dates of their own, one of them primary", async () => {
    const { enrollments } = schoolEnrollmentsOf(await bundleOf(await fixture("district-v1p2")), firstImport);
    expect(enrollments).toEqual([
      { studentSourcedId: "u-rio", schoolSourcedId: "s1", gradeLevel: "08", entryDate: "2025-09-02", exitDate: null, primary: true, from: "role" },
      { studentSourcedId: "u-rio", schoolSourcedId: "s2", gradeLevel: "08", entryDate: "2025-10-01", exitDate: "2026-02-01", primary: false, from: "role" },
    ]);
  });

  test("a class at another school adds a secondary one", async () => {
    const bundle = await older("enrollments.csv", "e2,,,k-alg-1,s2,u-ada", "e2,,,k-hr-3,s1,u-ada");
    expect(schoolEnrollmentsOf(bundle, firstImport).enrollments.map(({ studentSourcedId, schoolSourcedId, primary, from }) => [studentSourcedId, schoolSourcedId, primary, from])).toEqual([
      ["u-ada", "s1", false, "section"], ["u-ada", "s2", true, "role"], ["u-ben", "s1", true, "role"],
    ]);
  });

  test("a department stands for its school, a district for none", async () => {
    const inDepartment = await newer("roles.csv", ",,s1,pr1", ",,dep,pr1");
    expect(schoolEnrollmentsOf(inDepartment, firstImport).enrollments[0]?.schoolSourcedId).toBe("s1");
    const atDistrict = await older("users.csv", "u-ben,,,false,s1", "u-ben,,,false,d1");
    expect(schoolEnrollmentsOf(atDistrict, firstImport).enrollments.at(-1)).toMatchObject({ studentSourcedId: "u-ben", schoolSourcedId: "s1", from: "section", primary: true });
  });

  test("a student without any school is told, not enrolled", async () => {
    const files = edited(await fixture("district-v1p1"), "users.csv", "u-ben,,,false,s1", "u-ben,,,false,d1");
    const { enrollments, deviations } = schoolEnrollmentsOf(await bundleOf(edited(files, "enrollments.csv", "s1,u-ben,student", "s1,u-ben,proctor")), firstImport);
    expect(ids(enrollments.map(({ studentSourcedId }) => ({ sourcedId: studentSourcedId })))).toEqual(["u-ada"]);
    expect(deviations).toEqual([expect.objectContaining({ code: "student-without-school", file: "users.csv", row: 3 })]);
  });

  test.each([
    ["in a later import", { importDate: "2025-02-03", importedBefore: true }, "2025-02-03"],
    ["after the year", { importDate: "2026-01-01", importedBefore: false }, "2024-08-19"],
    ["before the year", { importDate: "2024-07-01", importedBefore: false }, "2024-08-19"],
  ])("the first day %s", async (_, options, expected) => {
    expect(schoolEnrollmentsOf(await bundleOf(await fixture("district-v1p1")), options).enrollments[0]?.entryDate).toBe(expected);
  });

  test("several grade levels: the oldest, with a warning; an unknown one: none, with a warning", async () => {
    const several = schoolEnrollmentsOf(await older("users.csv", '"u-lea,u-jon",09,', '"u-lea,u-jon","10,9",'), firstImport);
    expect([several.enrollments[0]?.gradeLevel, several.deviations.map(({ code, row }) => [code, row])]).toEqual(["10", [["grade-several", 2]]]);
    const unknown = schoolEnrollmentsOf(await older("users.csv", '"u-lea,u-jon",09,', '"u-lea,u-jon",Blue,'), firstImport);
    expect([unknown.enrollments[0]?.gradeLevel, unknown.deviations.map(({ code, row }) => [code, row])]).toEqual([null, [["grade-unknown", 2]]]);
  });
});

test("a session is cut to its year for storage", async () => {
  const bundle = await older("academicSessions.csv", "2025-01-11,2025-06-07", "2025-01-11,2026-06-07");
  const spring = bundle.sessions.find(({ sourcedId }) => sourcedId === "p25");
  expect(spring && spanWithinYear(spring, bundle)).toEqual({ begin: "2025-01-11", end: "2025-06-07" });
});

test.each([
  ["9", "09"], ["09", "09"], ["9th", "09"], ["Grade 9", "09"], ["12", "12"], ["13", "13"], ["K", "KG"], ["0", "KG"], ["kg", "KG"], ["Pre-K", "PK"], ["-1", "PK"],
  ["TK", "TK"], ["ungraded", "UG"], ["14", null], ["", null], ["1.5", null], ["constructor", null],
])("grade %s is %s", (written, code) => {
  expect(gradeLevel(written)).toBe(code);
});
