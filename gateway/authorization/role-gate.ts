import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
} from "graphql";
import { opens, type RoleRules } from "#foundation/access/has-role";

/** Whether the rule at a coordinate is closed to the caller at hand. */
export type Closed = (coordinate: string) => boolean;

/**
 * Which rules stand before a field: its own, its parent type's, and its target type's. On an abstract parent or target
 * the field is closed only where no possible type opens it; below, the subgraph judges each object.
 */
export class RoleGate {
  readonly #schema: GraphQLSchema;
  readonly #rules: RoleRules;

  constructor(schema: GraphQLSchema, rules: RoleRules) {
    this.#schema = schema;
    this.#rules = rules;
  }

  /** The ruled coordinates that may decide about the field, for any caller. */
  consulted(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>): string[] {
    const target = getNamedType(field.type);
    const targets = isAbstractType(target) ? this.#schema.getPossibleTypes(target).map((member) => member.name) : [target.name];
    const places = this.possible(parent).flatMap((name) => [name, `${name}.${field.name}`]);
    return [...new Set([...places, ...targets])].filter((coordinate) => this.#rules.has(coordinate));
  }

  /**
   * The coordinate that closes the field, or null where it is open.
   * @param possible the object types that the parent can be at this place of the operation.
   */
  closing(possible: readonly string[], field: GraphQLField<unknown, unknown>, closed: Closed): string | null {
    let found: string | null = null;
    for (const type of possible) {
      const here = this.#objectClosed(type, field, closed);
      if (here === null) return null;
      found ??= here;
    }
    return found;
  }

  /** Whether the caller's roles open the rule at a coordinate. */
  isOpen(coordinate: string, roles: readonly string[]): boolean {
    return opens(this.#rules.get(coordinate), roles);
  }

  #objectClosed(parent: string, field: GraphQLField<unknown, unknown>, closed: Closed): string | null {
    for (const coordinate of [parent, `${parent}.${field.name}`]) {
      if (this.#rules.has(coordinate) && closed(coordinate)) return coordinate;
    }
    const target = getNamedType(field.type);
    if (isObjectType(target)) return this.#rules.has(target.name) && closed(target.name) ? target.name : null;
    if (!isAbstractType(target)) return null;
    const members = this.#schema.getPossibleTypes(target);
    const shut = members.filter((member) => this.#rules.has(member.name) && closed(member.name));
    return members.length > 0 && shut.length === members.length ? shut[0]!.name : null;
  }

  /** The object types that a value of the type can be. */
  possible(type: GraphQLCompositeType): readonly string[] {
    return isAbstractType(type) ? this.#schema.getPossibleTypes(type).map((member) => member.name) : [type.name];
  }
}
