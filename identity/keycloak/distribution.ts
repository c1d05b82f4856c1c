import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

/** The Keycloak that the tests run: its name at Maven Central, and what the file there must be. */
export const keycloak = {
  version: "26.7.3",
  artifact: "org.keycloak:keycloak-quarkus-dist",
  sha256: "27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f",
};

const root = join(import.meta.dirname, "../..");

/** Not tracked by git; outlives `npm ci`. */
export const toolsFolder = join(root, ".osss-tools");
export const homeOf = (folder: string): string => join(folder, `keycloak-${keycloak.version}`);
/** Written last: a folder without it is what an interrupted installation left. */
export const stampOf = (home: string): string => join(home, "osss-installed");
export const isInstalled = (folder: string = toolsFolder): boolean => existsSync(stampOf(homeOf(folder)));

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  return hash.digest("hex");
}

/** Told to whoever asked for Keycloak; the message says what to do. */
export class KeycloakUnavailable extends Error {
  override readonly name = "KeycloakUnavailable";
}
