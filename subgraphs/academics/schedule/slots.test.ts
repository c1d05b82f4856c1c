import { describe, expect, it } from "vitest";
import { problemsOfSlots, type Slot } from "./slots.ts";

const codes = new Set(["1", "2", "1-2"]);
const at = (...slots: Slot[]) => problemsOfSlots(slots, codes).map((p) => p.path);

describe("the slots of one section", () => {
  it.each<[string, Slot[], string[]]>([
    ["none", [], []],
    ["the same period on two rotation days", [{ rotationDayId: "A", periodCode: "1" }, { rotationDayId: "B", periodCode: "1" }], []],
    ["two periods of every day", [{ periodCode: "1" }, { periodCode: "2" }], []],
    ["a period that no bell schedule has", [{ periodCode: "1" }, { periodCode: "9" }], ["input.slots.1.periodCode"]],
    ["the same hour twice", [{ rotationDayId: "A", periodCode: "1" }, { rotationDayId: "A", periodCode: "1", roomId: "other" }], ["input.slots.1.periodCode"]],
    ["every day beside one of them", [{ rotationDayId: "A", periodCode: "1" }, { rotationDayId: null, periodCode: "1" }], ["input.slots.1.periodCode"]],
  ])("%s", (_name, slots, problems) => {
    expect(at(...slots)).toEqual(problems);
  });
});
