import type { Identity } from "../identity/identity.ts";
import { identityText, readIdentity } from "../identity/signed-identity.ts";
import type { SubgraphRequest } from "./subgraph-service.ts";

/**
 * Several calls in one request, for subgraphs that share a process. Each is run as if it had come alone: a transaction, an identity and a log
 * line of its own. Each reply leaves when it is there, on a line of its own after its call's number, so that none waits for another.
 */
export const callsType = "application/vnd.osss.calls+json";
export const repliesType = "application/vnd.osss.replies";

/** In a reply to one call: the subgraphs that take calls together at its address, separated by commas. */
export const togetherHeader = "osss-calls";

/** A query for one of the subgraphs. Mutations and subscriptions come alone. */
export interface OneOfSeveral {
  readonly subgraph: string;
  readonly request: SubgraphRequest;
}

/** A call as it stands in the body of several. */
export function callText(subgraph: string, { document, variables, operationName, identity, requestId, traceparent }: SubgraphRequest): string {
  return `{"subgraph":${JSON.stringify(subgraph)},"identity":${identityText(identity)},${JSON.stringify({ requestId, traceparent, query: document, variables, operationName }).slice(1)}`;
}

export const callsText = (calls: readonly string[]): string => `{"calls":[${calls.join(",")}]}`;

/** The calls of a body that the gateway signed, or null where it is no such body. */
export function readCalls(text: string): OneOfSeveral[] | null {
  const { calls } = JSON.parse(text) as { calls?: unknown };
  if (!Array.isArray(calls)) return null;
  const read: OneOfSeveral[] = [];
  for (const each of calls as Record<string, unknown>[]) {
    const identity: Identity | null = readIdentity(each["identity"]);
    const { subgraph, query, requestId, traceparent } = each;
    if (identity === null || typeof subgraph !== "string" || typeof query !== "string" || typeof requestId !== "string") return null;
    read.push({
      subgraph,
      request: { document: query, variables: each["variables"] as Record<string, unknown> | undefined, operationName: each["operationName"] as string | undefined, identity, requestId, ...(typeof traceparent === "string" ? { traceparent } : {}) },
    });
  }
  return read;
}

/** One reply as it leaves. JSON holds no line breaks. */
export const replyLine = (call: number, reply: unknown): string => `${call} ${JSON.stringify(reply)}\n`;

/** Reads replies out of the pieces in which they arrive. */
export class ReplyLines {
  readonly #got: (call: number, text: string) => void;
  #begun: Buffer[] = [];
  #size = 0;

  /** @param got gets each reply as soon as it is whole. */
  constructor(got: (call: number, text: string) => void) {
    this.#got = got;
  }

  /** Bytes of the reply that is not whole yet. */
  get pending(): number {
    return this.#size;
  }

  /** Which call the reply belongs to that is not whole yet, where that much of it came. */
  get pendingCall(): number | undefined {
    const text = Buffer.concat(this.#begun).subarray(0, 12).toString("latin1");
    return text.includes(" ") ? Number(text.slice(0, text.indexOf(" "))) : undefined;
  }

  add(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      const rest = chunk.subarray(from, end);
      this.#line((this.#begun.length === 0 ? rest : Buffer.concat([...this.#begun, rest])).toString("utf8"));
      this.#begun = [];
      this.#size = 0;
      from = end + 1;
    }
    if (from === chunk.length) return;
    this.#begun.push(from === 0 ? chunk : chunk.subarray(from));
    this.#size += chunk.length - from;
  }

  #line(line: string): void {
    const space = line.indexOf(" ");
    this.#got(Number(line.slice(0, space)), line.slice(space + 1));
  }
}
