import { describe, expect, test } from "vitest";
import { edited, fixture, folderOf, type PackageFiles } from "./fixtures/build-package.ts";
import { readRoster, type RosterBundle } from "./roster.ts";

/** Reads a package that departs from the specification and must still be read. */
async function readFiles(files: PackageFiles): Promise<RosterBundle & { said: string[] }> {
  const outcome = await readRoster(await folderOf(files));
  if (outcome.outcome === "refused") throw new Error(outcome.deviations.map(({ message }) => message).join("\n"));
  return { ...outcome, said: outcome.deviations.map(({ code, file, row, column }) => [code, file, row ?? "-", column ?? "-"].join(" ")) };
}

describe("what is read with a warning", () => {
  test.each([
    ["another case of a choice", "classes.csv", "scheduled", "Scheduled", "value-case classes.csv 2 classType"],
    ["TRUE for true", "users.csv", "u-lea,,,true", "u-lea,,,TRUE", "value-case users.csv 4 enabledUser"],
    ["yes for true", "users.csv", "u-lea,,,true", "u-lea,,,Yes", "value-format users.csv 4 enabledUser"],
    ["M/D/YYYY", "demographics.csv", "2010-03-04", "3/4/2010", "value-format demographics.csv 2 birthDate"],
    ["a time in a day", "demographics.csv", "2010-03-04", "2010-03-04T00:00:00Z", "value-format demographics.csv 2 birthDate"],
    ["a school year as a span", "academicSessions.csv", "2025-06-07,,2025", "2025-06-07,,2024-2025", "value-format academicSessions.csv 2 schoolYear"],
    ["an optional value that is none", "demographics.csv", "2016-02-29,male", "2016-02-29,M", "value-dropped demographics.csv 3 sex"],
    ["a value of a later version", "users.csv", "d1,administrator", "d1,principal", "value-of-later-version users.csv 8 role"],
    ["status filled in a bulk file", "orgs.csv", "s2,,,", "s2,active,,", "status-in-bulk orgs.csv 4 status"],
    ["a password", "users.csv", "Voss,,A-1,,,,,,", "Voss,,A-1,,,,,,hunter2", "password-ignored users.csv 8 password"],
    ["odd characters in an id", "enrollments.csv", "e5,", "e|5,", "id-characters enrollments.csv 6 sourcedId"],
    ["a user id without a type", "users.csv", "{Local:12}", "12", "user-id-malformed users.csv 3 userIds"],
    ["lists of unequal length", "classes.csv", "Mathematics,MAT", '"Mathematics,Logic",MAT', "lists-unequal classes.csv 2 subjectCodes"],
    ["an item named twice", "classes.csv", '"f25,p25"', '"f25,p25,f25"', "list-item-repeated classes.csv 2 termSourcedIds"],
    ["blank cells beyond the header", "orgs.csv", "9001-2,d1,", "9001-2,d1,,,", "row-trailing-cells orgs.csv 4 -"],
    ["another column", "orgs.csv", "metadata.city", "city", "column-unknown orgs.csv 1 city"],
    ["another case of a column", "orgs.csv", "parentSourcedId", "ParentSourcedID", "column-name-case orgs.csv 1 parentSourcedId"],
    ["an optional column that is missing", "courses.csv", "subjects,subjectCodes", "subjects,metadata.codes", "column-absent courses.csv 1 subjectCodes"],
    ["manifest.version 1", "manifest.csv", "manifest.version,1.0", "manifest.version,1", "manifest-version manifest.csv - -"],
    ["oneroster.version 1.1.1", "manifest.csv", "oneroster.version,1.1", "oneroster.version,1.1.1", "manifest-version manifest.csv - -"],
    ["fiel.", "manifest.csv", "file.demographics", "fiel.demographics", "manifest-spelling manifest.csv 12 -"],
    ["a property that is not known", "manifest.csv", "source.systemName", "source.vendor", "manifest-property-unknown manifest.csv - -"],
    ["an absent file not mentioned", "manifest.csv", "file.results,absent\n", "", "manifest-incomplete manifest.csv - -"],
    ["a class at a district", "classes.csv", "homeroom,4,s1", "homeroom,4,d1", "reference-type classes.csv 3 schoolSourcedId"],
    ["a course whose year is a term", "courses.csv", "c-hr,,,y25", "c-hr,,,f25", "reference-type courses.csv 3 schoolYearSourcedId"],
    ["an enrollment at another school", "enrollments.csv", "k-hr-3,s1,u-ben", "k-hr-3,s2,u-ben", "enrollment-school-differs enrollments.csv 4 schoolSourcedId"],
    ["an enrollment outside its terms", "enrollments.csv", "2025-01-11,2025-06-07", "2025-01-11,2025-07-01", "enrollment-outside-term enrollments.csv 3 -"],
    ["an enrollment twice on the same days", "enrollments.csv", "2025-01-11,2025-06-07", "2025-01-10,2025-06-07", "enrollment-overlap enrollments.csv 3 -"],
    ["an enrollment without a day", "enrollments.csv", "2025-01-11,2025-06-07", "2025-02-01,2025-02-01", "span-empty enrollments.csv 3 endDate"],
    ["a student marked primary", "enrollments.csv", "u-ben,student,", "u-ben,student,true", "primary-not-teacher enrollments.csv 4 primary"],
    ["a teacher enrolled as a student", "enrollments.csv", "s1,u-ben", "s1,u-ito", "role-differs enrollments.csv 4 role"],
    ["a user who is their own agent", "users.csv", ",u-ngozi,3", ",u-ben,3", "agent-self users.csv 3 agentSourcedIds"],
    ["a birth date of long ago", "demographics.csv", "2010-03-04", "1010-03-04", "birth-date-unlikely demographics.csv 2 birthDate"],
    ["an extension in 1.1", "classes.csv", "homeroom", "ext:advisory", "value-extension classes.csv 3 classType"],
    ["a mode in another case", "manifest.csv", "demographics,bulk", "demographics,Bulk", "manifest-spelling manifest.csv - -"],
    ["a session that leaves its year", "academicSessions.csv", "2025-01-11,2025-06-07", "2025-01-11,2025-06-30", "session-outside-year academicSessions.csv 4 endDate"],
  ])("%s", async (_, file, from, to, expected) => {
    const { said } = await readFiles(edited(await fixture("district-v1p1"), file, from, to));
    expect(said).toContain(expected);
  });

  test("columns in another order, with extension columns between them, are read by name", async () => {
    const files = await fixture("district-v1p1");
    const bundle = await readFiles({ ...files, "orgs.csv": "status,metadata.city,sourcedId,dateLastModified,type,name,identifier,parentSourcedId\n,Port Amber,d1,,district,Harbor Unified,9001,\n,,s1,,school,Lantern,,d1\n,,s2,,school,Tidewater,,d1\n" });
    expect(bundle.said).toEqual(["metadata-not-last orgs.csv 1 metadata.city", "header-order orgs.csv 1 status"]);
    expect(bundle.organizations[0]).toMatchObject({ sourcedId: "d1", name: "Harbor Unified", metadata: { city: "Port Amber" } });
  });

  test("a header without rows says nothing", async () => {
    const files = await fixture("district-v1p1");
    const bundle = await readFiles({ ...files, "demographics.csv": (files["demographics.csv"] ?? "").split("\n")[0] ?? "" });
    expect(bundle.said).toEqual(["header-only demographics.csv - -"]);
    expect(bundle.files.demographics).toEqual({ mode: "bulk", rows: 0, headerOnly: true });
  });

  test("line breaks in cells do not shift the lines that are named", async () => {
    const files = edited(await fixture("district-v1p1"), "classes.csv", "Algebra I (1)", '"Algebra\r\nI\n(1)"');
    const { said } = await readFiles(edited(files, "classes.csv", "homeroom", "Homeroom"));
    expect(said).toEqual(["value-line-break classes.csv 2 title", "value-case classes.csv 5 classType"]);
  });

  test("blank lines are passed over", async () => {
    const files = edited(await fixture("district-v1p1"), "orgs.csv", "\ns2,", "\n\n\ns2,");
    const bundle = await readFiles(edited(files, "orgs.csv", ",school,9001-2", ",School,9001-2"));
    expect(bundle.said).toEqual(["value-case orgs.csv 6 type"]);
  });

  test("a record that a bulk file calls deleted is kept as deleted", async () => {
    const bundle = await readFiles(edited(await fixture("district-v1p1"), "users.csv", "u-voss,,", "u-voss,tobedeleted,"));
    expect(bundle.said).toEqual(["deleted-in-bulk users.csv 8 status", "status-in-bulk users.csv 8 status"]);
    expect(bundle.users.find(({ sourcedId }) => sourcedId === "u-voss")?.status).toBe("tobedeleted");
  });

  test("no password reaches the result or a message", async () => {
    const bundle = await readFiles(edited(await fixture("district-v1p1"), "users.csv", "Voss,,A-1,,,,,,", "Voss,,A-1,,,,,,hunter2"));
    expect(JSON.stringify(bundle)).not.toContain("hunter2");
  });
});

