import { type GraphQLCompositeType, type GraphQLField, type GraphQLSchema, getNamedType, isAbstractType, isCompositeType, isInterfaceType, isNonNullType, isObjectType, type OperationTypeNode } from "graphql";
import { hashOf } from "./fake-subgraph.ts";
import { RandomArguments } from "./random-arguments.ts";

/** The same numbers for the same seed, so that a failing case can be run again. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface RandomOperation {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

export interface RandomOperationOptions {
  readonly kind?: "query" | "mutation";
  /** Levels of objects, 5 unless told. */
  readonly depth?: number;
  /** Fields and fragments of a selection set at most, 4 unless told. */
  readonly width?: number;
  /** Arguments of every kind for every field, instead of a table of texts. */
  readonly anyArguments?: boolean;
  /** How often a field that leads to objects is taken where there is one, 0 unless told: as often as any other. */
  readonly deeper?: number;
}

/**
 * A valid operation over a schema: aliases, inline and named fragments (on interfaces, members and unions), @skip and
 * @include with variables and constants, fields asked twice, __typename.
 * @param args text of the arguments of fields that need some, by coordinate.
 */
export function randomOperation(schema: GraphQLSchema, random: () => number, args: Readonly<Record<string, readonly string[]>>, options: RandomOperationOptions = {}): RandomOperation {
  const { kind = "query", depth: levels = 5, width = 4 } = options;
  const made = options.anyArguments ? new RandomArguments(random) : null;
  const variables: Record<string, boolean> = { a: random() < 0.5, b: random() < 0.5 };
  const used = new Set<string>();
  const fragments: string[] = [];
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;

  const directive = (): string => {
    const roll = random();
    if (roll > 0.2) return "";
    const kind = pick(["skip", "include"]);
    if (roll > 0.16) return ` @${kind}(if: ${random() < 0.5})`;
    const name = pick(["a", "b"]);
    used.add(name);
    return ` @${kind}(if: $${name})`;
  };

  const fieldText = (parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>, depth: number): string => {
    const choices = args[`${parent.name}.${field.name}`];
    // The alias is a function of the arguments and the type, so that equal response keys always mean the same value.
    const choice = choices ? Math.floor(random() * choices.length) : -1;
    const argued = choice >= 0 ? choices![choice]! : (made?.textFor(field.args) ?? "");
    const target = getNamedType(field.type);
    const shape = `${String(field.type).replace(/\W/g, (mark) => ({ "!": "n", "[": "l", "]": "e" })[mark] ?? "_")}`;
    const aliased = argued !== "" || random() < 0.25;
    const alias = aliased ? `${field.name}_${shape}_${made ? hashOf(argued) : choice + 1}: ` : "";
    const inner = isCompositeType(target) ? ` { ${selections(target, depth - 1)} }` : "";
    return `${alias}${field.name}${argued}${directive()}${inner}`;
  };

  const selections = (parent: GraphQLCompositeType, depth: number): string => {
    const fields = "getFields" in parent ? Object.values(parent.getFields()).filter((field) => (made !== null || needsNothing(parent, field, args)) && (depth > 0 || !isCompositeType(getNamedType(field.type)))) : [];
    const parts: string[] = [];
    const count = 1 + Math.floor(random() * width);
    const leading = options.deeper ? fields.filter((field) => isCompositeType(getNamedType(field.type))) : [];
    for (let index = 0; index < count && fields.length > 0; index++) {
      const from = leading.length > 0 && random() < options.deeper! ? leading : fields;
      parts.push(fieldText(parent, pick(from), depth));
    }
    if (random() < 0.2) parts.push(random() < 0.5 ? "__typename" : "kindOf: __typename");
    const conditions = conditionsFor(schema, parent);
    if (depth > 0 && random() < (isAbstractType(parent) ? 0.9 : 0.3)) {
      const on = pick(conditions);
      const body = selections(on, depth - 1);
      if (random() < 0.5) {
        parts.push(`... on ${on.name}${directive()} { ${body} }`);
      } else {
        const name = `F${fragments.length}`;
        fragments.push("");
        fragments[Number(name.slice(1))] = `fragment ${name} on ${on.name} { ${body} }`;
        parts.push(`...${name}${directive()}`);
      }
    }
    return parts.length > 0 ? parts.join(" ") : "__typename";
  };

  const body = selections(schema.getRootType(kind as OperationTypeNode)!, levels);
  const declared = [...[...used].sort().map((name) => `$${name}: Boolean!`), ...(made?.declarations ?? [])];
  return {
    text: `${kind}${declared.length > 0 ? `(${declared.join(", ")})` : ""} { ${body} }\n${fragments.join("\n")}`,
    variables: { ...Object.fromEntries([...used].map((name) => [name, variables[name]!])), ...made?.values },
  };
}

function needsNothing(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>, args: Readonly<Record<string, readonly string[]>>): boolean {
  return args[`${parent.name}.${field.name}`] !== undefined || !field.args.some((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined);
}

/** Types that a fragment inside the parent may name. */
function conditionsFor(schema: GraphQLSchema, parent: GraphQLCompositeType): readonly GraphQLCompositeType[] {
  if (isAbstractType(parent)) return [parent, ...schema.getPossibleTypes(parent)];
  return [parent, ...(isObjectType(parent) || isInterfaceType(parent) ? parent.getInterfaces() : [])];
}
