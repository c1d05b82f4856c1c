import type { SubgraphManifest } from "#foundation/federation/manifest";

/** The only list of subgraphs, in the order of their foreign keys. */
export const registry: Readonly<Record<string, () => Promise<SubgraphManifest>>> = {
  schools: async () => (await import("./schools/subgraph.ts")).schools,
  people: async () => (await import("./people/subgraph.ts")).people,
  students: async () => (await import("./students/subgraph.ts")).students,
  platform: async () => (await import("./platform/subgraph.ts")).platform,
  rostering: async () => (await import("./rostering/subgraph.ts")).rostering,
};

export async function allManifests(): Promise<SubgraphManifest[]> {
  return Promise.all(Object.values(registry).map((load) => load()));
}
