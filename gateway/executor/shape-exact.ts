import { GraphQLError, type GraphQLOutputType, type GraphQLSchema, isCompositeType, isListType, isNonNullType, isObjectType } from "graphql";
import type { OperationParts } from "../authorization/prune.ts";
import { introspect } from "./introspection.ts";
import { put, type Received } from "./merge.ts";
import { fieldsOf, type SelectedField, type Selections } from "./selections.ts";

/** Why a value became null: `bad` already has its error. */
const bad = Symbol("bad");

/** Where a value stands, linked upwards so that a path costs nothing until an error needs it. */
interface Place {
  readonly above: Place | null;
  readonly key: string | number;
}

/**
 * Shapes by walking the operation, and says of everything that is not as the schema promises where it stands. Compiled shapes
 * give the same data faster, and leave the telling to this.
 */
export class ExactShaping {
  readonly errors: GraphQLError[] = [];
  readonly #schema: GraphQLSchema;
  readonly #parts: OperationParts;
  readonly #variables: Readonly<Record<string, unknown>>;
  readonly #hidden: WeakSet<object>;
  readonly #introspected: GraphQLSchema;
  /** The object whose fields are being shaped is hidden. */
  #silent = false;

  constructor(schema: GraphQLSchema, parts: OperationParts, variables: Readonly<Record<string, unknown>>, hidden: WeakSet<object>, introspected: GraphQLSchema = schema) {
    this.#schema = schema;
    this.#parts = parts;
    this.#variables = variables;
    this.#hidden = hidden;
    this.#introspected = introspected;
  }

  /** The reply's object for what was received; null where a field that may not be null is. */
  object(source: Received, selections: Selections, typeName: string, above: Place | null): Received | null {
    const outer = this.#silent;
    this.#silent = this.#hidden.has(source);
    const output = this.#fields(source, selections, typeName, above);
    this.#silent = outer;
    return output;
  }

  #fields(source: Received, selections: Selections, typeName: string, above: Place | null): Received | null {
    const output: Received = {};
    for (const field of fieldsOf(this.#schema, this.#parts, this.#variables, selections, typeName)) {
      if (field.name === "__typename") {
        if (!isObjectType(this.#schema.getType(typeName))) {
          if (!this.#silent) this.#report("The type of an object is not known.", { above, key: field.key });
          return null;
        }
        put(output, field.key, typeName);
      } else if (field.name === "__schema" || field.name === "__type") {
        const { value, errors } = introspect(this.#introspected, this.#parts, field, this.#variables);
        this.errors.push(...errors);
        put(output, field.key, value);
      } else {
        const value = this.#value(Object.hasOwn(source, field.source) ? source[field.source] : null, field.type, field, { above, key: field.key });
        if (value === bad) return null;
        put(output, field.key, value);
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
    if (named === undefined || named === null) return this.object(value as Received, field.inner, type.name, place);
    if (typeof named !== "string" || !isCompositeType(this.#schema.getType(named))) return this.#wrong(place);
    return this.object(value as Received, field.inner, named, place);
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
