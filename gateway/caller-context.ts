import { AsyncLocalStorage } from "node:async_hooks";
import type { Identity } from "#foundation/identity/identity";
import type { Traced } from "#foundation/serving/tracing";
import type { AuthorizationMode } from "./authorization/modes.ts";

/** Who asks, in which request. Every layer of the gateway gets it as the GraphQL context value. */
export interface CallerContext {
  readonly identity: Identity;
  /** The program that she uses, as her token names it (`azp`); none where nobody is signed in. */
  readonly client?: string | null;
  /** Named in the reply's `x-request-id`, in the log and in the message of an INTERNAL error. */
  readonly requestId: string;
  /** How closed selections are answered; `filter` unless the request says otherwise. */
  readonly authorization?: AuthorizationMode;
  /** The network address that the request came from. */
  readonly address?: string;
  /** The `Idempotency-Key` header; handed to the subgraphs with mutations only. */
  readonly idempotencyKey?: string;
  /** The client's place in a trace of its own (`traceparent`). */
  readonly traceparent?: string;
  /** The request in its trace, where traces are made. */
  readonly trace?: Traced;
}

/** The context of the HTTP request being answered, for hooks that are called without one (Apollo's formatError). */
export const currentCaller = new AsyncLocalStorage<CallerContext>();
