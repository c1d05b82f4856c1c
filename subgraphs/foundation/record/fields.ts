import { addField, snakeCase, type ForeignClass, type ForeignMeta, type RecordClass, type ScalarField, type ScalarKind } from "./metadata.ts";

/** A reference held by a row: the id of the record it points to. The graph turns it into the record itself. */
export type Reference<T> = string & { readonly __references?: T };

/** The id of a reference: a record that is being written may hold the other record in its place. */
export const idOf = (reference: Reference<unknown>): string => (typeof reference === "string" ? reference : (reference as { id: string }).id);

interface ScalarOptions {
  /** For strangers: full sentences, units, an example of an odd case. */
  description?: string;
  /** Null is allowed and means "unknown" unless the description says otherwise. */
  optional?: boolean;
  sortable?: boolean;
  filterable?: boolean;
  readOnly?: boolean;
  immutable?: boolean;
  internal?: boolean;
}

function scalar(kind: ScalarKind, options: ScalarOptions & Partial<ScalarField>): PropertyDecorator {
  return (prototype, key) => {
    addField(prototype, {
      ...options,
      name: String(key),
      column: snakeCase(String(key)),
      kind,
      description: options.description,
      optional: options.optional ?? false,
      sortable: options.sortable ?? false,
      filterable: options.filterable ?? (kind !== "json" && kind !== "textList"),
      readOnly: options.readOnly ?? false,
      immutable: options.immutable ?? false,
      internal: options.internal ?? false,
      searchable: options.searchable ?? false,
    });
  };
}

export interface TextOptions extends ScalarOptions {
  /** In characters; 255 unless told. */
  maxLength?: number;
  pattern?: RegExp;
  /** Says what the pattern wants: "four digits, e.g. 2027". */
  patternHint?: string;
  /** Indexed for search inside the text. */
  searchable?: boolean;
  /** Indexed for lists of what begins with some letters (`startsWith`), in upper or lower case: for names, numbers and codes. */
  foundByStart?: boolean;
  defaultValue?: string;
}
export const Text = (options: TextOptions = {}): PropertyDecorator => scalar("text", { maxLength: 255, ...options });

export interface WholeOptions extends ScalarOptions {
  unit?: string;
  min?: number;
  max?: number;
  defaultValue?: number;
}
export const Whole = (options: WholeOptions = {}): PropertyDecorator => scalar("whole", options);

/** An exact decimal; a string in the graph so that no digit is lost. */
export interface DecimalOptions extends WholeOptions {
  precision?: number;
  scale?: number;
}
export const Decimal = (options: DecimalOptions = {}): PropertyDecorator => scalar("decimal", { precision: 12, scale: 4, ...options });

/** A calendar day without a time zone, `YYYY-MM-DD`. */
export const Day = (options: ScalarOptions = {}): PropertyDecorator => scalar("day", options);

/** A moment, UTC. */
export const Instant = (options: ScalarOptions = {}): PropertyDecorator => scalar("instant", options);

/** A wall-clock time at the school, `HH:MM`. */
export const TimeOfDay = (options: ScalarOptions = {}): PropertyDecorator => scalar("timeOfDay", options);

export const Flag = (options: ScalarOptions & { defaultValue?: boolean } = {}): PropertyDecorator => scalar("flag", options);

/** A list of short texts held by the row itself. */
export const TextList = (options: ScalarOptions & { maxLength?: number } = {}): PropertyDecorator => scalar("textList", options);

/** A list of values of a vocabulary, held by the row itself. */
export const Choices = (values: object, options: ScalarOptions = {}): PropertyDecorator => scalar("textList", { ...options, enumeration: enumerationOf(values), maxLength: 64 });

/** A plain field of a kind that has no decorator of its own, such as an id that references no record type. */
export const fieldOf = (kind: ScalarKind, options: ScalarOptions = {}): PropertyDecorator => scalar(kind, options);

/** Structured data that the graph shows as JSON. For settings and audit values, never for what deserves fields. */
export const Json = (options: ScalarOptions = {}): PropertyDecorator => scalar("json", options);

interface Vocabulary {
  name: string;
  values: Record<string, string>;
  description: string;
  descriptions: Record<string, string>;
}
const enumerations = new WeakMap<object, Vocabulary>();
const byName = new Map<string, Vocabulary>();

