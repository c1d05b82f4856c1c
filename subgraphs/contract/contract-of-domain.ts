import { afterAll, beforeAll } from "vitest";
import { loadManifest } from "#foundation/federation/load-manifest";
import { describeReading } from "#foundation/testing/contract-access";
import { describeBulk, describeCompanionWrites } from "#foundation/testing/contract-companions";
import { describeConnections } from "#foundation/testing/contract-connections";
import { describeKeys } from "#foundation/testing/contract-keys";
import { describeLists } from "#foundation/testing/contract-lists";
import { describeWriting } from "#foundation/testing/contract-writes";
import type { Contract } from "#foundation/testing/contract";
import { testPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../registry.ts";
import { reaches } from "./reaches.ts";
import { recipes } from "./recipes.ts";

/** The contract of every record of one domain, on a platform of its own. A record gets all of it by standing in the manifest. */
export async function contractOfDomain(name: string): Promise<void> {
  const manifests = await allManifests();
  const manifest = loadManifest(manifests.find((m) => m.name === name)!);
  let contract: Contract;
  beforeAll(async () => {
    contract = { platform: await testPlatform({ manifests }), recipes, reaches };
  });
  afterAll(() => contract.platform[Symbol.asyncDispose]());
  for (const meta of manifest.metas) {
    describeReading(() => contract, meta);
    describeWriting(() => contract, meta);
    describeLists(() => contract, meta);
    describeKeys(() => contract, meta);
    describeCompanionWrites(() => contract, meta);
    describeBulk(() => contract, meta);
  }
  describeConnections(() => contract, manifest);
}
