import { expect, test } from "vitest";
import { identityOf } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { demoRealm } from "../../../identity/realm.ts";
import { allManifests } from "../../registry.ts";
import { ensureDemoDistrict } from "./ensure-demo-district.ts";
import { linkDemoAccounts } from "./link-demo-accounts.ts";
import { seedDemoDistrict } from "./seed-demo-district.ts";

const now = new Date("2026-10-14T19:00:00Z");
const options = { students: 80, seed: 7, today: "2026-10-14", timeZone: "America/Los_Angeles" };
const platformAt = async () => testPlatform({ manifests: await allManifests(), now });

/** Every row of every table of the domains, as text. */
async function everything(platform: TestPlatform): Promise<string[]> {
  const tables = await platform.sql<{ name: string }>("SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname IN ('schools', 'people', 'students', 'platform') AND tablename <> 'migration' ORDER BY 1");
  const rows: string[] = [];
  for (const { name } of tables) rows.push(...(await platform.sql<{ row: string }>(`SELECT '${name} ' || t::text AS row FROM ${name} t ORDER BY 1`)).map(({ row }) => row));
  return rows;
}

test("the same words make the same district, ids included; another seed another one", { timeout: 120_000 }, async () => {
  await using one = await platformAt();
  await using two = await platformAt();
  await using other = await platformAt();
  const made = await seedDemoDistrict(one.orchestration, options);
  expect(await seedDemoDistrict(two.orchestration, options)).toEqual(made);
  const rows = await everything(one);
  expect(rows.length).toBeGreaterThan(1_500);
  expect(await everything(two)).toEqual(rows);
  await seedDemoDistrict(other.orchestration, { ...options, seed: 8 });
  expect(await everything(other)).not.toEqual(rows);
});

test("it has what a school has to think of", async () => {
  await using platform = await platformAt();
  await seedDemoDistrict(platform.orchestration, options);
  const count = async (from: string) => Number((await platform.sql<{ n: string }>(`SELECT count(*) AS n FROM ${from}`))[0]!.n);
  expect(await count("students.student")).toBe(80);
  expect(await count("students.court_order WHERE from_date <= '2026-10-14' AND to_date > '2026-10-14'")).toBe(2);
  expect(await count("people.household_address WHERE address_confidential")).toBeGreaterThanOrEqual(3);
  expect(await count("people.duty_assignment WHERE to_date = '2026-10-14'")).toBe(1);
  expect(await count("people.person_demographics WHERE birth_date = '2008-10-23'")).toBeGreaterThanOrEqual(1);
  expect(await count("students.school_enrollment e JOIN schools.school s ON s.id = e.school_id WHERE e.exit_date IS NOT NULL AND s.kind = 'ELEMENTARY'")).toBeGreaterThan(0);
  expect(await count("schools.instructional_day WHERE status = 'CANCELLED' AND reason IS NOT NULL")).toBeGreaterThan(0);
  expect(await count("people.person_phone WHERE number !~ '555 01[0-9][0-9]$'")).toBe(0);
  expect(await count("people.person_email WHERE address !~ 'example[.]org$'")).toBe(0);
});

test("every demo user but the newcomer is linked to a person; a new issuer links anew, the same one changes nothing", async () => {
  await using platform = await platformAt();
  const host = { database: platform.database, clock: () => platform.clock.now };
  const said: string[] = [];
  const ensure = (issuer: string) => ensureDemoDistrict({ host, prefix: "osss_test", issuer, say: (line) => said.push(line) });
  expect([await ensure("http://localhost:4000/realms/osss"), await ensure("http://localhost:4000/realms/osss")]).toEqual([true, false]);
  expect(said).toHaveLength(1);
  const linked = () => platform.sql<{ username: string }>("SELECT username FROM platform.account WHERE archived_at IS NULL AND issuer = $1 ORDER BY 1", ["http://localhost:4001/realms/osss"]);
  expect(await platform.sql("SELECT count(*)::int AS n FROM platform.account")).toEqual([{ n: demoRealm.users.length - 1 }]);
  await ensure("http://localhost:4001/realms/osss");
  expect((await linked()).map(({ username }) => username)).toEqual(demoRealm.users.map(({ username }) => username).filter((name) => name !== "newcomer").sort());
  expect(await platform.sql("SELECT count(*)::int AS n FROM platform.account WHERE archived_at IS NOT NULL")).toEqual([{ n: demoRealm.users.length - 1 }]);
});

test("who signs in sees what their place allows", async () => {
  await using platform = await platformAt();
  const { districtId, persons } = await seedDemoDistrict(platform.orchestration, options);
  expect(await linkDemoAccounts(platform.orchestration, { districtId, issuer: "test", users: demoRealm.users, persons })).toBe(demoRealm.users.length - 1);
  const seenBy = async (username: string) => {
    const user = demoRealm.users.find((one) => one.username === username)!;
    const [account] = await platform.sql<{ id: string; person_id: string }>("SELECT id, person_id FROM platform.account WHERE username = $1", [username]);
    const identity = identityOf({ issuer: "test", subject: user.id, accountId: account!.id, personId: account!.person_id, districtId, roles: user.realmRoles.filter((role): role is Role => Object.values<string>(Role).includes(role)) });
    const reply = await platform.call("students", identity, "{ students(first: 500) { nodes { sortName } } }");
    return ((reply.data as { students?: { nodes?: { sortName: string }[] } } | null)?.students?.nodes ?? []).map(({ sortName }) => sortName);
  };
  expect((await seenBy("parent")).sort()).toEqual(["Iwu, Adaeze", "Iwu, Chidi", "Iwu, Obi"]);
  expect(await seenBy("student")).toEqual(["Bellweather, Noor"]);
  expect(await seenBy("nurse-parent")).toContain("Quispe, Mateo");
  expect((await seenBy("superintendent")).length).toBe(80);
  expect(await seenBy("principal")).not.toContain("Quispe, Mateo");
  expect((await seenBy("principal")).length).toBeGreaterThan(5);
  expect(await seenBy("auditor")).toEqual([]);
});
