import type { ExecutionResult } from "graphql";
import type { Traced } from "#foundation/serving/tracing";
import { isStream, type SubgraphReply, type SubgraphStream } from "../data-sources/data-source.ts";
import type { SubscriptionStep } from "../executor/plan-steps.ts";
import { type Fetched, type PlanRun, runOnEvent, type SubgraphCall } from "../executor/run-plan.ts";

/** The replies of a subscription, as they leave. `return()` ends it at once, also while it waits. */
export type ResultStream = AsyncIterableIterator<ExecutionResult>;

export interface SubscriptionRun {
  readonly step: SubscriptionStep;
  /** The client's variables, and the literals that became variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  open(subgraph: string, call: SubgraphCall): Promise<SubgraphStream | SubgraphReply>;
  /** The piece of a trace that one event makes, where traces are made. */
  readonly event: () => Traced | undefined;
  /** A run of its own for each event: what is hidden in one is not in the next. */
  readonly each: (trace: Traced | undefined) => PlanRun;
  /** Runs what is to be fetched for an event, when its turn comes. */
  readonly inTurn: <T>(fetch: () => Promise<T>) => Promise<T>;
  readonly shape: (fetched: Fetched, run: PlanRun) => ExecutionResult;
}

/**
 * Runs a subscription's plan: the root in its subgraph, and for each of its events the rest of the plan with the event as the root's data.
 * Entities of other subgraphs, errors, null bubbling and shaping are those of any operation. One event at a time: who does not take it
 * makes the subgraph wait, and nothing is queued here.
 */
export async function runSubscription({ step, variables, open, event: traced, each, inTurn, shape }: SubscriptionRun): Promise<ResultStream | ExecutionResult> {
  const { primary, rest } = step;
  const used = Object.fromEntries(primary.variables.flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]])));
  const upstream = await open(primary.subgraph, { document: primary.document, operationName: primary.operationName, variables: used, writes: false });
  if (!isStream(upstream)) {
    const { errors } = await runOnEvent(primary, null, { ...upstream, data: null }, each(undefined));
    return { errors };
  }
  const done = { done: true, value: undefined } as const;
  const stream: ResultStream = {
    async next() {
      const event = await upstream.next();
      if (event.done) return done;
      const trace = traced();
      const run = each(trace);
      const fetch = () => runOnEvent(primary, rest, event.value, run);
      const value = shape(await (rest === null ? fetch() : inTurn(fetch)), run);
      trace?.end({ "osss.errors": value.errors?.length ?? 0 });
      return { done: false, value };
    },
    return: async () => (await upstream.return?.(), done),
    async throw(error) {
      await upstream.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
