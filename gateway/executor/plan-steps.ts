import type { FetchDataRewrite, FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from "@apollo/query-planner";
import type { GraphQLSchema } from "graphql";
import type { Received } from "./merge.ts";
import { representationOf } from "./representations.ts";
import { compileRewrites } from "./rewrites.ts";

/** A plan made ready to run many times. */
export type Step =
  | { readonly kind: "sequence" | "parallel"; readonly steps: readonly Step[] }
  | { readonly kind: "condition"; readonly variable: string; readonly ifTrue: Step | null; readonly ifFalse: Step | null }
  | FetchStep;

/** One document for one subgraph. */
export interface FetchStep {
  readonly kind: "fetch";
  readonly subgraph: string;
  readonly document: string;
  readonly operationName: string | undefined;
  readonly writes: boolean;
  readonly variables: readonly string[];
  /** Where the objects stand that it is for: response keys from the root, `@` for every item of a list. */
  readonly path: readonly string[];
  /** For an entity call: what is sent for an object, or null where the object lacks a part of it. */
  readonly represent: ((object: Received) => Received | null) | null;
  readonly correctInput: ((value: unknown) => void) | null;
  readonly correctOutput: ((value: unknown) => void) | null;
}

/** A plan that holds something which this executor does not know; the stock executor may. */
export class UnknownPlan extends Error {
  override readonly name = "UnknownPlan";
}

/** A plan that needs a value of `@fromContext`, which neither executor passes on: running it would give a wrong reply. */
export class ContextUnsupported extends Error {
  override readonly name = "ContextUnsupported";
}

/**
 * Reads a plan once, and refuses every part that is not known, so that none is left out silently.
 * @returns null for a plan without any fetch.
 * @throws UnknownPlan for a node, rewrite or path of a kind that this executor was not written for.
 * @throws ContextUnsupported for a fetch with `@fromContext`.
 */
export function compilePlan({ node }: QueryPlan, supergraphSchema: GraphQLSchema): Step | null {
  if (node === undefined) return null;
  if (node.kind === "Subscription") throw new UnknownPlan("Subscription");
  return compileNode(node, [], supergraphSchema);
}

function compileNode(node: PlanNode, path: readonly string[], schema: GraphQLSchema): Step {
  switch (node.kind) {
    case "Sequence":
      return { kind: "sequence", steps: node.nodes.map((each) => compileNode(each, path, schema)) };
    case "Parallel":
      return { kind: "parallel", steps: node.nodes.map((each) => compileNode(each, path, schema)) };
    case "Flatten":
      return compileNode(node.node, [...path, ...node.path.map(pathElement)], schema);
    case "Condition": {
      const branch = (each: PlanNode | undefined) => (each ? compileNode(each, path, schema) : null);
      return { kind: "condition", variable: node.condition, ifTrue: branch(node.ifClause), ifFalse: branch(node.elseClause) };
    }
    case "Fetch":
      return compileFetch(node, path, schema);
    default:
      throw new UnknownPlan(`node ${(node as { kind: string }).kind}`);
  }
}

function compileFetch(fetch: FetchNode, path: readonly string[], schema: GraphQLSchema): FetchStep {
  if (fetch.contextRewrites?.length) throw new ContextUnsupported("The plan passes values of @fromContext.");
  const { requires } = fetch;
  for (const rewrite of [...(fetch.inputRewrites ?? []), ...(fetch.outputRewrites ?? [])]) checkRewrite(rewrite);
  if (requires) for (const selection of requires) checkSelection(selection);
  if (fetch.variableUsages?.includes("representations") && requires) throw new UnknownPlan("a variable named representations");
  return {
    kind: "fetch",
    subgraph: fetch.serviceName,
    document: fetch.operation,
    operationName: fetch.operationName,
    writes: fetch.operationKind === "mutation",
    variables: fetch.variableUsages ?? [],
    path,
    represent: requires ? (object) => representationOf(schema, object, requires) : null,
    correctInput: compileRewrites(schema, fetch.inputRewrites),
    correctOutput: compileRewrites(schema, fetch.outputRewrites),
  };
}

/** `@`, or a response key; a planner told to tell types apart in paths writes `key|[Type]`. */
function pathElement(element: string | number): string {
  if (typeof element === "string" && (element === "@" || /^[_A-Za-z]\w*$/.test(element))) return element;
  throw new UnknownPlan(`path element ${element}`);
}

function checkRewrite({ kind }: FetchDataRewrite): void {
  if (kind !== "ValueSetter" && kind !== "KeyRenamer") throw new UnknownPlan(`rewrite ${String(kind)}`);
}

function checkSelection(selection: QueryPlanSelectionNode): void {
  if (selection.kind !== "Field" && selection.kind !== "InlineFragment") throw new UnknownPlan(`selection ${(selection as { kind: string }).kind}`);
  for (const each of selection.selections ?? []) checkSelection(each);
}
