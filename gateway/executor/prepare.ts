import type { QueryPlan } from "@apollo/query-planner";
import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind, type OperationDefinitionNode, print } from "graphql";
import type { Identity } from "#foundation/identity/identity";
import { BoundedCache } from "#foundation/serving/bounded-cache";
import { refuseReservedAliases } from "../authorization/alias-guard.ts";
import { type ClosedSelection, type OperationParts, prune, rulesMet } from "../authorization/prune.ts";
import type { LoadedSupergraph } from "./supergraph.ts";
import { plannable } from "./plannable.ts";
import { ReplyShape } from "./shape.ts";

/** What is known of an operation whoever asks: read once for each text. */
export interface KnownOperation extends OperationParts {
  /** The operation's own text in one spelling: the first half of a plan's key. */
  readonly normalised: string;
  /** The role rules it meets, sorted. */
  readonly met: readonly string[];
  /** Whether it asks `__schema` or `__type`. */
  readonly introspects: boolean;
  readonly shape: ReplyShape;
}

/** An operation as one set of roles may run it. */
export interface PlannedOperation {
  readonly plan: QueryPlan;
  readonly closed: readonly ClosedSelection[];
}

/** How many texts and plans are kept, unless told. */
export const operationCapacity = 2_000;
export const planCapacity = 4_000;

/** Reads, prunes and plans operations, and remembers the newest of each. */
export class OperationPreparer {
  readonly #supergraph: LoadedSupergraph;
  readonly operations: BoundedCache<string, KnownOperation>;
  readonly plans: BoundedCache<string, PlannedOperation>;

  constructor(supergraph: LoadedSupergraph, capacity: { operations?: number; plans?: number } = {}) {
    this.#supergraph = supergraph;
    this.operations = new BoundedCache(capacity.operations ?? operationCapacity);
    this.plans = new BoundedCache(capacity.plans ?? planCapacity);
  }

  /**
   * @param key the same for the same text, such as its hash.
   * @throws GraphQLError VALIDATION_FAILED for a reserved alias or an operation that is not there.
   */
  known(key: string, document: DocumentNode, operationName: string | null | undefined): KnownOperation {
    return this.operations.getOrMake(operationName ? `${key}:${operationName}` : key, () => this.#know(document, operationName));
  }

  /** The plan for these roles: keyed by the operation and one bit for each rule that it meets. */
  planned(operation: KnownOperation, identity: Identity): PlannedOperation {
    const { gate } = this.#supergraph;
    const bits = operation.met.map((coordinate) => (gate.isOpen(coordinate, identity.roles) ? "1" : "0")).join("");
    return this.plans.getOrMake(`${bits}\n${operation.normalised}`, () => {
      if (!bits.includes("0")) return { plan: this.#supergraph.plan(operation), closed: [] };
      const shut = new Set(operation.met.filter((_, index) => bits[index] === "0"));
      const pruned = prune(this.#supergraph.apiSchema, gate, operation, (coordinate) => shut.has(coordinate));
      return { plan: this.#supergraph.plan({ operation: pruned.operation, fragments: {} }), closed: pruned.closed };
    });
  }

  #know(document: DocumentNode, operationName: string | null | undefined): KnownOperation {
    const operation = operationIn(document, operationName);
    const fragments = fragmentsUsedBy(operation, document);
    const asked = { operation, fragments };
    const parts = plannable(asked);
    refuseReservedAliases(this.#supergraph.apiSchema, this.#supergraph.keyFields, asked);
    return {
      ...parts,
      normalised: print({ kind: Kind.DOCUMENT, definitions: [parts.operation, ...Object.values(parts.fragments)] }),
      met: rulesMet(this.#supergraph.apiSchema, this.#supergraph.gate, parts),
      introspects: introspects(operation, fragments),
      shape: new ReplyShape(this.#supergraph.apiSchema, asked),
    };
  }
}

function operationIn(document: DocumentNode, operationName: string | null | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const found = operationName ? operations.filter((each) => each.name?.value === operationName) : operations;
  if (found.length === 1) return found[0]!;
  const advice = operationName
    ? `The document has no operation named ${operationName}. Send the name of one that it has.`
    : operations.length === 0
      ? "The document has no operation. Send a query or a mutation."
      : "The document has several operations. Say which to run with operationName.";
  throw new GraphQLError(advice, { extensions: { code: "VALIDATION_FAILED", http: { status: 400 } } });
}

function fragmentsUsedBy(operation: OperationDefinitionNode, document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const all = new Map(document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]));
  const used: Record<string, FragmentDefinitionNode> = {};
  const collect = (set: OperationDefinitionNode["selectionSet"]): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = all.get(selection.name.value);
        if (fragment === undefined || used[fragment.name.value] !== undefined) continue;
        used[fragment.name.value] = fragment;
        collect(fragment.selectionSet);
      } else if (selection.selectionSet) collect(selection.selectionSet);
    }
  };
  collect(operation.selectionSet);
  return used;
}

function introspects(operation: OperationDefinitionNode, fragments: Readonly<Record<string, FragmentDefinitionNode>>): boolean {
  const asks = (set: OperationDefinitionNode["selectionSet"]): boolean =>
    set.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === "__schema" || selection.name.value === "__type";
      return asks(selection.kind === Kind.FRAGMENT_SPREAD ? fragments[selection.name.value]!.selectionSet : selection.selectionSet);
    });
  return asks(operation.selectionSet);
}
