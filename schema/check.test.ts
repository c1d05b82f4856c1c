import { describe, expect, it } from "vitest";
import { breakingChanges } from "./check.ts";

const before = `
  type Query { student(id: ID!, loud: Boolean @deprecated(reason: "no effect")): Student legacy: Legacy @deprecated(reason: "use student") }
  type Student { id: ID! name: String! nick: String @deprecated(reason: "use name") grade: Grade }
  type Legacy { inner: LegacyInner }
  type LegacyInner { id: ID! }
  enum Grade { K FIRST SECOND @deprecated(reason: "use FIRST") }
`;

describe("the breaking-change gate", () => {
  it("refuses removals and changed types", () => {
    const after = before.replace("name: String!", "name: String").replace("grade: Grade", "").replace("FIRST ", "");
    expect(breakingChanges(before, after).sort()).toEqual([
      "FIRST was removed from enum type Grade.",
      "Student.grade was removed.",
      "Student.name changed type from String! to String.",
    ]);
  });

  it("refuses a new required argument and a type that an open field led to", () => {
    expect(breakingChanges(before, before.replace("student(id: ID!,", "student(id: ID!, year: Int!,"))).toEqual([
      "A required arg year on Query.student was added.",
    ]);
    expect(breakingChanges("type Query { a: A b: Int } type A { x: Int }", "type Query { b: Int }")).toEqual(["A was removed.", "Query.a was removed."]);
  });

  it("lets go what was deprecated: a field, an argument, a value, and types that only it led to", () => {
    const after = `
      type Query { student(id: ID!): Student }
      type Student { id: ID! name: String! grade: Grade }
      enum Grade { K FIRST }
    `;
    expect(breakingChanges(before, after)).toEqual([]);
  });

  it("has nothing against additions", () => {
    expect(breakingChanges(before, before.replace("type Student {", "type Student { email: String "))).toEqual([]);
  });
});
