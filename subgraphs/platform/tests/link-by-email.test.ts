import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, journalOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { smallSchool } from "../../contract/small-school.ts";
import { stage } from "../../contract/stage.ts";
import { linkByEmail } from "../sign-in/link-by-email.ts";

const issuer = "https://id.example.org/realms/osss";
let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

let made = 0;
const address = () => `person-${++made}@example.org`;
const signIn = (email: string, more: object = {}) => ({ issuer, subject: `subject-${++made}`, username: `user-${made}`, email, ...more });
const link = (who: ReturnType<typeof signIn>) => linkByEmail(contract.platform.orchestration, who);
const accountOf = async (subject: string) => (await contract.platform.sql<{ id: string; person_id: string; linked_by: string; version: number }>("SELECT id, person_id, linked_by, version FROM platform.account WHERE subject = $1 AND archived_at IS NULL", [subject]))[0];
const waiting = async (caller: Identity) => dataOf<{ unlinkedSignIns: { nodes: { id: string; username: string; email: string | null; reason: string }[] } }>(await contract.platform.call("platform", caller, "{ unlinkedSignIns { nodes { id username email reason } } }")).unlinkedSignIns.nodes;
const linkByHand = (caller: Identity, signInId: string, personId: string) => contract.platform.call("platform", caller, 'mutation($input: LinkSignInInput!) { out: linkSignIn(input: $input, reason: "Came with her passport.") { record { id linkedBy } } }', { input: { signInId, personId } });
const unlink = (caller: Identity, accountId: string, version: number) => contract.platform.call("platform", caller, 'mutation($input: UnlinkAccountInput!) { out: unlinkAccount(input: $input, reason: "Another person\'s.") { record { id } } }', { input: { accountId, version } });

async function scene() {
  const school = smallSchool(contract);
  const { make } = school;
  const person = (email: string, more: object = {}) => {
    const id = make.a("Person");
    make.a("PersonEmail", { person: id, address: email, ...more });
    return id;
  };
  const admin = school.districtOffice(Role.Admin);
  const callers = { registrar: school.districtOffice(Role.Registrar), schoolRegistrar: school.office(Role.Registrar), superintendent: school.districtOffice(Role.Superintendent) };
  return { ...school, person, admin, ...callers };
}

