import { expect, test } from "vitest";
import { edited, fixture, folderOf } from "./fixtures/build-package.ts";
import { readRoster, type RefusedPackage, type RosterBundle } from "./roster.ts";

/** The district's package as OneRoster 1.0 would have written it. */
async function older(): Promise<Record<string, string>> {
  const { "manifest.csv": _none, ...files } = await fixture("district-v1p1");
  const renamed = (file: string, names: readonly (readonly [string, string])[]) => {
    const [header = "", ...rows] = (files[file] ?? "").split("\n");
    const columns = header.split(",").map((name) => names.find(([since]) => since === name)?.[1] ?? name);
    files[file] = [columns.join(","), ...rows].join("\n");
  };
  renamed("courses.csv", [["grades", "grade"], ["schoolYearSourcedId", "schoolYearId"]]);
  renamed("classes.csv", [["grades", "grade"], ["termSourcedIds", "termSourcedId"]]);
  renamed("users.csv", [["userIds", "userId"], ["agentSourcedIds", "agents"]]);
  renamed("demographics.csv", [["sourcedId", "userSourcedId"], ["birthDate", "birthdate"]]);
  const cutColumns = (file: string, count: number) => (files[file] = (files[file] ?? "").split("\n").map((row) => (row === "" ? row : row.split(",").slice(0, -count).join(","))).join("\n"));
  cutColumns("academicSessions.csv", 1);
  cutColumns("enrollments.csv", 2);
  return files;
}

test("without the flag it is refused, with a sentence that names it", async () => {
  const refused = await readRoster(await folderOf(await older()));
  expect(refused.outcome).toBe("refused");
  expect(refused.deviations).toMatchObject([{ code: "manifest-missing", message: expect.stringContaining("--version 1.0") }]);
  const named = edited(await fixture("district-v1p1"), "manifest.csv", "oneroster.version,1.1", "oneroster.version,1.0");
  expect((await readRoster(await folderOf(named))).deviations).toMatchObject([{ code: "version-unsupported", message: expect.stringContaining("--version 1.0") }]);
});

test("with the flag it says what the same district says in 1.1", async () => {
  const now = read(await readRoster(await folderOf(await fixture("district-v1p1"))));
  const then = read(await readRoster(await folderOf(await older()), { version: "1.0" }));
  expect(then.version).toBe("1.0");
  expect(then.deviationTotals).toEqual({ "column-name-former": 8, "enrollment-overlap": 1, "sessions-without-year": 1, "version-older": 1 });
  expect(then.sessions.map(({ sourcedId, schoolYear, yearSourcedId }) => [sourcedId, schoolYear, yearSourcedId])).toEqual(now.sessions.map(({ sourcedId, schoolYear, yearSourcedId }) => [sourcedId, schoolYear, yearSourcedId]));
  for (const list of ["organizations", "users", "demographics", "courses", "classes"] as const) expect([list, then[list]]).toEqual([list, now[list]]);
  expect(then.enrollments).toEqual(now.enrollments.map((enrollment) => ({ ...enrollment, begin: null, end: null })));
});

test("an id is plain, and inactive rows are not there", async () => {
  const files = edited(edited(await older(), "users.csv", '"{State:700001},{Local:11}"', "700001"), "users.csv", "u-voss,,", "u-voss,inactive,");
  const bundle = read(await readRoster(await folderOf(files), { version: "1.0" }));
  expect(bundle.deviationTotals["user-id-malformed"]).toBeUndefined();
  expect(bundle.users.find(({ sourcedId }) => sourcedId === "u-ada")?.userIds).toEqual([{ type: null, id: "700001" }]);
  expect(bundle.users.find(({ sourcedId }) => sourcedId === "u-voss")?.status).toBe("tobedeleted");
  expect(bundle.deviationTotals["deleted-in-bulk"]).toBe(1);
});

test("a package that is not whole is refused, and so is one whose manifest says otherwise", async () => {
  const { "classes.csv": _gone, ...partly } = await older();
  expect(fatal(await readRoster(await folderOf(partly), { version: "1.0" }))).toEqual(["file-missing classes.csv"]);
  expect(fatal(await readRoster(await folderOf(await fixture("district-v1p1")), { version: "1.0" }))).toEqual(["version-contradicted manifest.csv"]);
});

function read(outcome: RosterBundle | RefusedPackage): RosterBundle {
  if (outcome.outcome === "refused") throw new Error(fatal(outcome).join(", "));
  return outcome;
}

function fatal({ deviations }: RosterBundle | RefusedPackage): string[] {
  return deviations.filter(({ severity }) => severity === "fatal").map(({ code, file }) => `${code} ${file}`);
}
