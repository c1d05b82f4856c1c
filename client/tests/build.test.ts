import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { buildClient, clientFingerprint } from "../build.ts";

let parent: string;
let outDir: string;
const said: string[] = [];
const build = () => buildClient({ outDir, log: (line) => said.push(line) });
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), "osss-client-build-"));
  outDir = join(parent, "client");
  await build();
});
afterAll(() => rmSync(parent, { recursive: true, force: true }));

it("makes a page of hashed files without any script or style in it", () => {
  const page = readFileSync(join(outDir, "index.html"), "utf8");
  expect(page).toMatch(/<script type="module" crossorigin src="\/assets\/index-[\w-]+\.js"><\/script>/);
  expect(page).not.toMatch(/<style|style="|<script(?![^>]* src=)|\son\w+="/);
  expect(page).toContain('<meta name="osss:issuer" content="">');
  expect(readdirSync(join(outDir, "assets")).every((name) => /-[\w-]{8}\.(js|css|ttf)$/.test(name))).toBe(true);
});

it("builds nothing while the sources are the same, and leaves nothing beside", async () => {
  expect([await build(), said]).toEqual([false, ["Building the web client ..."]]);
  expect(readdirSync(parent)).toEqual(["client"]);
});

it("builds anew, and only what is new, when what is there was made of other sources", async () => {
  writeFileSync(join(outDir, ".fingerprint"), "of an older version\n");
  writeFileSync(join(outDir, "old.html"), "");
  expect(await build()).toBe(true);
  expect([readFileSync(join(outDir, ".fingerprint"), "utf8").trim(), existsSync(join(outDir, "old.html"))]).toEqual([clientFingerprint(), false]);
});
