import { Kind, type SelectionNode } from "graphql";

/** One @skip or @include on the way to a selection: it is there only where the variable (or constant) has this value. */
export interface Condition {
  readonly on: string | boolean;
  readonly wanted: boolean;
}

/** The conditions that stand on one selection itself. */
export function conditionsOf(selection: SelectionNode): Condition[] {
  const found: Condition[] = [];
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value;
    if (name !== "skip" && name !== "include") continue;
    const value = directive.arguments?.find((argument) => argument.name.value === "if")?.value;
    const wanted = name === "include";
    if (value?.kind === Kind.VARIABLE) found.push({ on: value.name.value, wanted });
    if (value?.kind === Kind.BOOLEAN) found.push({ on: value.value, wanted });
  }
  return found;
}

/** Whether all conditions hold with these (coerced) variables. */
export function hold(conditions: readonly Condition[], variables: Readonly<Record<string, unknown>>): boolean {
  return conditions.every(({ on, wanted }) => (typeof on === "boolean" ? on : variables[on]) === wanted);
}
