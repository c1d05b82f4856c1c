import { type ExecutionResult, GraphQLError, valueFromASTUntyped } from "graphql";
import type { CallerContext } from "../caller-context.ts";
import type { KnownOperation } from "../executor/prepare.ts";
import { OperationCost } from "./cost.ts";
import { limitExceeded } from "./limits.ts";
import type { RateLimit } from "./rate.ts";

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
    const cost = this.#costOf(operation);
    const given = withDefaults(operation, variables);
    const estimated = cost.estimate(given);
    const dear = this.refusal(operation, variables);
    if (dear) return dear;
    const payer = payerOf(caller);
    const refusal = rate && (await rate.charge(payer, estimated));
    if (refusal) return { errors: [rateLimited(refusal.retryAfter)], extensions: { cost: { estimated, limit: costLimit } } };
    const result = await execute();
    const actual = cost.actual(result.data, given);
    await rate?.settle(payer, estimated, actual);
    return { ...result, extensions: { ...result.extensions, cost: { estimated, actual, limit: costLimit } } };
  }

  /** The reply that refuses an operation that is too dear by itself; null where it may run. */
  refusal(operation: KnownOperation, variables: Variables): ExecutionResult | null {
    const { costLimit } = this.#options;
    const estimated = this.#costOf(operation).estimate(withDefaults(operation, variables));
    if (estimated <= costLimit) return null;
    return { errors: [limitExceeded("points of cost", estimated, costLimit, "Ask for smaller pages (first), or for fewer lists within lists.")], extensions: { cost: { estimated, limit: costLimit } } };
  }

  #costOf(operation: KnownOperation): OperationCost {
    const known = this.#costs.get(operation) ?? new OperationCost(operation.preparer.supergraph.apiSchema, operation.written);
    this.#costs.set(operation, known);
    return known;
  }
}

/** Whose points are taken: the account's, whatever device it uses; of the unlinked the sign-in's; of nobody the address's. */
function payerOf({ identity, address }: CallerContext): string {
  return identity.accountId ?? identity.subject ?? `address ${address ?? "unknown"}`;
}

function withDefaults(operation: KnownOperation, variables: Variables): Variables {
  const defaults = operation.variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue && variables[variable.name.value] === undefined ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return defaults.length === 0 ? variables : { ...variables, ...Object.fromEntries(defaults) };
}

function rateLimited(retryAfter: number): GraphQLError {
  return new GraphQLError(`You have asked for more than this server answers in a while. Wait ${retryAfter} ${retryAfter === 1 ? "second" : "seconds"}, then send the request again.`, {
    extensions: { code: "RATE_LIMITED", retryAfter, http: { status: 429, headers: new Map([["retry-after", String(retryAfter)]]) } },
  });
}
