import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { installKeycloak } from "../install.ts";
import { startKeycloak, type RunningKeycloak } from "../start.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The Keycloak of this test run: the realm as it is committed, and the demo users. */
    keycloak: Pick<RunningKeycloak, "url" | "admin">;
  }
}

const identity = join(import.meta.dirname, "../..");
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** vitest globalSetup: one Keycloak for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const installed = await installKeycloak(say);
  const started = performance.now();
  const keycloak = await startKeycloak(installed, { "osss-realm.json": join(identity, "realm-osss.json"), "osss-users-0.json": join(identity, "demo-users.json") });
  say(`Keycloak is ready in ${((performance.now() - started) / 1000).toFixed(0)} s.`);
  project.provide("keycloak", { url: keycloak.url, admin: keycloak.admin });
  return () => keycloak.stop();
}
