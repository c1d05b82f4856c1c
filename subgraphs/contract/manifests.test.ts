import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { registry } from "../registry.ts";

/** Names of the classes that a folder's files export with `@Record`. */
function recordsIn(folder: URL): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .flatMap((file) => [...readFileSync(new URL(file, folder), "utf8").matchAll(/^export class (\w+) extends DistrictRecord/gm)].map((match) => match[1]!));
}

describe.each(Object.keys(registry))("the manifest of %s", (name) => {
  it("lists every record of its folder entities/, and is named like its folder", async () => {
    const manifest = await registry[name]!();
    expect(manifest.name).toBe(name);
    expect(manifest.records.map((record) => record.name).sort()).toEqual(recordsIn(new URL(`../${name}/entities/`, import.meta.url)).sort());
  });

  it("has its contract test", () => expect(existsSync(new URL(`./${name}.test.ts`, import.meta.url))).toBe(true));
});
