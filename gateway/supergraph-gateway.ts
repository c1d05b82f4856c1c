import type { GatewayExecutionResult, GatewayInterface, GatewayLoadResult, GatewaySchemaLoadOrUpdateCallback } from "@apollo/server-gateway-interface";
import { assertValidSchema, type ExecutionResult, GraphQLError, type GraphQLSchema } from "graphql";
import { rootsOutside } from "./authorization/delegation-gate.ts";
import { errorCodes } from "#foundation/errors/errors";
import { Gate } from "#foundation/serving/gate";
import { tell } from "./authorization/modes.ts";
import { closedErrors, refusedRoots } from "./authorization/prune.ts";
import type { CallerContext } from "./caller-context.ts";
import { type DataSource, isStream, type SubgraphReply, unavailableReply } from "./data-sources/data-source.ts";
import { InFlight } from "./executor/in-flight.ts";
import { inClientsWords } from "./executor/client-words.ts";
import { underClientKeys } from "./executor/plan-keys.ts";
import { PlanRefused } from "./executor/plan-steps.ts";
import { type KnownOperation, operationKey, OperationPreparer, type PlannedOperation } from "./executor/prepare.ts";
import { type Fetched, type PlanRun, runPlan, type SubgraphCall } from "./executor/run-plan.ts";
import { runStock } from "./executor/stock-executor.ts";
import { type LoadedSupergraph, loadSupergraph } from "./executor/supergraph.ts";
import { Budget, type BudgetOptions } from "./limits/budget.ts";
import type { Metrics } from "./metrics.ts";
import { type ResultStream, runSubscription } from "./subscriptions/run-subscription.ts";

export interface SupergraphGatewayOptions {
  readonly supergraphSdl: string;
  /**
   * Asked once for each subgraph of the supergraph, and for those that a later supergraph brings.
   * @throws Error where there is no such subgraph: a supergraph that needs it is refused.
   */
  readonly dataSourceFor: (name: string) => DataSource;
  readonly metrics?: Metrics;
  /** Gets the faults of this gateway's executor that the stock executor made good. */
  readonly report?: (error: unknown, message: string) => void;
  /** What operations may cost; without it they are not priced. */
  readonly budget?: BudgetOptions;
}

/** What came of an operation's fetches, whoever asked: never changed, since several replies may be made of it. */
type Brought = { readonly fetched: Fetched; readonly hidden: WeakSet<object> } | { readonly stock: ExecutionResult };

/** Milliseconds until the source of a subgraph that a reload left out is closed: longer than any request takes. */
const retireMs = 60_000;

/**
 * The graph behind Apollo Server: reads the supergraph, and runs each operation as far as its caller's roles open it.
 *
 * `load` gives the executor; `stop` closes the data sources. What is closed answers null with an error and is not even
 * planned; a mutation with a closed root field writes nothing.
 */
export class SupergraphGateway implements GatewayInterface {
  readonly #sources = new Map<string, DataSource>();
  readonly #options: SupergraphGatewayOptions;
  readonly #budget: Budget | null;
  readonly #listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  readonly #bySchema = new WeakMap<GraphQLSchema, OperationPreparer>();
  readonly #retired = new Map<DataSource, NodeJS.Timeout>();
  #current: OperationPreparer;
  /** One event wakes all who follow it: what is fetched for them must not stand before everybody else's requests. */
  readonly #events = new Gate(16);
  /** Queries under way. */
  readonly inFlight = new InFlight<Brought>();

  constructor(options: SupergraphGatewayOptions) {
    this.#options = options;
    this.#budget = options.budget ? new Budget(options.budget) : null;
    this.#current = this.#prepare(options.supergraphSdl);
  }

  /** What new requests run on. */
  get supergraph(): LoadedSupergraph {
    return this.#current.supergraph;
  }

  /** What reads and plans new requests. */
  get preparer(): OperationPreparer {
    return this.#current;
  }

