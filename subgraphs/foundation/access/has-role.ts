import { Directive } from "type-graphql";
import { type ConstDirectiveNode, type DocumentNode, type GraphQLSchema, isObjectType, Kind, parse } from "graphql";
import type { Role } from "#foundation/identity/role";

/**
 * The role rule of one coordinate (`Student` or `Student.birthDate`): it is open to a caller who holds every role of at
 * least one alternative. Composition makes alternatives of more than one role when two subgraphs rule the same place.
 */
export type RoleRule = readonly (readonly string[])[];

/** Coordinate -> rule. A coordinate that is not in the map has no rule of its own. */
export type RoleRules = ReadonlyMap<string, RoleRule>;

/** Thrown when a schema carries role rules where nothing would enforce them. */
export class UnenforceableRule extends Error {
  readonly code = "UNENFORCEABLE_RULE";

  static at(coordinate: string): UnenforceableRule {
    return new UnenforceableRule(
      `${coordinate} carries a role rule, and rules are enforced only on object types and their fields. Put it on the fields that return ${coordinate}.`,
    );
  }
}

/**
 * Closes a type, a field or a root field to callers without one of the roles.
 * Roles are sorted, because composition takes the same roles in another order for another rule.
 * @throws when no role is given: a rule that nobody fulfils is a field that should not exist.
 */
export function HasRole(...roles: Role[]): ClassDecorator & MethodDecorator & PropertyDecorator {
  return Directive(hasRoleDirective(roles)) as ClassDecorator & MethodDecorator & PropertyDecorator;
}

/** The SDL of the rule, as `HasRole` writes it: `@hasRole(policies: [["nurse"], ["parent"]])`. */
export function hasRoleDirective(roles: readonly Role[]): string {
  if (roles.length === 0) throw new Error("HasRole needs at least one role. Name the roles that may use this field.");
  const alternatives = [...new Set<string>(roles)].sort().map((role) => `[${JSON.stringify(role)}]`);
  return `@hasRole(policies: [${alternatives.join(", ")}])`;
}

/**
 * Reads the rules of a subgraph's or of the composed schema, by the specification's URL and the alias it was imported
 * under: a schema that renames the directive stays enforced. Interface coordinates are left out, since composition
 * copies the implementations' rules to them; ask the possible types instead.
 * @throws UnenforceableRule for a rule on a scalar or an enum.
 */
export function readRoleRules(source: GraphQLSchema | DocumentNode | string): RoleRules {
  const definitions = definitionsOf(source);
  const directive = ruleDirectiveName(definitions);
  const rules = new Map<string, RoleRule>();
  if (directive === null) return rules;
  for (const definition of definitions) {
    if (!("name" in definition) || definition.name === undefined) continue;
    const name = definition.name.value;
    const own = ruleIn(definition.directives, directive);
    switch (definition.kind) {
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.SCALAR_TYPE_EXTENSION:
      case Kind.ENUM_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_EXTENSION:
        if (own) throw UnenforceableRule.at(name);
        break;
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.OBJECT_TYPE_EXTENSION:
        if (own) rules.set(name, both(rules.get(name), own));
        for (const field of definition.fields ?? []) {
          const rule = ruleIn(field.directives, directive);
          if (rule) rules.set(`${name}.${field.name.value}`, rule);
        }
        break;
    }
  }
  return rules;
}

/** Whether the roles open a rule. No rule is open to everybody. */
export function opens(rule: RoleRule | undefined, roles: readonly string[]): boolean {
  return rule === undefined || rule.some((alternative) => alternative.every((role) => roles.includes(role)));
}

/** For people: `nurse, parent` or `(nurse and staff), parent`. */
export function describeRule(rule: RoleRule): string {
  const one = (roles: readonly string[]) => (roles.length === 1 ? roles[0]! : `(${roles.join(" and ")})`);
  return [...rule].map(one).sort().join(", ");
}

/** Appends `Roles: nurse, parent.` to the description of every ruled type and field, in place, for whoever reads the API. */
export function describeRoles(schema: GraphQLSchema, rules: RoleRules): GraphQLSchema {
  const described = (description: string | null | undefined, coordinate: string): string | null | undefined => {
    const rule = rules.get(coordinate);
    if (rule === undefined) return description;
    const roles = `Roles: ${describeRule(rule)}.`;
    return description ? `${description}\n\n${roles}` : roles;
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    type.description = described(type.description, type.name);
    for (const field of Object.values(type.getFields())) field.description = described(field.description, `${type.name}.${field.name}`);
  }
  return schema;
}

type Definition = DocumentNode["definitions"][number] & { directives?: readonly ConstDirectiveNode[] };

function definitionsOf(source: GraphQLSchema | DocumentNode | string): readonly Definition[] {
  if (typeof source === "string") return parse(source, { noLocation: true }).definitions as readonly Definition[];
  if ("kind" in source) return source.definitions as readonly Definition[];
  const nodes = [source.astNode, ...source.extensionASTNodes];
  for (const type of Object.values(source.getTypeMap())) nodes.push(...([type.astNode, ...type.extensionASTNodes] as typeof nodes));
  return nodes.filter((node) => node != null) as unknown as readonly Definition[];
}

/** The directive's name in this schema, found in its `@link`s; null where the schema does not import it. */
function ruleDirectiveName(definitions: readonly Definition[]): string | null {
  for (const definition of definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const link of definition.directives ?? []) {
      if (link.name.value !== "link") continue;
      const found = importedName(link);
      if (found !== null) return found;
    }
  }
  return null;
}

function importedName(link: ConstDirectiveNode): string | null {
  const argument = (name: string) => link.arguments?.find((each) => each.name.value === name)?.value;
  const url = argument("url");
  if (url?.kind !== Kind.STRING) return null;
  const spec = /^https:\/\/specs\.apollo\.dev\/(federation|policy)\/v\d/.exec(url.value)?.[1];
  if (spec === undefined) return null;
  const imports = argument("import");
  for (const entry of imports?.kind === Kind.LIST ? imports.values : []) {
    if (entry.kind === Kind.STRING && entry.value === "@policy") return "policy";
    if (entry.kind !== Kind.OBJECT) continue;
    const part = (name: string) => entry.fields.find((field) => field.name.value === name)?.value;
    const name = part("name");
    const alias = part("as");
    if (name?.kind === Kind.STRING && name.value === "@policy") return alias?.kind === Kind.STRING ? alias.value.slice(1) : "policy";
  }
  const as = argument("as");
  const prefix = as?.kind === Kind.STRING ? as.value : spec;
  return spec === "policy" ? prefix : `${prefix}__policy`;
}

function ruleIn(directives: readonly ConstDirectiveNode[] | undefined, name: string): RoleRule | null {
  const value = directives?.find((directive) => directive.name.value === name)?.arguments?.find((each) => each.name.value === "policies")?.value;
  if (value?.kind !== Kind.LIST) return null;
  return value.values.map((inner) =>
    (inner.kind === Kind.LIST ? inner.values : [inner]).map((role) => (role.kind === Kind.STRING ? role.value : "")),
  );
}

/** Both rules must open. */
function both(first: RoleRule | undefined, second: RoleRule): RoleRule {
  if (first === undefined) return second;
  return first.flatMap((left) => second.map((right) => [...new Set([...left, ...right])].sort()));
}
