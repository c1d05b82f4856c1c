import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import type { Identity } from "#foundation/identity/identity";
import { codeOf, dataOf, type Contract } from "#foundation/testing/contract";
import { stage } from "../../contract/stage.ts";
import { twoSchools } from "../testing/two-schools.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const document = `query($givenName: String, $familyName: String, $birthDate: Day, $studentNumber: String) {
  found: findDuplicates(givenName: $givenName, familyName: $familyName, birthDate: $birthDate, studentNumber: $studentNumber) { name studentNumber schools likely reasons { reason } student { id } } }`;
const ask = (identity: Identity, typed: Record<string, unknown>) => contract.platform.call("rostering", identity, document, typed);
type Found = { found: { name: string; studentNumber: string; schools: string[]; likely: boolean; reasons: { reason: string }[]; student: { id: string } }[] };

async function district() {
  const stageOf = twoSchools(contract);
  const { make } = stageOf;
  const child = (givenName: string, familyName: string, birthDate: string | null, studentNumber: string, more: Record<string, unknown> = {}) => {
    const personId = make.a("Person", { givenName, familyName, ...more });
    if (birthDate) make.a("PersonDemographics", { birthDate }, { id: personId });
    const student = make.a("Student", { personId, studentNumber });
    make.a("SchoolEnrollment", { student, schoolId: stageOf.elm, schoolYearId: stageOf.year, gradeLevelId: stageOf.grades["03"], entryDate: "2026-08-24" });
    return student;
  };
  child("Katherine", "Lopez", "2017-05-02", "1001");
  child("Leo", "Lopez", "2017-05-02", "1002");
  child("Robert", "Nguyen", null, "1003");
  child("Alexander", "Price", "2016-01-09", "1004", { preferredGivenName: "Sasha" });
  await make.save();
  return stageOf;
}
const names = async (identity: Identity, typed: Record<string, unknown>) => dataOf<Found>(await ask(identity, typed)).found.map(({ name, likely, reasons }) => [name, likely, reasons[0]!.reason]);

describe("duplicates while typing", () => {
  it("are told to registrars alone, and only those who have the duty", async () => {
    const d = await district();
    const others = [d.onDuty(Role.Principal, d.oak), d.onDuty(Role.SchoolSecretary, d.oak)];
    await d.make.save();
    for (const identity of others) expect(codeOf(await ask(identity, { studentNumber: "1001" }))).toBe("FORBIDDEN");
    const { personId: _duty, ...stranger } = d.oakRegistrar;
    expect(codeOf(await ask({ ...stranger, personId: crypto.randomUUID() }, { studentNumber: "1001" }))).toBe("FORBIDDEN");
  });

  it("of another school show name, number and school, and no more", async () => {
    const d = await district();
    const { found } = dataOf<Found>(await ask(d.oakRegistrar, { givenName: "Katherine", familyName: "Lopez", birthDate: "2017-05-02" }));
    expect(found[0]).toMatchObject({ name: "Lopez, Katherine", studentNumber: "1001", schools: ["Elm"], likely: true, reasons: [{ reason: "SAME_NAME" }] });
    // A guessed birth date changes nothing in the answer.
    for (const name of [["Katherine", "Lopez"], ["Kathrine", "Lopes"], ["Robert", "Nguyen"], ["Sasha", "Prize"], ["Lena", "Lopez"]] as const) {
      const typed = { givenName: name[0], familyName: name[1] };
      const without = await ask(d.oakRegistrar, typed);
      for (const birthDate of ["2017-05-02", "2016-01-09", "2011-11-30"]) expect(await ask(d.oakRegistrar, { ...typed, birthDate }), name.join(" ")).toEqual(without);
    }
    // The student itself stays closed: what else there is, the graph does not tell her.
    expect(dataOf(await contract.platform.call("students", d.oakRegistrar, "query($id: ID!) { student(id: $id) { id } }", { id: found[0]!.student.id })).student).toBeNull();
  });

  it("are found in spite of spelling, and explained", async () => {
    const d = await district();
    for (const identity of [d.elmRegistrar, d.districtRegistrar]) {
      expect(await names(identity, { givenName: "Kathrine", familyName: "Lopes", birthDate: "2017-05-02" })).toEqual([["Lopez, Katherine", true, "SIMILAR_NAME_AND_BIRTH_DATE"]]);
      expect(await names(identity, { givenName: "Lopez", familyName: "Katherine", birthDate: "2017-05-02" }), "names the wrong way round").toEqual([["Lopez, Katherine", true, "SAME_NAME_AND_BIRTH_DATE"], ["Lopez, Leo", false, "ONE_NAME_AND_BIRTH_DATE"]]);
      expect(await names(identity, { givenName: "robert", familyName: "NGUYEN", birthDate: "2015-07-07" }), "no birth date on record").toEqual([["Nguyen, Robert", true, "SAME_NAME"]]);
      expect(await names(identity, { givenName: "Sasha", familyName: "Price" }), "the name the child goes by").toEqual([["Price, Sasha", true, "SAME_NAME"]]);
      expect(await names(identity, { givenName: "Katherine", familyName: "Lopez", birthDate: "2011-11-30" })).toEqual([["Lopez, Katherine", false, "SAME_NAME_OTHER_BIRTH_DATE"]]);
      expect(await names(identity, { studentNumber: "1004" })).toEqual([["Price, Sasha", true, "SAME_NUMBER"]]);
    }
  });

  it("are none while too little is typed, and none of another district", async () => {
    const d = await district();
    expect(await names(d.oakRegistrar, { birthDate: "2017-05-02" })).toEqual([]);
    expect(await names(d.oakRegistrar, { familyName: "Lopez", birthDate: "2017-05-02" })).toEqual([]);
    const elsewhere = twoSchools(contract);
    await elsewhere.make.save();
    expect(await names(elsewhere.districtRegistrar, { studentNumber: "1001", givenName: "Katherine", familyName: "Lopez" })).toEqual([]);
  });
});
