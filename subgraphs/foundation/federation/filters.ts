import { Field, ID, InputType, Int, registerEnumType } from "type-graphql";
import { settled } from "./graph-types.ts";
import type { RecordClass, ScalarField } from "../record/metadata.ts";
import { DayScalar, DecimalScalar, InstantScalar, TimeOfDayScalar } from "../record/scalars.ts";

type Parts = Record<string, { of: () => unknown; list?: boolean; description: string }>;

const made = new Map<string, RecordClass>();

function filter(name: string, description: string, parts: Parts): RecordClass {
  const known = made.get(name);
  if (known) return known;
  const type = { [name]: class {} }[name] as RecordClass;
  made.set(name, type);
  InputType(name, { description })(type as never);
  for (const [key, part] of Object.entries(parts)) {
    settled(part.of);
    Field(() => (part.list ? [part.of()] : part.of()) as never, { nullable: true, description: part.description })(type.prototype as object, key);
  }
  return type;
}

const equality = (of: () => unknown): Parts => ({
  eq: { of, description: "Equal to. Null finds rows without a value." },
  ne: { of, description: "Not equal to; rows without a value are found too. Null finds rows with a value." },
  in: { of, list: true, description: "One of these." },
  notIn: { of, list: true, description: "None of these; rows without a value are left out." },
  isNull: { of: () => Boolean, description: "True: without a value. False: with one." },
});
const comparison = (of: () => unknown): Parts => ({
  ...equality(of),
  lt: { of, description: "Before, or smaller than." },
  lte: { of, description: "Up to and including." },
  gt: { of, description: "After, or greater than." },
  gte: { of, description: "From, inclusive." },
});

/** The filter input of a plain field: one input per kind of value, one per vocabulary. */
export function filterFor(field: ScalarField, enumeration?: object): RecordClass {
  switch (field.kind) {
    case "id":
      return idFilter();
    case "text":
      return filter("TextFilter", "Compares text. contains and startsWith do not tell upper from lower case.", {
        ...comparison(() => String),
        contains: { of: () => String, description: "Has this text somewhere in it." },
        startsWith: { of: () => String, description: "Begins with this text." },
      });
    case "whole":
      return filter("WholeFilter", "Compares whole numbers.", comparison(() => Int));
    case "decimal":
      return filter("DecimalFilter", "Compares exact numbers.", comparison(() => DecimalScalar));
    case "day":
      return filter("DayFilter", "Compares days.", comparison(() => DayScalar));
    case "instant":
      return filter("InstantFilter", "Compares moments.", comparison(() => InstantScalar));
    case "timeOfDay":
      return filter("TimeOfDayFilter", "Compares times of day.", comparison(() => TimeOfDayScalar));
    case "flag":
      return filter("FlagFilter", "Compares yes and no.", { eq: { of: () => Boolean, description: "Is this. Null finds rows without an answer." }, isNull: { of: () => Boolean, description: "True: without an answer. False: with one." } });
    case "choice":
      return filter(`${field.enumeration!.name}Filter`, `Compares values of ${field.enumeration!.name}.`, equality(() => enumeration));
    case "textList":
    case "json":
      return filter("TextListFilter", "Looks into a list of texts.", { has: { of: () => String, description: "Has exactly this text among its items." }, isNull: { of: () => Boolean, description: "True: without a list. False: with one." } });
  }
}

export const idFilter = (): RecordClass => filter("IdFilter", "Compares ids.", equality(() => ID));

/** Filters on a reference into another domain: by its id alone. Its own name per target, since composition intersects inputs of one name. */
export const ReferenceFilter = {
  for: (target: string): RecordClass =>
    filter(`${target}RefFilter`, `Which ${target}, by id.`, {
      id: { of: idFilter, description: `The id of the ${target}.` },
      isNull: { of: () => Boolean, description: "True: rows without one. False: rows with one." },
    }),
};

export const QuantifiedFilter = {
  for: (target: string, where: () => RecordClass): RecordClass =>
    filter(`${target}ListFilter`, `What must hold among the related ${target} rows that you may see.`, {
      some: { of: where, description: "At least one matches." },
      none: { of: where, description: "None matches." },
      every: { of: where, description: "All match; also true without any." },
    }),
};

let direction: object | null = null;
export const SortDirection = {
  type(): object {
    if (direction) return direction;
    direction = { ASC: "ASC", DESC: "DESC" };
    registerEnumType(direction, { name: "SortDirection", description: "Which way to order.", valuesConfig: { ASC: { description: "Smallest, earliest, A first; rows without a value last." }, DESC: { description: "Largest, latest, Z first; rows without a value first." } } });
    return direction;
  },
};
