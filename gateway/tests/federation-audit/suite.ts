import { existsSync, readdirSync } from "node:fs";
import { registerHooks } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** A subgraph of the suite, as its files declare it. */
export interface AuditSubgraph {
  readonly name: string;
  readonly typeDefs: string;
  readonly resolvers: Record<string, unknown>;
}

/** One operation of the suite and what must come of it. `errors` left out: with or without. */
export interface AuditCase {
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly expected: { readonly data?: unknown; readonly errors?: boolean };
}

/** Subgraphs that make one graph, and the cases to be asked of it. */
export interface AuditGraph {
  readonly id: string;
  readonly subgraphs: readonly AuditSubgraph[];
  readonly cases: () => readonly AuditCase[];
}

/** In place of the suite's two files that serve its subgraphs by packages of its own: what they are given, as it is. */
const stands: Readonly<Record<string, string>> = {
  "src/subgraph.js": "export const createSubgraph = (name, { typeDefs, resolvers }) => ({ name, typeDefs, resolvers });",
  "src/supergraph.js": "export const serve = (id, subgraphs, tests) => ({ id, subgraphs, cases: () => (typeof tests === 'function' ? tests() : tests) });",
};

/**
 * Reads the graphs of federation-gateway-audit from a checkout that needs no installation: its subgraphs run on this project's packages.
 * @throws Error where the folder holds no such suite.
 */
export async function readSuite(folder: string): Promise<readonly AuditGraph[]> {
  const root = resolve(folder);
  const suites = join(root, "src", "test-suites");
  if (!existsSync(suites)) throw new Error(`There is no src/test-suites in ${root}. Name a checkout of github.com/graphql-hive/federation-gateway-audit.`);
  const within = pathToFileURL(`${root}/`).href;
  registerHooks({
    resolve(specifier, context, next) {
      if (!context.parentURL?.startsWith(within)) return next(specifier, context);
      if (!specifier.startsWith(".")) return next(specifier, { ...context, parentURL: import.meta.url });
      const { href } = new URL(specifier, context.parentURL);
      const stand = stands[href.slice(within.length)];
      return stand === undefined ? next(href.replace(/\.js$/, ".ts"), context) : { url: `data:text/javascript,${encodeURIComponent(stand)}`, format: "module", shortCircuit: true };
    },
  });
  const graphs: AuditGraph[] = [];
  for (const id of readdirSync(suites).sort()) graphs.push(((await import(pathToFileURL(join(suites, id, "index.ts")).href)) as { default: AuditGraph }).default);
  return graphs;
}
