import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { WriteSession } from "#foundation/crud/write";
import { newDistrict, type Contract } from "#foundation/testing/contract";
import type { Values, World } from "#foundation/testing/factory";
import { stage } from "../../contract/stage.ts";
import { agreementInEffect, mayBeNamed, recordDisclosures } from "../ports.ts";

const day = "2026-10-14";
let contract: Contract;
let world: World;

beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

async function settled(fill: (make: World) => void = () => undefined): Promise<void> {
  world = newDistrict(contract);
  fill(world);
  await world.save();
}

const inPlatform = <T>(work: (session: WriteSession) => Promise<T>): Promise<T> => {
  let result: T;
  return contract.platform.write(world.districtId, (across) => across.in("platform", async (session) => void (result = await work(session)))).then(() => result);
};
const agreement = (make: World, values: Values) => make.a("Agreement", { basis: "STUDIES", categories: ["ROSTER"], everySchool: true, fromDate: "2026-08-01", toDate: "2027-08-01", ...values });
const named = async (id: string, students: readonly string[], on = day): Promise<string[]> => inPlatform(async (session) => [...(await mayBeNamed(session, await agreementInEffect(session, id, on), students, on)).named]);

describe("an agreement", () => {
  it.each([
    ["ended yesterday", { toDate: day }, "ended on 2026-10-14"],
    ["begins tomorrow", { fromDate: "2026-10-15" }, "begins on 2026-10-15"],
  ])("that %s lets nothing go", async (_when, dates, says) => {
    let id = "";
    await settled((make) => void (id = agreement(make, dates)));
    await expect(inPlatform((session) => agreementInEffect(session, id, day))).rejects.toMatchObject({ code: "CONFLICT", message: expect.stringContaining(says) });
  });

  it("of another district is not there", async () => {
    let id = "";
    await settled((make) => void (id = agreement(make, {})));
    await settled();
    await expect(inPlatform((session) => agreementInEffect(session, id, day))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("tells which schools and what data it is about, from its first day to its last", async () => {
    let [some, all, school] = ["", "", ""];
    await settled((make) => {
      [some, all, school] = [agreement(make, { everySchool: false }), agreement(make, { categories: ["ROSTER", "DEMOGRAPHICS"] }), make.a("School")];
      make.a("AgreementSchool", { agreement: some, schoolId: school });
    });
    const terms = (id: string, on: string) => inPlatform((session) => agreementInEffect(session, id, on));
    expect(await terms(some, "2026-08-01")).toMatchObject({ basis: "STUDIES", audience: "NONE", schools: new Set([school]), categories: new Set(["ROSTER"]) });
    expect(await terms(all, "2027-07-31")).toMatchObject({ schools: null, categories: new Set(["ROSTER", "DEMOGRAPHICS"]) });
  });
});

describe("directory information", () => {
  const directory = { basis: "DIRECTORY_INFORMATION", audience: "PUBLIC" };
  const told = (make: World, fields: readonly string[]) => make.a("DirectoryPolicy", { fromDate: "2026-08-01", fields });
  const optedOut = (make: World, student: string, values: Values) => make.a("DirectoryOptOut", { student, audience: "PUBLIC", fromDate: "2026-08-01", toDate: null, ...values });

  it("names nobody who opted out of the audience, from the first day of the wish to the last", async () => {
    let id = "";
    const pupils: string[] = [];
    await settled((make) => {
      told(make, ["NAME"]);
      id = agreement(make, directory);
      for (let n = 0; n < 5; n += 1) pupils.push(make.a("Student"));
      optedOut(make, pupils[0]!, {});
      optedOut(make, pupils[1]!, { audience: "RECRUITERS" });
      optedOut(make, pupils[2]!, { toDate: day });
      optedOut(make, pupils[3]!, { fromDate: "2026-10-15" });
    });
    expect(await named(id, pupils)).toEqual([pupils[1], pupils[2], pupils[3], pupils[4]]);
    expect(await named(id, pupils, "2026-10-13")).toEqual([pupils[1], pupils[3], pupils[4]]);
    expect(await named(id, pupils, "2026-10-15")).toEqual([pupils[1], pupils[2], pupils[4]]);
  });

  it("is what the district's newest list says, and nothing before families were told", async () => {
    let [id, pupil] = ["", ""];
    await settled((make) => {
      [id, pupil] = [agreement(make, directory), make.a("Student")];
      make.a("DirectoryPolicy", { fromDate: "2026-09-01", fields: ["NAME", "SCHOOL", "EMAIL"] });
      make.a("DirectoryPolicy", { fromDate: "2026-10-01", fields: ["NAME", "SCHOOL"] });
      make.a("DirectoryPolicy", { fromDate: "2026-11-01", fields: ["SCHOOL"] });
    });
    const naming = (on: string) => inPlatform(async (session) => mayBeNamed(session, await agreementInEffect(session, id, on), [pupil], on));
    expect(await naming("2026-08-31")).toEqual({ named: new Set(), fields: new Set() });
    expect(await naming("2026-09-30")).toEqual({ named: new Set([pupil]), fields: new Set(["NAME", "SCHOOL", "EMAIL"]) });
    expect(await naming(day)).toEqual({ named: new Set([pupil]), fields: new Set(["NAME", "SCHOOL"]) });
    // Nobody can be named where names are no directory information.
    expect(await naming("2026-11-01")).toEqual({ named: new Set(), fields: new Set(["SCHOOL"]) });
  });

  it("is not what goes on another basis: an opt-out keeps nobody from those", async () => {
    let [id, pupil] = ["", ""];
    await settled((make) => {
      [id, pupil] = [agreement(make, {}), make.a("Student")];
      optedOut(make, pupil, {});
    });
    expect(await inPlatform(async (session) => mayBeNamed(session, await agreementInEffect(session, id, day), [pupil], day))).toEqual({ named: new Set([pupil]), fields: null });
  });
});

it("written consent names only who consented to this agreement, until it is withdrawn", async () => {
  let id = "";
  const pupils: string[] = [];
  await settled((make) => {
    id = agreement(make, { basis: "WRITTEN_CONSENT" });
    for (let n = 0; n < 5; n += 1) pupils.push(make.a("Student"));
    const consent = (student: string, values: Values) => make.a("DisclosureConsent", { studentId: student, agreement: id, fromDate: "2026-09-01", toDate: null, ...values });
    consent(pupils[1]!, {});
    consent(pupils[2]!, { toDate: day });
    consent(pupils[3]!, { fromDate: "2026-10-15" });
    consent(pupils[4]!, { agreement: agreement(make, { basis: "WRITTEN_CONSENT" }) });
  });
  expect(await named(id, pupils)).toEqual([pupils[1]]);
});

describe("what an export sent", () => {
  const exportId = "00000000-0000-7000-8000-000000000001";
  const send = (id: string, students: readonly string[]) =>
    inPlatform(async (session) => recordDisclosures(session, await agreementInEffect(session, id, day), { exportId, students, categories: ["ROSTER", "DEMOGRAPHICS"] }));
  const stored = () => contract.platform.sql("SELECT student_id, recipient, interest, basis, categories, export_id FROM platform.disclosure WHERE district_id = $1 ORDER BY student_id", [world.districtId]);

  it("is kept with each student's record, once", async () => {
    let id = "";
    const pupils: string[] = [];
    await settled((make) => {
      id = agreement(make, { partyName: "State University", interest: "A study of reading." });
      for (let n = 0; n < 3; n += 1) pupils.push(make.a("Student"));
    });
    expect(await send(id, [...pupils, pupils[0]!])).toBe(3);
    expect(await stored()).toEqual(pupils.toSorted().map((student_id) => ({ student_id, recipient: "State University", interest: "A study of reading.", basis: "STUDIES", categories: ["ROSTER", "DEMOGRAPHICS"], export_id: exportId })));
    const audit = await contract.platform.sql("SELECT action, record_type, changes FROM journal.audit_entry WHERE district_id = $1 AND record_type = 'Disclosure'", [world.districtId]);
    expect(audit).toEqual([{ action: "LOADED", record_type: "Disclosure", changes: [{ field: "rows", before: null, after: 3 }] }]);
  });

  it("leaves no record where the law asks for none, nor where it named nobody", async () => {
    let [official, study] = ["", ""];
    await settled((make) => void ([official, study] = [agreement(make, { basis: "SCHOOL_OFFICIAL" }), agreement(make, {})]));
    const pupil = world.a("Student");
    await world.save();
    expect(await send(official, [pupil])).toBe(0);
    expect(await send(study, [])).toBe(0);
    expect(await stored()).toEqual([]);
  });
});
