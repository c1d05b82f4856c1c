import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { identityOf } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { uuidv7 } from "#foundation/record/uuid";
import { sampleBundles } from "#foundation/testing/sample-bundles";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../registry.ts";
import { people } from "../../rostering/domains.ts";
import { importRoster } from "../../rostering/import/import-roster.ts";
import { readRoster, type ReadRosterOptions } from "../../rostering/oneroster/roster.ts";

const samples = sampleBundles();

/** Packages that others made. They are not part of the project, so a plain clone has none. */
describe.skipIf(samples === null)("packages that others made (set OSSS_SAMPLE_BUNDLES to the folder that holds oneroster/)", () => {
  async function importTwice(platform: TestPlatform, name: string, reading: ReadRosterOptions = {}) {
    const bundle = await readRoster(join(samples ?? "", "oneroster", name), reading);
    if (bundle.outcome !== "read") throw new Error(`${name} was refused.`);
    const district = { id: uuidv7(), code: "SAMPLE", name, timeZone: "America/New_York" };
    const options = { bundle, source: "sample", dryRun: false };
    const first = await importRoster(platform.orchestration, { ...options, district: { ...district, isNew: true } });
    const second = await importRoster(platform.orchestration, { ...options, district: { ...district, isNew: false } });
    return { first, second, districtId: district.id };
  }

  test("mockroster 1.1: 140 students under their schools, as principals assigned there see them", { timeout: 90_000 }, async () => {
    await using platform = await testPlatform({ manifests: await allManifests(), now: new Date("2019-03-01T15:00:00Z") });
    const { first, second, districtId } = await importTwice(platform, "mockroster-classlink-v1p1");
    expect(first.counts).toMatchObject({ School: { CREATED: 3 }, Person: { CREATED: 180 }, Student: { CREATED: 140 }, SchoolEnrollment: { CREATED: 140 }, Term: { CREATED: 2 }, GradingPeriod: { CREATED: 4 } });
    expect(second.changed).toBe(0);
    const schools = await platform.sql<{ id: string; expected: number }>("SELECT school_id AS id, count(*)::int AS expected FROM students.school_enrollment GROUP BY 1 ORDER BY 1");
    let seen = 0;
    for (const { id, expected } of schools) {
      const personId = await platform.write(districtId, (across) =>
        across.in("people", async (session) => {
          const person = people.addPerson(session, { givenName: "Pat", familyName: "Principal" });
          people.addDuty(session, { person, role: "PRINCIPAL", schoolId: id, fromDate: "2018-08-01" });
          return person;
        }),
      );
      const principal = identityOf({ issuer: "test", subject: personId, accountId: uuidv7(), personId, districtId, roles: [Role.Principal, Role.Staff] });
      const reply = await platform.call("students", principal, "{ students(first: 500) { totalCount nodes { sortName } } }");
      expect(reply).toMatchObject({ data: { students: { totalCount: expected } } });
      seen += expected;
    }
    expect([schools.length, seen]).toEqual([3, 140]);
  });

  test.each<[string, object, ReadRosterOptions?]>([
    ["lms-toolkit-edfi-v1p0", { Person: { CREATED: 10 }, PersonDemographics: { CREATED: 8 }, Student: { CREATED: 8 }, Term: { CREATED: 2 } }, { version: "1.0" }],
    ["lms-toolkit-edfi-v1p1", { Person: { CREATED: 10 }, PersonDemographics: { CREATED: 8 }, Student: { CREATED: 8 }, Term: { CREATED: 2 } }],
    ["longsight-full-bulk-v1p2", { Person: { CREATED: 2 }, DutyAssignment: { CREATED: 2 }, Assignment: { CREATED: 1 }, AssignmentCategory: { CREATED: 1 } }],
    ["longsight-manifest-only-v1p2", { District: { CREATED: 1 } }],
  ])("%s: imported, and the second time nothing changes", async (name, counts, reading) => {
    await using platform = await testPlatform({ manifests: await allManifests() });
    const { first, second } = await importTwice(platform, name, reading);
    expect(first.counts).toMatchObject(counts);
    expect(second.changed).toBe(0);
  });
});
