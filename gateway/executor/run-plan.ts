import type { FetchNode, PlanNode, QueryPlan } from "@apollo/query-planner";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { SubgraphReply } from "../data-sources/data-source.ts";
import { isRecord, mergeInto, representationOf, rewrite } from "./merge.ts";
import type { Received } from "./shape.ts";

/** One document on its way to a subgraph. */
export interface SubgraphCall {
  readonly document: string;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown>;
  /** A root field of a mutation: the only call that may write. */
  readonly writes: boolean;
}

export interface PlanRun {
  readonly supergraphSchema: GraphQLSchema;
  /** As the client sent them: the subgraph coerces them. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** With defaults, for the plan's own conditions. */
  readonly coerced: Readonly<Record<string, unknown>>;
  /** Gets the objects that their owner does not show to this caller. */
  readonly hidden: WeakSet<object>;
  call(subgraph: string, call: SubgraphCall): Promise<SubgraphReply>;
}

/** What the fetches of a plan brought, merged, and their errors with paths in the client's operation. */
export interface Fetched {
  readonly data: Received;
  readonly errors: readonly GraphQLError[];
}

type Path = readonly (string | number)[];
interface Target {
  readonly object: Received;
  readonly path: Path;
}

/**
 * Runs a query plan: sequences in order, parallels at once, each fetch for all objects at its path together. A fetch
 * that fails leaves its fields out and its error in; the rest of the plan goes on.
 */
export async function runPlan(plan: QueryPlan, run: PlanRun): Promise<Fetched> {
  if (plan.node?.kind === "Subscription") throw new Error("A subscription's plan is run for each event, not at once.");
  const data: Received = {};
  const errors: GraphQLError[] = [];
  if (plan.node) await runNode(plan.node, [], data, errors, run);
  return { data, errors };
}

/** Runs a part of a plan on what is there already: the rest of a subscription's plan, for one event. */
export async function continuePlan(node: PlanNode, data: Received, run: PlanRun): Promise<readonly GraphQLError[]> {
  const errors: GraphQLError[] = [];
  await runNode(node, [], data, errors, run);
  return errors;
}

/** A reply to a root fetch that somebody else made, as the plan's data: a subscription's event. */
export function rootData(fetch: FetchNode, reply: SubgraphReply, run: PlanRun): Fetched {
  const data: Received = {};
  const errors: GraphQLError[] = [];
  addErrors(reply, errors, (path) => path);
  if (isRecord(reply.data)) {
    rewrite(run.supergraphSchema, fetch.outputRewrites, reply.data);
    mergeInto(data, reply.data);
  }
  return { data, errors };
}

async function runNode(node: PlanNode, at: readonly string[], root: Received, errors: GraphQLError[], run: PlanRun): Promise<void> {
  switch (node.kind) {
    case "Sequence":
      for (const child of node.nodes) await runNode(child, at, root, errors, run);
      return;
    case "Parallel":
      await Promise.all(node.nodes.map((child) => runNode(child, at, root, errors, run)));
      return;
    case "Flatten":
      return runNode(node.node, [...at, ...node.path.map(String)], root, errors, run);
    case "Fetch":
      return runFetch(node, at, root, errors, run);
    case "Condition": {
      const branch = run.coerced[node.condition] === true ? node.ifClause : node.elseClause;
      if (branch) await runNode(branch, at, root, errors, run);
      return;
    }
    case "Defer":
      throw new Error("The planner made a deferred plan, which was not asked for.");
  }
}

async function runFetch(fetch: FetchNode, at: readonly string[], root: Received, errors: GraphQLError[], run: PlanRun): Promise<void> {
  const targets: Target[] = [];
  collectTargets(root, at, 0, [], targets);
  if (targets.length === 0) return;
  const variables: Record<string, unknown> = {};
  for (const name of fetch.variableUsages ?? []) {
    if (Object.hasOwn(run.variables, name) && run.variables[name] !== undefined) variables[name] = run.variables[name];
  }
  try {
    if (fetch.requires) await fetchEntities(fetch, targets, variables, errors, run);
    else await fetchRoot(fetch, targets, variables, errors, run);
  } catch (error) {
    errors.push(new GraphQLError("A part of the reply could not be read.", { originalError: error as Error, extensions: { code: "INTERNAL" } }));
  }
}

