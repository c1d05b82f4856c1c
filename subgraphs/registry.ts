import type { SubgraphManifest } from "#foundation/federation/manifest";

/** The only list of subgraphs, in the order of their foreign keys. */
export const registry: Readonly<Record<string, () => Promise<SubgraphManifest>>> = {
  schools: async () => (await import("./schools/subgraph.ts")).schools,
  people: async () => (await import("./people/subgraph.ts")).people,
  students: async () => (await import("./students/subgraph.ts")).students,
  academics: async () => (await import("./academics/subgraph.ts")).academics,
  staff: async () => (await import("./staff/subgraph.ts")).staff,
  attendance: async () => (await import("./attendance/subgraph.ts")).attendance,
  grading: async () => (await import("./grading/subgraph.ts")).grading,
  platform: async () => (await import("./platform/subgraph.ts")).platform,
  rostering: async () => (await import("./rostering/subgraph.ts")).rostering,
};

export async function allManifests(): Promise<SubgraphManifest[]> {
  return Promise.all(Object.values(registry).map((load) => load()));
}
