import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { createTokenVerifier } from "#foundation/identity/access-token";
import { createIdentityResolver, type IdentityResolver } from "#foundation/identity/identity-of";
import { verifiedEmailAt } from "#foundation/identity/verified-email";
import { accountOf } from "#foundation/persistence/account-of";
import type { TestPlatform } from "#foundation/testing/test-platform";
import { introduction } from "../../../gateway/authenticate.ts";
import { demoDistrict } from "../../../gateway/tests/journeys/walk.ts";
import { linkByEmail } from "../../../subgraphs/platform/sign-in/link-by-email.ts";
import { KeycloakVisitor } from "./keycloak-sign-in.ts";
import { RealmAdmin } from "./realm-admin.ts";

/** A new sign-in meets the records, by what Keycloak's userinfo says of its e-mail address. */
const keycloak = inject("keycloak");
const admin = new RealmAdmin(keycloak);
const issuer = `${keycloak.url}/realms/osss`;
const opened: (() => Promise<unknown>)[] = [];
const failures: unknown[] = [];
let platform: TestPlatform;
let contact: { person_id: string; address: string };
let userId: string;
const clock = { passed: 0 };

beforeAll(async () => {
  platform = await demoDistrict(issuer, opened);
  [contact] = (await platform.sql<{ person_id: string; address: string }>(
    `SELECT e.person_id, e.address FROM people.person_email e JOIN students.student_contact c ON c.person_id = e.person_id AND c.status = 'CONFIRMED'
     WHERE e.person_id NOT IN (SELECT person_id FROM platform.account) AND (SELECT count(DISTINCT o.person_id) FROM people.person_email o WHERE lower(o.address) = lower(e.address)) = 1 ORDER BY e.address LIMIT 1`,
  )) as [typeof contact];
  const made = await admin.request("POST", "/users", { username: "new-parent", email: contact.address, emailVerified: false, firstName: "New", lastName: "Parent", enabled: true, credentials: [{ type: "password", value: "demo", temporary: false }], groups: ["/families"] });
  userId = made.headers.get("location")!.split("/").at(-1)!;
});
afterAll(async () => {
  await admin.request("DELETE", `/users/${userId}`);
  for (const close of opened.reverse()) await close();
  expect(failures).toEqual([]);
});

function resolver(): IdentityResolver {
  return createIdentityResolver({
    lookup: (...subject) => accountOf(platform.database, ...subject),
    introduce: introduction({ verifiedEmail: verifiedEmailAt(issuer), link: (signIn) => linkByEmail(platform.orchestration, signIn), report: (error) => failures.push(error) }),
    clock: () => Date.now() + clock.passed,
  });
}

async function signedIn(identities: IdentityResolver) {
  const { access_token: token } = await new KeycloakVisitor(keycloak.url).signIn("new-parent");
  return identities.resolve(await createTokenVerifier({ issuer, audience: "osss-api" }).verify(token), token);
}

it("an address that Keycloak has not verified links nobody; verified, it links its person, who keeps the account when the address changes", async () => {
  const identities = resolver();
  expect(await signedIn(identities)).toMatchObject({ subject: userId, accountId: null, personId: null, roles: [] });
  const user = await admin.get<object>(`/users/${userId}`);
  await admin.request("PUT", `/users/${userId}`, { ...user, emailVerified: true });
  clock.passed = 61_000;
  expect(await signedIn(identities)).toMatchObject({ subject: userId, personId: contact.person_id, roles: ["parent"] });
  await admin.request("PUT", `/users/${userId}`, { ...user, email: "elsewhere@example.org", emailVerified: true });
  expect(await signedIn(resolver())).toMatchObject({ personId: contact.person_id });
});
