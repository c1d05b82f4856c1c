import { expect, test } from "vitest";
import { utf8 } from "./utf8.ts";

test.each([
  ["nothing", ""],
  ["a short text", "Dąbrowska"],
  ["a long Latin text", "Gutiérrez, ".repeat(10_000)],
  ["a long text of every width", "a é ą € 😀 ".repeat(20_000)],
  ["a text with half a character", `${"ą".repeat(20_000)}\ud83d`],
  ["a very long text", "ą".repeat(1_200_000)],
])("%s leaves as the bytes that it is", (_, text) => {
  expect(Buffer.from(utf8(text) as string).equals(Buffer.from(text))).toBe(true);
});

test("what was encoded before is not changed by the next", () => {
  const first = utf8("ą".repeat(20_000)) as Buffer;
  utf8("€".repeat(20_000));
  expect(first.equals(Buffer.from("ą".repeat(20_000)))).toBe(true);
});
