import { describe, expect, it } from "vitest";
import { duplicateReasons, isLikely, type Comparison } from "./duplicate-reasons.ts";

const compared = (parts: Partial<Comparison>): Comparison => ({ sameNumber: null, sameStateId: null, sameBirthDate: null, givenLikeness: 0, familyLikeness: 0, ...parts });
const of = (parts: Partial<Comparison>) => duplicateReasons(compared(parts));

describe("a duplicate", () => {
  it("is likely by a number alone, whatever the name", () => {
    expect(of({ sameNumber: true })).toEqual(["SAME_NUMBER"]);
    expect(isLikely(of({ sameStateId: true }))).toBe(true);
  });

  it("is likely by the same name, unless the birth date is another", () => {
    expect(of({ givenLikeness: 1, familyLikeness: 1, sameBirthDate: true })).toEqual(["SAME_NAME_AND_BIRTH_DATE"]);
    expect(isLikely(of({ givenLikeness: 1, familyLikeness: 1 }))).toBe(true);
    const cousins = of({ givenLikeness: 1, familyLikeness: 1, sameBirthDate: false });
    expect([cousins, isLikely(cousins)]).toEqual([["SAME_NAME_OTHER_BIRTH_DATE"], false]);
  });

  it("is likely by the same birth date and a name that is spelled a little otherwise", () => {
    // "Katherine Lopez" and "Kathrine Lopez": 0.57 and 1.
    expect(of({ givenLikeness: 0.57, familyLikeness: 1, sameBirthDate: true })).toEqual(["SIMILAR_NAME_AND_BIRTH_DATE"]);
    expect(isLikely(of({ givenLikeness: 0.57, familyLikeness: 1, sameBirthDate: true }))).toBe(true);
    // Twins: the same birth date and family name, and a first name of their own. To be looked at, but no reason to refuse.
    const twin = of({ givenLikeness: 0.05, familyLikeness: 1, sameBirthDate: true });
    expect([twin, isLikely(twin)]).toEqual([["ONE_NAME_AND_BIRTH_DATE"], false]);
  });

  it("is only possible by names that are alike, and not at all by a birth date alone", () => {
    expect(isLikely(of({ givenLikeness: 0.6, familyLikeness: 0.7 }))).toBe(false);
    expect(of({ givenLikeness: 0.6, familyLikeness: 0.7 })).toEqual(["SIMILAR_NAME"]);
    expect(of({ givenLikeness: 0.6, familyLikeness: 0.7, sameBirthDate: false })).toEqual([]);
    expect(of({ sameBirthDate: true, givenLikeness: 0.1, familyLikeness: 0.1 })).toEqual([]);
  });
});
