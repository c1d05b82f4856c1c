import { type GraphQLCompositeType, type GraphQLEnumType, type GraphQLOutputType, type GraphQLScalarType, type GraphQLSchema, getNamedType, isCompositeType, isListType, isNonNullType, isObjectType } from "graphql";
import type { OperationParts } from "../authorization/prune.ts";
import { checkLeaf, leafExpression } from "./leaf.ts";
import { copyOf, type Received } from "./merge.ts";
import { fieldsOf, type SelectedField, type Selections } from "./selections.ts";

/** Notes while one reply is shaped. */
export class ShapeNotes {
  /** Something was not as the schema promises: {@link ExactShaping} can tell what. */
  broken = false;
  readonly #hidden: WeakSet<object>;

  /** @param hidden objects that their owner does not show: what they lack breaks no promise. */
  constructor(hidden: WeakSet<object>) {
    this.#hidden = hidden;
  }

  /** A value that may not be null is. */
  lost(value: unknown, owner: object): null {
    if ((value !== null && value !== undefined) || !this.#hidden.has(owner)) this.broken = true;
    return null;
  }

  /** A value does not fit its type. */
  wrong(): null {
    this.broken = true;
    return null;
  }
}

/** Shapes one value; null where it is null, does not fit, or holds a null that may not be. */
export type Shaper = (value: unknown, owner: object, notes: ShapeNotes) => unknown;
type ObjectShaper = (source: Received, notes: ShapeNotes) => Received | null;

/** Names that every object has: reading them must ask whether they are the object's own. */
const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/**
 * Compiles what an operation asks into functions, one for each selection set and type of object, when first met: each reads
 * its fields by name and makes the reply's object in one literal. The data is {@link ExactShaping}'s; of what breaks a
 * promise it only notes that there is something.
 * @param variables coerced; only those of @skip and @include matter.
 * @throws EvalError where the process may not compile code.
 */
export function compileShape(schema: GraphQLSchema, parts: OperationParts, variables: Readonly<Record<string, unknown>>, root: Selections): ObjectShaper {
  const objectShaper = (selections: Selections, typeName: string): ObjectShaper => {
    const fields = fieldsOf(schema, parts, variables, selections, typeName);
    return bodyOf(fields, typeName, isObjectType(schema.getType(typeName)), (field) => valueShaper(field.type, field));
  };

  const composite = (declared: GraphQLCompositeType, selections: Selections): Shaper => {
    const byType = new Map<unknown, ObjectShaper>();
    let lastName: unknown;
    let last: ObjectShaper | undefined;
    return (value, _owner, notes) => {
      if (typeof value !== "object" || Array.isArray(value)) return notes.wrong();
      const source = value as Received;
      const named = source["__typename"] ?? declared.name;
      if (named === lastName) return last!(source, notes);
      let shaper = byType.get(named);
      if (shaper === undefined) {
        if (typeof named !== "string" || !isCompositeType(schema.getType(named))) return notes.wrong();
        shaper = objectShaper(selections, named);
        byType.set(named, shaper);
      }
      lastName = named;
      last = shaper;
      return shaper(source, notes);
    };
  };

  const valueShaper = (type: GraphQLOutputType, field: SelectedField): Shaper => {
    if (isNonNullType(type)) return valueShaper(type.ofType, field);
    if (isListType(type)) return listOf(valueShaper(type.ofType, field), isNonNullType(type.ofType));
    if (field.inner !== null) return composite(type as GraphQLCompositeType, field.inner);
    const fits = checkLeaf(type as GraphQLScalarType | GraphQLEnumType);
    return (value, _owner, notes) => (fits(value) ? copyOf(value) : notes.wrong());
  };

  const rootType = schema.getRootType(parts.operation.operation)!;
  return objectShaper(root, rootType.name);
}

function listOf(item: Shaper, nonNull: boolean): Shaper {
  return (value, owner, notes) => {
    if (!Array.isArray(value)) return notes.wrong();
    const length = value.length;
    const items: unknown[] = new Array(length);
    for (let index = 0; index < length; index++) {
      const given: unknown = value[index];
      const shaped = given === null || given === undefined ? null : item(given, owner, notes);
      if (nonNull && shaped === null) return given === null || given === undefined ? notes.lost(given, owner) : null;
      items[index] = shaped;
    }
    return items;
  };
}

function bodyOf(fields: readonly SelectedField[], typeName: string, known: boolean, shaperOf: (field: SelectedField) => Shaper): ObjectShaper {
  const shapers: Shaper[] = [];
  const lines: string[] = ["let v;"];
  const members: string[] = [];
  for (const [index, field] of fields.entries()) {
    const key = JSON.stringify(field.key);
    const slot = `v${index}`;
    members.push(`${field.key === "__proto__" ? `[${key}]` : key}: ${field.name === "__typename" ? JSON.stringify(typeName) : slot}`);
    if (field.name === "__typename") {
      if (!known) lines.push("return n.lost(null, s);");
      continue;
    }
    const source = JSON.stringify(field.source);
    lines.push(`v = ${inherited.has(field.source) ? `Object.hasOwn(s, ${source}) ? s[${source}] : null` : `s[${source}]`};`);
    lines.push(...fieldLines(field, slot, shapers.length));
    if (simpleLeaf(field) === null) shapers.push(shaperOf(field));
  }
  lines.push(`return { ${members.join(", ")} };`);
  // The text holds nothing of callers but names that GraphQL's grammar lets through, quoted.
  const make = new Function("f", `return (s, n) => { ${lines.join("\n")} };`) as (shapers: readonly Shaper[]) => ObjectShaper;
  return make(shapers);
}

function fieldLines(field: SelectedField, slot: string, shaper: number): string[] {
  const nonNull = isNonNullType(field.type);
  const leaf = simpleLeaf(field);
  if (leaf !== null) {
    if (nonNull) return [`if (!(${leaf})) return n.lost(v, s);`, `const ${slot} = v;`];
    return [`const ${slot} = v === null || v === undefined ? null : ${leaf} ? v : n.wrong();`];
  }
  const call = `f[${shaper}](v, s, n)`;
  const lines = [`const ${slot} = v === null || v === undefined ? null : ${isCustomScalar(field) ? `typeof v !== "object" ? v : ` : ""}${call};`];
  if (nonNull) lines.push(`if (${slot} === null) return v === null || v === undefined ? n.lost(v, s) : null;`);
  return lines;
}

/** The check of a built-in scalar that is no list, or null. */
function simpleLeaf(field: SelectedField): string | null {
  const expression = expressionOf(field);
  return expression === "true" ? null : expression;
}

function isCustomScalar(field: SelectedField): boolean {
  return expressionOf(field) === "true";
}

function expressionOf(field: SelectedField): string | null {
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  return field.inner !== null || isListType(type) ? null : leafExpression(getNamedType(type) as GraphQLScalarType | GraphQLEnumType);
}
