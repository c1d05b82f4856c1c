import { expect, it } from "vitest";
import type { Problem } from "../rostering/imports/files.ts";
import { problems } from "./describe-import.ts";

const note = (file: string, line: number | null, message: string, severity: Problem["severity"] = "NOTE"): Problem => ({ file, line, column: null, message, severity, code: "note" });

it("says once what is said of many lines of a file, and names the first of them", () => {
  const told = problems([
    ...[2, 3, 4, 5, 9].map((line) => note("classes.csv", line, "The office has set when the section meets.")),
    note("users.csv", 2, "The office has set when the section meets."),
    note("users.csv", 7, "Twice."), note("users.csv", 8, "Twice."),
    note("orgs.csv", null, "No school is named."),
    note("", null, "The package is small."),
    note("users.csv", 3, "Told by the reader.", "WARNING"),
  ]);
  expect(told).toEqual([
    "  classes.csv lines 2, 3, 4 and 2 more: The office has set when the section meets.",
    "  users.csv line 2: The office has set when the section meets.",
    "  users.csv lines 7 and 8: Twice.",
    "  orgs.csv: No school is named.",
    "  The package is small.",
  ]);
});

it("tells the first twenty kinds, and how many there are besides", () => {
  expect(problems(Array.from({ length: 23 }, (_, n) => note("users.csv", n + 2, `Said ${n}.`))).slice(19)).toEqual(["  users.csv line 21: Said 19.", "  and 3 more"]);
});
