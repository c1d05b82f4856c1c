import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { repository } from "./import-rules.ts";

const read = (file: string) => readFileSync(join(repository, file), "utf8");
const manifest = z.object({ license: z.string(), dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read("package.json")));
const lock = z.object({ packages: z.record(z.string(), z.object({ license: z.string().optional(), version: z.string().optional() })) })
  .parse(JSON.parse(read("package-lock.json")));
const notices = read("THIRD_PARTY_NOTICES.md");

/** Beyond these, a package's licence must be looked at by a person, and named in the notices. */
const allowed = ["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-4.0", "Elastic-2.0", "ISC", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0", "Python-2.0", "Unlicense", "CC0-1.0"];

const licenceOf = (name: string) =>
  z.object({ license: z.string() }).parse(JSON.parse(read(`node_modules/${name}/package.json`))).license;

const nameOf = (folder: string) => folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);

/** The lines "- `name`: licence (what for)" below a heading. */
function listed(heading: string): Record<string, string | undefined> {
  const section = notices.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  return Object.fromEntries([...section.matchAll(/^- `([^`]+)`: (\S+) \(/gm)].map((found) => [found[1], found[2]]));
}

test.each([
  ["Packages of the running system", manifest.dependencies],
  ["Packages for the demo, the build and the tests", manifest.devDependencies],
])("%s are listed with the licence that they state", (heading, packages) => {
  expect(listed(heading)).toEqual(Object.fromEntries(Object.keys(packages).map((name) => [name, licenceOf(name)])));
});

test("every package under the Elastic License is named at the top, and no other", () => {
  const elastic = Object.entries(lock.packages).filter(([, entry]) => entry.license === "Elastic-2.0").map(([folder]) => nameOf(folder));
  const section = notices.split(/^## /m).find((part) => part.startsWith("Read this first")) ?? "";
  expect([...section.matchAll(/^- `([^`]+)`$/gm)].map((found) => found[1])).toEqual([...new Set(elastic)].sort());
});

test("no package further down has a licence that was not looked at", () => {
  const other = Object.entries(lock.packages).filter(([folder, entry]) => {
    if (folder === "" || entry.license === undefined) return false;
    const choices = entry.license.replace(/[()]/g, "").split(" OR ");
    return !choices.some((choice) => choice.split(" AND ").every((licence) => allowed.includes(licence)));
  }).map(([folder, entry]) => `${nameOf(folder)}: ${entry.license}`);
  expect(other).toEqual([]);
});

test("OSSS is under the Apache License 2.0, whole", () => {
  expect(manifest.license).toBe("Apache-2.0");
  const text = read("LICENSE");
  expect(text).toMatch(/^\s*Apache License\s+Version 2\.0, January 2004/);
  expect(text).toContain("END OF TERMS AND CONDITIONS");
});
