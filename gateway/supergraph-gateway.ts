import type { GatewayExecutionResult, GatewayInterface, GatewayLoadResult, GatewaySchemaLoadOrUpdateCallback } from "@apollo/server-gateway-interface";
import { type ExecutionResult, getVariableValues, GraphQLError, type GraphQLSchema } from "graphql";
import { tell } from "./authorization/modes.ts";
import { type ClosedSelection, closedErrors, refusedRoots } from "./authorization/prune.ts";
import type { CallerContext } from "./caller-context.ts";
import { type DataSource, type SubgraphReply, unavailableReply } from "./data-sources/data-source.ts";
import { type KnownOperation, OperationPreparer } from "./executor/prepare.ts";
import { type Fetched, runPlan, type PlanRun, type SubgraphCall } from "./executor/run-plan.ts";
import { type LoadedSupergraph, loadSupergraph } from "./executor/supergraph.ts";
import { Budget, type BudgetOptions } from "./limits/budget.ts";
import type { Metrics } from "./metrics.ts";
import { type ResultStream, runSubscription } from "./subscriptions/run-subscription.ts";

export interface SupergraphGatewayOptions {
  readonly supergraphSdl: string;
  /** Asked once for each subgraph of the supergraph. */
  readonly dataSourceFor: (name: string) => DataSource;
  readonly metrics?: Metrics;
  /** What operations may cost; without it they are not priced. */
  readonly budget?: BudgetOptions;
}

/**
 * The graph behind Apollo Server: reads the supergraph, and runs each operation as far as its caller's roles open it.
 *
 * `load` gives the executor; `stop` closes the data sources. What is closed answers null with an error and is not even
 * planned; a mutation with a closed root field writes nothing.
 */
export class SupergraphGateway implements GatewayInterface {
  readonly supergraph: LoadedSupergraph;
  readonly preparer: OperationPreparer;
  readonly #sources: ReadonlyMap<string, DataSource>;
  readonly #metrics: Metrics | undefined;
  readonly #budget: Budget | null;
  readonly #listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();

  constructor({ supergraphSdl, dataSourceFor, metrics, budget }: SupergraphGatewayOptions) {
    this.supergraph = loadSupergraph(supergraphSdl);
    this.#budget = budget ? new Budget(this.supergraph.apiSchema, budget) : null;
    this.preparer = new OperationPreparer(this.supergraph);
    this.#sources = new Map(this.supergraph.subgraphs.map((name) => [name, dataSourceFor(name)]));
    this.#metrics = metrics;
  }

