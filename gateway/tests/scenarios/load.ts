import { graphqlAt, type GraphQLReply } from "#foundation/testing/started-platform";

/** Callers who ask without a pause, and what came of it. */
export interface Load {
  /** Every reply that was not as it should be, and every request that got none. */
  readonly wrong: string[];
  /** Replies that said that a part cannot be reached at the moment. */
  readonly unavailable: () => number;
  readonly answered: () => number;
  /** Resolves when so many more replies have come, or something was wrong. */
  more(replies: number): Promise<void>;
  /** Lets each caller end after its present request. */
  stop(): Promise<void>;
  /** Resolves when nobody answers at the address any more. */
  readonly gone: Promise<void>;
}

export interface LoadOptions {
  readonly url: string;
  readonly token: string;
  readonly callers: number;
  /** Each with the reply that it must have, where that is known. */
  readonly queries: readonly { readonly query: string; readonly expected?: unknown }[];
  /** A part may be missing for a while: such a reply must say so, and be right in all else. */
  readonly mayMiss?: () => boolean;
}

/** Whether a reply is the expected one where something may be missing: null, with an error, in the place of a value. */
export function agrees(found: unknown, expected: unknown): boolean {
  if (found === null) return true;
  if (typeof found !== "object" || typeof expected !== "object" || expected === null) return found === expected;
  const [mine, theirs] = [found as Record<string, unknown>, expected as Record<string, unknown>];
  return Object.keys(mine).length === Object.keys(theirs).length && Object.keys(mine).every((key) => agrees(mine[key], theirs[key]));
}

export function putUnderLoad({ url, token, callers, queries, mayMiss = () => false }: LoadOptions): Load {
  const wrong: string[] = [];
  let answered = 0;
  let missed = 0;
  let stopping = false;
  const call = async (caller: number) => {
    for (let turn = caller; !stopping; turn++) {
      const { query, expected } = queries[turn % queries.length]!;
      let reply: GraphQLReply;
      try {
        reply = await graphqlAt(url, token, query);
      } catch (error) {
        const { cause, message } = error as Error & { cause?: { code?: string; errors?: { code?: string }[] } };
        if (cause?.code === "ECONNREFUSED" || cause?.errors?.every(({ code }) => code === "ECONNREFUSED")) return;
        return void wrong.push(`lost: ${message}, ${String(cause)}`);
      }
      answered++;
      if (reply.errors) {
        missed++;
        if (!mayMiss() || reply.errors.some(({ extensions }) => extensions["code"] !== "UNAVAILABLE")) wrong.push(JSON.stringify(reply));
        // Whoever is told to try again in a few seconds does not ask again at once.
        await new Promise((resolve) => setTimeout(resolve, 50));
      } else if (!reply.data) wrong.push(JSON.stringify(reply));
      if (reply.data && expected !== undefined && (reply.errors ? !agrees(reply.data, expected) : JSON.stringify(reply.data) !== JSON.stringify(expected))) wrong.push(`another reply: ${JSON.stringify(reply)}`);
    }
  };
  const gone = Promise.all(Array.from({ length: callers }, (_, caller) => call(caller))).then(() => undefined);
  return {
    wrong,
    unavailable: () => missed,
    answered: () => answered,
    async more(replies) {
      for (const until = answered + replies; answered < until && wrong.length === 0; ) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    stop() {
      stopping = true;
      return gone;
    },
    gone,
  };
}