describe("conventions of a whole package", () => {
  test("inclusive ends are found and moved, with those of enrollments", async () => {
    let files = edited(await fixture("district-v1p1"), "academicSessions.csv", "2024-08-19,2025-01-11", "2024-08-19,2025-01-10");
    files = edited(files, "enrollments.csv", "2024-08-19,2025-01-11", "2024-08-19,2025-01-10");
    const bundle = await readFiles(files);
    expect(bundle.inclusiveEnds).toBe(true);
    expect(bundle.said).toEqual(["sessions-inclusive-ends academicSessions.csv - endDate"]);
    expect(bundle.sessions.map(({ sourcedId, end, written }) => [sourcedId, end, written.endDate])).toEqual([
      ["f25", "2025-01-11", "2025-01-10"], ["p25", "2025-06-08", "2025-06-07"], ["y25", "2025-06-08", "2025-06-07"],
    ]);
    expect(bundle.enrollments.find(({ sourcedId }) => sourcedId === "e1")?.end).toBe("2025-01-11");
  });

  test("ends of both kinds are read as the specification has them", async () => {
    const files = edited(await fixture("district-v1p1"), "academicSessions.csv", "p25,,,Spring,semester,2025-01-11,2025-06-07,y25,2025",
      "p25,,,Spring,semester,2025-01-11,2025-06-07,y25,2025\nq1,,,Q1,gradingPeriod,2024-08-19,2024-10-31,y25,2025\nq2,,,Q2,gradingPeriod,2024-11-01,2025-01-11,y25,2025");
    const bundle = await readFiles(files);
    expect(bundle.inclusiveEnds).toBe(false);
    expect(bundle.said).toEqual(["sessions-mixed-ends academicSessions.csv - endDate"]);
  });

  test("school years named by their start are named by their end", async () => {
    const files = await fixture("district-v1p1");
    const bundle = await readFiles({ ...files, "academicSessions.csv": (files["academicSessions.csv"] ?? "").replaceAll(",2025\n", ",2024\n") });
    expect(bundle.said).toEqual(["sessions-start-year academicSessions.csv - schoolYear"]);
    expect(bundle.sessions.map(({ schoolYear, written }) => [schoolYear, written.schoolYear])).toEqual([[2025, 2024], [2025, 2024], [2025, 2024]]);
  });

  test("school years named both ways are read as written", async () => {
    const bundle = await readFiles(edited(await fixture("district-v1p1"), "academicSessions.csv", "f25,,,Fall,semester,2024-08-19,2025-01-11,y25,2025", "f25,,,Fall,semester,2024-08-19,2025-01-11,y25,2024"));
    expect(bundle.said).toEqual(["sessions-mixed-year academicSessions.csv - schoolYear"]);
    expect(bundle.sessions.map(({ schoolYear }) => schoolYear)).toEqual([2024, 2025, 2025]);
  });

  test("a session that leaves the session it belongs to", async () => {
    const bundle = await readFiles(edited(await fixture("district-v1p1"), "academicSessions.csv", "2025-06-07,y25,2025", "2025-06-07,y25,2025\nq1,,,Q1,gradingPeriod,2024-08-19,2025-02-01,f25,2025"));
    expect(bundle.said).toEqual(["session-outside-parent academicSessions.csv 5 endDate"]);
  });

  test("1.2: a role with the profile of somebody else", async () => {
    const { said } = await readFiles(edited(await fixture("district-v1p2"), "roles.csv", "r3,,,u-eva,primary,guardian,,,s1,", "r3,,,u-eva,primary,guardian,,,s1,pr1"));
    expect(said).toEqual(["profile-of-another-user roles.csv 4 userProfileSourcedId"]);
  });

  test("1.2: a user without a role, and two primary roles at one organization", async () => {
    const files = edited(await fixture("district-v1p2"), "roles.csv", "r3,,,u-eva,primary,guardian,,,s1,", "r3,,,u-rio,primary,student,,,s1,");
    expect((await readFiles(files)).said).toEqual(["primary-repeated users.csv 2 -", "role-absent users.csv 3 -"]);
  });

  test("delta: what earlier packages must answer is left open", async () => {
    const files = await fixture("district-v1p2");
    const manifest = (files["manifest.csv"] ?? "").replaceAll(/,bulk/g, ",absent").replace("file.roles,absent", "file.roles,delta");
    const roles = (files["roles.csv"] ?? "").replace("r3,,,", "r3,tobedeleted,2025-10-01T08:00:00+02:00,").split("\n").filter((line) => line.startsWith("sourcedId") || line.startsWith("r3")).join("\n");
    const bundle = await readFiles({ "manifest.csv": manifest, "roles.csv": roles });
    expect(bundle.openReferences).toEqual([
      { file: "roles", row: 2, column: "userSourcedId", target: "users", sourcedId: "u-eva" },
      { file: "roles", row: 2, column: "orgSourcedId", target: "orgs", sourcedId: "s1" },
    ]);
    expect(bundle.detachedRoles).toEqual([expect.objectContaining({ sourcedId: "r3", userSourcedId: "u-eva", role: "guardian", status: "tobedeleted", dateLastModified: "2025-10-01T06:00:00.000Z" })]);
  });
});