  onSchemaLoadOrUpdate(listener: GatewaySchemaLoadOrUpdateCallback): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async load(): Promise<GatewayLoadResult> {
    for (const listener of this.#listeners) listener({ apiSchema: this.supergraph.apiSchema, coreSupergraphSdl: this.supergraph.sdl });
    return {
      executor: async ({ document, operationName, request, queryHash, context }) => {
        const operation = this.preparer.known(queryHash, document, operationName ?? request.operationName);
        return (await this.answer(operation, request.variables ?? {}, context as CallerContext)) as GatewayExecutionResult;
      },
    };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#sources.values()].map((source) => source.close?.()));
  }

  /** Runs one operation for one caller within the budget. */
  async answer(operation: KnownOperation, variables: Readonly<Record<string, unknown>>, caller: CallerContext): Promise<ExecutionResult> {
    if (operation.introspects && caller.identity.subject === null) return { errors: [introspectionRefused()] };
    const told = tell(caller.authorization, () => this.preparer.planned(operation, caller.identity).closed, caller.identity);
    if (told) return told;
    const execute = () => this.execute(operation, variables, caller);
    return this.#budget ? this.#budget.run(operation, variables, caller, execute) : execute();
  }

  /** Runs one operation for one caller. Errors come with codes, and are masked by whoever replies. */
  async execute(operation: KnownOperation, variables: Readonly<Record<string, unknown>>, caller: CallerContext): Promise<ExecutionResult> {
    if (operation.introspects && caller.identity.subject === null) return { errors: [introspectionRefused()] };
    if (operation.operation.operation === "subscription") return { errors: [subscriptionRefused()] };
    const coercion = coerce(this.supergraph.apiSchema, operation, variables);
    if (coercion.coerced === undefined) return { errors: coercion.errors };
    const { plan, closed } = this.preparer.planned(operation, caller.identity);
    if (operation.operation.operation === "mutation") {
      const refused = refusedRoots(closed, coercion.coerced, caller.identity);
      if (refused.length > 0) return { data: null, errors: refused };
    }
    const run: PlanRun = {
      supergraphSchema: this.supergraph.supergraphSchema,
      variables,
      coerced: coercion.coerced,
      hidden: new WeakSet(),
      call: (subgraph, call) => this.#call(subgraph, call, caller),
    };
    return this.#shaped(operation, coercion.coerced, closed, caller, await runPlan(plan, run), run);
  }

  /**
   * Opens a subscription for one caller: closed roots are refused before any subgraph hears of it, what is closed inside is not even asked
   * for. Its plan stays as it is now; the transport ends it when the caller's token ends.
   */
  async subscribe(operation: KnownOperation, variables: Readonly<Record<string, unknown>>, caller: CallerContext): Promise<ResultStream | ExecutionResult> {
    const coercion = coerce(this.supergraph.apiSchema, operation, variables);
    if (coercion.coerced === undefined) return { errors: coercion.errors };
    const dear = this.#budget?.refusal(operation, variables);
    if (dear) return dear;
    const { coerced } = coercion;
    const { plan, closed } = this.preparer.planned(operation, caller.identity);
    const refused = refusedRoots(closed, coerced, caller.identity);
    if (refused.length > 0) return { errors: refused };
    if (plan.node?.kind !== "Subscription") return { errors: [subscriptionRefused()] };
    const each = (): PlanRun => ({
      supergraphSchema: this.supergraph.supergraphSchema,
      variables,
      coerced,
      hidden: new WeakSet(),
      call: (subgraph, call) => this.#call(subgraph, call, caller),
    });
    return runSubscription({
      node: plan.node,
      variables,
      each,
      open: async (subgraph, { document, operationName, variables: used }) =>
        (await this.#sources.get(subgraph)?.subscribe?.({ document, operationName, variables: used, identity: caller.identity, requestId: caller.requestId })) ?? unavailableReply(),
      shape: (fetched, run) => this.#shaped(operation, coerced, closed, caller, fetched, run),
    });
  }

  #shaped(operation: KnownOperation, coerced: Readonly<Record<string, unknown>>, closed: readonly ClosedSelection[], caller: CallerContext, fetched: Fetched, run: PlanRun): ExecutionResult {
    const introspected = operation.introspects ? this.supergraph.visible.for(caller.identity.roles).schema : undefined;
    const shaped = operation.shape.shape(fetched.data, coerced, run.hidden, introspected);
    const errors = [...fetched.errors, ...closedErrors(closed, coerced, caller.identity)];
    // A null that an error already explains is no error of its own.
    if (errors.length === 0) errors.push(...shaped.errors);
    return errors.length === 0 ? { data: shaped.data } : { data: shaped.data, errors };
  }

  async #call(subgraph: string, call: SubgraphCall, { identity, requestId, idempotencyKey }: CallerContext): Promise<SubgraphReply> {
    const { document, operationName, variables, writes } = call;
    const started = performance.now();
    const source = this.#sources.get(subgraph);
    const reply = source
      ? await source.execute({ document, operationName, variables, identity, requestId, ...(writes && idempotencyKey !== undefined ? { idempotencyKey } : {}) })
      : unavailableReply();
    const outcome = reply.errors === undefined || reply.errors.length === 0 ? "ok" : "errors";
    this.#metrics?.count("osss_subgraph_calls_total", "Documents sent to subgraphs.", { subgraph, outcome });
    this.#metrics?.time("osss_subgraph_call_seconds", "Time until a subgraph answered.", { subgraph }, (performance.now() - started) / 1000);
    return reply;
  }
}

function coerce(schema: GraphQLSchema, operation: KnownOperation, variables: Readonly<Record<string, unknown>>) {
  const definitions = operation.operation.variableDefinitions;
  if (!definitions?.length) return { coerced: {} as Record<string, unknown> };
  const { coerced, errors } = getVariableValues(schema, definitions, variables, { maxErrors: 10 });
  if (coerced !== undefined) return { coerced };
  return {
    errors: errors.map(({ message, nodes }) => new GraphQLError(message, { nodes, extensions: { code: "VALIDATION_FAILED", http: { status: 400 } } })),
  };
}

function introspectionRefused(): GraphQLError {
  return new GraphQLError("Sign in to read the schema: send an access token in the Authorization header.", {
    extensions: { code: "UNAUTHENTICATED", http: { status: 401 } },
  });
}

function subscriptionRefused(): GraphQLError {
  return new GraphQLError("A subscription cannot be answered by one reply. Open it over WebSocket (graphql-transport-ws) or as an event stream (accept: text/event-stream).", {
    extensions: { code: "VALIDATION_FAILED", http: { status: 400 } },
  });
}
