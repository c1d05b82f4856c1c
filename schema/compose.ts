import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { composeServices } from "@apollo/composition";
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from "@apollo/federation-internals";
import { type DocumentNode, Kind, lexicographicSortSchema, parse, printSchema } from "graphql";
import { describeRoles, readRoleRules, type RoleRules } from "#foundation/access/has-role";

/** One subgraph's schema. `url` is only a mark in the supergraph: where a subgraph answers is the gateway's to know. */
export interface SubgraphSdl {
  readonly name: string;
  readonly sdl: string;
  readonly url?: string;
}

/** Both documents are sorted, so that the same subgraphs in any order give the same text. */
export interface Composed {
  readonly supergraphSdl: string;
  readonly apiSdl: string;
}

/** The subgraphs do not make one graph, or only one that quietly lost something. Lists every problem. */
export class CompositionError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The subgraphs do not compose:\n${problems.map((problem) => `- ${problem}`).join("\n")}`);
    this.name = "CompositionError";
    this.problems = problems;
  }
}

/**
 * Hints that stand for something lost: a field that vanished from an intersected input, an enum value that cannot be
 * sent, a role rule that stands differently in two places.
 */
const fatalHints: ReadonlySet<string> = new Set([
  "INCONSISTENT_INPUT_OBJECT_FIELD",
  "INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM",
  "INCONSISTENT_ARGUMENT_PRESENCE",
  "INCONSISTENT_DEFAULT_VALUE_PRESENCE",
  "INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS",
  "MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS",
]);

/**
 * Composes the subgraphs into the supergraph that the gateway runs and the API that callers see.
 * @throws CompositionError with every problem found.
 */
export function compose(subgraphs: readonly SubgraphSdl[]): Composed {
  const services = [...subgraphs]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, sdl, url }) => ({ name, url: url ?? `http://${name}.subgraph.invalid/graphql`, typeDefs: parse(sdl) }));
  refuse(services.flatMap(({ name, typeDefs }) => misplacedRules(name, typeDefs)).concat(typesRuledTwice(services)));
  const result = composeServices(services);
  if (result.errors) refuse(result.errors.map((error) => error.message));
  refuse(
    (result.hints ?? [])
      .filter((hint) => fatalHints.has(hint.definition.code))
      .map((hint) => `${hint.definition.code}: ${hint.message}`),
  );
  const supergraphSdl = result.supergraphSdl ?? "";
  const rules = readRoleRules(supergraphSdl);
  const api = Supergraph.build(supergraphSdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES }).apiSchema().toGraphQLJSSchema();
  return { supergraphSdl: `${supergraphSdl.trim()}\n`, apiSdl: `${printSchema(describeRoles(lexicographicSortSchema(api), rules))}\n` };
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new CompositionError(problems);
}

/** Rules that composition would accept and nothing would enforce, or that multiply out of hand. */
function misplacedRules(subgraph: string, document: DocumentNode): string[] {
  let rules: RoleRules;
  try {
    rules = readRoleRules(document);
  } catch (error) {
    return [`${subgraph}: ${(error as Error).message}`];
  }
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
    const name = definition.name.value;
    if (!rules.has(name) || !definition.interfaces?.length) return [];
    return [`${subgraph}: ${name} has a role rule and implements an interface; composition multiplies such rules. Use a union.`];
  });
}

function typesRuledTwice(services: readonly { name: string; typeDefs: DocumentNode }[]): string[] {
  const owners = new Map<string, string[]>();
  for (const { name, typeDefs } of services) {
    for (const coordinate of rulesOrNone(typeDefs).keys()) {
      if (!coordinate.includes(".")) owners.set(coordinate, [...(owners.get(coordinate) ?? []), name]);
    }
  }
  return [...owners]
    .filter(([, names]) => names.length > 1)
    .map(([type, names]) => `${type} has a role rule in ${names.join(" and ")}. Only the subgraph that owns a type rules it; the others rule the fields they add.`);
}

function rulesOrNone(document: DocumentNode): RoleRules {
  try {
    return readRoleRules(document);
  } catch {
    return new Map();
  }
}

async function main(): Promise<void> {
  const folder = import.meta.dirname;
  const files = (await readdir(join(folder, "subgraphs"))).filter((file) => file.endsWith(".graphql")).sort();
  const subgraphs = await Promise.all(
    files.map(async (file) => ({ name: basename(file, ".graphql"), sdl: await readFile(join(folder, "subgraphs", file), "utf8") })),
  );
  const { supergraphSdl, apiSdl } = compose(subgraphs);
  await writeFile(join(folder, "supergraph.graphql"), supergraphSdl);
  await writeFile(join(folder, "api.graphql"), apiSdl);
  process.stdout.write(`Composed ${subgraphs.length} subgraphs: ${subgraphs.map(({ name }) => name).join(", ")}.\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
