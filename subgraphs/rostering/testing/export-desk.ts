import { join } from "node:path";
import { identityOf, type Identity } from "#foundation/identity/identity";
import { noteSignIn } from "#foundation/identity/delegation-lookup";
import { Role } from "#foundation/identity/role";
import { uuidv7 } from "#foundation/record/uuid";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../contract/stage.ts";
import { people, platform as platformPorts } from "../domains.ts";
import { importRoster } from "../import/import-roster.ts";
import { readRoster } from "../oneroster/roster.ts";

/** A small district, two agreements, and who may and may not send its data out. */
export interface ExportDesk extends AsyncDisposable {
  platform: TestPlatform;
  districtId: string;
  /** Of the district, and of one school. */
  registrar: Identity;
  schoolRegistrar: Identity;
  /** An agreement in effect with a university, and one that has ended. */
  study: string;
  ended: string;
  /** Asks for an export under the agreement in effect, and gives its id. */
  asked(): Promise<string>;
}

export const exportDay = "2024-10-02";

export async function exportDesk(): Promise<ExportDesk> {
  const district = { id: uuidv7(), code: "HARBOR", name: "Harbor Unified", timeZone: "America/Los_Angeles", isNew: true };
  const platform = await testPlatform({ manifests: await allManifests(), now: new Date(`${exportDay}T18:00:00Z`) });
  const bundle = await readRoster(join(import.meta.dirname, "../oneroster/fixtures/district-v1p1"));
  if (bundle.outcome !== "read") throw new Error("The fixture was refused.");
  await importRoster(platform.orchestration, { bundle, source: "harbor", district, dryRun: false });
  const [school] = await platform.sql<{ id: string }>("SELECT id FROM schools.school WHERE code = '9001-1'");
  const registrarOf = async (givenName: string, schoolId: string | null): Promise<Identity> => {
    const personId = await platform.write(district.id, (across) => across.in("people", async (session) => {
      const person = people.addPerson(session, { givenName, familyName: "Clerk" });
      people.addDuty(session, { person, role: "REGISTRAR", schoolId, fromDate: "2024-08-01" });
      return person;
    }));
    const accountId = await platform.write(district.id, (across) => across.in("platform", async (session) => platformPorts.addAccount(session, { issuer: "test", subject: givenName, username: givenName, personId, status: "ACTIVE" } as never)));
    const identity = identityOf({ issuer: "test", subject: givenName, accountId, personId, districtId: district.id, roles: [Role.Registrar, Role.Staff] });
    await noteSignIn(platform.database.pool, identity, platform.clock.now);
    return identity;
  };
  const [registrar, schoolRegistrar] = [await registrarOf("Dora", null), await registrarOf("Hana", school!.id)];
  const agreed = async (party: string, until: string) => (await platform.sql<{ id: string }>(
    `INSERT INTO platform.agreement (id, district_id, version, created_at, updated_at, party_name, party_contact, purpose, interest, basis, audience, categories, every_school, from_date, to_date, status, signed_by_id, signed_on)
     VALUES (uuidv7(), $1, 1, now(), now(), $2, 'someone', 'A study', 'Reading', 'STUDIES', 'NONE', '{ROSTER}', true, '2024-08-01', $3, 'SIGNED', $4, '2024-07-01') RETURNING id`, [district.id, party, until, registrar.personId]))[0]!.id;
  const study = await agreed("State University", "2025-08-01");
  return {
    platform, districtId: district.id, registrar, schoolRegistrar, study, ended: await agreed("Former", "2024-10-01"),
    async asked() {
      const reply = await platform.call("rostering", registrar, "mutation($id: ID!) { startExport(input: { agreementId: $id }) { record { id } } }", { id: study });
      if (reply.errors !== undefined) throw new Error(reply.errors.map(({ message }) => message).join("; "));
      return (reply.data as { startExport: { record: { id: string } } }).startExport.record.id;
    },
    [Symbol.asyncDispose]: () => platform[Symbol.asyncDispose](),
  };
}
