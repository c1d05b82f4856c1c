import { type GraphQLArgument, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from "graphql";

/** Makes arguments of every kind for an operation: literals, variables, variables inside literals, defaults, nulls. */
export class RandomArguments {
  readonly declarations: string[] = [];
  readonly values: Record<string, unknown> = {};
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The text of a field's arguments with its parentheses, or an empty text. */
  textFor(args: readonly GraphQLArgument[]): string {
    const given = args.flatMap((argument) => {
      const required = isNonNullType(argument.type) && argument.defaultValue === undefined;
      if (!required && this.#random() > 0.25) return [];
      return [`${argument.name}: ${this.#value(argument.type, 3)}`];
    });
    return given.length > 0 ? `(${given.join(", ")})` : "";
  }

  #value(type: GraphQLInputType, depth: number): string {
    const roll = this.#random();
    if (roll < 0.2) return this.#variable(type, depth);
    if (isNonNullType(type)) return this.#literal(type.ofType, depth);
    return roll < 0.25 ? "null" : this.#literal(type, depth);
  }

  #variable(type: GraphQLInputType, depth: number): string {
    const name = `v${this.declarations.length}`;
    const json = isNonNullType(type) ? this.#json(type.ofType, depth) : this.#random() < 0.1 ? null : this.#json(type, depth);
    if (this.#random() < 0.2 && typeof json !== "object") {
      const literal = isEnumType(isNonNullType(type) ? type.ofType : type) ? String(json) : JSON.stringify(json);
      this.declarations.push(`$${name}: ${String(type)} = ${literal}`);
    } else {
      this.declarations.push(`$${name}: ${String(type)}`);
      this.values[name] = json;
    }
    return `$${name}`;
  }

  #literal(type: GraphQLInputType, depth: number): string {
    if (isNonNullType(type)) return this.#literal(type.ofType, depth);
    if (isListType(type)) {
      if (this.#random() < 0.15) return this.#literal(type.ofType, depth);
      return `[${Array.from({ length: Math.floor(this.#random() * 3) }, () => this.#value(type.ofType, depth - 1)).join(", ")}]`;
    }
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => (isNonNullType(field.type) && field.defaultValue === undefined) || (depth > 0 && this.#random() < 2 / Object.keys(type.getFields()).length));
      return `{ ${fields.map((field) => `${field.name}: ${this.#value(field.type, depth - 1)}`).join(", ")} }`;
    }
    const json = this.#json(type, depth);
    // An ID and a float may be written as a whole number.
    if (typeof json === "string" && type.name === "ID" && this.#random() < 0.3) return String(Math.floor(this.#random() * 5));
    return isEnumType(type) ? String(json) : JSON.stringify(json);
  }

  #json(type: GraphQLInputType, depth: number): unknown {
    if (isNonNullType(type)) return this.#json(type.ofType, depth);
    if (isListType(type)) return Array.from({ length: Math.floor(this.#random() * 3) }, () => this.#json(type.ofType, depth - 1));
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter((field) => (isNonNullType(field.type) && field.defaultValue === undefined) || (depth > 0 && this.#random() < 2 / Object.keys(type.getFields()).length));
      return Object.fromEntries(fields.map((field) => [field.name, this.#json(field.type, depth - 1)]));
    }
    const number = Math.floor(this.#random() * 4);
    if (isEnumType(type)) return type.getValues()[number % type.getValues().length]!.name;
    switch (type.name) {
      case "Int":
        return number;
      case "Float":
        return number / 2;
      case "Boolean":
        return number % 2 === 0;
      default:
        return `${type.name} "${number}"`;
    }
  }
}
