import { expect, test } from "vitest";
import { countDeviations, describeDeviations } from "./describe-deviations.ts";
import { DeviationLog, quoted } from "./deviation.ts";

function report(fill: (log: DeviationLog) => void) {
  const log = new DeviationLog();
  fill(log);
  return { deviations: log.list(), deviationTotals: log.totals() };
}

test("nothing to say is nothing said", () => {
  expect(describeDeviations(report(() => {}))).toBe("");
  expect(countDeviations(report(() => {}))).toBe("0 faults, 0 warnings");
});

test("faults come first, each group with its count and places", () => {
  const outcome = report((log) => {
    log.add("value-case", { file: "users.csv", row: 7, column: "role" }, '"Teacher" is read as "teacher".');
    log.add("manifest-missing", { file: "manifest.csv" }, "The package lacks manifest.csv.");
    log.add("package-too-large", { file: "" }, "The zip is too large.");
  });
  expect(describeDeviations(outcome).split("\n")).toEqual([
    "FAULT manifest-missing (1)",
    "  manifest.csv: The package lacks manifest.csv.",
    "FAULT package-too-large (1)",
    "  The zip is too large.",
    "warning value-case (1)",
    '  users.csv line 7, role: "Teacher" is read as "teacher".',
  ]);
  expect(countDeviations(outcome)).toBe("2 faults, 1 warning");
});

test("of many alike the first twenty are shown and all are counted", () => {
  const outcome = report((log) => {
    for (let row = 2; row < 5002; row += 1) log.add("value-case", { file: "users.csv", row, column: "role" }, "Another case.");
  });
  const lines = describeDeviations(outcome).split("\n");
  expect(lines).toHaveLength(22);
  expect([lines[0], lines[1], lines[20], lines[21]]).toEqual(["warning value-case (5000)", "  users.csv line 2, role: Another case.", "  users.csv line 21, role: Another case.", "  and 4980 more"]);
});

test("names from a package cannot steer the terminal", () => {
  const outcome = report((log) => log.add("entry-unknown", { file: "\u001b[2Jx.csv" }, "It is passed over."));
  expect(describeDeviations(outcome)).not.toContain("\u001b");
  expect(quoted("a\u202eb\n")).toBe('"a\\u202eb\\u000a"');
  expect(quoted("x".repeat(50))).toBe(`"${"x".repeat(40)}…"`);
});
