import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { sampleBundles } from "#foundation/testing/sample-bundles";
import { contactsOf, schoolEnrollmentsOf, staffAssignmentsOf, studentsOf } from "./derive.ts";
import { readRoster, type RefusedPackage, type RosterBundle } from "./roster.ts";

const samples = sampleBundles();

/** Packages that others made. They are not part of the project, so a plain clone has none. */
describe.skipIf(samples === null)("packages that others made (set OSSS_SAMPLE_BUNDLES to the folder that holds oneroster/)", () => {
  const folder = (name: string) => join(samples ?? "", "oneroster", name);

  test("mockroster 1.1: everything is read, with its four oddities named", async () => {
    const bundle = read(await readRoster(folder("mockroster-classlink-v1p1")));
    expect(counts(bundle)).toEqual({ organizations: 4, sessions: 7, users: 180, demographics: 0, courses: 40, classes: 72, enrollments: 305 });
    expect(bundle.deviationTotals).toMatchObject({ "header-only": 1, "sessions-inclusive-ends": 1, "sessions-start-year": 1, "session-outside-year": 1 });
    expect(bundle.files.demographics).toEqual({ mode: "bulk", rows: 0, headerOnly: true });
    expect(bundle.source).toEqual({ systemName: "ClassLink OneRoster", systemCode: "ClassLink" });
    const sessions = Object.fromEntries(bundle.sessions.map((session) => [session.sourcedId, session]));
    expect(sessions.S1).toMatchObject({ begin: "2018-09-05", end: "2019-01-30", schoolYear: 2019, yearSourcedId: "FY", outsideYear: false });
    expect(sessions.Q1).toMatchObject({ title: "MP1", outsideYear: true });
    expect(bundle.deviations.find(({ code }) => code === "session-outside-year")).toMatchObject({ file: "academicSessions.csv", row: 3, severity: "warning" });
  });

  test("mockroster 1.1: 140 students, each at one school, and 40 teachers", async () => {
    const bundle = read(await readRoster(folder("mockroster-classlink-v1p1")));
    expect(studentsOf(bundle)).toHaveLength(140);
    const staff = staffAssignmentsOf(bundle).assignments;
    expect(staff).toHaveLength(40);
    expect(new Set(staff.map(({ assignment }) => assignment))).toEqual(new Set(["teacher"]));
    const { enrollments, deviations } = schoolEnrollmentsOf(bundle, { importDate: "2019-03-01", importedBefore: false });
    expect(deviations).toEqual([]);
    expect(enrollments.filter(({ primary }) => primary)).toHaveLength(140);
    expect(new Set(enrollments.map(({ schoolSourcedId }) => schoolSourcedId))).toEqual(new Set(["2", "3", "7"]));
    expect(new Set(enrollments.map(({ entryDate }) => entryDate))).toEqual(new Set(["2018-09-05"]));
    expect(enrollments.filter(({ gradeLevel }) => gradeLevel === null)).toHaveLength(1);
  });

  test("Ed-Fi 1.1: the same student in the same class once per semester is no fault", async () => {
    const bundle = read(await readRoster(folder("lms-toolkit-edfi-v1p1")));
    expect(counts(bundle)).toEqual({ organizations: 2, sessions: 3, users: 10, demographics: 8, courses: 2, classes: 2, enrollments: 24 });
    expect(bundle.deviationTotals).toEqual({ "manifest-version": 1, "row-trailing-cells": 2 });
    const twice = [...Map.groupBy(bundle.enrollments, ({ userSourcedId, classSourcedId }) => `${userSourcedId} ${classSourcedId}`).values()].filter((rows) => rows.length > 1);
    expect(twice.length).toBeGreaterThan(0);
    for (const rows of twice) {
      const [first, second, ...more] = rows.toSorted((a, b) => (a.begin! < b.begin! ? -1 : 1));
      expect(more).toEqual([]);
      expect(first!.end! <= second!.begin!).toBe(true);
    }
  });

  test("the full 1.2 set is read without a word", async () => {
    const bundle = read(await readRoster(folder("longsight-full-bulk-v1p2")));
    expect(bundle.deviations).toEqual([]);
    expect(Object.values(bundle.files).map(({ mode }) => mode)).toEqual(Array.from({ length: 21 }, () => "bulk"));
    expect(Object.values(bundle.files).reduce((sum, { rows }) => sum + rows, 0)).toBe(25);
    expect(Object.values(bundle.rows).reduce((sum, rows) => sum + rows.length, 0)).toBe(25);
    expect(bundle.categories).toMatchObject([{ title: "Homework", weight: 20 }]);
    expect(bundle.lineItems).toMatchObject([{ title: "Unit Quiz", classSourcedId: "class-1", categorySourcedId: "category-1", sessionSourcedId: "as-1", resultValueMin: 0, resultValueMax: 100 }]);
    expect(bundle.results).toMatchObject([{ lineItemSourcedId: "line-item-1", studentSourcedId: "user-1", score: 95.5, textScore: "A", late: false, missing: false }]);
    expect(staffAssignmentsOf(bundle).assignments.map(({ userSourcedId, assignment }) => [userSourcedId, assignment])).toEqual([["user-1", "teacher"], ["user-agent", "teacher"]]);
    expect(contactsOf(bundle)).toEqual([]);
  });

  test("a manifest alone says that nothing changed", async () => {
    const bundle = read(await readRoster(folder("longsight-manifest-only-v1p2")));
    expect(bundle.deviations).toEqual([]);
    expect(Object.values(counts(bundle))).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test("Moodle 1.1: refused for its courses that are not there, every other deviation named", async () => {
    const refusal = refused(await readRoster(folder("moodle-minimal-v1p1")));
    expect(fatal(refusal)).toEqual(["reference-dangling classes.csv 2", "reference-dangling classes.csv 3"]);
    expect(refusal.deviationTotals).toMatchObject({ "password-ignored": 1, "value-case": 7, "role-differs": 2, "session-outside-year": 2 });
    expect(JSON.stringify(refusal)).not.toContain("Password1");
  });

  test("1.0 without a manifest is refused, with a sentence that names the flag", async () => {
    const refusal = refused(await readRoster(folder("lms-toolkit-edfi-v1p0")));
    expect(fatal(refusal)).toEqual(["manifest-missing manifest.csv null"]);
    expect(refusal.deviations[0]?.message).toContain("--version 1.0");
  });

  test("1.0 by the flag says what the same district's 1.1 says, but for what 1.0 lacks; its names and words are warnings", async () => {
    const bundle = read(await readRoster(folder("lms-toolkit-edfi-v1p0"), { version: "1.0" }));
    const newer = read(await readRoster(folder("lms-toolkit-edfi-v1p1")));
    expect(counts(bundle)).toEqual(counts(newer));
    expect(bundle.deviationTotals).toEqual({
      "version-older": 1, "column-name-former": 8, "sessions-without-year": 1, "header-order": 1, "metadata-not-last": 2, "value-case": 68, "enrollment-overlap": 12,
    });
    expect(bundle.sessions.map(({ schoolYear }) => schoolYear)).toEqual([2021, 2021, 2021]);
    expect(bundle.demographics.map(({ sourcedId, birthDate }) => [sourcedId, birthDate])).toEqual(newer.demographics.map(({ sourcedId, birthDate }) => [sourcedId, birthDate]));
    expect(bundle.classes.map(({ termSourcedIds, grades }) => [termSourcedIds.length, grades])).toEqual([[2, ["9"]], [2, ["9"]]]);
  });

  test("invalid 01: an empty package is refused", async () => {
    const empty = await mkdtemp(join(tmpdir(), "osss-empty-"));
    onTestFinished(() => rm(empty, { recursive: true, force: true }));
    await mkdir(join(empty, "01"));
    expect(fatal(refused(await readRoster(join(empty, "01"))))).toEqual(["manifest-missing manifest.csv null"]);
  });

  test("invalid 03: an unknown file is a warning", async () => {
    const bundle = read(await readRoster(folder("invalid/03-unknown-zip-entry")));
    expect(bundle.deviations.map(({ code, file }) => [code, file])).toEqual([["entry-unknown", "extra.csv"]]);
  });

  test.each([
    ["05-manifest-marks-present-file-absent", ["file-unexpected users.csv null"]],
    ["07-schema-header-and-metadata-failures", ["reference-dangling classes.csv 2", "reference-dangling classes.csv 2", "reference-dangling classes.csv 2"]],
    ["09-delta-lifecycle-datetime-failure", ["value-unreadable users.csv 2"]],
    ["11-delta-lifecycle-required-failure", ["value-missing users.csv 2", "value-missing users.csv 2"]],
    ["13-missing-target-file-failure", ["reference-dangling lineItems.csv 2", "reference-dangling lineItems.csv 2", "reference-dangling lineItems.csv 2", "reference-dangling lineItems.csv 2"]],
    ["15-semantic-validation-failure", ["objective-malformed lineItemLearningObjectiveIds.csv 2", "score-range-inverted lineItems.csv 2", "scale-malformed scoreScales.csv 2"]],
  ])("invalid %s is refused, the row named", async (name, expected) => {
    expect(fatal(refused(await readRoster(folder(join("invalid", name)))))).toEqual(expected);
  });

  test("invalid 07: header order and misplaced columns are warnings", async () => {
    const { deviationTotals } = refused(await readRoster(folder("invalid/07-schema-header-and-metadata-failures")));
    expect(deviationTotals).toMatchObject({ "header-order": 1, "metadata-not-last": 1, "column-unknown": 1 });
  });
});

function read(outcome: RosterBundle | RefusedPackage): RosterBundle {
  if (outcome.outcome === "refused") throw new Error(`The package was refused: ${fatal(outcome).join(", ")}`);
  return outcome;
}

function refused(outcome: RosterBundle | RefusedPackage): RefusedPackage {
  if (outcome.outcome === "read") throw new Error("The package was read, though it should be refused.");
  return outcome;
}

function fatal({ deviations }: RefusedPackage): string[] {
  return deviations.filter(({ severity }) => severity === "fatal").map(({ code, file, row }) => `${code} ${file} ${row}`);
}

function counts({ organizations, sessions, users, demographics, courses, classes, enrollments }: RosterBundle) {
  return Object.fromEntries(Object.entries({ organizations, sessions, users, demographics, courses, classes, enrollments }).map(([name, list]) => [name, list.length]));
}
