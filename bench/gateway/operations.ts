import { readFileSync } from "node:fs";
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode, parse, print, visit } from "graphql";
import { size } from "./district.ts";
import type { Asked } from "./load.ts";

interface Operation {
  readonly name: string;
  readonly query: string;
  readonly variables: readonly string[];
}

const read = (file: string): Operation[] => {
  const { definitions } = parse(readFileSync(new URL(file, import.meta.url), "utf8"));
  const fragments = new Map(definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]));
  return definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION).map((operation) => alone(operation, fragments));
};

/** An operation as a client sends it: with its own fragments, and no other's. */
function alone(operation: OperationDefinitionNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): Operation {
  const used = new Set<FragmentDefinitionNode>();
  visit(operation, { FragmentSpread: ({ name }) => void used.add(fragments.get(name.value)!) });
  return {
    name: operation.name!.value,
    query: print({ kind: Kind.DOCUMENT, definitions: [operation, ...used] }),
    variables: (operation.variableDefinitions ?? []).filter(({ defaultValue }) => !defaultValue).map(({ variable }) => variable.name.value),
  };
}

const values: Readonly<Record<string, (n: number) => unknown>> = {
  school: (n) => `school-${n % size.schools}`,
  person: (n) => `person-${(n * 7) % size.students}`,
  other: (n) => `person-${(n * 11 + 5) % size.students}`,
  section: (n) => `section-${(n * 5) % size.sections}`,
  assignment: (n) => `assignment-${(n * 5) % size.sections}-${n % 5}`,
  short: (n) => n % 2 === 0,
};

const asked = ({ name, query, variables }: Operation, n: number): Asked => ({ name, query, variables: Object.fromEntries(variables.map((each) => [each, values[each]!(n)])) });

const heavyOperation = read("./heavy.graphql")[0]!;
const mixOperations = read("./mix.graphql");

/** The n-th request of the heavy operation: another school each time. */
export const heavy = (n: number): Asked => asked(heavyOperation, n);

/** The n-th request of the mix: its operations in turn, of another person or section each time. */
export const mix = (n: number): Asked => asked(mixOperations[n % mixOperations.length]!, Math.floor(n / mixOperations.length) + n);

/** Each operation once, the heavy one first. */
export const once: readonly Asked[] = [heavy(1), ...mixOperations.map((operation, n) => asked(operation, n + 1))];