describe("not linked", () => {
  it("is an address that no record holds, without a trace", async () => {
    await (await scene()).make.save();
    const before = await rowCounts(contract.platform);
    expect(await link(signIn(address()))).toBe(false);
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("is one of an archived record or person", async () => {
    const s = await scene();
    const email = address();
    s.person(email, { archivedAt: new Date("2026-10-01T00:00:00Z") });
    await s.make.save();
    await contract.platform.sql("UPDATE people.person_email SET archived_at = now() WHERE address = $1", [email]);
    expect(await link(signIn(email))).toBe(false);
  });

  it("is one that two people share: the office finds it among the unlinked, and links it by hand", async () => {
    const s = await scene();
    const email = address();
    const [one] = [s.person(email), s.person(email)];
    await s.make.save();
    const who = signIn(email.toUpperCase());
    expect([await link(who), await link(who)]).toEqual([false, false]);
    expect(await accountOf(who.subject)).toBeUndefined();
    for (const caller of [s.admin, s.registrar]) expect(await waiting(caller)).toEqual([expect.objectContaining({ username: who.username, email: who.email, reason: "SHARED_EMAIL" })]);
    for (const caller of [s.schoolRegistrar, s.superintendent]) expect((await contract.platform.call("platform", caller, "{ unlinkedSignIns { nodes { id } } }")).data).toMatchObject(caller === s.superintendent ? { unlinkedSignIns: null } : { unlinkedSignIns: { nodes: [] } });
    const { id } = (await waiting(s.admin))[0]!;
    for (const caller of [s.registrar, s.schoolRegistrar, s.superintendent]) expect(codeOf(await linkByHand(caller, id, one))).toBe("FORBIDDEN");
    expect(codeOf(await linkByHand(s.admin, id, s.admin.personId!))).toBe("FORBIDDEN");
    expect(dataOf(await linkByHand(s.admin, id, one)).out).toMatchObject({ record: { linkedBy: "OFFICE" } });
    expect([(await accountOf(who.subject))!.person_id, await waiting(s.admin)]).toEqual([one, []]);
    expect((await journalOf(contract.platform, (await accountOf(who.subject))!.id)).audit[0]).toMatchObject({ operation: "linkSignIn (for the district)", created_by: s.admin.accountId });
  });

  it("is one that people of two districts have; each of them is told", async () => {
    const [here, there] = [await scene(), await scene()];
    const email = address();
    here.person(email);
    there.person(email);
    await here.make.save();
    await there.make.save();
    const who = signIn(email);
    expect(await link(who)).toBe(false);
    expect(await accountOf(who.subject)).toBeUndefined();
    for (const s of [here, there]) expect(await waiting(s.admin)).toMatchObject([{ reason: "SEVERAL_DISTRICTS" }]);
    const { id } = (await waiting(here.admin))[0]!;
    expect(codeOf(await linkByHand(there.admin, id, there.admin.personId!))).not.toBeUndefined();
  });

  it("is a second sign-in of a person, nor one that was unlinked by hand; a changed address changes no link", async () => {
    const s = await scene();
    const email = address();
    const person = s.person(email);
    await s.make.save();
    const [who, second] = [signIn(email), signIn(email)];
    expect([await link(who), await link(second)]).toEqual([true, false]);
    expect(await waiting(s.admin)).toMatchObject([{ username: second.username, reason: "PERSON_HAS_ACCOUNT" }]);
    const changed = address();
    await contract.platform.sql("UPDATE people.person_email SET address = $1 WHERE person_id = $2", [changed, person]);
    expect([(await accountOf(who.subject))!.person_id, await link({ ...who, email: address() }), await link(signIn(email))]).toEqual([person, false, false]);
    const account = (await accountOf(who.subject))!;
    for (const caller of [s.registrar, s.superintendent]) expect(codeOf(await unlink(caller, account.id, account.version))).toBe("FORBIDDEN");
    dataOf(await unlink(s.admin, account.id, account.version));
    expect([await link({ ...who, email: changed }), await accountOf(who.subject)]).toEqual([false, undefined]);
    expect(await waiting(s.admin)).toEqual(expect.arrayContaining([expect.objectContaining({ username: who.username, reason: "UNLINKED_BEFORE" })]));
  });

  it("shows an unlisted address to nobody", async () => {
    const s = await scene();
    const email = address();
    s.person(email, { confidential: true });
    s.person(email);
    await s.make.save();
    await link(signIn(email));
    expect(await waiting(s.admin)).toMatchObject([{ email: null, reason: "SHARED_EMAIL" }]);
  });
});

describe("linked", () => {
  it("is a new sign-in to the one person who has its address, in any case of letters, once, with audit and outbox", async () => {
    const s = await scene();
    const email = address();
    const person = s.person(email.replace("person", "Person"));
    await s.make.save();
    const who = signIn(email.toUpperCase());
    expect(await Promise.all([link(who), link(who), link(who)])).toEqual([true, true, true]);
    const account = (await accountOf(who.subject))!;
    expect(account).toMatchObject({ person_id: person, linked_by: "EMAIL" });
    const { audit, outbox } = await journalOf(contract.platform, account.id);
    expect([audit.map((entry) => entry.operation), outbox.length]).toEqual([["link sign-in by e-mail"], 1]);
  });

  it("is nobody's own account by herself: an administrator does not unlink hers", async () => {
    const s = await scene();
    await s.make.save();
    const [own] = await contract.platform.sql<{ id: string; version: number }>("SELECT id, version FROM platform.account WHERE person_id = $1", [s.admin.personId]);
    if (own) expect(codeOf(await unlink(s.admin, own.id, own.version))).toBe("FORBIDDEN");
    else expect(codeOf(await unlink(s.admin, "00000000-0000-4000-8000-000000000000", 1))).toBe("NOT_FOUND");
  });
});
