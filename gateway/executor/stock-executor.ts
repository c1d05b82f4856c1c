import type { executeQueryPlan } from "@apollo/gateway";
import type { QueryPlan } from "@apollo/query-planner";
import type { ExecutionResult } from "graphql";
import type { OperationParts } from "../authorization/prune.ts";
import type { PlanRun } from "./run-plan.ts";
import type { LoadedSupergraph } from "./supergraph.ts";

type Execute = typeof executeQueryPlan;
type RequestContext = Parameters<Execute>[2];
type Service = Parameters<Execute>[1][string];

/**
 * Runs a plan with @apollo/gateway's own executor: the fallback for plans that ours does not know, and what ours is compared
 * with. Loaded when first needed.
 * @param parts the operation that the reply is shaped by.
 */
export async function runStock(supergraph: LoadedSupergraph, plan: QueryPlan, parts: OperationParts, run: PlanRun): Promise<ExecutionResult> {
  const { executeQueryPlan: execute } = await import("@apollo/gateway");
  const services = Object.fromEntries(supergraph.subgraphs.map((name) => [name, serviceOf(name, parts, run)]));
  const requestContext = { request: { variables: run.variables }, metrics: {}, context: {}, logger: silent } as unknown as RequestContext;
  const { data, errors } = await execute(
    plan,
    services,
    requestContext,
    { schema: supergraph.apiSchema, operation: parts.operation, fragments: { ...parts.fragments } },
    supergraph.supergraphSchema,
    supergraph.plannerSchema,
  );
  return { data, errors };
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

function serviceOf(name: string, parts: OperationParts, run: PlanRun): Service {
  return {
    async process({ request }) {
      const reply = await run.call(name, {
        document: request.query ?? "",
        operationName: request.operationName,
        variables: request.variables ?? {},
        writes: parts.operation.operation === "mutation" && !request.variables?.["representations"],
      });
      return reply as Awaited<ReturnType<Service["process"]>>;
    },
  };
}
