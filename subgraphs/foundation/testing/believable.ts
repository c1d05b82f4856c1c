import type { ColumnField, RecordMeta, ScalarField } from "../record/metadata.ts";

const day = (n: number): string => new Date(Date.UTC(2026, 7, 1 + (n % 60))).toISOString().slice(0, 10);
const later = (n: number): string => new Date(Date.UTC(2027, 0, 1 + (n % 60))).toISOString().slice(0, 10);
const letters = (n: number): string => String.fromCharCode(97 + (Math.floor(n / 26) % 26), 97 + (n % 26));

/** The `n`th value of a plain field: right for its kind, its limits and its pattern, and another one for another `n` where it can be. */
export function believable(meta: RecordMeta, field: ColumnField, n: number): unknown {
  switch (field.kind) {
    case "text":
      return field.pattern ? patterned(field, n) : plainText(meta, field, n);
    case "whole":
      return counted(field, n);
    case "decimal":
      return (((field.min ?? 0) + ((n % 8) + 1) / 10) as number).toFixed(Math.min(field.scale ?? 4, 3));
    case "day":
      return endsSpan(meta, field) ? later(n) : day(n);
    case "instant":
      return new Date(Date.UTC(2026, 8, 1, 12, n % 60));
    case "timeOfDay":
      return `${String(8 + (Math.floor(n / 60) % 10)).padStart(2, "0")}:${String(n % 60).padStart(2, "0")}`;
    case "flag":
      return field.defaultValue ?? false;
    case "choice":
      return field.defaultValue ?? Object.keys(field.enumeration!.values)[0];
    case "textList":
      return [field.enumeration ? Object.keys(field.enumeration.values)[n % Object.keys(field.enumeration.values).length] : `item ${n}`];
    case "json":
      return { note: n };
    case "id":
      return `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
    default:
      throw new Error(`${meta.name}.${field.name} is a reference: the world makes its record.`);
  }
}

/** Whether the field is the open end of a declared span. */
export function endsSpan(meta: RecordMeta, field: ColumnField): boolean {
  return meta.constraints.some((c) => c.kind === "check" && c.expression?.startsWith(`${field.column} is null or ${field.column} >`));
}

function plainText(meta: RecordMeta, field: ScalarField, n: number): string {
  const most = field.maxLength ?? 255;
  const name = field.name.replace(/([A-Z])/g, " $1").toLowerCase();
  const long = `${name.charAt(0).toUpperCase()}${name.slice(1)} of ${meta.name} ${String(n).padStart(4, "0")}`;
  return long.length <= most ? long : `N${n.toString(36).padStart(Math.min(4, most - 1), "0")}`.slice(0, most);
}

/** Takes the example of the field's own hint and varies it. */
function patterned(field: ScalarField, n: number): string {
  const example = /e\.g\. (.+)$/.exec(field.patternHint ?? "")?.[1];
  if (!example) throw new Error(`${field.name}: the pattern's hint gives no example ("..., e.g. X").`);
  const digits = example.replace(/\d{1,6}$/, (run) => String(Number(run) + n).padStart(run.length, "0").slice(-run.length));
  const candidates = [digits, `x${n}${example}`, letters(n), letters(n).toUpperCase()].filter((text) => text !== example || n === 0);
  return candidates.find((text) => field.pattern!.test(text) && text.length <= (field.maxLength ?? 255)) ?? example;
}

function counted(field: ScalarField, n: number): number {
  const min = field.min ?? 1;
  const max = field.max ?? min + 1_000_000;
  return min + (n % (max - min + 1));
}
