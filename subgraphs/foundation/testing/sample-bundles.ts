import { resolve } from "node:path";

/**
 * The folder with the OneRoster packages of others, which are no part of the project; null where it is not named (OSSS_SAMPLE_BUNDLES), a
 * reason to skip on a developer's machine. @throws Error where CI is set: there it must be.
 */
export function sampleBundles(): string | null {
  const named = process.env["OSSS_SAMPLE_BUNDLES"];
  if (named !== undefined && named !== "") return resolve(named);
  if (process.env["CI"]) throw new Error("OSSS_SAMPLE_BUNDLES is not set, and CI is. Set it to the folder that holds oneroster/.");
  return null;
}
