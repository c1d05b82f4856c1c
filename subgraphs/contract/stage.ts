import type { Contract } from "#foundation/testing/contract";
import { testPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../registry.ts";
import { reaches } from "./reaches.ts";
import { recipes } from "./recipes.ts";

/** For a domain's tests that start a platform in their own way: they import no registry. */
export { allManifests };

/** A platform of all domains with what the tests know of their records and relations: where a domain's own tests meet the others by name. */
export async function stage(options: { poolSize?: number; now?: Date } = {}): Promise<Contract> {
  return { platform: await testPlatform({ manifests: await allManifests(), ...options }), recipes, reaches };
}
