import { type ExecutionResult, GraphQLError, valueFromASTUntyped } from "graphql";
import type { CallerContext } from "../caller-context.ts";
import type { KnownOperation } from "../executor/prepare.ts";
import { OperationCost } from "./cost.ts";
import { limitExceeded } from "./limits.ts";
import type { Payers, RateLimit, RateRefusal } from "./rate.ts";
import type { ResultStream } from "../subscriptions/run-subscription.ts";

export interface BudgetOptions {
  /** Points that one operation may be reckoned to cost. */
  readonly costLimit: number;
  /** Null: nobody's points are counted. */
  readonly rate: RateLimit | null;
}

type Variables = Readonly<Record<string, unknown>>;

/**
 * What an operation may cost, and what its caller may ask in a while: judged before anything runs, settled afterwards. The reply says both
 * in `extensions.cost`: `estimated` before, `actual` after, and the `limit` of one operation.
 */
export class Budget {
  readonly #options: BudgetOptions;
  readonly #costs = new WeakMap<KnownOperation, OperationCost>();

  constructor(options: BudgetOptions) {
    this.#options = options;
  }

  /** Runs an operation where it may; else answers with LIMIT_EXCEEDED or RATE_LIMITED. */
  async run(operation: KnownOperation, variables: Variables, caller: CallerContext, execute: () => Promise<ExecutionResult>): Promise<ExecutionResult> {
    const { costLimit, rate } = this.#options;
    const { cost, given, estimated, dear } = this.#reckon(operation, variables);
    if (dear) return dear;
    const payers = payersOf(caller);
    const refusal = rate && (await rate.charge(payers, atLeastOne(estimated)));
    if (refusal) return { errors: [rateLimited(refusal)], extensions: { cost: { estimated, limit: costLimit } } };
    const result = await execute();
    const actual = cost.actual(result.data, given);
    await rate?.settle(payers, atLeastOne(estimated), atLeastOne(actual));
    return { ...result, extensions: { ...result.extensions, cost: { estimated, actual, limit: costLimit } } };
  }

  /**
   * Opens a subscription where it may be: opening it costs what one event is reckoned to, and each event what it brought. A subscriber
   * whose points are used up waits for her next event until there are points again; none is lost.
   */
  async open(operation: KnownOperation, variables: Variables, caller: CallerContext, open: () => Promise<ResultStream | ExecutionResult>): Promise<ResultStream | ExecutionResult> {
    const { cost, given, estimated, dear } = this.#reckon(operation, variables);
    if (dear) return dear;
    const { costLimit, rate } = this.#options;
    if (!rate) return open();
    const payers = payersOf(caller);
    const refusal = await rate.charge(payers, atLeastOne(estimated));
    if (refusal) return { errors: [rateLimited(refusal)], extensions: { cost: { estimated, limit: costLimit } } };
    const opened = await open();
    return Symbol.asyncIterator in opened ? paid(opened, (event) => rate.charge(payers, atLeastOne(cost.actual(event.data, given)))) : opened;
  }

  /** What an operation is reckoned to cost; `dear` is the reply that refuses one that is too dear by itself, null where it may run. */
  #reckon(operation: KnownOperation, variables: Variables): { cost: OperationCost; given: Variables; estimated: number; dear: ExecutionResult | null } {
    const { costLimit } = this.#options;
    const cost = this.#costOf(operation);
    const given = withDefaults(operation, variables);
    const estimated = cost.estimate(given);
    const dear = estimated <= costLimit ? null : { errors: [limitExceeded("points of cost", estimated, costLimit, "Ask for smaller pages (first), or for fewer lists within lists.")], extensions: { cost: { estimated, limit: costLimit } } };
    return { cost, given, estimated, dear };
  }

  #costOf(operation: KnownOperation): OperationCost {
    const known = this.#costs.get(operation) ?? new OperationCost(operation.preparer.supergraph.apiSchema, operation.written);
    this.#costs.set(operation, known);
    return known;
  }
}

/** Who is counted: the account, whatever device it uses; of the unlinked the sign-in; of nobody the address. */
export function accountOf({ identity, address }: CallerContext): string {
  return identity.accountId ?? identity.subject ?? `address ${address ?? "unknown"}`;
}

const payersOf = (caller: CallerContext): Payers => ({ caller: accountOf(caller), client: caller.client ?? null });

/** A request that brings nothing has been answered all the same. */
const atLeastOne = (points: number) => Math.max(1, points);

/** The stream, each event paid for before it is handed on. It can be ended while it waits for points. */
function paid(stream: ResultStream, pay: (event: ExecutionResult) => Promise<RateRefusal | null>): ResultStream {
  let wake = () => {};
  let ended = false;
  const end = () => {
    ended = true;
    wake();
  };
  const wait = (seconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, seconds * 1000);
      wake = () => (clearTimeout(timer), resolve());
    });
  const own: ResultStream = {
    async next() {
      const event = await stream.next();
      if (event.done) return event;
      for (let refusal = await pay(event.value); refusal && !ended; refusal = await pay(event.value)) await wait(refusal.retryAfter);
      return ended ? { done: true, value: undefined } : event;
    },
    return: () => (end(), stream.return!()),
    throw: (error) => (end(), stream.throw!(error)),
    [Symbol.asyncIterator]: () => own,
  };
  return own;
}

function withDefaults(operation: KnownOperation, variables: Variables): Variables {
  if (operation.variableDefinitions.every(({ defaultValue }) => defaultValue === undefined)) return variables;
  const defaults = operation.variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue && variables[variable.name.value] === undefined ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return defaults.length === 0 ? variables : { ...variables, ...Object.fromEntries(defaults) };
}

function rateLimited({ retryAfter, whose }: RateRefusal): GraphQLError {
  const who = whose === "client" ? "The program that you use has asked, for all who use it," : "You have asked";
  return new GraphQLError(`${who} for more than this server answers in a while. Wait ${retryAfter} ${retryAfter === 1 ? "second" : "seconds"}, then send the request again.`, {
    extensions: { code: "RATE_LIMITED", retryAfter, http: { status: 429, headers: new Map([["retry-after", String(retryAfter)]]) } },
  });
}
