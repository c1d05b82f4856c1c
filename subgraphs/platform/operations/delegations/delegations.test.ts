import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { delegatedIdentity, noteSignIn } from "#foundation/identity/delegation-lookup";
import { anonymous, identityOf, type Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, newDistrict, rowCounts, rowsInDatabase, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import type { SubgraphReply } from "#foundation/serving/subgraph-service";
import { smallSchool } from "../../../contract/small-school.ts";
import { stage } from "../../../contract/stage.ts";

let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

const morning = new Date("2026-10-14T15:00:00Z");
const good = { use: "SCHEDULE", purpose: "Weekly list of the school", roles: ["registrar"], operations: ["students"], toDate: "2026-12-01" };
const give = (caller: Identity, input: Record<string, unknown> = {}, dryRun = false) =>
  contract.platform.call("platform", caller, "mutation($input: DelegateInput!, $dryRun: Boolean! = false) { out: delegate(input: $input, dryRun: $dryRun) { record { id roles operations everyQuery fromDate toDate revokedAt } } }", { input: { ...good, ...input }, dryRun });
const takeBack = (caller: Identity, delegationId: string) =>
  contract.platform.call("platform", caller, "mutation($input: RevokeDelegationInput!) { out: revokeDelegation(input: $input) { record { id revokedAt } } }", { input: { delegationId } });
const listed = async (caller: Identity) => dataOf<{ delegations: { nodes: { id: string }[] } }>(await contract.platform.call("platform", caller, "{ delegations { nodes { id } } }")).delegations.nodes.map((n) => n.id);
const idIn = (reply: SubgraphReply) => dataOf<{ out: { record: { id: string } } }>(reply).out.record.id;
const problems = (reply: SubgraphReply) => (reply.errors?.[0]?.extensions?.["fields"] as { path: string }[] | undefined)?.map((f) => f.path);

/** A school with a registrar and a teacher who have accounts, and the offices of the district. */
async function scene() {
  contract.platform.clock.now = morning;
  const school = smallSchool(contract);
  const { make } = school;
  const student = school.student();
  const withAccount = (identity: Identity): Identity => identityOf({ ...identity, accountId: make.a("Account", { personId: identity.personId! }) });
  const registrar = withAccount(school.office(Role.Registrar));
  const people = { registrar, colleague: withAccount(school.office(Role.Registrar)), admin: withAccount(school.districtOffice(Role.Admin)), auditor: school.districtOffice(Role.Auditor), superintendent: school.districtOffice(Role.Superintendent) };
  await make.save();
  const signIn = (identity: Identity) => noteSignIn(contract.platform.database.pool, identity, contract.platform.clock.now);
  await signIn(registrar);
  const work = (delegation: string, more: Partial<{ use: string; districtId: string }> = {}) =>
    delegatedIdentity(contract.platform.database.pool, { delegation, use: "SCHEDULE", districtId: make.districtId, now: contract.platform.clock.now, ...more });
  return { ...school, student, ...people, signIn, work };
}
const refused = (code: string) => expect.objectContaining({ code });

describe("a delegation is refused", () => {
  it("to nobody, to a sign-in without a person, and to work that itself runs under one", async () => {
    const s = await scene();
    const before = await rowCounts(contract.platform);
    const system = identityOf({ ...s.registrar, personId: null });
    const work = identityOf({ ...s.registrar, delegation: { id: s.student, operations: ["delegate", "revokeDelegation"], everyQuery: true } });
    expect(codeOf(await give(anonymous))).toBe("UNAUTHENTICATED");
    for (const caller of [system, work]) expect(codeOf(await give(caller))).toBe("FORBIDDEN");
    expect(await rowCounts(contract.platform)).toEqual(before);
    const own = idIn(await give(s.registrar));
    expect(codeOf(await takeBack(work, own))).toBe("FORBIDDEN");
  });

  it("that is too wide: roles of others, no operation, unknown ones, those that hand on rights, too long, in the past", async () => {
    const s = await scene();
    const before = await rowCounts(contract.platform);
    const cases: [Record<string, unknown>, string[]][] = [
      [{ roles: ["superintendent"] }, ["input.roles"]],
      [{ roles: ["registrar", "astronaut"] }, ["input.roles"]],
      [{ roles: [] }, ["input.roles"]],
      [{ operations: [] }, ["input.operations"]],
      [{ operations: ["dropEverything"] }, ["input.operations"]],
      [{ operations: ["delegate"] }, ["input.operations"]],
      ...["revokeDelegation", "inviteToSignIn", "withdrawInvitation", "acceptInvitation", "linkSignIn", "unlinkAccount"].map((name): [Record<string, unknown>, string[]] => [{ operations: ["students", name] }, ["input.operations"]]),
      [{ operations: Array.from({ length: 101 }, () => "students") }, ["input.operations"]],
      [{ fromDate: "2026-10-13" }, ["input.fromDate"]],
      [{ toDate: "2026-10-14" }, ["input.toDate"]],
      [{ toDate: "2027-04-13" }, ["input.toDate"]],
      [{ roles: ["nurse"], operations: ["x"], toDate: "2030-01-01" }, ["input.roles", "input.operations", "input.toDate"]],
    ];
    for (const [input, paths] of cases) {
      const reply = await give(s.registrar, input);
      expect.soft([codeOf(reply), problems(reply)], JSON.stringify(input).slice(0, 80)).toEqual(["VALIDATION_FAILED", paths]);
    }
    expect(codeOf(await give(s.registrar, { purpose: "  " }))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
    dataOf(await give(s.registrar, { toDate: "2027-04-12" }, true));
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("to be seen or taken back by a colleague, and to be taken back by those who only look", async () => {
    const s = await scene();
    const id = idIn(await give(s.registrar));
    expect(await listed(s.colleague)).toEqual([]);
    expect(codeOf(await takeBack(s.colleague, id))).toBe("NOT_FOUND");
    for (const reader of [s.auditor, s.superintendent]) {
      expect(await listed(reader)).toEqual([id]);
      expect(codeOf(await takeBack(signedIn(s.make, { personId: reader.personId! }, reader.roles), id))).toBe("FORBIDDEN");
    }
    const elsewhere = newDistrict(contract);
    const stranger = elsewhere.a("Person");
    await elsewhere.save();
    expect(codeOf(await takeBack(signedIn(elsewhere, { personId: stranger }, Object.values(Role)), id))).toBe("NOT_FOUND");
  });
});

describe("work under a delegation is refused", () => {
  it("where there is none, of another district, or for another use", async () => {
    const s = await scene();
    const id = idIn(await give(s.registrar));
    for (const [delegation, more] of [["nonsense", {}], [s.student, {}], [id, { districtId: newDistrict(contract).districtId }], [id, { use: "IMPORT" }]] as const) await expect(s.work(delegation, more)).rejects.toEqual(refused("NOT_FOUND"));
  });

  it("before its first day and from its end on, by the district's midnight", async () => {
    const s = await scene();
    const id = idIn(await give(s.registrar, { fromDate: "2026-10-15", toDate: "2026-10-17" }));
    const [{ time_zone }] = (await contract.platform.sql<{ time_zone: string }>("SELECT time_zone FROM platform.district WHERE id = $1", [s.make.districtId])) as [{ time_zone: string }];
    const midnight = async (day: string) => (await contract.platform.sql<{ at: Date }>("SELECT $1::timestamp AT TIME ZONE $2 AS at", [day, time_zone]))[0]!.at.getTime();
    const [begins, ends] = [await midnight("2026-10-15"), await midnight("2026-10-17")];
    for (const [moment, may] of [[begins - 1, false], [begins, true], [ends - 1, true], [ends, false]] as const) {
      contract.platform.clock.now = new Date(moment);
      if (may) expect((await s.work(id)).roles).toEqual(["registrar"]);
      else await expect(s.work(id)).rejects.toEqual(refused("FORBIDDEN"));
    }
  });

  it("from the moment when it is taken back, by its owner or by an administrator, and taking back twice changes nothing", async () => {
    const s = await scene();
    for (const by of [s.registrar, s.admin]) {
      const id = idIn(await give(s.registrar));
      await s.work(id);
      dataOf(await takeBack(by, id));
      await expect(s.work(id)).rejects.toEqual(refused("FORBIDDEN"));
      const before = await rowCounts(contract.platform);
      expect(idIn(await takeBack(by, id))).toBe(id);
      expect(await rowCounts(contract.platform)).toEqual(before);
    }
  });

  it("while its owner has not signed in for two weeks, has none of its roles any more, or has a disabled account", async () => {
    const s = await scene();
    const [registrars, ofStaff] = [idIn(await give(s.registrar)), idIn(await give(s.registrar, { roles: ["registrar", "staff"] }))];
    contract.platform.clock.now = new Date(morning.getTime() + 14 * 86_400_000 + 1);
    await expect(s.work(registrars)).rejects.toEqual(refused("FORBIDDEN"));
    await s.signIn(s.registrar);
    await s.work(registrars);
    await s.signIn(identityOf({ ...s.registrar, roles: [Role.Staff] }));
    await expect(s.work(registrars)).rejects.toEqual(refused("FORBIDDEN"));
    expect((await s.work(ofStaff)).roles).toEqual(["staff"]);
    await s.signIn(s.registrar);
    await s.work(registrars);
    dataOf(await contract.platform.call("platform", s.admin, `mutation { updateAccount(id: "${s.registrar.accountId}", version: 1, input: { status: DISABLED }) { record { id } } }`));
    await expect(s.work(registrars)).rejects.toEqual(refused("FORBIDDEN"));
  });

  it("for an owner who never signed in", async () => {
    const s = await scene();
    const id = idIn(await give(s.colleague));
    await expect(s.work(id)).rejects.toEqual(refused("FORBIDDEN"));
  });

  it("for root fields that it does not name, in the subgraph itself", async () => {
    const s = await scene();
    const listing = await s.work(idIn(await give(s.registrar)));
    expect(codeOf(await contract.platform.call("students", listing, `{ student(id: "${s.student}") { id } }`))).toBe("FORBIDDEN");
    expect(codeOf(await contract.platform.call("students", listing, `mutation { updateStudent(id: "${s.student}", version: 1, input: { studentNumber: "X" }) { record { id } } }`))).toBe("FORBIDDEN");
    expect(codeOf(await contract.platform.call("platform", listing, "{ me { roles } }"))).toBe("FORBIDDEN");
    const asking = await s.work(idIn(await give(s.registrar, { operations: null, everyQuery: true })));
    dataOf(await contract.platform.call("students", asking, `{ student(id: "${s.student}") { id } students { totalCount } }`));
    expect(codeOf(await contract.platform.call("students", asking, `mutation { updateStudent(id: "${s.student}", version: 1, input: { studentNumber: "X" }) { record { id } } }`))).toBe("FORBIDDEN");
  });
});

describe("work under a delegation", () => {
  it("reaches what its owner reaches with the lent roles at that moment, and nothing once her duty has ended", async () => {
    const s = await scene();
    const students = s.make.meta("Student");
    const listing = await s.work(idIn(await give(s.registrar)));
    expect(listing).toMatchObject({ accountId: s.registrar.accountId, personId: s.registrar.personId, districtId: s.make.districtId, roles: ["registrar"] });
    expect(await rowsInDatabase(contract.platform, students, listing)).toEqual(new Set([s.student]));
    const [duty] = await contract.platform.sql<{ id: string }>("SELECT id FROM people.duty_assignment WHERE person_id = $1", [s.registrar.personId]);
    dataOf(await contract.platform.call("people", s.admin, `mutation { endDuty(input: { dutyAssignmentId: "${duty!.id}", version: 1, toDate: "2026-10-14" }) { record { id } } }`));
    const after = await s.work(listing.delegation!.id);
    expect(await rowsInDatabase(contract.platform, students, after)).toEqual(new Set());
    expect(dataOf(await contract.platform.call("students", after, "{ students { totalCount } }"))).toEqual({ students: { totalCount: 0 } });
  });

  it("stands in the audit log with its owner, and the chain holds", async () => {
    const s = await scene();
    const id = idIn(await give(s.registrar, { operations: ["updateStudent"] }));
    const writing = await s.work(id);
    dataOf(await contract.platform.call("students", writing, `mutation { updateStudent(id: "${s.student}", version: 1, input: { studentNumber: "X-1" }) { record { id } } }`));
    dataOf(await contract.platform.call("students", s.registrar, `mutation { updateStudent(id: "${s.student}", version: 2, input: { studentNumber: "X-2" }) { record { id } } }`));
    const { auditEntries } = dataOf<{ auditEntries: { nodes: unknown[] } }>(await contract.platform.call("platform", s.auditor, `{ auditEntries(where: { recordId: { eq: "${s.student}" }, operation: { eq: "updateStudent" } }, orderBy: [{ field: createdAt }, { field: id }]) { nodes { personId delegationId createdBy } } }`));
    const by = { personId: s.registrar.personId, createdBy: s.registrar.accountId };
    expect(auditEntries.nodes).toEqual([{ ...by, delegationId: id }, { ...by, delegationId: null }]);
    await contract.platform.sql("SELECT journal.seal(100000)");
    expect(await contract.platform.sql("SELECT 1 FROM journal.audit_entry WHERE district_id = $1 AND hash IS NULL", [s.make.districtId])).toEqual([]);
    const [verified] = await contract.platform.sql<{ entries: string; broken_at: string | null }>("SELECT * FROM journal.verify($1)", [s.make.districtId]);
    expect(verified!.broken_at).toBeNull();
    await contract.platform.sql("UPDATE journal.audit_entry SET delegation_id = NULL WHERE delegation_id = $1", [id]);
    expect((await contract.platform.sql<{ broken_at: string | null }>("SELECT * FROM journal.verify($1)", [s.make.districtId]))[0]!.broken_at).not.toBeNull();
  });

  it("ends with the delegation, and after five minutes at the latest asks again", async () => {
    const s = await scene();
    const id = idIn(await give(s.registrar, { toDate: "2026-10-15" }));
    const seconds = async () => (await s.work(id)).expiresAt! - Date.now() / 1000;
    expect(Math.abs((await seconds()) - 300)).toBeLessThan(5);
    const [{ at }] = (await contract.platform.sql<{ at: Date }>("SELECT $1::timestamp AT TIME ZONE time_zone AS at FROM platform.district WHERE id = $2", ["2026-10-15", s.make.districtId])) as [{ at: Date }];
    contract.platform.clock.now = new Date(at.getTime() - 20_000);
    expect(Math.abs((await seconds()) - 20)).toBeLessThan(5);
  });
});
