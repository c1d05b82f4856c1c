import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path: string) => new URL(path, import.meta.url);

/** The committed SDL of a subgraph, as its process serves it. */
export function subgraphSdl(name: string): string {
  return readFileSync(at(`./subgraphs/${name}.graphql`), "utf8");
}

/** Where the committed supergraph is. */
export const supergraphFile = fileURLToPath(at("./supergraph.graphql"));

/** The committed supergraph, as the gateway loads it. */
export function supergraphSdl(): string {
  const file = supergraphFile;
  if (!existsSync(file)) throw new Error("schema/supergraph.graphql is missing. Run: npm run generate");
  return readFileSync(file, "utf8");
}
