import { type GraphQLCompositeType, GraphQLError, type GraphQLOutputType, type GraphQLSchema, isCompositeType, isListType, isNonNullType, isObjectType } from "graphql";
import { BoundedCache } from "#foundation/serving/bounded-cache";
import type { OperationParts } from "../authorization/prune.ts";
import { introspect } from "./introspection.ts";
import { fieldsOf, type SelectedField, type Selections, switchesOf } from "./selections.ts";

/** Objects as subgraphs send them. */
export type Received = Record<string, unknown>;
type Variables = Readonly<Record<string, unknown>>;

/** The reply's data, and what in it was not as the schema promises. */
export interface Shaped {
  readonly data: Received | null;
  readonly errors: readonly GraphQLError[];
}

/**
 * The exact shape of an operation's reply: order and names as asked, what is missing null, null where the schema forbids
 * it carried upwards, fragments applied by the type of each object. Compiled once for each outcome of the operation's
 * @skip and @include.
 */
export class ReplyShape {
  readonly #schema: GraphQLSchema;
  readonly #parts: OperationParts;
  readonly #switches: readonly string[];
  readonly #byOutcome = new BoundedCache<string, Selections>(64);

  constructor(schema: GraphQLSchema, parts: OperationParts) {
    this.#schema = schema;
    this.#parts = parts;
    this.#switches = switchesOf(parts);
  }

  /**
   * @param received what the plan's fetches were merged into. It is not changed.
   * @param variables coerced.
   * @param hidden objects that their owner does not show to this caller: what they lack is null without an error.
   * @param introspected the schema that `__schema` and `__type` speak of: what this caller may know.
   */
  shape(received: Received, variables: Variables, hidden: WeakSet<object> = new WeakSet(), introspected: GraphQLSchema = this.#schema): Shaped {
    const outcome = this.#switches.map((name) => (variables[name] === true ? "1" : "0")).join("");
    const root = this.#byOutcome.getOrMake(outcome, () => ({ sets: [this.#parts.operation.selectionSet], byType: new Map() }));
    const type = this.#schema.getRootType(this.#parts.operation.operation)!;
    const shaping = new Shaping(this.#schema, this.#parts, variables, hidden, introspected);
    return { data: shaping.object(received, root, type, type.name, null), errors: shaping.errors };
  }
}

/** Why a value became null: `bad` already has its error. */
const bad = Symbol("bad");

/** Where a value stands, linked upwards so that a path costs nothing until an error needs it. */
interface Place {
  readonly above: Place | null;
  readonly key: string | number;
}

class Shaping {
  readonly errors: GraphQLError[] = [];
  readonly #schema: GraphQLSchema;
  readonly #parts: OperationParts;
  readonly #variables: Variables;
  readonly #hidden: WeakSet<object>;
  readonly #introspected: GraphQLSchema;
  /** The object whose fields are being shaped is hidden. */
  #silent = false;

  constructor(schema: GraphQLSchema, parts: OperationParts, variables: Variables, hidden: WeakSet<object>, introspected: GraphQLSchema) {
    this.#schema = schema;
    this.#parts = parts;
    this.#variables = variables;
    this.#hidden = hidden;
    this.#introspected = introspected;
  }

  /** Null where a field that may not be null is. */
  object(source: Received, selections: Selections, declared: GraphQLCompositeType, typeName: string, above: Place | null): Received | null {
    const outer = this.#silent;
    this.#silent = this.#hidden.has(source);
    const output = this.#fields(source, selections, declared, typeName, above);
    this.#silent = outer;
    return output;
  }

  #fields(source: Received, selections: Selections, declared: GraphQLCompositeType, typeName: string, above: Place | null): Received | null {
    const output: Received = {};
    for (const field of fieldsOf(this.#schema, this.#parts, this.#variables, selections, declared, typeName)) {
      if (field.name === "__typename") {
        if (!isObjectType(this.#schema.getType(typeName))) {
          this.#report("The type of an object is not known.", { above, key: field.key });
          return null;
        }
        output[field.key] = typeName;
      } else if (field.name === "__schema" || field.name === "__type") {
        const { value, errors } = introspect(this.#introspected, this.#parts, field, this.#variables);
        this.errors.push(...errors);
        output[field.key] = value;
      } else {
        const value = this.#value(Object.hasOwn(source, field.key) ? source[field.key] : null, field.type, field, { above, key: field.key });
        if (value === bad) return null;
        output[field.key] = value;
      }
    }
    return output;
  }

  #value(value: unknown, type: GraphQLOutputType, field: SelectedField, place: Place): unknown {
    if (isNonNullType(type)) {
      const found = this.errors.length;
      const inner = this.#value(value, type.ofType, field, place);
      if (inner !== null && inner !== bad) return inner;
      if (inner === null && this.errors.length === found && !this.#silent) this.#report("A value that may not be null is missing.", place);
      return bad;
    }
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return this.#wrong(place);
      const items: unknown[] = new Array(value.length);
      for (let index = 0; index < value.length; index++) {
        const item = this.#value(value[index], type.ofType, field, { above: place, key: index });
        if (item === bad) return null;
        items[index] = item;
      }
      return items;
    }
    if (field.inner === null) return field.leaf!(value) ? value : this.#wrong(place);
    if (typeof value !== "object" || Array.isArray(value)) return this.#wrong(place);
    const named = (value as Received)["__typename"];
    if (named === undefined || named === null) return this.object(value as Received, field.inner, type as GraphQLCompositeType, type.name, place);
    if (typeof named !== "string" || !isCompositeType(this.#schema.getType(named))) return this.#wrong(place);
    return this.object(value as Received, field.inner, type as GraphQLCompositeType, named, place);
  }

  #wrong(place: Place): null {
    this.#report("A value does not fit the type that the graph promises for it.", place);
    return null;
  }

  #report(message: string, place: Place): void {
    const path: (string | number)[] = [];
    for (let at: Place | null = place; at !== null; at = at.above) path.unshift(at.key);
    this.errors.push(new GraphQLError(message, { path, extensions: { code: "INTERNAL" } }));
  }
}
