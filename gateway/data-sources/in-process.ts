import type { SubgraphService } from "#foundation/serving/subgraph-service";
import type { DataSource } from "./data-source.ts";

/**
 * A subgraph in the gateway's own process: its documents go to the service as text, without serialising anything.
 * @param report gets what a service throws; the caller sees INTERNAL.
 */
export function inProcess(service: SubgraphService, report: (error: unknown) => void = () => {}): DataSource {
  return {
    async execute(request) {
      try {
        return await service.execute(request);
      } catch (error) {
        report(error);
        const { message, extensions, code } = error as { message?: string; extensions?: Record<string, unknown>; code?: unknown };
        return { errors: [{ message: message ?? "The subgraph failed.", extensions: { code, ...extensions } }] };
      }
    },
    close: () => service.close(),
  };
}
