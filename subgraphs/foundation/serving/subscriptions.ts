import { createSourceEventStream, type DocumentNode, execute, type ExecutionResult, GraphQLError, type GraphQLSchema, parse, validate } from "graphql";

/** What one subscriber of a subgraph gets: replies, until somebody ends it. `return()` ends it at once, also while it waits. */
export type ReplyStream = AsyncIterableIterator<ExecutionResult>;

export interface StreamContext<Context> {
  /** For opening the stream. */
  readonly opening: Context;
  /** Runs the selection of one event in a context of its own. */
  readonly each: (run: (context: Context) => Promise<ExecutionResult>) => Promise<ExecutionResult>;
}

/**
 * Opens a subscription on a subgraph's schema.
 * @returns the stream, or the one reply that refuses it.
 */
export async function openStream<Context>(
  schema: GraphQLSchema,
  request: { document: string; operationName?: string; variables?: Readonly<Record<string, unknown>> },
  { opening, each }: StreamContext<Context>,
): Promise<ReplyStream | ExecutionResult> {
  let document: DocumentNode;
  try {
    document = parse(request.document);
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
  const problems = validate(schema, document);
  if (problems.length > 0) return { errors: problems };
  const common = { schema, document, operationName: request.operationName, variableValues: request.variables };
  const source = await createSourceEventStream({ ...common, contextValue: opening });
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]() as AsyncIterator<unknown>;
  let ended = false;
  const done = { done: true, value: undefined } as const;
  const stream: ReplyStream = {
    async next() {
      if (ended) return done;
      try {
        const event = await events.next();
        if (event.done) return (ended = true), done;
        return { done: false, value: await each(async (contextValue) => execute({ ...common, rootValue: event.value, contextValue })) };
      } catch (error) {
        // The stream ended for a reason: it is its last word, and nobody asks it again.
        ended = true;
        await events.return?.().catch(() => undefined);
        const { extensions } = error as { extensions?: Record<string, unknown> };
        return { done: false, value: { errors: [new GraphQLError((error as Error).message, { originalError: error as Error, extensions: { ...extensions } })] } };
      }
    },
    async return() {
      ended = true;
      await events.return?.();
      return done;
    },
    async throw(error) {
      ended = true;
      await events.return?.();
      throw error;
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}
