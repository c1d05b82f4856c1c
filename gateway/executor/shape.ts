import type { GraphQLError, GraphQLSchema } from "graphql";
import { BoundedCache } from "#foundation/serving/bounded-cache";
import type { OperationParts } from "../authorization/prune.ts";
import type { Received } from "./merge.ts";
import { asksSchema, type Selections, switchesOf } from "./selections.ts";
import { compileShape, ShapeNotes } from "./shape-compiled.ts";
import { ExactShaping } from "./shape-exact.ts";

type Variables = Readonly<Record<string, unknown>>;

/** The reply's data, and what in it was not as the schema promises. */
export interface Shaped {
  readonly data: Received | null;
  readonly errors: readonly GraphQLError[];
}

interface Outcome {
  readonly selections: Selections;
  /** Undefined until it is first needed. */
  compiled?: ReturnType<typeof compileShape>;
}

/** How many outcomes of an operation's @skip and @include are kept compiled. */
const outcomeCapacity = 16;

/**
 * The exact shape of an operation's reply: order and names as asked, what is missing null, null where the schema forbids
 * it carried upwards, fragments applied by the type of each object. Compiled once for each outcome of the operation's
 * @skip and @include.
 */
export class ReplyShape {
  readonly #schema: GraphQLSchema;
  readonly #parts: OperationParts;
  readonly #switches: readonly string[];
  readonly #byOutcome = new BoundedCache<string, Outcome>(outcomeCapacity);
  #compiles: boolean;

  constructor(schema: GraphQLSchema, parts: OperationParts) {
    this.#schema = schema;
    this.#parts = parts;
    this.#switches = switchesOf(parts);
    this.#compiles = !asksSchema(parts);
  }

  /**
   * The data is made anew each time: nobody else holds a part of it.
   * @param received what the plan's fetches were merged into. It is not changed.
   * @param variables coerced.
   * @param hidden objects that their owner does not show to this caller: what they lack is null without an error.
   * @param introspected the schema that `__schema` and `__type` speak of: what this caller may know.
   * @param tell false where other errors explain the nulls already, so that nobody reads these.
   */
  shape(received: Received, variables: Variables, hidden: WeakSet<object> = new WeakSet(), tell = true, introspected: GraphQLSchema = this.#schema): Shaped {
    const outcome = this.#outcome(variables);
    const compiled = this.#compiled(outcome, variables);
    if (compiled) {
      const notes = new ShapeNotes(hidden);
      const data = compiled(received, notes);
      if (!notes.broken || !tell) return { data, errors: [] };
    }
    return this.exact(received, variables, hidden, introspected);
  }

  /** The same by walking the operation: slower, and with every error. */
  exact(received: Received, variables: Variables, hidden: WeakSet<object> = new WeakSet(), introspected: GraphQLSchema = this.#schema): Shaped {
    const shaping = new ExactShaping(this.#schema, this.#parts, variables, hidden, introspected);
    const data = shaping.object(received, this.#outcome(variables).selections, this.#rootType().name, null);
    return { data, errors: shaping.errors };
  }

  #outcome(variables: Variables): Outcome {
    const key = this.#switches.map((name) => (variables[name] === true ? "1" : "0")).join("");
    return this.#byOutcome.getOrMake(key, () => ({ selections: { sets: [{ set: this.#parts.operation.selectionSet, declared: this.#rootType() }], byType: new Map() } }));
  }

  #compiled(outcome: Outcome, variables: Variables): Outcome["compiled"] | null {
    if (!this.#compiles) return null;
    try {
      return (outcome.compiled ??= compileShape(this.#schema, this.#parts, variables, outcome.selections));
    } catch (error) {
      if (!(error instanceof EvalError)) throw error;
      this.#compiles = false;
      return null;
    }
  }

  #rootType() {
    return this.#schema.getRootType(this.#parts.operation.operation)!;
  }
}
