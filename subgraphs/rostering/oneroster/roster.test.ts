import { describe, expect, test } from "vitest";
import { edited, fileOf, fixture, folderOf, zipOf, type PackageFiles } from "./fixtures/build-package.ts";
import { readRoster, type RosterBundle } from "./roster.ts";

async function readFiles(files: PackageFiles): Promise<RosterBundle> {
  const outcome = await readRoster(await folderOf(files));
  if (outcome.outcome === "refused") throw new Error(outcome.deviations.map(({ message }) => message).join("\n"));
  return outcome;
}

/** "code file row column" of every deviation of a package. */
async function deviationsOf(files: PackageFiles): Promise<string[]> {
  const { deviations } = await readRoster(await folderOf(files));
  return deviations.map(({ code, file, row, column }) => [code, file, row ?? "-", column ?? "-"].join(" "));
}

describe("a sound package", () => {
  test("1.1 is read whole and without a word", async () => {
    const bundle = await readFiles(await fixture("district-v1p1"));
    expect(bundle.deviations).toEqual([]);
    expect(bundle.source).toEqual({ systemName: "Harbor SIS", systemCode: "harbor" });
    expect(bundle.files.users).toEqual({ mode: "bulk", rows: 7, headerOnly: false });
    expect(bundle.files.roles).toEqual({ mode: "absent", rows: 0, headerOnly: false });
    expect(bundle.organizations[0]).toEqual({
      sourcedId: "d1", row: 2, status: "active", dateLastModified: null, metadata: { city: "Port Amber" },
      name: "Harbor Unified", type: "district", identifier: "9001", parentSourcedId: null,
    });
    expect(bundle.users.find(({ sourcedId }) => sourcedId === "u-ada")).toMatchObject({
      enabled: true, givenName: "Ada", middleName: "Lise", familyName: "Moreau", preferredGivenName: null, phone: "555-0101", sms: null,
      userIds: [{ type: "State", id: "700001" }, { type: "Local", id: "11" }], agentSourcedIds: ["u-lea", "u-jon"], grades: ["09"], primaryOrgSourcedId: "s2",
      roles: [{ role: "student", orgSourcedId: "s2", primary: true, begin: null, end: null, sourcedId: null }],
    });
    expect(bundle.users.find(({ sourcedId }) => sourcedId === "u-ito")?.roles.map(({ orgSourcedId, primary }) => [orgSourcedId, primary])).toEqual([["s1", true], ["s2", false]]);
    expect(bundle.demographics[1]).toMatchObject({ sourcedId: "u-ben", birthDate: "2016-02-29", blackOrAfricanAmerican: true, asian: null });
    expect(bundle.classes[0]).toMatchObject({ sourcedId: "k-alg-1", termSourcedIds: ["f25", "p25"], periods: ["1", "2"], location: "B12" });
    expect(bundle.sessions.map(({ sourcedId, yearSourcedId }) => [sourcedId, yearSourcedId])).toEqual([["f25", "y25"], ["p25", "y25"], ["y25", "y25"]]);
  });

  test("1.2 gives the same model, with roles and preferred names", async () => {
    const bundle = await readFiles(await fixture("district-v1p2"));
    expect(bundle.deviations).toEqual([]);
    expect(bundle.users.find(({ sourcedId }) => sourcedId === "u-rio")).toMatchObject({
      preferredGivenName: "Rio", pronouns: "they/them", userMasterIdentifier: "M-1", primaryOrgSourcedId: "s1",
      roles: [
        { role: "student", orgSourcedId: "s1", primary: true, begin: "2025-09-02", end: null, sourcedId: "r1" },
        { role: "student", orgSourcedId: "s2", primary: false, begin: "2025-10-01", end: "2026-02-01", sourcedId: "r2" },
      ],
    });
  });

  test("a zip, a byte order mark and Windows line ends change nothing", async () => {
    const files = await fixture("district-v1p1");
    const plain = await readFiles(files);
    const entries = Object.entries(files).map(([name, text]) => [name, `\uFEFF${text.replaceAll("\n", "\r\n")}`] as const);
    expect(await readRoster(await fileOf(zipOf(entries)))).toEqual(plain);
  });

  test("a formula in a cell is data, and told", async () => {
    const files = edited(await fixture("district-v1p1"), "users.csv", "Hana,Voss", '"=HYPERLINK(""http://evil.example"",""x"")",@SUM(A1)');
    const bundle = await readFiles(files);
    expect(bundle.deviations.map(({ code, row, column }) => [code, row, column])).toEqual([["value-formula", 8, "familyName"], ["value-formula", 8, "givenName"]]);
    expect(bundle.users.find(({ sourcedId }) => sourcedId === "u-voss")).toMatchObject({ givenName: '=HYPERLINK("http://evil.example","x")', familyName: "@SUM(A1)" });
  });

  test.each(["+1 (555) 010-1234", "-3", "+44 20 7946 0018", "-"])("%s is no formula", async (cell) => {
    expect((await readFiles(edited(await fixture("district-v1p1"), "users.csv", "555-0103", cell))).deviations).toEqual([]);
  });

  test("rows that say the same have one digest, whatever the order of columns and whatever the password; others another", async () => {
    const digests = async (of: PackageFiles) => (await readFiles(of)).rows.users.map(({ digest }) => digest);
    const files = await fixture("district-v1p1");
    const same = await digests(files);
    expect(new Set(same).size).toBe(7);
    expect(await digests(edited(files, "users.csv", ',"u-lea,u-jon",09,', ',"u-lea,u-jon",09,Sesame'))).toEqual(same);
    const lines = (files["users.csv"] ?? "").trimEnd().split("\n");
    const turned = lines.map((line, n) => `${n === 0 ? "phone2" : ""},${line}`.replace("phone2,", "metadata.room,")).join("\n");
    expect(await digests({ ...files, "users.csv": turned })).toEqual(same);
    expect(await digests(edited(files, "users.csv", "Hana,Voss", "Hanna,Voss"))).toEqual([...same.slice(0, 6), expect.not.stringContaining(same[6] ?? "")]);
  });

  test("a column called like a property of every object is an unknown column", async () => {
    const files = await fixture("district-v1p1");
    const widened = (files["orgs.csv"] ?? "").trimEnd().split("\n").map((line, n) => `${line},${n === 0 ? "constructor,__proto__" : "a,b"}`).join("\n");
    const bundle = await readFiles({ ...files, "orgs.csv": widened });
    expect(bundle.deviations.map(({ code, column }) => [code, column])).toEqual([["column-unknown", "__proto__"], ["column-unknown", "constructor"]]);
  });
});

