import type { SubgraphRequest } from "#foundation/serving/subgraph-service";

/** One error of a subgraph's reply; `path` is the path inside that reply. */
export interface SubgraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A subgraph's reply. `data` is the caller's to change: the gateway merges into it. */
export interface SubgraphReply {
  readonly data?: unknown;
  readonly errors?: readonly SubgraphError[];
}

/** The replies of a subscription. */
export type SubgraphStream = AsyncIterableIterator<SubgraphReply>;

export const isStream = (answer: SubgraphStream | SubgraphReply): answer is SubgraphStream => Symbol.asyncIterator in answer;

/** Where the gateway sends one subgraph's documents. */
export interface DataSource {
  /** Never rejects: a subgraph that cannot answer is a reply with an error UNAVAILABLE or INTERNAL. */
  execute(request: SubgraphRequest): Promise<SubgraphReply>;
  /** Opens a subscription; a reply instead of a stream refuses it. `return()` of the stream frees everything behind it at once. */
  subscribe?(request: SubgraphRequest): Promise<SubgraphStream | SubgraphReply>;
  close?(): Promise<void>;
}

/** What the caller reads when a subgraph does not answer. Names neither the subgraph nor its host. */
export const unavailableReply: () => SubgraphReply = () => ({
  errors: [
    {
      message: "Part of this reply cannot be reached at the moment. Try again in a few seconds.",
      extensions: { code: "UNAVAILABLE" },
    },
  ],
});
