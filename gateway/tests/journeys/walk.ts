import { readdirSync } from "node:fs";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { demoRealm } from "../../../identity/realm.ts";
import { subgraphSdl } from "../../../schema/files.ts";
import { linkDemoAccounts } from "../../../subgraphs/cli/seed/link-demo-accounts.ts";
import { seedDemoDistrict } from "../../../subgraphs/cli/seed/seed-demo-district.ts";
import { allManifests } from "../../../subgraphs/registry.ts";
import { readJourney, Stable, valueAt } from "./journey.ts";

/** The moment that all journeys take for now. */
export const now = new Date("2026-10-14T15:00:00Z");
const folder = new URL("./", import.meta.url);
export const journeys = readdirSync(folder).filter((file) => file.endsWith(".graphql")).sort();
export const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

export interface Statement {
  readonly subgraph: string;
  readonly sql: string;
}

/** A demo district of its own, always the same, whose users are linked as those of the issuer. */
export async function demoDistrict(issuer: string, opened: (() => Promise<unknown>)[]): Promise<TestPlatform> {
  const platform = await testPlatform({ manifests: await allManifests(), sdl: subgraphSdl, now });
  opened.push(async () => platform[Symbol.asyncDispose]());
  const { districtId, persons } = await seedDemoDistrict(platform.orchestration, { students: 60, seed: 7, today: "2026-10-14", timeZone: "America/Chicago" });
  await linkDemoAccounts(platform.orchestration, { districtId, issuer, users: demoRealm.users, persons });
  return platform;
}

/** Goes through a journey: each operation with the headers of its user. Tells the replies, and the statements that `statements` got meanwhile. */
export async function walk(url: string, file: string, headersOf: (user: string) => Record<string, string> | Promise<Record<string, string>>, statements: Statement[] = []): Promise<{ replies: unknown[]; sql: string }> {
  const stable = new Stable();
  const kept: Record<string, unknown> = {};
  const replies: unknown[] = [];
  const sql: string[] = [];
  for (const step of readJourney(new URL(file, folder))) {
    const variables = Object.fromEntries(Object.entries(step.variables).map(([name, value]) => [name, value.startsWith("$") ? kept[value.slice(1)] : (JSON.parse(value) as unknown)]));
    statements.length = 0;
    const reply = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(await headersOf(step.as)) },
      body: JSON.stringify({ query: step.document, variables }),
    });
    const body = (await reply.json()) as { data?: unknown };
    for (const [name, path] of Object.entries(step.keeps)) {
      kept[name] = valueAt(body.data, path);
      if (kept[name] === undefined) throw new Error(`${file}: ${step.name} has no value at ${path}: ${JSON.stringify(body)}`);
    }
    replies.push({ operation: step.name, as: step.as, status: reply.status, reply: stable.of(body) });
    // Fields of one selection are read in parallel: within a subgraph the order of arrival means nothing.
    const bySubgraph = [...statements].sort((a, b) => a.subgraph.localeCompare(b.subgraph) || a.sql.localeCompare(b.sql));
    sql.push(`-- ${step.name} as ${step.as}: ${bySubgraph.length} statements`, ...bySubgraph.map((s) => `-- ${s.subgraph}\n${s.sql};`), "");
  }
  return { replies, sql: sql.join("\n") };
}
