import { GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from "graphql";
import { OsssError } from "../errors/errors.ts";

const refuse = (scalar: string, hint: string): never => {
  throw OsssError.invalid([{ path: scalar, message: hint }]);
};

function textScalar(name: string, description: string, accepts: (text: string) => boolean, hint: string): GraphQLScalarType<string, unknown> {
  const parse = (value: unknown): string => (typeof value === "string" && accepts(value) ? value : refuse(name, hint));
  return new GraphQLScalarType<string, unknown>({
    name,
    description,
    serialize: (value) => (value instanceof Date ? value.toISOString() : String(value)),
    parseValue: parse,
    parseLiteral: (node: ValueNode) => (node.kind === Kind.STRING || (name === "Decimal" && (node.kind === Kind.INT || node.kind === Kind.FLOAT)) ? parse(node.value) : refuse(name, hint)),
  });
}

/** True for a day that exists, written `YYYY-MM-DD`, from year 1 to 9999. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text && !text.startsWith("0000");
}

export const DayScalar = textScalar("Day", "A calendar day without a time zone, `YYYY-MM-DD`, e.g. `2026-09-01`.", isDay, "Write a day that exists as YYYY-MM-DD, e.g. 2026-09-01.");

/** True for a moment of the years 1 to 9999 in ISO 8601 with its offset (14 hours at most), on a day that exists. */
export function isInstant(text: string): boolean {
  const parts = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/.exec(text);
  return parts !== null && isDay(parts[1]!) && !Number.isNaN(Date.parse(text));
}

/** True for a wall-clock time, written `HH:MM`. */
export const isTimeOfDay = (text: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text);

export const InstantScalar = textScalar(
  "Instant",
  "A moment in UTC, ISO 8601 with milliseconds, e.g. `2026-09-01T12:30:00.000Z`.",
  isInstant,
  "Write a moment in ISO 8601 with its offset, e.g. 2026-09-01T12:30:00Z.",
);

export const TimeOfDayScalar = textScalar("TimeOfDay", "A wall-clock time at the school, `HH:MM` from `00:00` to `23:59`.", isTimeOfDay, "Write a time of day as HH:MM, e.g. 08:15.");

export const DecimalScalar = textScalar("Decimal", "An exact decimal number as text, so that no digit is lost, e.g. `\"0.5000\"`.", (text) => /^-?\d{1,12}(\.\d{1,12})?$/.test(text), 'Write an exact decimal as text, e.g. "0.5".');

export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: "JSON",
  description: "Any JSON value.",
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node) => valueFromASTUntyped(node),
});

export const scalars = [DayScalar, InstantScalar, TimeOfDayScalar, DecimalScalar, JsonScalar];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export function isId(text: unknown): text is string {
  return typeof text === "string" && uuid.test(text);
}
