import { buildSchema, type ExecutionResult, executeSync, getNamedType, type GraphQLSchema, isObjectType, parse } from "graphql";
import { opens, readRoleRules } from "#foundation/access/has-role";
import type { Identity } from "#foundation/identity/identity";
import { composed, type District } from "./school-federation.ts";

const rules = readRoleRules(composed.supergraphSdl);

/**
 * The same graph as one ordinary schema in graphql-js, with no planner, no subgraph and no pruning: what is closed is
 * null because its resolver says so. What the gateway replies must be equal to what this replies.
 */
export function singleSchema(): GraphQLSchema {
  const schema = buildSchema(composed.apiSdl);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      const target = getNamedType(field.type).name;
      field.resolve = (source: Record<string, unknown>, args, { district, identity }: { district: District; identity: Identity }) => {
        if (!opens(rules.get(coordinate), identity.roles) || !opens(rules.get(target), identity.roles)) return null;
        const root = type === schema.getQueryType() ? district.roots[field.name] : undefined;
        return withoutClosed(root ? root(args as Record<string, unknown>) : source[field.name], identity);
      };
    }
  }
  return schema;
}

export function askSingle(schema: GraphQLSchema, text: string, variables: Record<string, unknown>, district: District, identity: Identity): ExecutionResult {
  return executeSync({ schema, document: parse(text), variableValues: variables, contextValue: { district, identity } });
}

function withoutClosed(value: unknown, identity: Identity): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutClosed(item, identity));
  const named = (value as { __typename?: string } | null | undefined)?.__typename;
  return named !== undefined && !opens(rules.get(named), identity.roles) ? null : value;
}
