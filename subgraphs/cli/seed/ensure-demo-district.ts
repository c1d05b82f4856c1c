import { openOrchestration } from "#foundation/crud/across-domains";
import type { Database } from "#foundation/persistence/pool";
import { demoRealm } from "../../../identity/realm.ts";
import { allManifests } from "../../registry.ts";
import { installedDistricts } from "../../rostering/districts.ts";
import { linkDemoAccounts } from "./link-demo-accounts.ts";
import { seedDemoDistrict, usualSeed } from "./seed-demo-district.ts";

export interface DemoOptions {
  host: { readonly database: Database; readonly clock: () => Date };
  /** Begins the names of the installation's database roles. */
  prefix: string;
  /** The issuer of the demo users' tokens. */
  issuer: string;
  /** How many students a district that is made has. */
  students: number;
  say: (line: string) => void;
}

/**
 * Makes the demo district where there is no district at all, with its users linked, in one transaction. Where there is one, links the
 * demo users anew when the issuer has changed with the port. Returns true when it made the district.
 */
export async function ensureDemoDistrict({ host, prefix, issuer, students, say }: DemoOptions): Promise<boolean> {
  const orchestration = openOrchestration({ name: "demo", database: host.database, prefix, clock: host.clock, manifests: await allManifests() });
  const districts = await installedDistricts(host.database);
  if (districts.length === 0) {
    say(`Making a demo district of ${students.toLocaleString("en")} students (once; ${students < 300 ? "some seconds" : "half a minute or more"}) ...`);
    await seedDemoDistrict(orchestration, { ...usualSeed(host.clock()), students, issuer }, (line) => say(`  ${line}`));
    return true;
  }
  for (const { id } of districts) await linkDemoAccounts(orchestration, { districtId: id, issuer, users: demoRealm.users });
  return false;
}
