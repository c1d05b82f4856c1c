import type { FetchDataRewrite, FetchNode, PlanNode, QueryPlan, QueryPlanSelectionNode } from "@apollo/query-planner";
import { type GraphQLSchema, isAbstractType, isObjectType } from "graphql";
import type { Received } from "./merge.ts";
import { representationOf } from "./representations.ts";
import { compileRewrites } from "./rewrites.ts";

/** A plan made ready to run many times. */
export type Step =
  | { readonly kind: "sequence" | "parallel"; readonly steps: readonly Step[] }
  | { readonly kind: "condition"; readonly variable: string; readonly ifTrue: Step | null; readonly ifFalse: Step | null }
  | SubscriptionStep
  | FetchStep;

/** A subscription: its root, and what each event is completed by. Only the root of a plan. */
export interface SubscriptionStep {
  readonly kind: "subscription";
  readonly primary: FetchStep;
  readonly rest: Step | null;
}

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
  /** Whether a type's name says less of an object than another: an interface object's, of an object whose type is known. */
  readonly saysLess: (came: unknown, known: unknown) => boolean;
}

/**
 * A plan that no executor here can run rightly: it holds a part of a kind that this one was not written for and the stock one
 * would leave out without a word, or a value of `@fromContext`, which neither passes on.
 */
export class PlanRefused extends Error {
  override readonly name = "PlanRefused";
}

/**
 * Reads a plan once, and refuses every part that is not known, so that none is left out silently.
 * @returns null for a plan without any fetch.
 * @throws PlanRefused
 */
export function compilePlan({ node }: QueryPlan, supergraphSchema: GraphQLSchema): Step | null {
  if (node === undefined) return null;
  if (node.kind === "Subscription") return { kind: "subscription", primary: compileFetch(node.primary, [], supergraphSchema), rest: node.rest ? compileNode(node.rest, [], supergraphSchema) : null };
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
      throw new PlanRefused(`The plan has a node of the kind ${(node as { kind: string }).kind}.`);
  }
}

function compileFetch(fetch: FetchNode, path: readonly string[], schema: GraphQLSchema): FetchStep {
  if (fetch.contextRewrites?.length) throw new PlanRefused("The plan passes values of @fromContext.");
  const { requires } = fetch;
  for (const rewrite of [...(fetch.inputRewrites ?? []), ...(fetch.outputRewrites ?? [])]) checkRewrite(rewrite);
  if (requires) for (const selection of requires) checkSelection(selection);
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
    saysLess: (came, known) => came !== known && typeof came === "string" && typeof known === "string" && isAbstractType(schema.getType(came)) && isObjectType(schema.getType(known)),
  };
}

/** `@`, or a response key; a planner told to tell types apart in paths writes `key|[Type]`. */
function pathElement(element: string | number): string {
  if (typeof element === "string" && (element === "@" || /^[_A-Za-z]\w*$/.test(element))) return element;
  throw new PlanRefused(`The plan has the path element ${element}.`);
}

function checkRewrite({ kind }: FetchDataRewrite): void {
  if (kind !== "ValueSetter" && kind !== "KeyRenamer") throw new PlanRefused(`The plan has a rewrite of the kind ${String(kind)}.`);
}

function checkSelection(selection: QueryPlanSelectionNode): void {
  if (selection.kind !== "Field" && selection.kind !== "InlineFragment") throw new PlanRefused(`The plan has a selection of the kind ${(selection as { kind: string }).kind}.`);
  for (const each of selection.selections ?? []) checkSelection(each);
}