describe("what refuses a package", () => {
  test.each([
    ["a duplicate id", "orgs.csv", "s2,,,Tide", "s1,,,Tide", "id-repeated orgs.csv 4 sourcedId"],
    ["a reference to nothing", "enrollments.csv", "e3,,,k-hr-3", "e3,,,k-hr-9", "reference-dangling enrollments.csv 4 classSourcedId"],
    ["demographics of nobody", "demographics.csv", "u-ben", "u-nobody", "reference-dangling demographics.csv 3 sourcedId"],
    ["a parent that is not there", "orgs.csv", "9001-1,d1", "9001-1,d7", "reference-dangling orgs.csv 3 parentSourcedId"],
    ["a row that is too short", "users.csv", "Okafor,,700002,,,,u-ngozi,3,", "Okafor,,700002", "row-width users.csv 3 -"],
    ["a row that is too long", "courses.csv", "Mathematics,MAT", "Mathematics,MAT,x", "row-width courses.csv 2 -"],
    ["a needed value that is blank", "users.csv", "Ben,Okafor", ",Okafor", "value-missing users.csv 3 givenName"],
    ["a needed list that is blank", "classes.csv", "s1,y25", "s1,", "value-missing classes.csv 3 termSourcedIds"],
    ["a role that does not exist", "users.csv", "s2,parent", "s2,wizard", "value-unreadable users.csv 4 role"],
    ["a day that does not exist", "demographics.csv", "2016-02-29", "2015-02-29", "value-unreadable demographics.csv 3 birthDate"],
    ["a row without an id", "courses.csv", "c-hr,,,", ",,,", "value-missing courses.csv 3 sourcedId"],
    ["a needed column that is missing", "orgs.csv", "dateLastModified,name", "dateLastModified,nom", "column-missing orgs.csv 1 name"],
    ["a column that stands twice", "orgs.csv", "metadata.city", "name", "column-repeated orgs.csv 1 name"],
    ["a session that ends before it begins", "academicSessions.csv", "2025-01-11,2025-06-07", "2025-01-11,2025-01-10", "span-inverted academicSessions.csv 4 endDate"],
    ["quotation marks that do not match", "classes.csv", '"1,2"', '"1,2', "quoting-broken classes.csv 2 -"],
    ["organizations in a ring", "orgs.csv", "9001,,", "9001,s1,", "parent-cycle orgs.csv 2 parentSourcedId"],
    ["an id that is too long", "demographics.csv", "u-ben", "u".repeat(256), "id-too-long demographics.csv 3 sourcedId"],
    ["a NUL character", "orgs.csv", "Harbor Unified", "Harbor\u0000Unified", "value-unreadable orgs.csv 2 name"],
    ["a file that is promised and missing", "manifest.csv", "categories,absent", "categories,bulk", "file-missing categories.csv - -"],
    ["a file that is there and called absent", "manifest.csv", "demographics,bulk", "demographics,absent", "file-unexpected demographics.csv - -"],
    ["a file that the manifest does not mention", "manifest.csv", "file.demographics,bulk\n", "", "file-undeclared demographics.csv - -"],
    ["a mode that does not exist", "manifest.csv", "demographics,bulk", "demographics,all", "file-mode-unknown manifest.csv - -"],
    ["a version that is not known", "manifest.csv", "oneroster.version,1.1", "oneroster.version,2.0", "version-unsupported manifest.csv - -"],
    ["another header in the manifest", "manifest.csv", "propertyName,value", "name,what", "manifest-unreadable manifest.csv 1 -"],
  ])("%s", async (_, file, from, to, expected) => {
    const files = edited(await fixture("district-v1p1"), file, from, to);
    expect(await deviationsOf(files)).toContain(expected);
    expect((await readRoster(await folderOf(files))).outcome).toBe("refused");
  });

  test("a file that cannot be read does not bury its reason under dangling references", async () => {
    const files = edited(await fixture("district-v1p1"), "orgs.csv", "dateLastModified,name", "dateLastModified,nom");
    expect((await deviationsOf(files)).filter((line) => line.startsWith("reference-dangling"))).toEqual([]);
  });

  test("text that is not UTF-8, with its line", async () => {
    const files = await fixture("district-v1p1");
    const latin = Buffer.from((files["users.csv"] ?? "").replace("Ngozi,Okafor", "Ngozi,Oka\u00e9for"), "latin1");
    expect(await deviationsOf({ ...files, "users.csv": latin })).toContain("encoding-unreadable users.csv 6 -");
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(files["users.csv"] ?? "", "utf16le")]);
    expect(await deviationsOf({ ...files, "users.csv": wide })).toContain("encoding-unreadable users.csv 1 -");
  });

  test("an empty file", async () => {
    expect(await deviationsOf({ ...(await fixture("district-v1p1")), "demographics.csv": "" })).toEqual(["header-missing demographics.csv - -"]);
  });
});
