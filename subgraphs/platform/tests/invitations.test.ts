import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identityOf, type Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { codeOf, dataOf, journalOf, rowCounts, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { smallSchool } from "../../contract/small-school.ts";
import { stage } from "../../contract/stage.ts";

const issuer = "https://id.example.org/realms/osss";
let contract: Contract;
beforeAll(async () => {
  contract = await stage();
});
afterAll(() => contract.platform[Symbol.asyncDispose]());

interface Invited { invitation: { id: string; version: number } | null; code: string | null }

const call = (identity: Identity, document: string, input: object, key?: string) => contract.platform.call("platform", identity, document, { input }, key);
const invite = (caller: Identity, personId: string, more: object = {}, key?: string) =>
  call(caller, "mutation($input: InviteToSignInInput!) { out: inviteToSignIn(input: $input) { code invitation { id version expiresAt person { id } } } }", { personId, ...more }, key);
const accept = (identity: Identity, code: string) => call(identity, "mutation($input: AcceptInvitationInput!) { out: acceptInvitation(input: $input) { districtName notice } }", { code });
const withdraw = (caller: Identity, invitation: string, version = 1) => call(caller, "mutation($input: WithdrawInvitationInput!) { out: withdrawInvitation(input: $input) { record { id } } }", { invitationId: invitation, version });
const invited = async (caller: Identity, personId: string) => dataOf<{ out: { code: string; invitation: { id: string } } }>(await invite(caller, personId)).out;
const accountOf = async (subject: string) => (await contract.platform.sql<{ person_id: string; linked_by: string; username: string; district_id: string }>("SELECT person_id, linked_by, username, district_id FROM platform.account WHERE subject = $1 AND archived_at IS NULL", [subject]))[0];

let subjects = 0;
/** Somebody who signed in and whom nobody has linked. */
const newcomer = (): Identity => identityOf({ issuer, subject: `newcomer-${++subjects}`, username: `user-${subjects}`, expiresAt: 2_000_000_000 });

async function scene() {
  const school = smallSchool(contract);
  const other = smallSchool(contract, school);
  const { make } = school;
  const contactOf = (student: string) => {
    const personId = make.a("Person");
    make.a("StudentContact", { student, personId });
    return personId;
  };
  const contact = contactOf(school.student());
  const contactThere = contactOf(other.student());
  const working = contactOf(school.student());
  make.a("DutyAssignment", { person: working, role: "SUPERINTENDENT", schoolId: null, fromDate: "2026-08-01", toDate: null });
  const callers = {
    admin: school.districtOffice(Role.Admin), registrar: school.office(Role.Registrar), principal: school.office(Role.Principal), registrarThere: other.office(Role.Registrar),
    secretary: school.office(Role.SchoolSecretary), hr: school.districtOffice(Role.HumanResources), superintendent: school.districtOffice(Role.Superintendent),
  };
  const parent = signedIn(make, { personId: make.a("Person") }, [Role.Parent]);
  await make.save();
  return { ...school, other, contact, contactThere, working, parent, ...callers };
}

describe("who may invite", () => {
  it("is nobody but registrar and principal for the families of their school, and the administrator; a refusal tells nothing of the person", async () => {
    const s = await scene();
    const before = await rowCounts(contract.platform);
    const nobody = "00000000-0000-4000-8000-000000000000";
    for (const caller of [s.secretary, s.hr, s.superintendent, s.parent, newcomer()]) expect.soft(["FORBIDDEN", "UNAUTHENTICATED"]).toContain(codeOf(await invite(caller, s.contact)));
    for (const [caller, person] of [[s.registrar, s.contactThere], [s.registrarThere, s.contact], [s.registrar, s.secretary.personId!], [s.registrar, s.working], [s.principal, s.working], [s.registrar, s.registrar.personId!]] as const) {
      expect.soft(JSON.stringify((await invite(caller, person)).errors)).toBe(JSON.stringify((await invite(caller, nobody)).errors));
      expect.soft(codeOf(await invite(caller, person))).toBe("FORBIDDEN");
    }
    expect(codeOf(await invite(s.admin, nobody))).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
    for (const [caller, person] of [[s.registrar, s.contact], [s.principal, s.contact], [s.admin, s.contactThere], [s.admin, s.working]] as const) expect((await invited(caller, person)).code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
  });

  it("is no office of another district", async () => {
    const [here, there] = [await scene(), await scene()];
    expect(codeOf(await invite(there.admin, here.contact))).toBe("VALIDATION_FAILED");
    const { invitation } = await invited(here.admin, here.contact);
    expect(codeOf(await withdraw(there.admin, invitation.id))).toBe("NOT_FOUND");
  });

  it("keeps the hash alone, tells the code once, and ends the person's earlier code", async () => {
    const s = await scene();
    const first = dataOf<{ out: Invited }>(await invite(s.registrar, s.contact, {}, "key-1")).out;
    const again = dataOf<{ out: Invited }>(await invite(s.registrar, s.contact, {}, "key-1")).out;
    expect([again.invitation!.id, again.code]).toEqual([first.invitation!.id, null]);
    const stored = JSON.stringify([
      await contract.platform.sql("SELECT * FROM platform.account_invitation"), await contract.platform.sql("SELECT * FROM journal.audit_entry"), await contract.platform.sql("SELECT * FROM journal.idempotency_key"),
    ]);
    for (const written of [first.code!, first.code!.replaceAll("-", "")]) expect(stored).not.toContain(written);
    const second = await invited(s.registrar, s.contact);
    expect(codeOf(await accept(newcomer(), first.code!))).toBe("VALIDATION_FAILED");
    expect(codeOf(await accept(newcomer(), second.code))).toBeUndefined();
  });
});

describe("a code", () => {
  it("that is wrong, used, withdrawn or over is refused with one sentence, and nothing is written", async () => {
    const s = await scene();
    const [used, withdrawn, over] = [await invited(s.admin, s.contact), await invited(s.admin, s.contactThere), await invited(s.admin, s.working)];
    dataOf(await accept(newcomer(), used.code));
    dataOf(await withdraw(s.admin, withdrawn.invitation.id));
    const now = contract.platform.clock.now;
    contract.platform.clock.now = new Date(now.getTime() + 14 * 24 * 60 * 60 * 1000);
    const before = await rowCounts(contract.platform);
    const replies = await Promise.all([used.code, withdrawn.code, over.code, "0000-0000-0000-0000", createHash("sha256").update(used.code).digest("hex")].map((code) => accept(newcomer(), code)));
    contract.platform.clock.now = now;
    expect(new Set(replies.map((reply) => JSON.stringify(reply.errors))).size).toBe(1);
    expect(codeOf(replies[0]!)).toBe("VALIDATION_FAILED");
    expect(await rowCounts(contract.platform)).toEqual(before);
  });

  it("links the sign-in that types it, in any spelling, to that person in that district, with audit and outbox", async () => {
    const s = await scene();
    const { code, invitation } = await invited(s.registrar, s.contact);
    const who = newcomer();
    const { notice } = dataOf<{ out: { notice: string } }>(await accept(who, ` ${code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l")}`)).out;
    expect(notice).toContain("linked");
    expect(await accountOf(who.subject!)).toMatchObject({ person_id: s.contact, linked_by: "INVITATION", username: who.username, district_id: s.make.districtId });
    const { audit, outbox } = await journalOf(contract.platform, invitation.id);
    expect(audit.map((entry) => [entry.action, entry.operation])).toEqual([["CREATED", "inviteToSignIn (for the district)"], ["UPDATED", "acceptInvitation"]]);
    expect(outbox.map((event) => event.action)).toEqual(["CREATED", "UPDATED"]);
  });

  it("is taken once when two type it at one moment", async () => {
    const s = await scene();
    const { code } = await invited(s.registrar, s.contact);
    const replies = await Promise.all(Array.from({ length: 6 }, () => accept(newcomer(), code)));
    expect(replies.map(codeOf).filter((refusal) => refusal === undefined).length).toBe(1);
    expect((await contract.platform.sql("SELECT 1 FROM platform.account WHERE person_id = $1 AND archived_at IS NULL AND issuer = $2", [s.contact, issuer])).length).toBe(1);
  });

  it("is not looked at after five tries in a quarter of an hour, right or wrong, whichever process is asked", async () => {
    const s = await scene();
    const { code } = await invited(s.registrar, s.contact);
    const guesser = newcomer();
    for (let i = 0; i < 5; i++) expect(codeOf(await accept(guesser, `WR0N-G000-0000-000${i}`))).toBe("VALIDATION_FAILED");
    const refused = await accept(guesser, code);
    expect([codeOf(refused), refused.errors?.[0]?.extensions?.["retryAfter"]]).toEqual(["RATE_LIMITED", 900]);
    expect(await accountOf(guesser.subject!)).toBeUndefined();
    const flood = newcomer();
    const answers = await Promise.all(Array.from({ length: 30 }, (_, i) => accept(flood, `WR0N-G000-0000-00${10 + i}`)));
    expect(answers.map(codeOf).filter((answer) => answer === "VALIDATION_FAILED").length).toBe(5);
    const now = contract.platform.clock.now;
    contract.platform.clock.now = new Date(now.getTime() + 15 * 60_000);
    expect(codeOf(await accept(guesser, code))).toBeUndefined();
    contract.platform.clock.now = now;
  });

  it("is for whoever has signed in and is linked to nobody", async () => {
    const s = await scene();
    const { code } = await invited(s.registrar, s.contact);
    expect(codeOf(await accept(identityOf({}), code))).toBe("UNAUTHENTICATED");
    expect(codeOf(await accept(s.parent, code))).toBe("CONFLICT");
  });

  it("ends before its time where it is withdrawn by those who may invite the person, and not after its use", async () => {
    const s = await scene();
    const { code, invitation } = await invited(s.registrar, s.contact);
    for (const caller of [s.registrarThere, s.secretary, s.parent]) expect(["FORBIDDEN", "NOT_FOUND"]).toContain(codeOf(await withdraw(caller, invitation.id)));
    dataOf(await accept(newcomer(), code));
    expect(codeOf(await withdraw(s.principal, invitation.id, 2))).toBe("CONFLICT");
    expect(codeOf(await invite(identityOf({ ...s.registrar, issuer }), s.contact))).toBe("CONFLICT");
  });
});
