import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, newDistrict, type Contract } from "#foundation/testing/contract";
import type { World } from "#foundation/testing/factory";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage({ now: new Date("2026-10-14T15:00:00Z") });
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

interface Told { id: string; version: number; status: string; toDate: string; account: { id: string } | null; schools: { nodes: { school: { id: string } }[] } }

const payload = "record { id version status toDate account { id } schools { nodes { school { id } } } }";
const say = (name: string, rest: string) => `mutation($input: ${name[0]!.toUpperCase()}${name.slice(1)}Input!) { out: ${name}(input: $input${rest}) { ${payload} } }`;
const call = (identity: Identity, document: string, input: object) => contract.platform.call("platform", identity, document, { input });
const sign = (by: Identity, more: object) => call(by, say("signAgreement", ""), { ...terms, ...more });
const end = (by: Identity, input: object) => call(by, say("endAgreement", `, reason: "The service ends."`), input);
const connect = (by: Identity, input: object) => call(by, say("connectSystem", `, reason: "The new reading program."`), input);
const recordOf = (reply: Parameters<typeof dataOf>[0]) => dataOf<{ out: { record: Told } }>(reply).out.record;

const terms = {
  partyName: "Reading Tutors Inc.", partyContact: "privacy@tutors.example", purpose: "Rosters of the reading program.", interest: "Teaches reading for the district.",
  basis: "SCHOOL_OFFICIAL", categories: ["ROSTER"], everySchool: true, fromDate: "2026-10-14", toDate: "2027-08-01",
};

const onDuty = (make: World, role: Role) => signedIn(make, contract.reaches.district_office!(make, "", { role }), [role, Role.Staff]);

/** A district with those who sign and connect, a pupil at each of two schools, and the token of a system. */
async function district() {
  const make = newDistrict(contract);
  const [school, otherSchool] = [make.a("School"), make.a("School")];
  const attends = (schoolId: string) => {
    const student = make.a("Student");
    make.a("SchoolEnrollment", { student, schoolId, entryDate: "2026-08-17", exitDate: null });
    return student;
  };
  const [pupil, otherPupil] = [attends(school), attends(otherSchool)];
  const made = { make, school, otherSchool, pupil, otherPupil, head: onDuty(make, Role.Superintendent), registrar: onDuty(make, Role.Registrar), admin: onDuty(make, Role.Admin) };
  await make.save();
  return made;
}

/** What the account of an agreement reads, signed in as itself. */
async function readBy(make: World, accountId: string): Promise<string[]> {
  const reply = await contract.platform.call("students", signedIn(make, { personId: null, accountId }, [Role.Integration]), "{ students { nodes { id } } }");
  return dataOf<{ students: { nodes: { id: string }[] } }>(reply).students.nodes.map(({ id }) => id);
}

describe("signAgreement", () => {
  it.each([
    ["no data at all", { categories: [] }, "input.categories"],
    ["no school", { everySchool: false }, "input.schoolIds"],
    ["directory information without an audience", { basis: "DIRECTORY_INFORMATION" }, "input.audience"],
    ["an audience without directory information", { audience: "RECRUITERS" }, "input.audience"],
    ["an end before the beginning", { toDate: "2026-10-14" }, "input.toDate"],
    ["a signature of tomorrow", { signedOn: "2026-10-15", fromDate: "2026-10-20" }, "input.signedOn"],
    ["days before it was signed", { fromDate: "2026-10-01" }, "input.fromDate"],
  ])("refuses %s", async (_what, more, path) => {
    const { head } = await district();
    const reply = await sign(head, more);
    expect(reply.errors?.[0]?.extensions).toMatchObject({ code: "VALIDATION_FAILED", fields: [{ path }] });
  });

  it("refuses a school of another district, and every school beside named ones", async () => {
    const { head, school } = await district();
    const elsewhere = await district();
    expect(codeOf(await sign(head, { everySchool: false, schoolIds: [elsewhere.school] }))).toBe("VALIDATION_FAILED");
    expect(codeOf(await sign(head, { schoolIds: [school] }))).toBe("VALIDATION_FAILED");
  });

  it("is for who heads the district and keeps its records", async () => {
    const { make, head, registrar, admin, school } = await district();
    const ofSchool = signedIn(make, contract.reaches.at_school_school!(make, school, { role: Role.Registrar }), [Role.Registrar, Role.Staff]);
    await make.save();
    for (const other of [admin, ofSchool, signedIn(make, { personId: make.a("Person") }, [Role.Superintendent, Role.Registrar])]) expect(codeOf(await sign(other, {}))).toBe("FORBIDDEN");
    expect(recordOf(await sign(registrar, {}))).toMatchObject({ status: "SIGNED", account: null, schools: { nodes: [] } });
    expect(recordOf(await sign(head, { everySchool: false, schoolIds: [school, school] })).schools.nodes).toEqual([{ school: { id: school } }]);
  });
});

