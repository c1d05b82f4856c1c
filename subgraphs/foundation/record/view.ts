import type { RecordClass } from "./metadata.ts";

const views = new WeakMap<RecordClass, { name: string; description: string }>();

/** Declares a shape that a query operation answers: fields like a record's, no table. */
export function View(description: string): (type: RecordClass) => void {
  return (type) => void views.set(type, { name: type.name, description });
}

export function viewOf(type: RecordClass): { name: string; description: string } {
  const view = views.get(type);
  if (!view) throw new Error(`${type.name} is no view: put @View(description) on the class.`);
  return view;
}
