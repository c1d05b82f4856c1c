import { beforeAll, describe, expect, it } from "vitest";
import { OsssError } from "../errors/errors.ts";
import type { Constraint, RecordMeta } from "../record/metadata.ts";
import { newDistrict, type Contract } from "./contract.ts";
import type { Values, World } from "./factory.ts";

/** What a constraint's WHERE asks of a row, where it is one flag, one empty column or one value; a recipe says more. */
function within(meta: RecordMeta, where: string | undefined): Values {
  if (!where) return {};
  const fieldOf = (column: string) => [...meta.fields.values()].find((f) => "column" in f && f.column === column)!.name;
  const value = /^(\w+) = '(\w+)'$/.exec(where);
  if (value) return { [fieldOf(value[1]!)]: value[2] };
  const empty = /^(\w+) is null$/.exec(where);
  if (empty) return { [fieldOf(empty[1]!)]: null };
  if (/^(\w+) (<> '(\w+)'|not in \('\w+'(, '\w+')*\)|is not null)$/.test(where)) return {};
  if (/^\w+$/.test(where)) return { [fieldOf(where)]: true };
  throw new Error(`${meta.name}: the contract does not understand the condition "${where}". Write it as a flag, \`x is null\`, \`x is not null\`, \`x = 'Y'\` or \`x <> 'Y'\`.`);
}

/** Values that lie outside of a condition on one of a vocabulary's values, so that no other constraint answers first. */
function outside(meta: RecordMeta, where: string | undefined): Values {
  const [, column, value] = /^(\w+) = '(\w+)'$/.exec(where ?? "") ?? [];
  const field = [...meta.fields.values()].find((f) => f.kind === "choice" && f.column === column);
  return field?.kind === "choice" ? { [field.name]: Object.keys(field.enumeration!.values).find((v) => v !== value) } : {};
}

/** Writes one more record and says how it was refused, or null when it was not. */
async function refusal(world: World, meta: RecordMeta, given: Values): Promise<OsssError | null> {
  world.a(meta.type, given, { complete: true });
  try {
    await world.save();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(OsssError);
    return error as OsssError;
  }
}

const pick = (values: Values, fields: readonly string[]): Values => Object.fromEntries(fields.map((f) => [f, values[f] ?? null]));

/** Natural keys and spans: the database refuses the second one, in the declaration's words, until the first is archived. */
export function describeKeys(contractOf: () => Contract, meta: RecordMeta): void {
  const keys = meta.constraints.filter((c) => c.kind === "unique");
  const spans = meta.constraints.filter((c) => c.kind === "exclude");
  if (keys.length + spans.length === 0 || meta.companionOf) return;

  describe(`keys of ${meta.name}`, () => {
    let world: World;
    beforeAll(() => {
      world = newDistrict(contractOf());
    });
    const first = async (given: Values): Promise<{ id: string; values: Values }> => {
      const id = world.a(meta.type, given, { complete: true });
      await world.save();
      return { id, values: world.valuesOf(id) };
    };
    const archive = (id: string) => contractOf().platform.sql(`UPDATE ${meta.schema}.${meta.table} SET archived_at = now() WHERE id = $1`, [id]);
    const checkRefused = (error: OsssError | null, constraint: Constraint) => {
      expect(error?.message, constraint.name).toBe(constraint.message);
      expect(error?.extensions, constraint.name).toMatchObject({ code: "CONFLICT", fields: expect.arrayContaining(constraint.fields.map((path) => ({ path, message: constraint.message }))) });
    };

    for (const key of keys) {
      it(`refuses a second ${key.fields.join(", ")}${key.where ? ` where ${key.where}` : ""}`, async () => {
        const made = await first(within(meta, key.where));
        const same = { ...within(meta, key.where), ...pick(made.values, key.fields) };
        checkRefused(await refusal(world, meta, same), key);
        await archive(made.id);
        expect(await refusal(world, meta, same), "an archived record blocks the key").toBeNull();
      });
    }

    for (const span of spans) {
      const { from, to } = span.span!;
      it(`refuses overlapping days of one ${span.fields.join(", ") || "district"}${span.where ? ` where ${span.where}` : ""}`, async () => {
        const days = (start: string, end: string | null): Values => ({ [from]: start, ...(to ? { [to]: end } : {}) });
        const held = span.where ? within(meta, span.where) : Object.assign({}, ...spans.map((other) => outside(meta, other.where)));
        const made = await first({ ...held, ...days("2031-01-01", "2031-06-01") });
        const same = { ...pick(made.values, span.fields), ...held };
        for (const [start, end] of [["2031-05-31", "2031-07-01"], ["2030-12-01", "2031-01-02"], ["2031-02-01", "2031-02-02"], ["2030-01-01", "2032-01-01"]] as const) {
          checkRefused(await refusal(world, meta, { ...same, ...days(start, end) }), span);
        }
        // Half-open: one ends on the day on which the next begins.
        expect(await refusal(world, meta, { ...same, ...days("2031-06-01", "2031-08-01") })).toBeNull();
        await archive(made.id);
        expect(await refusal(world, meta, { ...same, ...days("2031-03-01", "2031-04-01") }), "an archived record blocks the days").toBeNull();
      });

      const optional = span.fields.filter((name) => meta.fields.get(name)?.optional);
      if (optional.length > 0 && !span.where) {
        it(`refuses overlapping days also where ${optional.join(", ")} is empty`, async () => {
          const made = await first({ [from]: "2033-01-01", [to]: "2033-06-01", ...Object.fromEntries(optional.map((name) => [name, null])) });
          const same = { ...pick(made.values, span.fields), [from]: "2033-02-01", [to]: "2033-03-01" };
          expect((await refusal(world, meta, same))?.extensions.code).toBe("CONFLICT");
        });
      }
    }
  });
}
