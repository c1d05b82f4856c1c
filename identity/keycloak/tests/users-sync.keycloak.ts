import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { readConfig, type Config } from "#foundation/config/config";
import { accountOf } from "#foundation/persistence/account-of";
import { testPrefix, type TestPlatform } from "#foundation/testing/test-platform";
import { demoDistrict, now } from "../../../gateway/tests/journeys/walk.ts";
import { users } from "../../../subgraphs/cli/commands/users.ts";
import { RealmAdmin } from "./realm-admin.ts";

const keycloak = inject("keycloak");
const admin = new RealmAdmin(keycloak);
const issuer = `${keycloak.url}/realms/osss`;
const opened: (() => Promise<unknown>)[] = [];
let platform: TestPlatform;
let config: Config;

interface Representation { id: string; username: string; email?: string; enabled: boolean; requiredActions: string[]; attributes?: { osssPerson?: string[] } }

beforeAll(async () => {
  platform = await demoDistrict(issuer, opened);
  config = readConfig({ DATABASE_URL: platform.appUrl, OSSS_DATABASE_PREFIX: testPrefix, OIDC_ISSUER: issuer, OIDC_USERS_SECRET: await admin.secretOf("osss-users") });
});
afterAll(async () => {
  for (const user of await everybody()) if (user.attributes?.osssPerson) await admin.request("DELETE", `/users/${user.id}`);
  for (const close of opened.reverse()) await close();
});

const everybody = () => admin.get<Representation[]>("/users?max=1000&briefRepresentation=false");
async function sync(words: string[] = [], settings: Config = config) {
  const printed = { out: [] as string[], err: [] as string[] };
  const code = await users(["sync", ...words], { print: (line) => void printed.out.push(line), report: (line) => void printed.err.push(line) }, settings, () => now);
  return { code, text: printed.out.join("\n"), complaints: printed.err.join("\n") };
}

describe("osss users sync", () => {
  it("is refused with a wrong secret, and says where the right one is", async () => {
    const { code, complaints } = await sync([], { ...config, oidc: { ...config.oidc, usersSecret: "guess" } });
    expect([code, complaints]).toEqual([1, expect.stringContaining("Clients, osss-users, Credentials")]);
  });

  it("tells in a preview what it would do, and does nothing", async () => {
    const before = await everybody();
    const { code, text } = await sync(["--dry-run"]);
    expect([code, text]).toEqual([0, expect.stringMatching(/^\d+ users would be made, 0 would be changed, 0 would be disabled/)]);
    expect(text).toContain("Nothing was changed.");
    expect(await everybody()).toEqual(before);
    expect((await platform.sql("SELECT 1 FROM platform.account WHERE linked_by = 'SYNC'")).length).toBe(0);
  });

  it("makes the users, in their groups, without a password, each linked to its person; a second time changes nothing", async () => {
    const preview = Number(/^(\d+) users/.exec((await sync(["--dry-run"])).text)![1]);
    const first = await sync();
    expect([first.code, first.complaints]).toEqual([0, expect.stringContaining(`${preview} users made`)]);
    const made = (await everybody()).filter((user) => user.attributes?.osssPerson);
    expect(made.length).toBe(preview);
    expect(made.every((user) => user.enabled && user.requiredActions.includes("UPDATE_PASSWORD"))).toBe(true);
    const [student] = await platform.sql<{ student_number: string; person_id: string }>("SELECT s.student_number, s.person_id FROM students.student s WHERE s.person_id NOT IN (SELECT person_id FROM platform.account WHERE linked_by IS NULL) ORDER BY 1 LIMIT 1");
    const user = made.find((one) => one.username === student!.student_number)!;
    expect(await accountOf(platform.database, issuer, user.id)).toMatchObject({ personId: student!.person_id, status: "active" });
    expect((await admin.get<{ name: string }[]>(`/users/${user.id}/groups`)).map((group) => group.name)).toEqual(["students"]);
    const before = await everybody();
    const again = await sync();
    expect([again.code, again.text]).toEqual([0, expect.stringMatching(/^0 users made, 0 changed, 0 disabled; /)]);
    expect(again.text).toContain("0 linked to their persons.");
    expect(await everybody()).toEqual(before);
  });

  it("leaves the users that somebody made by hand as they are", async () => {
    const registrar = (await everybody()).find((user) => user.username === "registrar")!;
    expect([registrar.enabled, registrar.attributes?.osssPerson]).toEqual([true, undefined]);
  });

  it("disables who left and deletes nobody; who comes back is let in again", async () => {
    const [enrolled] = await platform.sql<{ id: string; number: string }>(
      "SELECT s.id, s.student_number AS number FROM students.student s JOIN platform.account a ON a.person_id = s.person_id AND a.linked_by = 'SYNC' WHERE EXISTS (SELECT 1 FROM students.school_enrollment e WHERE e.student_id = s.id AND e.exit_date IS NULL) ORDER BY 2 LIMIT 1",
    );
    const count = (await everybody()).length;
    await platform.sql("UPDATE students.school_enrollment SET exit_date = '2026-10-01' WHERE student_id = $1 AND exit_date IS NULL", [enrolled!.id]);
    expect((await sync()).text).toMatch(/^0 users made, 0 changed, 1 disabled; /);
    expect([(await everybody()).length, (await admin.user(enrolled!.number)).enabled]).toEqual([count, false]);
    await platform.sql("UPDATE students.school_enrollment SET exit_date = NULL WHERE student_id = $1 AND exit_date = '2026-10-01'", [enrolled!.id]);
    expect((await sync()).text).toContain(`${enrolled!.number}: enabled again`);
    expect((await admin.user(enrolled!.number)).enabled).toBe(true);
  });
});
