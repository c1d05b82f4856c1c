import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** One import that the house does not allow. `rule` says what would be right. */
export interface Violation { file: string; imports: string; rule: string }

/** The root of the clone. */
export const repository = fileURLToPath(new URL("../../../", import.meta.url));

const roots = ["subgraphs", "gateway", "identity", "schema", "client", "bench"];
const notDomains = ["foundation", "cli", "contract"];
const orchestrators = ["platform", "rostering"];
/** What the gateway may know of the foundation. */
const gatewayFoundation = ["config", "identity", "errors", "events", "federation", "serving", "sharing", "access"];

/** The two files that put a whole process together: they load what the settings ask for. */
const assembly = ["gateway/main.ts", "gateway/start-platform.ts"];

/** A file as the rules see it: which part of the house it belongs to. */
interface Place { file: string; part: string; folder: string; test: boolean }

function placeOf(file: string): Place {
  const [root = "", second = "", third = ""] = file.split("/");
  const test = /\.test\.tsx?$/.test(file) || /(^|\/)(tests|testing)\//.test(file);
  if (root !== "subgraphs") return { file, part: roots.includes(root) ? root : "root", folder: second, test };
  if (second === "contract") return { file, part: second, folder: third, test: true };
  if (second === "foundation" || second === "cli") return { file, part: second, folder: third, test };
  if (/^[a-z-]+\.ts$/.test(second)) return { file, part: second.replace(/\.ts$/, ""), folder: "", test };
  return { file, part: "domain", folder: second, test };
}

type Rule = { may(from: Place, to: Place): boolean; rule: string };

const inFoundation = (to: Place) => to.part === "foundation" && to.folder !== "testing";

/** Who may import what: the table behind every verdict. Each part may always import itself; tests see the note in `judge`. */
const rules: Record<string, Rule> = {
  domain: {
    may: (from, to) => inFoundation(to)
      || (to.part === "domain" && (to.folder === from.folder || (orchestrators.includes(from.folder) && to.file === `subgraphs/${to.folder}/ports.ts`))),
    rule: `a domain imports the foundation and itself; ${orchestrators.join(" and ")} also other domains' ports.ts`,
  },
  foundation: { may: () => false, rule: "the foundation imports only the foundation" },
  gateway: {
    may: (from, to) => to.part === "registry" || (to.part === "foundation" && gatewayFoundation.includes(to.folder))
      || (assembly.includes(from.file) && (["identity", "host"].includes(to.part) || to.file.startsWith("subgraphs/foundation/persistence/") || to.file.startsWith("subgraphs/cli/seed/")
        || ["schema/files.ts", "client/build.ts"].includes(to.file))),
    rule: `the gateway imports subgraphs/registry.ts and the foundation's ${gatewayFoundation.join(", ")}; ${assembly.join(" and ")}, which put the process together, also the parts that they start`,
  },
  identity: { may: (_, to) => inFoundation(to), rule: "the identity provider imports the foundation" },
  client: { may: () => false, rule: "the client imports nothing from the server" },
  cli: {
    may: (_, to) => inFoundation(to) || ["registry", "host", "identity"].includes(to.part) || to.file === "schema/files.ts" || (to.part === "domain" && to.folder === "rostering"),
    rule: "the command line imports the foundation, the registry, the host, rostering, schema/files.ts and the identity provider's token",
  },
  registry: { may: (_, to) => inFoundation(to) || (to.part === "domain" && to.file === `subgraphs/${to.folder}/subgraph.ts`), rule: "the registry names each domain's subgraph.ts" },
  host: { may: (_, to) => inFoundation(to) || to.part === "registry" || to.file === "schema/files.ts", rule: "host.ts imports the foundation, the registry and schema/files.ts" },
  serve: { may: (_, to) => inFoundation(to) || ["registry", "host"].includes(to.part), rule: "serve.ts imports the foundation, the registry and the host" },
  contract: { may: (_, to) => to.part === "foundation" || to.part === "registry", rule: "the contract tests import the foundation and the registry: they know no domain by name" },
  schema: { may: (_, to) => inFoundation(to) || to.part === "registry", rule: "schema/ imports the foundation and the registry" },
  bench: { may: () => true, rule: "" },
  root: { may: () => true, rule: "" },
};

/**
 * The verdict over one import; null when it is allowed. A test may besides import the foundation (its testing folder included)
 * and, outside domains, foundation and client, start any part: it stands outside of the house. A domain stays closed to
 * another domain's tests, too; they meet it by the names of its records, on the contract tests' stage.
 */
export function judge(fromFile: string, toFile: string): string | null {
  const [from, to] = [placeOf(fromFile), placeOf(toFile)];
  if (from.part === to.part && from.part !== "domain") return null;
  const rule = rules[from.part];
  if (rule === undefined) return `subgraphs/${from.part}.ts is no known part of the house: add its rule to import-rules.ts`;
  if (rule.may(from, to)) return null;
  if (from.test && to.part === "foundation") return null;
  if (from.test && from.part === "domain" && to.part === "contract") return null;
  if (from.test && ["gateway", "identity", "schema", "cli", "serve", "host", "registry"].includes(from.part)) return null;
  return rule.rule;
}

/** Where an import leads, as a path from the root of the clone; null for packages and Node's own modules. */
export function target(fromFile: string, specifier: string): string | null {
  if (specifier.startsWith("#foundation/")) return `subgraphs/foundation/${specifier.slice("#foundation/".length)}.ts`;
  if (specifier.startsWith(".")) return posix.normalize(posix.join(posix.dirname(fromFile), specifier.replace(/\?.*$/, "")));
  return null;
}

/** The violations in one file's text. Sees static, dynamic, type and re-exporting imports. */
export function violationsIn(file: string, source: string): Violation[] {
  return ts.preProcessFile(source, true, true).importedFiles.flatMap(({ fileName }) => {
    const to = target(file, fileName);
    const rule = to === null ? null : judge(file, to);
    return rule === null ? [] : [{ file, imports: fileName, rule }];
  });
}

/** Every TypeScript file of the project, as a path from the root of the clone. */
export function sourceFiles(): string[] {
  return roots.filter((root) => existsSync(join(repository, root))).flatMap((root) =>
    readdirSync(join(repository, root), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.split(sep).includes("node_modules"))
      .map((entry) => relative(repository, join(entry.parentPath, entry.name)).split(sep).join("/")));
}

/** The violations in the whole project. */
export function violations(): Violation[] {
  return sourceFiles().flatMap((file) => violationsIn(file, readFileSync(join(repository, file), "utf8")));
}

/** The domains that the project has now. */
export function domains(): string[] {
  return readdirSync(dirname(join(repository, "subgraphs/x")), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !notDomains.includes(entry.name)).map((entry) => entry.name);
}
