import { type DocumentNode, type ExecutionResult, GraphQLError, Kind, parse, validate, type GraphQLFormattedError } from "graphql";
import { OsssError } from "#foundation/errors/errors";
import type { Tracing } from "#foundation/serving/tracing";
import type { CallerContext } from "../caller-context.ts";
import type { KnownOperation } from "../executor/prepare.ts";
import type { DocumentLimits, Limits } from "../limits/limits.ts";
import type { PersistedOperations } from "../persisted/operations.ts";
import { withPersisted } from "../persisted/request.ts";
import { accountOf } from "../limits/budget.ts";
import type { Holdings, StreamCaps } from "./caps.ts";
import type { SupergraphGateway } from "../supergraph-gateway.ts";
import type { ResultStream } from "./run-subscription.ts";

/** What a client sends over a long connection. */
export interface StreamRequest {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

export interface StreamParts {
  readonly gateway: SupergraphGateway;
  readonly documents: DocumentLimits;
  readonly limits: Limits;
  readonly persisted: PersistedOperations;
  readonly caps: StreamCaps;
  /** Subscriptions of each caller. */
  readonly held: Holdings;
  readonly tracing: Tracing | null;
  readonly mask: (error: unknown, caller: Pick<CallerContext, "requestId"> & Partial<CallerContext>) => GraphQLFormattedError;
}

/** A reply as it leaves: errors masked. */
export interface MaskedResult {
  readonly data?: unknown;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/**
 * Operations that come over WebSocket or ask for an event stream, under the rules of every other: persisted operations, document limits,
 * validation, roles, cost, masks. The HTTP server's hooks do not run for them.
 */
export class StreamRequests {
  readonly #parts: StreamParts;

  constructor(parts: StreamParts) {
    this.#parts = parts;
  }

  /**
   * Runs an operation: a stream for a subscription that is let in, one reply for all else. Its piece of a trace ends with the reply, that of
   * a subscription when it is open; each event makes a trace of its own, linked to it.
   */
  async run(request: StreamRequest, caller: CallerContext): Promise<AsyncIterableIterator<MaskedResult> | MaskedResult> {
    const trace = this.#parts.tracing?.begin("graphql", caller.traceparent);
    if (trace === undefined) return this.#run(request, caller, () => undefined);
    let known: KnownOperation | null = null;
    const outcome = await this.#run(request, { ...caller, trace }, (operation) => (known = operation));
    const errors = Symbol.asyncIterator in outcome ? [] : (outcome.errors ?? []);
    trace.end({ "osss.request_id": caller.requestId, "osss.errors": errors.length, ...(known === null ? {} : aboutOperation(known)) }, Symbol.asyncIterator in outcome || outcome.data ? undefined : (errors[0]?.extensions?.["code"] as string | undefined));
    return outcome;
  }

  async #run(request: StreamRequest, caller: CallerContext, read: (operation: KnownOperation) => void): Promise<AsyncIterableIterator<MaskedResult> | MaskedResult> {
    const { gateway } = this.#parts;
    try {
      const operation = this.#read(request);
      read(operation);
      const variables = request.variables ?? {};
      if (typeof variables !== "object" || Array.isArray(variables)) throw badRequest("The variables must be an object, such as {\"id\": \"1\"}.");
      if (operation.kind !== "subscription") return this.#masked(await gateway.answer(operation, variables as Record<string, unknown>, caller), caller);
      return await this.#subscribe(operation, variables as Record<string, unknown>, caller);
    } catch (error) {
      return { errors: [this.#parts.mask(error, caller)] };
    }
  }

  async #subscribe(operation: KnownOperation, variables: Record<string, unknown>, caller: CallerContext): Promise<AsyncIterableIterator<MaskedResult> | MaskedResult> {
    const { gateway, held, caps } = this.#parts;
    const release = await held.take(accountOf(caller));
    if (release === null) throw tooMany(caps.subscriptionsPerCaller);
    try {
      const opened = await gateway.subscribe(operation, variables, caller);
      if (Symbol.asyncIterator in opened) return this.#maskedStream(opened, caller, release);
      release();
      return this.#masked(opened, caller);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** An error that came before there was a caller, as it leaves. */
  masked(error: unknown, requestId: string): GraphQLFormattedError {
    return this.#parts.mask(error, { requestId });
  }

  #read(request: StreamRequest): KnownOperation {
    const { gateway, documents, limits, persisted } = this.#parts;
    const { query, operationName } = withPersisted(request, persisted) as StreamRequest;
    if (typeof query !== "string" || query === "") throw badRequest("Send the operation as text in query.");
    const exceeded = documents.exceededBy(query);
    if (exceeded) throw exceeded;
    const name = typeof operationName === "string" ? operationName : null;
    const key = `stream ${query}`;
    const known = gateway.preparer.operations.get(name ? `${key}:${name}` : key);
    if (known) return known;
    const document = parsed(query, limits.tokens);
    // The library's validation stumbles over a condition on the root of a subscription.
    if (document.definitions.some((d) => d.kind === Kind.OPERATION_DEFINITION && d.operation === "subscription" && d.selectionSet.selections.some((s) => (s.directives?.length ?? 0) > 0))) throw badRequest("The root field of a subscription takes no directive. Leave it away, or send another subscription.");
    const problems = validate(gateway.supergraph.apiSchema, document);
    if (problems.length > 0) throw new GraphQLError(problems[0]!.message, { nodes: problems[0]!.nodes, extensions: { code: "VALIDATION_FAILED" } });
    return gateway.preparer.known(key, document, name);
  }

  #masked(result: ExecutionResult, caller: CallerContext): MaskedResult {
    return result.errors ? { ...result, errors: result.errors.map((error) => this.#parts.mask(error, caller)) } : result;
  }

  #maskedStream(stream: ResultStream, caller: CallerContext, release: () => void): AsyncIterableIterator<MaskedResult> {
    const masked: AsyncIterableIterator<MaskedResult> = {
      next: async () => {
        const { done, value } = await stream.next();
        if (!done) return { done: false, value: this.#masked(value as ExecutionResult, caller) };
        release();
        return { done: true, value: undefined };
      },
      return: async () => {
        release();
        await stream.return!();
        return { done: true, value: undefined };
      },
      throw: async (error) => {
        release();
        await stream.return!();
        throw error;
      },
      [Symbol.asyncIterator]: () => masked,
    };
    return masked;
  }
}

function aboutOperation({ kind, written }: KnownOperation): Record<string, string> {
  const name = written.operation.name?.value;
  return { "graphql.operation.type": kind, ...(name === undefined ? {} : { "graphql.operation.name": name.slice(0, 100) }) };
}

/** What ends every stream of a token that ends. A client that refreshes its token may subscribe again at once. */
export const tokenEnded = (): GraphQLError => {
  const error = OsssError.unauthenticated("Your sign-in has ended. Refresh it, then subscribe again with your last cursor.");
  return new GraphQLError(error.message, { extensions: { ...error.extensions, retriable: true } });
};

const tooMany = (most: number) =>
  new GraphQLError(`One account holds at most ${most} subscriptions at a time, on all its devices together. End some of them first.`, { extensions: { code: "LIMIT_EXCEEDED", limit: most } });

function parsed(query: string, maxTokens: number): DocumentNode {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    throw new GraphQLError((error as GraphQLError).message, { source: (error as GraphQLError).source, positions: (error as GraphQLError).positions, extensions: { code: "VALIDATION_FAILED" } });
  }
}

const badRequest = (message: string) => new GraphQLError(message, { extensions: { code: "VALIDATION_FAILED" } });
