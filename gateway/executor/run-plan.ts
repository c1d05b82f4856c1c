import { GraphQLError } from "graphql";
import type { SubgraphReply } from "../data-sources/data-source.ts";
import { copyOf, isRecord, mergeInto, own, type Received } from "./merge.ts";
import type { FetchStep, Step } from "./plan-steps.ts";
import { Representations } from "./representations.ts";

/** One document on its way to a subgraph. */
export interface SubgraphCall {
  readonly document: string;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown>;
  /** A root field of a mutation: the only call that may write. */
  readonly writes: boolean;
}

export interface PlanRun {
  /** As the client sent them, and the literals that became variables: the subgraph coerces them. */
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

/**
 * Runs a plan: sequences in order, parallels at once, each fetch for all objects at its path together, equal ones asked
 * for once. A fetch that fails leaves its fields out and its error in; the rest of the plan goes on.
 */
export async function runPlan(plan: Step | null, run: PlanRun): Promise<Fetched> {
  const data: Received = {};
  const errors: GraphQLError[] = [];
  if (plan) await runStep(plan, data, errors, run);
  return { data, errors };
}

/** A reply to a root fetch that somebody else made, as the plan's data: a subscription's event. Then the rest of its plan runs on it. */
export async function runOnEvent(primary: FetchStep, rest: Step | null, event: SubgraphReply, run: PlanRun): Promise<Fetched> {
  const data: Received = {};
  const errors = (event.errors ?? []).map((error) => placed(error, error.path));
  if (isRecord(event.data)) {
    primary.correctOutput?.(event.data);
    mergeInto(data, event.data);
  }
  if (rest) await runStep(rest, data, errors, run);
  return { data, errors };
}

async function runStep(step: Step, root: Received, errors: GraphQLError[], run: PlanRun): Promise<void> {
  switch (step.kind) {
    case "sequence":
      for (const each of step.steps) await runStep(each, root, errors, run);
      return;
    case "parallel": {
      // Errors in the order of the plan, whoever answers first.
      const each = step.steps.map((): GraphQLError[] => []);
      await Promise.all(step.steps.map((branch, index) => runStep(branch, root, each[index]!, run)));
      for (const found of each) for (const error of found) errors.push(error);
      return;
    }
    case "condition": {
      const branch = run.coerced[step.variable] === true ? step.ifTrue : step.ifFalse;
      if (branch) await runStep(branch, root, errors, run);
      return;
    }
    case "subscription":
      throw new Error("A subscription's plan is run for each event, not at once.");
    case "fetch":
      return runFetch(step, root, errors, run);
  }
}

async function runFetch(fetch: FetchStep, root: Received, errors: GraphQLError[], run: PlanRun): Promise<void> {
  const targets: Received[] = [];
  collectTargets(root, fetch.path, 0, targets);
  if (targets.length === 0) return;
  const variables: Record<string, unknown> = {};
  for (const name of fetch.variables) {
    const value = own(run.variables, name);
    if (value !== undefined) variables[name] = value;
  }
  try {
    if (fetch.represent) await fetchEntities(fetch, targets, variables, root, errors, run);
    else await fetchRoot(fetch, targets, variables, root, errors, run);
  } catch (error) {
    errors.push(new GraphQLError("A part of the reply could not be read.", { originalError: error as Error, extensions: { code: "INTERNAL" } }));
  }
}

async function fetchRoot(fetch: FetchStep, targets: readonly Received[], variables: Record<string, unknown>, root: Received, errors: GraphQLError[], run: PlanRun): Promise<void> {
  const { document, operationName, writes } = fetch;
  const reply = await run.call(fetch.subgraph, { document, operationName, variables, writes });
  if (reply.errors?.length) {
    const base = pathsOf(targets, fetch, root).get(targets[0]!) ?? [];
    for (const error of reply.errors) errors.push(placed(error, error.path && [...base, ...error.path]));
  }
  if (!isRecord(reply.data)) return;
  fetch.correctOutput?.(reply.data);
  for (let index = 0; index < targets.length; index++) mergeInto(targets[index]!, index === 0 ? reply.data : copyOf(reply.data));
}

async function fetchEntities(fetch: FetchStep, targets: readonly Received[], variables: Record<string, unknown>, root: Received, errors: GraphQLError[], run: PlanRun): Promise<void> {
  const asked = new Representations();
  for (const target of targets) {
    const representation = fetch.represent!(target);
    if (!representation?.["__typename"]) continue;
    asked.add(representation, target);
  }
  const representations = asked.list;
  if (representations.length === 0) return;
  if (fetch.correctInput) for (const each of representations) fetch.correctInput(each);
  variables["representations"] = representations;
  const { document, operationName } = fetch;
  const reply = await run.call(fetch.subgraph, { document, operationName, variables, writes: false });
  if (reply.errors?.length) addEntityErrors(reply.errors, asked, pathsOf(targets, fetch, root), errors);
  if (!isRecord(reply.data)) return;
  const entities = reply.data["_entities"];
  if (entities === null || entities === undefined) return;
  if (!Array.isArray(entities) || entities.length !== representations.length) throw new Error("A subgraph answered another number of entities than it was asked for.");
  for (let index = 0; index < entities.length; index++) {
    const entity: unknown = entities[index];
    const its = asked.targets[index]!;
    if (!isRecord(entity)) {
      // The owner says that there is none for this caller: hidden and missing look alike, and neither is an error.
      if (entity === null) for (const target of its) run.hidden.add(target);
      continue;
    }
    entity["__typename"] ??= its[0]!["__typename"];
    fetch.correctOutput?.(entity);
    // The first gets what came, the others copies: what is fetched for one of them later must not reach the others.
    for (let at = its.length - 1; at > 0; at--) mergeEntity(fetch, its[at]!, copyOf(entity));
    mergeEntity(fetch, its[0]!, entity);
  }
}

/** A subgraph that knows an interface only as an object names the interface; what is known of the object's type stays. */
function mergeEntity(fetch: FetchStep, target: Received, entity: Received): void {
  if (fetch.saysLess(entity["__typename"], target["__typename"])) entity["__typename"] = target["__typename"];
  mergeInto(target, entity);
}

function addEntityErrors(replied: NonNullable<SubgraphReply["errors"]>, asked: Representations, paths: ReadonlyMap<Received, Path>, errors: GraphQLError[]): void {
  for (const error of replied) {
    const its = typeof error.path?.[1] === "number" ? asked.targets[error.path[1]] : undefined;
    if (its === undefined) errors.push(placed(error, undefined));
    else for (const target of its) errors.push(placed(error, [...(paths.get(target) ?? []), ...error.path!.slice(2)]));
  }
}

function placed(error: NonNullable<SubgraphReply["errors"]>[number], path: Path | undefined): GraphQLError {
  // In this process an error may be the one that was thrown: the log wants its stack and its cause.
  const originalError = error instanceof Error ? error : undefined;
  return new GraphQLError(error.message, { path, extensions: { ...error.extensions }, originalError });
}

/** The objects at a plan's path: `@` steps into every item of a list. */
function collectTargets(value: unknown, path: readonly string[], index: number, into: Received[]): void {
  if (typeof value !== "object" || value === null) return;
  const step = path[index];
  if (Array.isArray(value)) {
    if (step !== undefined && step !== "@") return;
    const below = step === undefined ? index : index + 1;
    for (let at = 0; at < value.length; at++) collectTargets(value[at], path, below, into);
  } else if (step === undefined) {
    into.push(value as Received);
  } else if (step !== "@") {
    collectTargets(own(value as Received, step), path, index + 1, into);
  }
}

/** Where the objects of a fetch stand in the reply; found only when an error needs it. */
function pathsOf(targets: readonly Received[], { path }: FetchStep, root: Received): ReadonlyMap<Received, Path> {
  const wanted = new Set(targets);
  const found = new Map<Received, Path>();
  const walk = (value: unknown, index: number, here: Path): void => {
    if (typeof value !== "object" || value === null) return;
    const step = path[index];
    if (Array.isArray(value)) {
      if (step === undefined || step === "@") value.forEach((item, at) => walk(item, step === undefined ? index : index + 1, [...here, at]));
    } else if (step === undefined) {
      if (wanted.has(value as Received) && !found.has(value as Received)) found.set(value as Received, here);
    } else walk(own(value as Received, step), index + 1, [...here, step]);
  };
  walk(root, 0, []);
  return found;
}
