import { buildSubgraphSchema } from "@apollo/subgraph";
import {
  execute,
  type ExecutionResult,
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from "graphql";
import { BoundedCache } from "#foundation/serving/bounded-cache";

/** A number for a text, the same wherever it is asked. */
export function hashOf(text: string): number {
  let hash = 2166136261;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  return (hash ^ (hash >>> 13)) >>> 0;
}

type Fake = Record<string, unknown> & { readonly __typename: string; readonly __seed: string };

/**
 * A subgraph that knows nothing and answers everything: each value follows from where it stands, its arguments and the salt.
 * Some are null, some fail, some entities are not there; few ids exist, so that equal objects meet in one reply. An id begins
 * with its object's type, so that subgraphs agree on what an object is.
 * @param kinds for an interface object, what its objects are elsewhere.
 */
export function fakeSubgraph(sdl: string, kinds: Readonly<Record<string, readonly string[]>> = {}): (document: string, variables: Record<string, unknown>, salt: string) => Promise<ExecutionResult> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl) }]);
  const documents = new BoundedCache<string, ReturnType<typeof parse>>(500);
  for (const type of Object.values(schema.getTypeMap())) {
    if ((!isObjectType(type) && !isInterfaceType(type)) || type.name.startsWith("__")) continue;
    const members = isInterfaceType(type) ? schema.getPossibleTypes(type) : [type];
    const resolveReference = async (reference: Record<string, unknown>, { salt }: { salt: string }) => {
      const seed = `${type.name} ${JSON.stringify(reference)}`;
      const hash = hashOf(`${salt} ${seed}`);
      if (hash % 13 === 0) return null;
      if (hash % 29 === 1) throw new GraphQLError(`No reference ${seed}`, { extensions: { code: "CONFLICT" } });
      return { ...reference, __typename: typeOfReference(reference, members.map(({ name }) => name), hash), __seed: seed };
    };
    type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference } } };
  }
  return async (document, variables, salt) =>
    execute({
      schema,
      document: documents.getOrMake(document, () => parse(document, { noLocation: true })),
      variableValues: variables,
      contextValue: { salt, kinds },
      rootValue: { __typename: "Root", __seed: "root" },
      fieldResolver: (source: Fake, args: unknown, context: Context, info) => valueOf(source, args, context, info),
      typeResolver: ({ __typename }: Fake) => __typename,
    });
}

interface Context {
  readonly salt: string;
  readonly kinds: Readonly<Record<string, readonly string[]>>;
}

function typeOfReference({ id }: Record<string, unknown>, members: readonly string[], hash: number): string {
  return members.find((name) => typeof id === "string" && id.startsWith(`${name}-`)) ?? members[hash % members.length]!;
}

function valueOf(source: Fake, args: unknown, { salt, kinds }: Context, info: GraphQLResolveInfo): unknown {
  if (Object.hasOwn(source, info.fieldName)) return source[info.fieldName];
  if (info.fieldName === "id") {
    const hash = hashOf(`${salt} ${source.__seed}`);
    const names = kinds[source.__typename] ?? [source.__typename];
    return `${names[hash % names.length]}-${hash % 7}`;
  }
  const seed = `${source.__seed}.${info.fieldName}${JSON.stringify(args)}`;
  if (hashOf(`${salt} error ${seed}`) % 47 === 0) throw new GraphQLError(`Fault at ${info.parentType.name}.${info.fieldName}`, { extensions: { code: "CONFLICT" } });
  return fake(info.returnType, `${salt} ${seed}`, info.schema, info.fieldName);
}

function fake(type: GraphQLOutputType, seed: string, schema: GraphQLSchema, field: string): unknown {
  const hash = hashOf(seed);
  if (isNonNullType(type)) return fake(type.ofType, `${seed}!`, schema, field);
  if (!seed.endsWith("!") && hash % 11 === 0) return null;
  if (isListType(type)) return Array.from({ length: hash % 5 }, (_, index) => fake(type.ofType, `${seed}[${index}]`, schema, field));
  if (isEnumType(type)) return type.getValues()[hash % type.getValues().length]!.name;
  if (isAbstractType(type)) {
    const members = schema.getPossibleTypes(type);
    return { __typename: members[hash % members.length]!.name, __seed: seed };
  }
  if (isObjectType(type)) return { __typename: type.name, __seed: seed };
  switch (type.name) {
    case "ID":
      return `${field}-${hash % 4}`;
    case "Int":
      return hash % 1000;
    case "Float":
      return (hash % 1000) / 4;
    case "Boolean":
      return hash % 2 === 0;
    case "String":
      return `text ${hash % 100}`;
    default:
      return hash % 9 === 0 ? { any: [hash % 3, { thing: "of a custom scalar" }] } : `${type.name} ${hash % 100}`;
  }
}