/**
 * A closed vocabulary with a description for every value. Returns an object to use both as values and in `@Choice`:
 * `export const RoomKind = choice("RoomKind", "What a room is for.", { CLASSROOM: "Lessons.", GYM: "..." })`, then
 * `export type RoomKind = ChoiceOf<typeof RoomKind>`.
 */
export function choice<const V extends Record<string, string>>(name: string, description: string, descriptions: V): { readonly [K in keyof V]: K } {
  const values = Object.fromEntries(Object.keys(descriptions).map((k) => [k, k])) as { readonly [K in keyof V]: K };
  const known = byName.get(name);
  if (known) throw new Error(`There are two vocabularies named ${name}. Give one of them another name.`);
  const made = { name, values: values as unknown as Record<string, string>, description, descriptions };
  byName.set(name, made);
  enumerations.set(values, made);
  return values;
}
export type ChoiceOf<T> = T[keyof T] & string;

export function enumerationByName(name: string): Vocabulary {
  const found = byName.get(name);
  if (!found) throw new Error(`There is no vocabulary named ${name}.`);
  return found;
}

export function enumerationOf(values: object): Vocabulary {
  const found = enumerations.get(values);
  if (!found) throw new Error("@Choice takes a vocabulary made by choice(name, description, values).");
  return found;
}

export const Choice = (values: object, options: ScalarOptions & { defaultValue?: string } = {}): PropertyDecorator =>
  scalar("choice", { ...options, enumeration: enumerationOf(values), maxLength: 64 });

interface ReferenceOptions {
  description?: string;
  optional?: boolean;
  /** Stamps never change: a row stays with the student, school or section of its event. Foreign references are immutable unless told. */
  immutable?: boolean;
}

/** A reference within the domain. Write it `code!: Reference<AttendanceCode>`. */
export function BelongsTo(target: () => RecordClass, options: ReferenceOptions = {}): PropertyDecorator {
  return (prototype, key) => {
    addField(prototype, {
      kind: "belongsTo",
      name: String(key),
      column: `${snakeCase(String(key))}_id`,
      description: options.description,
      optional: options.optional ?? false,
      immutable: options.immutable ?? false,
      target,
    });
  };
}

/** A reference into another domain, by id: `studentId` gives the column `student_id` and the graph field `student`. */
export function ForeignRef(target: () => ForeignClass, options: ReferenceOptions = {}): PropertyDecorator {
  return (prototype, key) => {
    const name = String(key);
    if (!name.endsWith("Id")) throw new Error(`@ForeignRef ${name}: name the property <record>Id, e.g. studentId.`);
    addField(prototype, {
      kind: "foreign",
      name,
      column: snakeCase(name),
      graphName: name.slice(0, -2),
      description: options.description,
      optional: options.optional ?? false,
      immutable: options.immutable ?? true,
      target,
    });
  };
}

/** The records of this domain that point here through their `via` field. */
export function HasMany(target: () => RecordClass, via: string, options: { description?: string } = {}): PropertyDecorator {
  return (prototype, key) => {
    addField(prototype, { kind: "hasMany", name: String(key), column: "", description: options.description, optional: true, target, via });
  };
}

/** A list of ids of records, in the input of an operation. */
export const Ids = (options: ScalarOptions = {}): PropertyDecorator => scalar("textList", { ...options, ids: true });

const nested = (list: boolean) => (of: () => RecordClass, options: { description?: string; optional?: boolean } = {}): PropertyDecorator => (prototype, key) => {
  addField(prototype, { kind: "nested", name: String(key), column: "", description: options.description, optional: options.optional ?? false, of, list });
};

/** A list of nested values, in an input or a view: `@Items(() => AttendanceEntry) entries!: AttendanceEntry[]`. */
export const Items = nested(true);

/** One nested value, in an input or a view. */
export const Part = nested(false);

/** The part of this record with a narrower audience: a record of its own with the same key. Null means none, or hidden. */
export function Companion(target: () => RecordClass, options: { description?: string } = {}): PropertyDecorator {
  return (prototype, key) => {
    addField(prototype, { kind: "companion", name: String(key), column: "", description: options.description, optional: true, target });
  };
}

/** A stand-in for another domain's record: `export class Student extends foreign("students", "Student", "A learner.") {}`. */
export function foreign(domain: string, name: string, description: string): ForeignClass {
  abstract class Foreign {
    static readonly foreign: ForeignMeta = { name, domain, table: snakeCase(name), description };
    id!: string;
  }
  return Foreign;
}
