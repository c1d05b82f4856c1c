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
  say: (line: string) => void;
}

/**
 * Makes the demo district where there is no district at all, with its users linked, in one transaction. Where there is one, links the
 * demo users anew when the issuer has changed with the port. Returns true when it made the district.
 */
export async function ensureDemoDistrict({ host, prefix, issuer, say }: DemoOptions): Promise<boolean> {
  const orchestration = openOrchestration({ name: "demo", database: host.database, prefix, clock: host.clock, manifests: await allManifests() });
  const districts = await installedDistricts(host.database);
  if (districts.length === 0) {
    const options = usualSeed(host.clock());
    say(`Making a demo district of ${options.students} students (once, a few seconds) ...`);
    await seedDemoDistrict(orchestration, { ...options, issuer });
    return true;
  }
  for (const { id } of districts) await linkDemoAccounts(orchestration, { districtId: id, issuer, users: demoRealm.users });
  return false;
}
