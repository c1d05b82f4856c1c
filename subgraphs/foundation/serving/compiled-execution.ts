import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  Kind,
  parse,
  validate,
  visit,
} from "graphql";
import { compileQuery, isCompiledQuery } from "graphql-jit";
import { BoundedCache } from "./bounded-cache.ts";
import { compileVariables } from "./variables.ts";

/** Executes one document's text against a schema. Never rejects for what a document or a resolver does wrong. */
export type CompiledExecutor = (
  document: string,
  operationName: string | undefined,
  variables: Readonly<Record<string, unknown>> | undefined,
  context: unknown,
) => Promise<ExecutionResult>;

/** What the compiled executors of this process did so far, for the metrics page. */
export const compiledExecutionCounts = { compiled: 0, interpreted: 0, refused: 0, hits: 0 };

/** How many operations of one document are kept compiled; more are compiled again each time. */
const operationsOfDocument = 16;

type Prepared = (variables: Readonly<Record<string, unknown>> | undefined, context: unknown) => ExecutionResult | Promise<ExecutionResult>;

/**
 * Parses, validates and compiles each document once, and keeps the newest. What graphql-jit cannot compile runs in
 * graphql-js with the same replies. Every error that comes out is a GraphQLError whose `extensions` exist.
 *
 * graphql-jit cannot wait for a `resolveType`, so the schema's asynchronous ones are replaced, in place, by one that
 * asks the value: its `__typename`, then the members' `isTypeOf`, then the name of its class.
 * @param options.capacity how many documents are kept, 2,000 unless told.
 */
export function createCompiledExecutor(schema: GraphQLSchema, options: { capacity?: number } = {}): CompiledExecutor {
  resolveTypesAtOnce(schema);
  // By document and then by name: a long text made of both would be read again each time, only to be found.
  const prepared = new BoundedCache<string, Map<string | undefined, Prepared>>(options.capacity ?? 2_000);
  return async (document, operationName, variables, context) => {
    const named = prepared.getOrMake(document, () => new Map());
    let run = named.get(operationName);
    if (run === undefined) {
      run = prepare(schema, document, operationName);
      if (named.size < operationsOfDocument) named.set(operationName, run);
    } else {
      compiledExecutionCounts.hits++;
    }
    try {
      return withExtensions(await run(variables, context));
    } catch (error) {
      return { data: null, errors: [toGraphQLError(error)] };
    }
  };
}

function prepare(schema: GraphQLSchema, text: string, operationName: string | undefined): Prepared {
  let document: DocumentNode;
  try {
    document = parse(text);
  } catch (error) {
    return refused([toGraphQLError(error)]);
  }
  const problems = validate(schema, document);
  if (problems.length > 0) return refused(problems);
  const compiled = compile(schema, document, operationName);
  if (compiled !== null) {
    compiledExecutionCounts.compiled++;
    return compiled;
  }
  compiledExecutionCounts.interpreted++;
  return (variableValues, contextValue) => execute({ schema, document, operationName, variableValues, contextValue });
}

function compile(schema: GraphQLSchema, document: DocumentNode, operationName: string | undefined): Prepared | null {
  const operation = getOperationAST(document, operationName);
  const definitions = operation?.variableDefinitions ?? [];
  try {
    const compiled = compileQuery(withCoerced(schema), withCoercedVariables(document), operationName);
    if (!isCompiledQuery(compiled)) return null;
    const coerce = compileVariables(schema, definitions);
    return (variables, context) => {
      const { coerced, errors } = coerce(variables ?? {});
      return errors ? { errors } : compiled.query(undefined, context, coerced);
    };
  } catch {
    return null;
  }
}

/** A value that graphql-js has already checked and coerced. */
const coercedValue = new GraphQLScalarType({ name: "CoercedValue__" });

/**
 * Variables are coerced by graphql-js, and graphql-jit is told that they are plain values: it unrolls inputs that contain themselves (every
 * filter) to a depth of ten, which takes seconds and hundreds of megabytes a document, and it ignores the default of a non-null variable.
 */
function withCoercedVariables(document: DocumentNode): DocumentNode {
  const type = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: coercedValue.name } } as const;
  return visit(document, { VariableDefinition: (definition) => ({ ...definition, type, defaultValue: undefined }) });
}

const extended = new WeakMap<GraphQLSchema, GraphQLSchema>();

/** The same schema, which knows the type of coerced values besides. */
function withCoerced(schema: GraphQLSchema): GraphQLSchema {
  const known = extended.get(schema);
  if (known) return known;
  const made = Object.create(schema, { getType: { value: (name: string) => (name === coercedValue.name ? coercedValue : schema.getType(name)) } }) as GraphQLSchema;
  extended.set(schema, made);
  return made;
}

function refused(errors: readonly GraphQLError[]): Prepared {
  compiledExecutionCounts.refused++;
  return () => ({ errors });
}

/**
 * graphql-jit's errors are plain objects of a class of its own, some of them without `extensions`. A reply without data was refused
 * before any resolver ran, for what the caller sent.
 */
function withExtensions(result: ExecutionResult): ExecutionResult {
  if (result.errors === undefined || result.errors.length === 0) return result;
  const errors = result.errors.map(toGraphQLError);
  if (!("data" in result)) for (const error of errors) error.extensions.code ??= "VALIDATION_FAILED";
  return { ...result, errors };
}

function toGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError && error.extensions !== undefined && error.extensions !== null) return error;
  const { message, path, originalError, extensions } = error as Partial<GraphQLError>;
  const cause = originalError ?? (error instanceof Error ? error : undefined);
  return new GraphQLError(message ?? String(error), {
    path,
    originalError: cause,
    extensions: { ...(cause as Partial<GraphQLError> | undefined)?.extensions, ...extensions },
  });
}

function resolveTypesAtOnce(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isAbstractType(type) || type.name === "_Entity") continue;
    const own = type.resolveType;
    if (own && own.constructor.name !== "AsyncFunction") continue;
    const members = schema.getPossibleTypes(type);
    type.resolveType = (value, context, info) => {
      const named = (value as { __typename?: unknown } | null)?.__typename;
      if (typeof named === "string") return named;
      const member =
        members.find((each) => each.isTypeOf?.(value, context, info) === true) ??
        members.find((each) => isObjectType(each) && each.name === (value as object).constructor?.name);
      if (member) return member.name;
      throw new Error(`A value of ${type.name} must carry __typename, or be an object of a class named after its type.`);
    };
  }
}
