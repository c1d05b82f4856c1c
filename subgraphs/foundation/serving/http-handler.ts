import type { IncomingMessage, ServerResponse } from "node:http";
import type { Config } from "../config/config.ts";
import type { Orchestration } from "../crud/across-domains.ts";
import type { Log } from "./log.ts";

/** Answers a request. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What whoever answers requests beside GraphQL has at hand. */
export interface HttpHost {
  readonly config: Config;
  /** Over the domains that its domain orchestrates, or over that one alone. */
  readonly orchestration: Orchestration;
  readonly log: Log;
}
