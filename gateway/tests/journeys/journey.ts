import { readFileSync } from "node:fs";
import { Kind, parse, print, type OperationDefinitionNode } from "graphql";

/** One operation of a journey: who asks, with what, and what later operations take from the reply. */
export interface Step {
  as: string;
  document: string;
  name: string;
  variables: Record<string, string>;
  keeps: Record<string, string>;
}

/**
 * Reads a journey: operations in order, each under comment lines
 * `# as registrar`, `# with student = $student` (a value kept earlier, or JSON) and `# keep student = students.nodes.0.id`.
 */
export function readJourney(file: URL): Step[] {
  const text = readFileSync(file, "utf8");
  const operations = parse(text).definitions.filter((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION);
  let from = 0;
  let as = "";
  return operations.map((operation) => {
    const comments = text.slice(from, operation.loc!.start).split("\n");
    from = operation.loc!.end;
    const step: Step = { as, document: print(operation), name: operation.name?.value ?? "anonymous", variables: {}, keeps: {} };
    for (const line of comments) {
      const [, verb, rest = ""] = /^#\s*(as|with|keep)\s+(.*)$/.exec(line.trim()) ?? [];
      const [name, value] = rest.split(/\s*=\s*/, 2) as [string, string];
      if (verb === "as") step.as = as = rest.trim();
      if (verb === "with") step.variables[name] = value;
      if (verb === "keep") step.keeps[name] = value;
    }
    if (!step.as) throw new Error(`${file.pathname}: ${step.name} does not say who asks. Write "# as <demo user>" above it.`);
    return step;
  });
}

export function valueAt(reply: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value && typeof value === "object" ? (value as Record<string, unknown>)[key] : undefined), reply);
}

/** Makes replies and statements of two runs comparable: ids, cursors and hashes become numbers in the order of their appearance. */
export class Stable {
  readonly #ids = new Map<string, string>();

  of(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((v) => this.of(v));
    if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, /cursor$/i.test(k) && typeof v === "string" ? "<cursor>" : this.of(v)]));
    if (typeof value !== "string") return value;
    return value.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, (id) => {
      const known = this.#ids.get(id) ?? `<id ${this.#ids.size + 1}>`;
      this.#ids.set(id, known);
      return known;
    });
  }
}

/** A statement without what differs from run to run: ids that the ORM writes into it, and spaces. */
export function stableSql(sql: string): string {
  return sql.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, "<id>").replace(/\s+/g, " ").trim();
}