  /** An operation that new requests for this text were answered by; undefined before the first. */
  known(queryHash: string, operationName: string | null | undefined): KnownOperation | undefined {
    return this.#current.operations.get(operationKey(queryHash, operationName));
  }

  onSchemaLoadOrUpdate(listener: GatewaySchemaLoadOrUpdateCallback): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async load(): Promise<GatewayLoadResult> {
    this.#announce();
    return {
      executor: async ({ document, operationName, request, queryHash, context, schema }) => {
        // Validated against one supergraph, run on the same, also when another was loaded in between.
        const preparer = this.#bySchema.get(schema) ?? this.#current;
        const operation = preparer.known(queryHash, document, operationName ?? request.operationName);
        return (await this.answer(operation, request.variables ?? {}, context as CallerContext)) as GatewayExecutionResult;
      },
    };
  }

  /**
   * New requests run on this supergraph from now on; those under way finish on the one they began with.
   * @returns false where it is the one that is loaded already.
   * @throws Error for a supergraph that cannot be read or needs a subgraph that is not there; nothing has changed then.
   */
  reload(supergraphSdl: string): boolean {
    if (supergraphSdl === this.#current.supergraph.sdl) return false;
    const before = this.#current;
    this.#current = this.#prepare(supergraphSdl, true);
    for (const name of before.supergraph.subgraphs) if (!this.#current.supergraph.subgraphs.includes(name)) this.#retire(name);
    this.#announce();
    return true;
  }

  async stop(): Promise<void> {
    for (const timer of this.#retired.values()) clearTimeout(timer);
    await Promise.all([...new Set([...this.#sources.values(), ...this.#retired.keys()])].map((source) => source.close?.()));
  }

  /** Runs one operation for one caller in the mode that she asked for, and within her budget. */
  async answer(operation: KnownOperation, variables: Readonly<Record<string, unknown>>, caller: CallerContext): Promise<ExecutionResult> {
    if (operation.template.introspects && caller.identity.subject === null) return { errors: [introspectionRefused()] };
    const told = tell(caller.authorization, () => operation.preparer.planned(operation, caller.identity).closed, caller.identity);
    if (told) return told;
    const execute = () => this.execute(operation, variables, caller);
    return this.#budget ? this.#budget.run(operation, variables, caller, execute) : execute();
  }

  /**
   * Opens a subscription for one caller: closed roots are refused before any subgraph hears of it, what is closed inside is not even asked
   * for. Its plan stays as it is now; the transport ends it when the caller's token ends.
   */
  async subscribe(operation: KnownOperation, variables: Readonly<Record<string, unknown>>, caller: CallerContext): Promise<ResultStream | ExecutionResult> {
    const told = tell(caller.authorization, () => operation.preparer.planned(operation, caller.identity).closed, caller.identity);
    if (told) return told;
    const outside = rootsOutside(operation, caller.identity);
    if (outside.length > 0) return { errors: outside };
    const coercion = coerce(operation, variables);
    if (coercion.coerced === undefined) return { errors: coercion.errors };
    const coerced = { ...coercion.coerced, ...operation.literals };
    const planned = plannedOrRefused(operation, caller.identity);
    if (planned instanceof GraphQLError) return { errors: [planned] };
    const refused = refusedRoots(planned.closed, coerced, caller.identity);
    if (refused.length > 0) return { errors: refused };
    if (planned.steps instanceof Error || planned.steps?.kind !== "subscription") return { errors: [subscriptionRefused()] };
    const all = { ...variables, ...operation.literals };
    const { steps } = planned;
    const open = () => runSubscription({
      step: steps,
      variables: all,
      event: () => caller.trace?.linked("event"),
      each: (trace) => this.#run(all, coerced, trace ? { ...caller, trace } : caller),
      inTurn: (fetch) => this.#events.run(fetch),
      open: async (subgraph, { document, operationName, variables: used }) => {
        const traced = caller.trace?.child(`subgraph ${subgraph}`, { "osss.subgraph": subgraph, "osss.writes": false }, "client");
        const opened = (await this.#sources.get(subgraph)?.subscribe?.({ document, operationName, variables: used, identity: caller.identity, requestId: caller.requestId, ...(traced ? { traceparent: traced.traceparent } : {}) })) ?? unavailableReply();
        traced?.end({}, isStream(opened) ? undefined : codeOf(opened.errors?.[0] ?? {}));
        return opened;
      },
      shape: (fetched, { hidden }) => reply(operation, planned, coerced, { fetched, hidden }, caller),
    });
    return this.#budget ? this.#budget.open(operation, variables, caller, open) : open();
  }

  /** Runs one operation for one caller. Errors come with codes, and are masked by whoever replies. */
  async execute(operation: KnownOperation, variables: Readonly<Record<string, unknown>>, caller: CallerContext): Promise<ExecutionResult> {
    const { template, kind, preparer } = operation;
    const { identity } = caller;
    if (template.introspects && identity.subject === null) return { errors: [introspectionRefused()] };
    if (kind === "subscription") return { errors: [subscriptionRefused()] };
    const outside = rootsOutside(operation, identity);
    if (outside.length > 0) return { data: null, errors: outside };
    const coercion = coerce(operation, variables);
    if (coercion.coerced === undefined) return { errors: coercion.errors };
    const coerced = { ...coercion.coerced, ...operation.literals };
    const planning = caller.trace?.child("plan");
    const misses = preparer.plans.misses;
    const planned = plannedOrRefused(operation, identity);
    planning?.end({ "osss.plan.known": misses === preparer.plans.misses });
    if (planned instanceof GraphQLError) return { errors: [planned] };
    if (kind === "mutation") {
      const refused = refusedRoots(planned.closed, coerced, identity);
      if (refused.length > 0) return { data: null, errors: refused };
    }
    const bring = () => this.#bring(operation, planned, { ...variables, ...operation.literals }, coerced, caller);
    const brought = kind === "query" ? await this.inFlight.ask(identity, operation, variables, bring) : await bring().finally(() => this.inFlight.wrote());
    try {
      return reply(operation, planned, coerced, brought, caller);
    } catch (error) {
      // A query may be asked again. What a mutation wrote is written, and must not be written twice.
      if (kind !== "query") throw error;
      const run = this.#run({ ...variables, ...operation.literals }, coerced, caller);
      return reply(operation, planned, coerced, await this.#bringByStock("shape", error, operation, planned.plan, run), caller);
    }
  }

  #run(variables: Readonly<Record<string, unknown>>, coerced: Readonly<Record<string, unknown>>, caller: CallerContext): PlanRun {
    return { variables, coerced, hidden: new WeakSet(), call: (subgraph, call) => this.#call(subgraph, call, caller) };
  }

  async #bring(operation: KnownOperation, planned: PlannedOperation, variables: Readonly<Record<string, unknown>>, coerced: Readonly<Record<string, unknown>>, caller: CallerContext): Promise<Brought> {
    const { plan, steps } = planned;
    const run = this.#run(variables, coerced, caller);
    if (!(steps instanceof Error)) return { fetched: await runPlan(steps, run), hidden: run.hidden };
    return this.#bringByStock("plan", steps, operation, plan, run);
  }

  /** What this gateway's executor fails at, the stock one does: counted and reported, since it is a fault of ours. */
  async #bringByStock(fault: "plan" | "shape", error: unknown, operation: KnownOperation, plan: PlannedOperation["plan"], run: PlanRun): Promise<Brought> {
    this.#options.metrics?.count("osss_stock_fallbacks_total", "Operations that the stock executor ran since this gateway's failed at their plan or at the shape of their reply.", { fault });
    this.#options.report?.(error, "The stock executor ran an operation that this gateway's failed at.");
    return { stock: await runStock(operation.preparer.supergraph, plan, operation.written, run) };
  }

  async #call(subgraph: string, call: SubgraphCall, { identity, requestId, idempotencyKey, trace }: CallerContext): Promise<SubgraphReply> {
    const { document, operationName, variables, writes } = call;
    const { metrics } = this.#options;
    const started = performance.now();
    const source = this.#sources.get(subgraph);
    const traced = trace?.child(`subgraph ${subgraph}`, { "osss.subgraph": subgraph, "osss.writes": writes }, "client");
    const replied = source
      ? await source.execute({ document, operationName, variables, identity, requestId, writes, ...(traced ? { traceparent: traced.traceparent } : {}), ...(writes && idempotencyKey !== undefined ? { idempotencyKey } : {}) })
      : unavailableReply();
    const outcome = replied.errors === undefined || replied.errors.length === 0 ? "ok" : "errors";
    traced?.end({ "osss.errors": replied.errors?.length ?? 0 }, outcome === "ok" ? undefined : codeOf(replied.errors![0]!));
    metrics?.count("osss_subgraph_calls_total", "Documents sent to subgraphs.", { subgraph, outcome });
    metrics?.time("osss_subgraph_call_seconds", "Time until a subgraph answered.", { subgraph }, (performance.now() - started) / 1000);
    return replied;
  }

  /** @param check refuses here what the server would only refuse after the exchange. */
  #prepare(supergraphSdl: string, check = false): OperationPreparer {
    const preparer = new OperationPreparer(loadSupergraph(supergraphSdl));
    if (check) assertValidSchema(preparer.supergraph.apiSchema);
    const added = preparer.supergraph.subgraphs.filter((name) => !this.#sources.has(name)).map((name) => [name, this.#options.dataSourceFor(name)] as const);
    for (const [name, source] of added) this.#sources.set(name, source);
    this.#bySchema.set(preparer.supergraph.apiSchema, preparer);
    return preparer;
  }

  #announce(): void {
    const { apiSchema, sdl } = this.#current.supergraph;
    for (const listener of this.#listeners) listener({ apiSchema, coreSupergraphSdl: sdl });
  }

  #retire(name: string): void {
    const source = this.#sources.get(name)!;
    const close = () => {
      this.#retired.delete(source);
      if (this.#current.supergraph.subgraphs.includes(name)) return;
      this.#sources.delete(name);
      source.close?.().catch(() => undefined);
    };
    this.#retired.set(source, setTimeout(close, retireMs).unref());
  }
}

const codeOf = ({ extensions }: { readonly extensions?: Readonly<Record<string, unknown>> }): string => {
  const code = extensions?.["code"];
  return (errorCodes as readonly unknown[]).includes(code) ? String(code) : "INTERNAL";
};

function plannedOrRefused(operation: KnownOperation, identity: CallerContext["identity"]): PlannedOperation | GraphQLError {
  try {
    return operation.preparer.planned(operation, identity);
  } catch (error) {
    if (!(error instanceof PlanRefused)) throw error;
    return new GraphQLError(error.message, { originalError: error, extensions: { code: "INTERNAL" } });
  }
}

function reply(operation: KnownOperation, { closed }: PlannedOperation, coerced: Readonly<Record<string, unknown>>, brought: Brought, { identity }: CallerContext): ExecutionResult {
  const refused = closedErrors(closed, coerced, identity);
  if ("stock" in brought) {
    const errors = [...inClientsWords(brought.stock.errors ?? [], operation), ...refused];
    return { data: underClientKeys(brought.stock.data) as ExecutionResult["data"], ...(errors.length > 0 ? { errors } : {}) };
  }
  const { fetched, hidden } = brought;
  const { visible } = operation.preparer.supergraph;
  const errors = [...inClientsWords(fetched.errors, operation), ...refused];
  // A null that an error already explains is no error of its own.
  const shaped = operation.template.shape.shape(fetched.data, coerced, hidden, errors.length === 0, operation.template.introspects ? visible.for(identity.roles).schema : undefined);
  if (errors.length === 0) errors.push(...shaped.errors);
  return errors.length === 0 ? { data: shaped.data } : { data: shaped.data, errors };
}

function coerce(operation: KnownOperation, variables: Readonly<Record<string, unknown>>) {
  const { coerced, errors } = operation.coerce(variables);
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
