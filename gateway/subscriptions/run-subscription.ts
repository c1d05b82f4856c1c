import type { SubscriptionNode } from "@apollo/query-planner";
import type { ExecutionResult } from "graphql";
import { isStream, type SubgraphReply, type SubgraphStream } from "../data-sources/data-source.ts";
import { continuePlan, type Fetched, type PlanRun, rootData, type SubgraphCall } from "../executor/run-plan.ts";

/** The replies of a subscription, as they leave. `return()` ends it at once, also while it waits. */
export type ResultStream = AsyncIterableIterator<ExecutionResult>;

export interface SubscriptionRun {
  readonly node: SubscriptionNode;
  /** The variables of the client that the root fetch uses, by name. */
  readonly variables: Readonly<Record<string, unknown>>;
  open(subgraph: string, call: SubgraphCall): Promise<SubgraphStream | SubgraphReply>;
  /** A run of its own for each event: what is hidden in one is not in the next. */
  readonly each: () => PlanRun;
  readonly shape: (fetched: Fetched, run: PlanRun) => ExecutionResult;
}

/**
 * Runs a subscription's plan: the root in its subgraph, and for each of its events the rest of the plan with the event as the root's data.
 * Entities of other subgraphs, errors, null bubbling and shaping are those of any operation. One event at a time: who does not take it
 * makes the subgraph wait, and nothing is queued here.
 */
export async function runSubscription({ node, variables, open, each, shape }: SubscriptionRun): Promise<ResultStream | ExecutionResult> {
  const { primary, rest } = node;
  const used = Object.fromEntries((primary.variableUsages ?? []).flatMap((name) => (variables[name] === undefined ? [] : [[name, variables[name]]])));
  const upstream = await open(primary.serviceName, { document: primary.operation, operationName: primary.operationName, variables: used, writes: false });
  if (!isStream(upstream)) {
    const run = each();
    const { errors } = rootData(primary, upstream, run);
    return { errors };
  }
  const done = { done: true, value: undefined } as const;
  const stream: ResultStream = {
    async next() {
      const event = await upstream.next();
      if (event.done) return done;
      const run = each();
      const { data, errors } = rootData(primary, event.value, run);
      const more = rest ? await continuePlan(rest, data, run) : [];
      return { done: false, value: shape({ data, errors: [...errors, ...more] }, run) };
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
