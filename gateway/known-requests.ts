import type { HTTPGraphQLResponse } from "@apollo/server";
import { HeaderMap } from "@apollo/server";
import type { ExecutionResult, GraphQLFormattedError } from "graphql";
import { BoundedCache } from "#foundation/serving/bounded-cache";
import type { CallerContext } from "./caller-context.ts";
import { type KnownOperation, operationCapacity } from "./executor/prepare.ts";
import type { SupergraphGateway } from "./supergraph-gateway.ts";

export interface KnownRequestsParts {
  readonly gateway: SupergraphGateway;
  readonly mask: (error: unknown, caller: CallerContext) => GraphQLFormattedError;
}

/** A request whose operation is known, ready to be answered. */
export interface KnownRequest {
  readonly operation: KnownOperation;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly contentType: string;
}

/** Operations of one text, and different `accept` headers, that are remembered. */
const [operationsOfText, acceptCapacity] = [16, 100];

/**
 * Requests for operations that Apollo Server has read, validated and answered before. What it does besides (a hash of the text, the search
 * for the same document, negotiation, copies of the headers) costs more than many operations do, and would come to the same: so these are
 * answered without it, in the same words. All others are its to read, and whatever is wrong with one is its to say.
 */
export class KnownRequests {
  readonly #parts: KnownRequestsParts;
  readonly #operations = new BoundedCache<string, Map<string | undefined, KnownOperation>>(operationCapacity);
  readonly #contentTypes = new BoundedCache<string, string>(acceptCapacity);

  constructor(parts: KnownRequestsParts) {
    this.#parts = parts;
  }

  /** An operation that was answered, by the text and the name that asked for it. */
  learn(text: string, operationName: string | undefined, operation: KnownOperation): void {
    const named = this.#operations.getOrMake(text, () => new Map());
    if (named.size < operationsOfText || named.has(operationName)) named.set(operationName, operation);
  }

  /** How an answer was written for those who accept this. */
  learnType(accept: string | undefined, contentType: string | undefined): void {
    if (contentType !== undefined) this.#contentTypes.set(accept ?? "", contentType);
  }

  /** @param asked the body of a POST, from which nothing but the operation was read. */
  find(asked: unknown, accept: string | undefined): KnownRequest | null {
    const { query, operationName, variables, extensions } = asked as Readonly<Record<string, unknown>>;
    if (typeof query !== "string" || !isRecordOrNone(variables) || !isRecordOrNone(extensions) || extensions?.["persistedQuery"] !== undefined) return null;
    if (operationName !== undefined && operationName !== null && typeof operationName !== "string") return null;
    const operation = this.#operations.get(query)?.get(operationName ?? undefined);
    // Another supergraph may have other fields: the text is validated again.
    if (operation === undefined || operation.preparer !== this.#parts.gateway.preparer) return null;
    const contentType = this.#contentTypes.get(accept ?? "");
    return contentType === undefined ? null : { operation, variables: variables ?? {}, contentType };
  }

  async answer({ operation, variables, contentType }: KnownRequest, caller: CallerContext): Promise<{ reply: HTTPGraphQLResponse; extensions: ExecutionResult["extensions"] }> {
    const { gateway, mask } = this.#parts;
    const thrown = (error: unknown): ExecutionResult => ({ errors: [error as NonNullable<ExecutionResult["errors"]>[number]] });
    let failed = false;
    const result = await gateway.answer(operation, variables, caller).catch((error: unknown) => {
      failed = true;
      return thrown(error);
    });
    const headers = new HeaderMap([["content-type", contentType]]);
    let status: number | undefined;
    for (const error of result.errors ?? []) {
      const http = (error as Partial<typeof error>).extensions?.["http"] as { status?: number; headers?: ReadonlyMap<string, string> } | undefined;
      status = http?.status ?? status;
      for (const [name, value] of http?.headers ?? []) headers.set(name, value);
    }
    if (result.errors && result.errors.length > 0 && result.data === undefined) status ??= failed ? 500 : 400;
    const errors = result.errors?.map((error) => mask(error, caller));
    return { reply: { status, headers, body: { kind: "complete", string: JSON.stringify({ errors, data: result.data, extensions: result.extensions }) } }, extensions: result.extensions };
  }
}

function isRecordOrNone(value: unknown): value is Readonly<Record<string, unknown>> | undefined | null {
  return value === undefined || value === null || (typeof value === "object" && !Array.isArray(value));
}
