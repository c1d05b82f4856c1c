/** Objects as subgraphs send them. */
export type Received = Record<string, unknown>;

/** Adds what a fetch brought to what is there: objects field by field, lists of equal length item by item. */
export function mergeInto(target: Received, source: Received): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === undefined) continue;
    const present = own(target, key);
    if (typeof present !== "object" || present === null) put(target, key, value);
    else if (!combine(present, value)) put(target, key, value);
  }
}

/** Merges two values in place where both are objects, or lists of equal length. */
function combine(present: unknown, value: unknown): boolean {
  if (Array.isArray(present)) {
    if (!Array.isArray(value) || present.length !== value.length) return false;
    for (let index = 0; index < value.length; index++) if (!combine(present[index], value[index])) present[index] = value[index];
    return true;
  }
  if (!isRecord(present) || !isRecord(value)) return false;
  mergeInto(present, value);
  return true;
}

/** A copy whose objects and lists nobody else holds. What is neither (a class of its own) is kept. */
export function copyOf<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as Value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const copy: Received = {};
  for (const key of Object.keys(value)) put(copy, key, copyOf((value as Received)[key]));
  return copy as Value;
}

/** Field names of clients may be any name, `__proto__` included. */
export function put(target: Received, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  else target[key] = value;
}

/** A property of the object itself; undefined for what every object has. */
export function own(source: Received, key: string): unknown {
  const value = source[key];
  return value === undefined || Object.hasOwn(source, key) ? value : undefined;
}

export function isRecord(value: unknown): value is Received {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
