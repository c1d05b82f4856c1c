import type { QueryPlan } from "@apollo/query-planner";
import { type DocumentNode, type FragmentDefinitionNode, GraphQLError, Kind, type OperationDefinitionNode, type OperationTypeNode, print, type VariableDefinitionNode } from "graphql";
import type { Identity } from "#foundation/identity/identity";
import { BoundedCache } from "#foundation/serving/bounded-cache";
import { type Coerced, compileVariables } from "#foundation/serving/variables";
import { refuseReservedAliases, refuseReservedVariables } from "../authorization/alias-guard.ts";
import { type ClosedSelection, type OperationParts, prune, rulesMet } from "../authorization/prune.ts";
import { liftLiterals } from "./literals.ts";
import { withPlanKeys } from "./plan-keys.ts";
import { compilePlan, PlanRefused, type Step } from "./plan-steps.ts";
import { plannable, withoutConstants } from "./plannable.ts";
import { asksSchema } from "./selections.ts";
import { ReplyShape } from "./shape.ts";
import type { LoadedSupergraph } from "./supergraph.ts";

/** What operations have in common that differ in their literals alone. */
export interface OperationTemplate extends OperationParts {
  /** Their text in one spelling: the first half of a plan's key. */
  readonly normalised: string;
  /** The role rules they meet, sorted. */
  readonly met: readonly string[];
  /** Whether they ask `__schema` or `__type`. */
  readonly introspects: boolean;
  /** By what the client asked. */
  readonly shape: ReplyShape;
  /** The keys of its plans by what of the rules is open: a text as long is read once, not for each request. */
  readonly planKeys: BoundedCache<string, string>;
}

/** What is known of an operation whoever asks: read once for each text. */
export interface KnownOperation {
  readonly kind: OperationTypeNode;
  readonly variableDefinitions: readonly VariableDefinitionNode[];
  /** Its variables with defaults, as their types take them, or what is wrong with them. */
  readonly coerce: (variables: Readonly<Record<string, unknown>>) => Coerced;
  /** As the client wrote it, under the plan's response keys: the stock executor shapes its replies by this. */
  readonly written: OperationParts;
  readonly template: OperationTemplate;
  /** The values of the variables that its literals became. */
  readonly literals: Readonly<Record<string, unknown>>;
  /** Where each of them stood in the client's text. */
  readonly literalPlaces: ReadonlyMap<string, string>;
  /** What knows it: an operation runs on the supergraph that it was read against, whatever is loaded later. */
  readonly preparer: OperationPreparer;
}

/** An operation as one set of roles may run it. */
export interface PlannedOperation {
  readonly plan: QueryPlan;
  /** The plan for this gateway's executor, or the fault over which the stock executor has to run it. */
  readonly steps: Step | null | Error;
  readonly closed: readonly ClosedSelection[];
}

/** How many texts, templates and plans are kept, unless told. */
export const operationCapacity = 2_000;
export const planCapacity = 4_000;
const planKeysOfTemplate = 32;

/** Reads, prunes and plans operations, and remembers the newest of each. */
export class OperationPreparer {
  readonly supergraph: LoadedSupergraph;
  readonly operations: BoundedCache<string, KnownOperation>;
  readonly templates: BoundedCache<string, OperationTemplate>;
  readonly plans: BoundedCache<string, PlannedOperation>;

  constructor(supergraph: LoadedSupergraph, capacity: { operations?: number; plans?: number } = {}) {
    this.supergraph = supergraph;
    this.operations = new BoundedCache(capacity.operations ?? operationCapacity);
    this.templates = new BoundedCache(capacity.operations ?? operationCapacity);
    this.plans = new BoundedCache(capacity.plans ?? planCapacity);
  }

  /**
   * @param key the same for the same text, such as its hash.
   * @throws GraphQLError VALIDATION_FAILED for a reserved alias or an operation that is not there.
   */
  known(key: string, document: DocumentNode, operationName: string | null | undefined): KnownOperation {
    return this.operations.getOrMake(operationKey(key, operationName), () => this.#know(document, operationName));
  }

  /**
   * The plan for these roles: keyed by the operation and one bit for each rule that it meets.
   * @throws PlanRefused for a plan that no executor here can run rightly.
   */
  planned({ template }: KnownOperation, identity: Identity): PlannedOperation {
    const { gate, apiSchema } = this.supergraph;
    const bits = template.met.map((coordinate) => (gate.isOpen(coordinate, identity.roles) ? "1" : "0")).join("");
    const key = template.planKeys.getOrMake(bits, () => `${bits}\n${template.normalised}`);
    return this.plans.getOrMake(key, () => {
      if (!bits.includes("0")) return this.#plan(template, []);
      const shut = new Set(template.met.filter((_, index) => bits[index] === "0"));
      const pruned = prune(apiSchema, gate, template, (coordinate) => shut.has(coordinate));
      return this.#plan({ operation: pruned.operation, fragments: {} }, pruned.closed);
    });
  }

  #plan(parts: OperationParts, closed: readonly ClosedSelection[]): PlannedOperation {
    const plan = this.supergraph.plan(parts);
    try {
      return { plan, closed, steps: compilePlan(plan, this.supergraph.supergraphSchema) };
    } catch (error) {
      if (error instanceof PlanRefused) throw error;
      return { plan, closed, steps: error as Error };
    }
  }

  #know(document: DocumentNode, operationName: string | null | undefined): KnownOperation {
    const { apiSchema, keyFields, requiredFields } = this.supergraph;
    const operation = operationIn(document, operationName);
    const parts = { operation, fragments: fragmentsUsedBy(operation, document) };
    refuseReservedVariables(operation);
    refuseReservedAliases(apiSchema, keyFields, parts);
    const written = withPlanKeys(parts, requiredFields);
    const lifted = liftLiterals(apiSchema, withoutConstants(written));
    return {
      kind: operation.operation,
      variableDefinitions: operation.variableDefinitions ?? [],
      coerce: compileVariables(apiSchema, operation.variableDefinitions ?? [], { maxErrors: 10 }),
      written,
      template: this.#template(lifted.parts),
      literals: lifted.values,
      literalPlaces: lifted.places,
      preparer: this,
    };
  }

  #template(asked: OperationParts): OperationTemplate {
    const normalised = print({ kind: Kind.DOCUMENT, definitions: [asked.operation, ...Object.values(asked.fragments)] });
    return this.templates.getOrMake(normalised, () => {
      const parts = plannable(asked);
      return {
        ...parts,
        normalised,
        met: rulesMet(this.supergraph.apiSchema, this.supergraph.gate, parts),
        introspects: asksSchema(asked),
        shape: new ReplyShape(this.supergraph.apiSchema, asked),
        planKeys: new BoundedCache(planKeysOfTemplate),
      };
    });
  }
}

/** Under which an operation of a text is kept. */
export const operationKey = (key: string, operationName: string | null | undefined): string => (operationName ? `${key}:${operationName}` : key);

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