describe("endAgreement", () => {
  it("ends it today, or on a later day before its term, and never for the past", async () => {
    const { head } = await district();
    const signed = recordOf(await sign(head, { fromDate: "2026-10-14" }));
    const given = { agreementId: signed.id, version: 1 };
    expect(codeOf(await end(head, { ...given, toDate: "2026-10-13" }))).toBe("VALIDATION_FAILED");
    expect(codeOf(await end(head, { ...given, toDate: "2027-08-02" }))).toBe("VALIDATION_FAILED");
    expect(recordOf(await end(head, { ...given, toDate: "2026-12-01" }))).toMatchObject({ status: "ENDED", toDate: "2026-12-01" });
    expect(recordOf(await end(head, { ...given, version: 2 }))).toMatchObject({ status: "ENDED", toDate: "2026-10-14" });
    expect(codeOf(await end(head, { ...given, version: 3 }))).toBe("CONFLICT");
  });

  it("of one that has not begun leaves it no day", async () => {
    const { head } = await district();
    const { id } = recordOf(await sign(head, { fromDate: "2026-11-01" }));
    expect(recordOf(await end(head, { agreementId: id, version: 1 }))).toMatchObject({ status: "ENDED", toDate: "2026-11-01" });
  });

  it("asks for a reason", async () => {
    const { head } = await district();
    const { id } = recordOf(await sign(head, {}));
    expect(codeOf(await call(head, say("endAgreement", `, reason: " "`), { agreementId: id, version: 1 }))).toBe("VALIDATION_FAILED");
  });
});

describe("connectSystem", () => {
  it("lets a system read what the agreement names, and nothing from the moment on when it is ended", async () => {
    const { make, head, admin, school, pupil } = await district();
    const { id } = recordOf(await sign(head, { everySchool: false, schoolIds: [school] }));
    const connected = recordOf(await connect(admin, { agreementId: id, version: 1, subject: "svc-1", username: "service-account-tutors" }));
    const [account] = await contract.platform.sql<{ id: string; person_id: string | null; linked_by: string }>("SELECT id, person_id, linked_by FROM platform.account WHERE subject = 'svc-1'");
    expect(account).toMatchObject({ person_id: null, linked_by: "AGREEMENT" });
    expect(await readBy(make, account!.id)).toEqual([pupil]);
    await end(head, { agreementId: id, version: connected.version });
    expect(await readBy(make, account!.id)).toEqual([]);
  });

  it("names one account in several agreements, each of which opens what it names", async () => {
    const { make, head, admin, school, otherSchool, pupil, otherPupil } = await district();
    const given = { subject: "svc-2", username: "service-account-two" };
    for (const schoolId of [school, otherSchool]) {
      const { id } = recordOf(await sign(head, { everySchool: false, schoolIds: [schoolId] }));
      recordOf(await connect(admin, { ...given, agreementId: id, version: 1 }));
    }
    const accounts = await contract.platform.sql<{ id: string }>("SELECT id FROM platform.account WHERE subject = 'svc-2'");
    expect(accounts).toHaveLength(1);
    expect((await readBy(make, accounts[0]!.id)).toSorted()).toEqual([pupil, otherPupil].toSorted());
  });

  it.each(["DIRECTORY_INFORMATION", "STUDIES", "AUDIT_EVALUATION"])("is refused for the basis %s, which goes by export", async (basis) => {
    const { head, admin } = await district();
    const { id } = recordOf(await sign(head, { basis, audience: basis === "DIRECTORY_INFORMATION" ? "PUBLIC" : "NONE" }));
    expect(codeOf(await connect(admin, { agreementId: id, version: 1, subject: "svc-3", username: "x" }))).toBe("CONFLICT");
    expect(await contract.platform.sql("SELECT 1 FROM platform.account WHERE subject = 'svc-3'")).toEqual([]);
  });

  it("is refused for a person's sign-in, for one of another district and under an agreement that has ended", async () => {
    const { make, head, admin } = await district();
    make.a("Account", { issuer: "https://test", subject: "svc-person" });
    await make.save();
    const elsewhere = await district();
    elsewhere.make.a("Account", { issuer: "https://test", subject: "svc-elsewhere", personId: null, linkedBy: "AGREEMENT" });
    await elsewhere.make.save();
    const { id } = recordOf(await sign(head, {}));
    for (const subject of ["svc-person", "svc-elsewhere"]) expect(codeOf(await connect(admin, { agreementId: id, version: 1, subject, username: "x" }))).toBe("CONFLICT");
    await end(head, { agreementId: id, version: 1 });
    expect(codeOf(await connect(admin, { agreementId: id, version: 2, subject: "svc-4", username: "x" }))).toBe("CONFLICT");
  });

  it("is the administrator's, who signs nothing: two people must agree", async () => {
    const { make, head, registrar } = await district();
    const { id } = recordOf(await sign(head, {}));
    for (const other of [head, registrar, signedIn(make, { personId: make.a("Person") }, [Role.Admin])]) expect(codeOf(await connect(other, { agreementId: id, version: 1, subject: "svc-5", username: "x" }))).toBe("FORBIDDEN");
  });
});
