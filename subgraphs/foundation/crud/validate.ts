import { OsssError, type FieldProblem } from "../errors/errors.ts";
import { fieldsOf, isScalar, type Field, type RecordClass, type ScalarField } from "../record/metadata.ts";
import { isId } from "../record/scalars.ts";

interface InputField {
  input: string;
  field: Field;
}
export type InputValues = Readonly<Record<string, unknown>>;

/**
 * Checks an input against the declarations of its fields, all problems together, and returns the values by field name: texts trimmed,
 * references as ids. GraphQL has already checked the types of values.
 */
export function validateInput(fields: readonly InputField[], values: InputValues, path: string): Record<string, unknown> {
  const problems: FieldProblem[] = [];
  const out = checked(fields, values, path, problems);
  if (problems.length > 0) throw OsssError.invalid(problems);
  return out;
}

/** The same for the class that an operation takes, its nested parts included; what was left out gets its declared default. */
export function validateOperationInput(type: RecordClass, values: InputValues, path: string): Record<string, unknown> {
  const problems: FieldProblem[] = [];
  const out = checkedPart(type, values, path, problems);
  if (problems.length > 0) throw OsssError.invalid(problems);
  return out;
}

function checkedPart(type: RecordClass, values: InputValues, path: string, problems: FieldProblem[]): Record<string, unknown> {
  const fields = fieldsOf(type);
  const defaults = Object.fromEntries(fields.flatMap((f) => ("defaultValue" in f && f.defaultValue !== undefined ? [[f.name, f.defaultValue]] : [])));
  return { ...defaults, ...checked(fields.map((field) => ({ input: inputName(field), field })), values, path, problems) };
}

/** The name of a field in an input: references within the domain end in `Id` there, too. */
export const inputName = (field: Field): string => (field.kind === "belongsTo" ? `${field.name}Id` : field.name);

const mostItems = 1_000;

function checked(fields: readonly InputField[], values: InputValues, path: string, problems: FieldProblem[]): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const { input, field } of fields) {
    if (field.kind === "companion" || field.kind === "hasMany" || !(input in values)) continue;
    const value = values[input];
    if (value === undefined) continue;
    const at = `${path}.${input}`;
    if (value === null) {
      if (!field.optional) problems.push({ path: at, message: "This field cannot be emptied. Send a value, or leave it out." });
      else out[field.name] = null;
      continue;
    }
    if (field.kind === "nested") {
      const items = (field.list ? value : [value]) as InputValues[];
      if (items.length > mostItems) problems.push({ path: at, message: `Send at most ${mostItems} at once; send the rest in further requests.` });
      else {
        const clean = items.map((item, i) => checkedPart(field.of(), item, field.list ? `${at}.${i}` : at, problems));
        out[field.name] = field.list ? clean : clean[0];
      }
      continue;
    }
    if (!isScalar(field)) {
      if (!isId(value)) problems.push({ path: at, message: "Send an id as this API gave it (a UUID)." });
      out[field.name] = String(value).toLowerCase();
      continue;
    }
    const { problem, clean } = checkScalar(field, value);
    if (problem) problems.push({ path: at, message: problem });
    out[field.name] = clean;
  }
  return out;
}

function checkScalar(field: ScalarField, value: unknown): { problem: string | null; clean: unknown } {
  const no = (problem: string) => ({ problem, clean: value });
  if (field.kind === "text" || field.kind === "choice") {
    const text = String(value).trim();
    if (text === "" && !field.optional) return no("Send some text.");
    if (text.length > (field.maxLength ?? 255)) return no(`Send at most ${field.maxLength ?? 255} characters.`);
    // Control characters break exports, labels and terminals; line breaks and tabs are text.
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) return no("Remove the control characters.");
    if (field.pattern && text !== "" && !field.pattern.test(text)) return no(`Send ${field.patternHint ?? "text of the expected form"}.`);
    return { problem: null, clean: text === "" ? null : text };
  }
  if (field.kind === "textList") {
    const items = (value as unknown[]).map((v) => String(v).trim());
    if (field.ids) return items.length > mostItems ? no(`Send at most ${mostItems} ids at once.`) : items.every(isId) ? { problem: null, clean: items.map((id) => id.toLowerCase()) } : no("Send ids as this API gave them (UUIDs).");
    if (items.some((t) => t === "" || t.length > (field.maxLength ?? 255))) return no(`Send items of 1 to ${field.maxLength ?? 255} characters.`);
    return { problem: null, clean: items };
  }
  if (field.kind === "whole" || field.kind === "decimal") {
    const n = Number(value);
    if (field.min !== undefined && n < field.min) return no(`Send ${field.min} or more${field.unit ? ` ${field.unit}` : ""}.`);
    if (field.max !== undefined && n > field.max) return no(`Send ${field.max} or less${field.unit ? ` ${field.unit}` : ""}.`);
    if (field.kind === "decimal" && !fitsDecimal(field, String(value))) return no(`Send at most ${(field.precision ?? 12) - (field.scale ?? 4)} digits before and ${field.scale ?? 4} after the decimal point.`);
    return { problem: null, clean: field.kind === "decimal" ? String(value) : value };
  }
  if (field.kind === "id" && !isId(value)) return no("Send an id as this API gave it (a UUID).");
  if (field.kind === "instant") return { problem: null, clean: new Date(String(value)) };
  return { problem: null, clean: value };
}

/** Whether the column holds the number exactly: the database would round the digits that it has no place for. */
function fitsDecimal(field: ScalarField, text: string): boolean {
  const [whole = "", part = ""] = text.replace("-", "").split(".");
  const scale = field.scale ?? 4;
  return whole.replace(/^0+/, "").length <= (field.precision ?? 12) - scale && part.replace(/0+$/, "").length <= scale;
}
