import { existsSync, readFileSync } from "node:fs";

const at = (path: string) => new URL(path, import.meta.url);

/** The committed SDL of a subgraph, as its process serves it. */
export function subgraphSdl(name: string): string {
  return readFileSync(at(`./subgraphs/${name}.graphql`), "utf8");
}

/** The committed supergraph, as the gateway loads it. */
export function supergraphSdl(): string {
  const file = at("./supergraph.graphql");
  if (!existsSync(file)) throw new Error("schema/supergraph.graphql is missing. Run: npm run generate");
  return readFileSync(file, "utf8");
}