async function fetchRoot(fetch: FetchNode, targets: readonly Target[], variables: Record<string, unknown>, errors: GraphQLError[], run: PlanRun): Promise<void> {
  const reply = await run.call(fetch.serviceName, {
    document: fetch.operation,
    operationName: fetch.operationName,
    variables,
    writes: fetch.operationKind === "mutation",
  });
  const base = targets[0]!.path;
  addErrors(reply, errors, (path) => [...base, ...path]);
  if (!isRecord(reply.data)) return;
  rewrite(run.supergraphSchema, fetch.outputRewrites, reply.data);
  for (const { object } of targets) mergeInto(object, reply.data);
}

async function fetchEntities(fetch: FetchNode, targets: readonly Target[], variables: Record<string, unknown>, errors: GraphQLError[], run: PlanRun): Promise<void> {
  const representations: Received[] = [];
  const asked: Target[] = [];
  for (const target of targets) {
    const representation = representationOf(run.supergraphSchema, target.object, fetch.requires!);
    if (!representation?.["__typename"]) continue;
    rewrite(run.supergraphSchema, fetch.inputRewrites, representation);
    representations.push(representation);
    asked.push(target);
  }
  if (representations.length === 0) return;
  if (Object.hasOwn(variables, "representations")) throw new Error("A client's variable is named representations.");
  const reply = await run.call(fetch.serviceName, {
    document: fetch.operation,
    operationName: fetch.operationName,
    variables: { ...variables, representations },
    writes: false,
  });
  addErrors(reply, errors, (path) => {
    const target = typeof path[1] === "number" ? asked[path[1]] : undefined;
    return target ? [...target.path, ...path.slice(2)] : undefined;
  });
  if (!isRecord(reply.data)) return;
  const entities = reply.data["_entities"];
  if (entities === null || entities === undefined) return;
  if (!Array.isArray(entities) || entities.length !== asked.length) throw new Error("A subgraph answered another number of entities than it was asked for.");
  for (let index = 0; index < asked.length; index++) {
    const entity: unknown = entities[index];
    if (!isRecord(entity)) {
      // The owner says that there is none for this caller: hidden and missing look alike, and neither is an error.
      if (entity === null) run.hidden.add(asked[index]!.object);
      continue;
    }
    entity["__typename"] ??= asked[index]!.object["__typename"];
    rewrite(run.supergraphSchema, fetch.outputRewrites, entity);
    mergeInto(asked[index]!.object, entity);
  }
}

function addErrors(reply: SubgraphReply, errors: GraphQLError[], place: (path: Path) => Path | undefined): void {
  for (const error of reply.errors ?? []) {
    const { message, path, extensions } = error;
    // In this process an error may be the one that was thrown: the log wants its stack and its cause.
    const originalError = error instanceof Error ? error : undefined;
    errors.push(new GraphQLError(message, { path: path ? place(path) : undefined, extensions: { ...extensions }, originalError }));
  }
}

/** The objects at a plan's path, with where they stand: `@` steps into every item of a list. */
function collectTargets(value: unknown, at: readonly string[], index: number, path: Path, into: Target[]): void {
  if (value === null || value === undefined) return;
  const step = at[index];
  if (step === undefined) {
    if (Array.isArray(value)) value.forEach((item, position) => collectTargets(item, at, index, [...path, position], into));
    else if (isRecord(value)) into.push({ object: value, path });
  } else if (step === "@") {
    if (Array.isArray(value)) value.forEach((item, position) => collectTargets(item, at, index + 1, [...path, position], into));
  } else if (isRecord(value) && Object.hasOwn(value, step)) {
    collectTargets(value[step], at, index + 1, [...path, step], into);
  }
}
