import type { SubgraphService } from "#foundation/serving/subgraph-service";
import type { DataSource, SubgraphReply } from "./data-source.ts";

/**
 * A subgraph in the gateway's own process: its documents go to the service as text, without serialising anything.
 * @param report gets what a service throws; the caller sees INTERNAL.
 */
export function inProcess(service: SubgraphService, report: (error: unknown) => void = () => {}): DataSource {
  const failed = (error: unknown): SubgraphReply => {
    report(error);
    const { message, extensions, code } = error as { message?: string; extensions?: Record<string, unknown>; code?: unknown };
    return { errors: [{ message: message ?? "The subgraph failed.", extensions: { code, ...extensions } }] };
  };
  return {
    execute: (request) => service.execute(request).catch(failed),
    subscribe: (request) => service.subscribe(request).catch(failed),
    close: () => service.close(),
  };
}
