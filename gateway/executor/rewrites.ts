import type { FetchDataRewrite } from "@apollo/query-planner";
import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from "graphql";
import { isRecord, own, put, type Received } from "./merge.ts";

type Rewrite = (value: unknown) => void;
type Step = { readonly field: string } | { readonly type: string };

const fragmentMark = "... on ";

/** The planner's corrections of types and names that differ between subgraphs, made ready once; null where there are none. */
export function compileRewrites(schema: GraphQLSchema, rewrites: readonly FetchDataRewrite[] | undefined): Rewrite | null {
  const all = (rewrites ?? []).flatMap((each) => {
    const last = each.path.at(-1);
    return last === undefined ? [] : [{ steps: each.path.slice(0, -1).map(stepOf), change: changeOf(each, last) }];
  });
  if (all.length === 0) return null;
  return (value) => {
    for (const { steps, change } of all) atPath(schema, steps, 0, value, change);
  };
}

function stepOf(element: string): Step {
  return element.startsWith(fragmentMark) ? { type: element.slice(fragmentMark.length) } : { field: element };
}

function changeOf(rewrite: FetchDataRewrite, last: string): (object: Received) => void {
  switch (rewrite.kind) {
    case "ValueSetter":
      return (object) => put(object, last, rewrite.setValueTo);
    case "KeyRenamer":
      return (object) => {
        const value = own(object, last);
        if (!value) return;
        put(object, rewrite.renameKeyTo, value);
        object[last] = undefined;
      };
  }
}

function atPath(schema: GraphQLSchema, steps: readonly Step[], index: number, value: unknown, change: (object: Received) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) atPath(schema, steps, index, item, change);
    return;
  }
  if (!isRecord(value)) return;
  const step = steps[index];
  if (step === undefined) change(value);
  else if ("field" in step) atPath(schema, steps, index + 1, own(value, step.field), change);
  else if (isOfType(schema, value, step.type, true)) atPath(schema, steps, index + 1, value, change);
}

/** Whether an object is of a type, by its `__typename`. */
export function isOfType(schema: GraphQLSchema, object: Received, condition: string, whenUnknown: boolean): boolean {
  const named = object["__typename"];
  if (typeof named !== "string" || named === "") return whenUnknown;
  if (named === condition) return true;
  const type = schema.getType(named);
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(wanted, type);
}
