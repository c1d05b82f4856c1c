import { expect, it } from "vitest";
import { distinct, groupByReasons } from "./access-reasons.ts";

const reason = (role: string, relation: string) => ({ role, relation, description: relation });
const here = reason("registrar", "at_school");
const earlier = reason("registrar", "other_time_at_school");

it("the nearest reason comes first, and each once", () => {
  expect(distinct([earlier, here, { ...here }, reason("parent", "guardian"), reason("parent", "of_a_new_kind")])).toEqual([reason("parent", "guardian"), here, earlier, reason("parent", "of_a_new_kind")]);
});

it("parts with the same reasons stand together, parts without any are left out", () => {
  const groups = groupByReasons([
    { part: "contacts", reasons: [here, here] },
    { part: "orders", reasons: [] },
    { part: "enrollments", reasons: [here] },
    { part: "programs", reasons: [earlier, here] },
  ]);
  expect(groups).toEqual([{ parts: ["contacts", "enrollments"], reasons: [here] }, { parts: ["programs"], reasons: [here, earlier] }]);
});
