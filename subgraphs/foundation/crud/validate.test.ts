import { describe, expect, it } from "vitest";
import type { OsssError } from "../errors/errors.ts";
import { Choice, choice, Day, Decimal, ForeignRef, foreign, Instant, Text, TextList, Whole } from "../record/fields.ts";
import { fieldsOf } from "../record/metadata.ts";
import { validateInput } from "./validate.ts";

const Shade = choice("ShadeForValidation", "A shade.", { LIGHT: "Light.", DARK: "Dark." });
class Painter extends foreign("arts", "Painter", "A painter.") {}
abstract class Picture {
  @Text({ maxLength: 10 }) title!: string;
  @Text({ optional: true, pattern: /^[A-Z]{2}$/, patternHint: "two capital letters, e.g. US" }) country?: string | null;
  @Whole({ min: 1, max: 9, unit: "years" }) age!: number;
  @Decimal({ precision: 4, scale: 3 }) share!: string;
  @Day() painted!: string;
  @Instant() sold!: Date;
  @Choice(Shade) shade!: string;
  @TextList({ maxLength: 5 }) tags!: string[];
  @ForeignRef(() => Painter) painterId!: string;
}
const fields = fieldsOf(Picture).map((field) => ({ input: field.name, field }));
const check = (values: Record<string, unknown>) => validateInput(fields, values, "input");
const problems = (values: Record<string, unknown>): string[] => {
  try {
    check(values);
    return [];
  } catch (error) {
    return (error as OsssError & { extensions: { fields: { path: string; message: string }[] } }).extensions.fields.map((f) => `${f.path}: ${f.message}`);
  }
};

describe("the check of an input", () => {
  it("reports all problems together, each with its path", () => {
    expect(problems({ title: " ", age: 12, painterId: "7" })).toEqual(["input.title: Send some text.", "input.age: Send 9 or less years.", "input.painterId: Send an id as this API gave it (a UUID)."]);
  });

  it("trims texts and takes blank optional ones as none", () => {
    expect(check({ title: "  Rain ", country: "  " })).toEqual({ title: "Rain", country: null });
  });

  it("leaves out what was left out, and refuses to empty what must have a value", () => {
    expect(check({})).toEqual({});
    expect(problems({ title: null, country: null })).toEqual(["input.title: This field cannot be emptied. Send a value, or leave it out."]);
  });

  it.each([
    [{ title: "x".repeat(11) }, "at most 10 characters"],
    [{ title: "a\u0000b" }, "control characters"],
    [{ title: "a\u001bb" }, "control characters"],
    [{ country: "usa" }, "two capital letters"],
    [{ age: 0 }, "1 or more"],
    [{ share: "10" }, "at most 1 digits before and 3 after"],
    [{ share: "0.1234" }, "at most 1 digits before and 3 after"],
    [{ tags: ["", "a"] }, "items of 1 to 5"],
    [{ tags: ["sixsix"] }, "items of 1 to 5"],
  ])("refuses %j", (values, message) => {
    expect(problems(values)[0]).toContain(message);
  });

  it("takes what fits exactly, lines and tabs included", () => {
    expect(check({ title: "a\n\tb", share: "-0.1250", tags: [" ab "], sold: "2026-09-01T12:00:00+02:00" })).toEqual({ title: "a\n\tb", share: "-0.1250", tags: ["ab"], sold: new Date("2026-09-01T10:00:00Z") });
  });

  it("writes ids in lower case, as they are compared", () => {
    expect(check({ painterId: "01A205ED-91F7-765C-AE4B-BE46F8338695" })).toEqual({ painterId: "01a205ed-91f7-765c-ae4b-be46f8338695" });
  });
});
