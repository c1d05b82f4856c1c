import { operationFromDocument, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, type Schema, Supergraph } from "@apollo/federation-internals";
import { type QueryPlan, QueryPlanner } from "@apollo/query-planner";
import { type GraphQLSchema, Kind } from "graphql";
import { describeRoles, readRoleRules } from "#foundation/access/has-role";
import { type KeyFields, readKeyFields } from "../authorization/alias-guard.ts";
import type { OperationParts } from "../authorization/prune.ts";
import { RoleGate } from "../authorization/role-gate.ts";
import { VisibleSchemas } from "../authorization/visible-schema.ts";
import { readRequiredFields, type RequiredFields } from "./plan-keys.ts";

/** A supergraph made ready: what callers see, what the planner needs, and the role rules. */
export interface LoadedSupergraph {
  readonly sdl: string;
  /** What callers see, and what replies are shaped by. */
  readonly apiSchema: GraphQLSchema;
  /** The same in the planner's own form. */
  readonly plannerSchema: Schema;
  /** With inaccessible types: what subgraph replies are merged by. */
  readonly supergraphSchema: GraphQLSchema;
  readonly subgraphs: readonly string[];
  readonly gate: RoleGate;
  /** What callers may know of the API schema, by their roles. */
  readonly visible: VisibleSchemas;
  readonly keyFields: KeyFields;
  readonly requiredFields: RequiredFields;
  /** @throws GraphQLError where the planner refuses the operation. */
  plan(parts: OperationParts): QueryPlan;
}

/**
 * Reads a supergraph. It carries `@link(for: SECURITY)`, which ApolloGateway refuses to load since it would not enforce
 * it; here the rules are read and enforced, so the features of the router are accepted.
 */
export function loadSupergraph(sdl: string): LoadedSupergraph {
  const supergraph = Supergraph.build(sdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  const plannerSchema = supergraph.apiSchema();
  const rules = readRoleRules(sdl);
  const apiSchema = describeRoles(plannerSchema.toGraphQLJSSchema(), rules);
  const planner = new QueryPlanner(supergraph);
  const gate = new RoleGate(apiSchema, rules);
  return {
    sdl,
    apiSchema,
    plannerSchema,
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    subgraphs: [...supergraph.subgraphsMetadata()].map(({ name }) => name),
    gate,
    visible: new VisibleSchemas(apiSchema, gate, [...rules.keys()].sort()),
    keyFields: readKeyFields(sdl),
    requiredFields: readRequiredFields(sdl),
    plan: ({ operation, fragments }) =>
      planner.buildQueryPlan(
        operationFromDocument(
          plannerSchema,
          { kind: Kind.DOCUMENT, definitions: [operation, ...Object.values(fragments)] },
          { validate: false },
        ),
      ),
  };
}
