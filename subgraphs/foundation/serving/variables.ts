import { getVariableValues, type GraphQLError, type GraphQLInputType, type GraphQLSchema, isInputType, isLeafType, isListType, isNonNullType, typeFromAST, valueFromAST, type VariableDefinitionNode } from "graphql";

type Variables = Readonly<Record<string, unknown>>;

/** As graphql-js has them: values by name, with defaults, or what is wrong with them. */
export type Coerced = { readonly coerced: Record<string, unknown>; readonly errors?: undefined } | { readonly coerced?: undefined; readonly errors: readonly GraphQLError[] };

/** Said by a value that graphql-js must look at itself: what is wrong with it, if anything, it tells. */
const unsure = Symbol("unsure");

interface Known {
  readonly name: string;
  readonly coerce: (value: unknown) => unknown;
  readonly absent: (into: Record<string, unknown>) => boolean;
}

/**
 * Prepares the variables of one operation, whose types are looked up once: scalars, enums and lists of them are coerced here; inputs, and all
 * that does not fit, by graphql-js. The results are the same.
 */
export function compileVariables(schema: GraphQLSchema, definitions: readonly VariableDefinitionNode[], options?: { maxErrors?: number }): (variables: Variables) => Coerced {
  const byLibrary = (variables: Variables) => getVariableValues(schema, definitions, variables, options) as Coerced;
  const known: Known[] = [];
  for (const { variable, type: written, defaultValue } of definitions) {
    const name = variable.name.value;
    const type = typeFromAST(schema, written as never) as GraphQLInputType | undefined;
    if (!isInputType(type)) return byLibrary;
    const fallback = defaultValue ? valueFromAST(defaultValue, type) : undefined;
    // A list or an object as a default would be one object for all requests.
    if (typeof fallback === "object" && fallback !== null) return byLibrary;
    known.push({
      name,
      coerce: coerceTo(type),
      absent: (into) => {
        if (defaultValue) into[name] = fallback;
        return defaultValue !== undefined || !isNonNullType(type);
      },
    });
  }
  return (variables) => {
    const coerced = Object.create(null) as Record<string, unknown>;
    for (const { name, coerce, absent } of known) {
      if (!Object.hasOwn(variables, name)) {
        if (!absent(coerced)) return byLibrary(variables);
        continue;
      }
      const value = coerce(variables[name]);
      if (value === unsure) return byLibrary(variables);
      coerced[name] = value;
    }
    return { coerced };
  };
}

function coerceTo(type: GraphQLInputType): (value: unknown) => unknown {
  if (isNonNullType(type)) {
    const inner = coerceTo(type.ofType);
    return (value) => (value === null ? unsure : inner(value));
  }
  if (isListType(type)) {
    const item = coerceTo(type.ofType);
    return (value) => {
      if (value === null) return null;
      if (!Array.isArray(value)) return unsure;
      const items: unknown[] = [];
      for (const each of value) {
        const coerced = item(each);
        if (coerced === unsure) return unsure;
        items.push(coerced);
      }
      return items;
    };
  }
  if (!isLeafType(type)) return (value) => (value === null ? null : unsure);
  return (value) => {
    if (value === null) return null;
    if (value === undefined) return unsure;
    try {
      const parsed = type.parseValue(value);
      return parsed === undefined ? unsure : parsed;
    } catch {
      return unsure;
    }
  };
}
