import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { createTokenVerifier } from "#foundation/identity/access-token";
import { identityOf, type Identity } from "#foundation/identity/identity";
import { createIdentityResolver } from "#foundation/identity/identity-of";
import { Role } from "#foundation/identity/role";
import { accountOf } from "#foundation/persistence/account-of";
import { dataOf } from "#foundation/testing/contract";
import type { TestPlatform } from "#foundation/testing/test-platform";
import { demoDistrict } from "../../../gateway/tests/journeys/walk.ts";
import { RealmAdmin } from "./realm-admin.ts";

/** The client of a connected system signs in by its secret, and reaches what an agreement names, while it counts. */
const keycloak = inject("keycloak");
const issuer = `${keycloak.url}/realms/osss`;
const opened: (() => Promise<unknown>)[] = [];
let platform: TestPlatform;

beforeAll(async () => {
  platform = await demoDistrict(issuer, opened);
});
afterAll(async () => {
  for (const close of opened.reverse()) await close();
});

async function systemsToken(): Promise<string> {
  const body = new URLSearchParams({ grant_type: "client_credentials", client_id: "osss-integration", client_secret: await new RealmAdmin(keycloak).secretOf("osss-integration") });
  const response = await fetch(`${issuer}/protocol/openid-connect/token`, { method: "POST", body });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** As a process that has not met the token yet. */
async function signedIn(token: string): Promise<Identity> {
  return createIdentityResolver({ lookup: (...subject) => accountOf(platform.database, ...subject) }).resolve(await createTokenVerifier({ issuer, audience: "osss-api" }).verify(token), token);
}

async function demoUser(username: string, role: Role): Promise<Identity> {
  const [account] = await platform.sql<{ id: string; person_id: string; district_id: string; subject: string }>("SELECT id, person_id, district_id, subject FROM platform.account WHERE username = $1 AND issuer = $2 AND archived_at IS NULL", [username, issuer]);
  return identityOf({ issuer, subject: account!.subject, accountId: account!.id, personId: account!.person_id, districtId: account!.district_id, roles: [role, Role.Staff] });
}

async function studentsSeen(by: Identity): Promise<number> {
  return dataOf<{ students: { totalCount: number } | null }>(await platform.call("students", by, "{ students { totalCount } }")).students?.totalCount ?? 0;
}

const write = async (by: Identity, document: string, input: object): Promise<{ id: string; version: number }> => dataOf<{ out: { record: { id: string; version: number } } }>(await platform.call("platform", by, document, { input })).out.record;

it("nothing before an agreement names it, its school's students by it, nothing after its end", async () => {
  const [head, admin] = [await demoUser("superintendent", Role.Superintendent), await demoUser("admin", Role.Admin)];
  const token = await systemsToken();
  const stranger = await signedIn(token);
  expect(stranger).toMatchObject({ accountId: null, districtId: null, roles: [] });

  const [school] = await platform.sql<{ id: string; attend: number }>(
    `SELECT s.id, (SELECT count(DISTINCT e.student_id) FROM students.school_enrollment e WHERE e.school_id = s.id AND e.entry_date <= '2026-10-14' AND (e.exit_date IS NULL OR e.exit_date > '2026-10-14'))::int AS attend FROM schools.school s WHERE s.kind = 'HIGH' LIMIT 1`,
  );
  const signed = await write(head, "mutation($input: SignAgreementInput!) { out: signAgreement(input: $input) { record { id version } } }", {
    partyName: "Reading Tutors", partyContact: "privacy@tutors.example.org", purpose: "Rosters of the reading program.", interest: "Teaches reading for the district.", basis: "SCHOOL_OFFICIAL", categories: ["ROSTER"],
    schoolIds: [school!.id], fromDate: "2026-10-14", toDate: "2027-06-30",
  });
  const connected = await write(admin, `mutation($input: ConnectSystemInput!) { out: connectSystem(input: $input, reason: "The reading program begins.") { record { id version } } }`, {
    agreementId: signed.id, version: signed.version, subject: stranger.subject, username: stranger.username,
  });
  const system = await signedIn(token);
  expect(system).toMatchObject({ personId: null, districtId: head.districtId, roles: [Role.Integration] });
  expect(school!.attend).toBeGreaterThan(5);
  expect(await studentsSeen(system)).toBe(school!.attend);
  expect(dataOf(await platform.call("people", system, "{ people(first: 1) { nodes { familyName demographics { birthDate } } } }"))).toMatchObject({ people: { nodes: [{ demographics: null }] } });

  await write(head, `mutation($input: EndAgreementInput!) { out: endAgreement(input: $input, reason: "The reading program is over.") { record { id version } } }`, { agreementId: signed.id, version: connected.version });
  expect(await studentsSeen(system)).toBe(0);
});
