import { afterEach, beforeEach, expect, test } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { dataOf, type Contract } from "#foundation/testing/contract";
import { World } from "#foundation/testing/factory";
import { signedIn } from "#foundation/testing/personas";
import { uuidv7 } from "#foundation/record/uuid";
import { stage } from "../../contract/stage.ts";
import { edited, fixture, folderOf } from "../oneroster/fixtures/build-package.ts";
import { readRoster } from "../oneroster/roster.ts";
import { enrollmentsIn, operate } from "../testing/two-schools.ts";
import { importRoster } from "./import-roster.ts";

const district = { id: uuidv7(), code: "HARBOR", name: "Harbor Unified", timeZone: "America/Los_Angeles" };
const twin = `u-ada2,,,true,s2,student,ada2,{Local:19},Adda,Moreau,,700019,,,,,09,`;
let contract: Contract;
let files: Record<string, string>;
let make: World;
let registrar: Identity;
beforeEach(async () => {
  contract = await stage({ now: new Date("2024-10-02T18:00:00Z") });
  files = await fixture("district-v1p1");
  make = new World(contract.platform, district.id, contract.recipes);
  registrar = signedIn(make, contract.reaches.district_office!(make, "", { role: Role.Registrar }), [Role.Registrar, Role.Staff]);
  await make.save();
});
afterEach(() => contract.platform[Symbol.asyncDispose]());

async function load(of: Record<string, string>, isNew = false) {
  const bundle = await readRoster(await folderOf(of));
  if (bundle.outcome !== "read") throw new Error(bundle.deviations.map(({ message }) => message).join("\n"));
  return importRoster(contract.platform.orchestration, { bundle, source: "harbor", district: { ...district, isNew }, dryRun: false });
}
const studentNumbered = async (number: string) => (await contract.platform.sql<{ id: string }>("SELECT id FROM students.student WHERE student_number = $1", [number]))[0]!.id;
const merge = async (duplicateId: string, survivorId: string) => dataOf<{ out: { record: { id: string } } }>(await operate(contract, registrar, "mergeStudents", { duplicateId, survivorId }, { reason: "Entered twice" })).out.record.id;
const cancelEnrollmentOf = async (student: string) => {
  const { id, version } = (await enrollmentsIn(contract, student))[0]!;
  dataOf(await operate(contract, registrar, "cancelEnrollment", { enrollmentId: id, version }, { reason: "Entered twice" }));
};

test("whom the source names twice and a clerk has merged stays one: the second row is left out, until the merge is undone", async () => {
  const doubled = { ...files, "users.csv": `${files["users.csv"]!.trimEnd()}\n${twin}\n` };
  await load(doubled, true);
  const [ada, again] = [await studentNumbered("700001"), await studentNumbered("700019")] as const;
  await cancelEnrollmentOf(again);
  const mergeId = await merge(again, ada);
  const before = await enrollmentsIn(contract, ada);
  const result = await load(edited(doubled, "users.csv", "Adda,Moreau", "Adda,Moreau-Reed"));
  expect(result.changed).toBe(0);
  expect(result.notes.map(({ message }) => message).join()).toContain("merge the two in the source system");
  expect([await enrollmentsIn(contract, ada), await enrollmentsIn(contract, again)]).toEqual([before, []]);
  dataOf(await operate(contract, registrar, "unmergeStudents", { mergeId, version: 2 }, { reason: "Two cousins" }));
  expect((await load(edited(doubled, "users.csv", "Adda,Moreau", "Adda,Moreau-Reed"))).counts).toMatchObject({ Person: { UPDATED: 1 } });
});

test("whom only the source brought, merged into a student of the office, is found as that one", async () => {
  await load(files, true);
  const mine = make.a("Student", { studentNumber: "42" });
  await make.save();
  const ada = await studentNumbered("700001");
  await merge(ada, mine);
  expect(await enrollmentsIn(contract, mine)).toMatchObject([{ school: "Tidewater High", grade: "09", exit: null }]);
  contract.platform.clock.now = new Date("2024-11-05T18:00:00Z");
  const result = await load(edited(files, "users.csv", '"u-lea,u-jon",09,', '"u-lea,u-jon",10,'));
  expect(result.counts.Student).toBeUndefined();
  expect(await enrollmentsIn(contract, mine)).toMatchObject([{ grade: "09", exit: "2024-11-05" }, { grade: "10", entry: "2024-11-05", exit: null }]);
  expect(await enrollmentsIn(contract, ada)).toEqual([]);
});

test("who vanishes from the source gets the district's exit code for it", async () => {
  await load(files, true);
  make.a("EnrollmentCode", { kind: "EXIT", code: "V9", meaning: "VANISHED", standard: true });
  await make.save();
  const ben = await studentNumbered("700002");
  contract.platform.clock.now = new Date("2024-11-05T18:00:00Z");
  const without = edited(edited(files, "enrollments.csv", "e3,,,k-hr-3,s1,u-ben,student,,,\n", ""), "users.csv", "u-ben,,,false,s1,student", "u-ben,,,false,s2,student");
  await load(without);
  expect(await enrollmentsIn(contract, ben)).toMatchObject([{ school: "Lantern Elementary", exit: "2024-11-05", exit_code: "V9" }, { school: "Tidewater High" }]);
});
