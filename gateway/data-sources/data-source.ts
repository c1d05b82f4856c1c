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

/** Where the gateway sends one subgraph's documents. */
export interface DataSource {
  /** Never rejects: a subgraph that cannot answer is a reply with an error UNAVAILABLE or INTERNAL. */
  execute(request: SubgraphRequest): Promise<SubgraphReply>;
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
