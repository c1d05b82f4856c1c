import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { printSubgraph } from "#foundation/federation/sdl";
import { allManifests } from "../subgraphs/registry.ts";

/** Writes `schema/subgraphs/*.graphql` from the manifests; `compose.ts` makes the supergraph of them. */
const folder = fileURLToPath(new URL("./subgraphs/", import.meta.url));
mkdirSync(folder, { recursive: true });
const manifests = await allManifests();
for (const stale of readdirSync(folder).filter((f) => !manifests.some((m) => `${m.name}.graphql` === f))) rmSync(`${folder}${stale}`);
for (const manifest of manifests) writeFileSync(`${folder}${manifest.name}.graphql`, await printSubgraph(manifest));
