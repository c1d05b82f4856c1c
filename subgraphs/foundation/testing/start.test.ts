import { spawn, spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { repository } from "./import-rules.ts";

const root = process.getuid?.() === 0;
const own = { "node_modules/one": { version: "1.0.0" } };

/** A clone with start.mjs and the loader alone, in a private home with a space in its path; `main` is what it hands over to. */
function clone(options: { main?: string; wanted?: object; present?: object | null } = {}): string {
  const folder = join(mkdtempSync(join(tmpdir(), "osss start ")), "my clone");
  onTestFinished(() => { rmSync(join(folder, ".."), { recursive: true, force: true }); });
  const { main = "", wanted = own, present = own } = options;
  mkdirSync(join(folder, "gateway"), { recursive: true });
  for (const file of ["start.mjs", "typescript.mjs"]) copyFileSync(join(repository, file), join(folder, file));
  copyFileSync(join(repository, "tsconfig.json"), join(folder, "tsconfig.json"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "clone", version: "1.0.0", type: "module", dependencies: { one: "1.0.0" } }));
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ name: "clone", version: "1.0.0", lockfileVersion: 3, packages: { "": { dependencies: { one: "1.0.0" } }, ...wanted } }));
  writeFileSync(join(folder, "gateway/main.ts"), main);
  if (present === null) return folder;
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  writeFileSync(join(folder, "node_modules/.package-lock.json"), JSON.stringify({ packages: present }));
  symlinkSync(process.execPath, join(folder, "node_modules/.bin/node"));
  symlinkSync(join(repository, "node_modules/@oxc-node"), join(folder, "node_modules/@oxc-node"));
  return folder;
}

/** A registry that nobody answers for, and no packages kept from before. */
const offline = (folder: string) => ({ npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0", npm_config_cache: join(folder, "..", "cache") });

function start(folder: string, words: string[] = [], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [join(folder, "start.mjs"), ...words], { encoding: "utf8", cwd: tmpdir(), env: { PATH: process.env.PATH ?? "", ...env } });
}

test("it hands over from any folder, in the clone's own, and ends with the child's code", () => {
  const folder = clone({ main: `console.log(JSON.stringify([process.cwd(), process.env.INIT_CWD])); process.exit(7);` });
  const run = start(folder);
  expect(run.status).toBe(7);
  expect(JSON.parse(run.stdout)).toEqual([folder, tmpdir()]);
});

test(".env is read where there is one, and the environment wins over it", () => {
  const folder = clone({ main: `console.log(process.env.ONE, process.env.TWO);` });
  writeFileSync(join(folder, ".env"), "ONE=file\nTWO=file\n");
  expect(start(folder, [], { TWO: "environment" }).stdout).toBe("file environment\n");
});

test.each([
  ["SIGINT", ["SIGINT", "SIGINT"]],
  ["SIGTERM", ["SIGTERM"]],
] as const)("%s reaches the child once, and its shutdown is waited for", async (signal, sent) => {
  const folder = clone({
    main: `let received = 0;
      process.on("${signal}", () => { received += 1; if (received === 1) setTimeout(() => { console.log("received " + received); process.exit(0); }, 300); });
      setInterval(() => {}, 1000);
      console.log("ready");`,
  });
  const child = spawn(process.execPath, [join(folder, "start.mjs")], { stdio: ["ignore", "pipe", "inherit"], cwd: tmpdir() });
  onTestFinished(() => { child.kill("SIGKILL"); });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    if (line === "ready") for (const one of sent) child.kill(one);
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect(lines).toEqual(["ready", "received 1"]);
  expect(code).toBe(0);
});

test("a child that is killed shows in the exit code", () => {
  expect(start(clone({ main: `process.kill(process.pid, "SIGKILL");` })).status).toBe(137);
});

test.each([
  ["nothing is installed", null],
  ["a package is missing", {}],
  ["a package has another version", { "node_modules/one": { version: "0.9.0" } }],
])("when %s it installs, and says in a sentence that it is offline", (_, present) => {
  const folder = clone({ present, main: `console.log("ran")` });
  const run = start(folder, [], offline(folder));
  expect(run.status).toBe(1);
  expect(run.stderr).toContain("npm could not reach its registry");
  expect(run.stdout).not.toContain("ran");
});

test("packages for other platforms are not missed, and those for this one are", () => {
  const elsewhere = { ...own, "node_modules/two": { version: "1.0.0", optional: true, os: ["sunos"], cpu: ["x64"] } };
  expect(start(clone({ wanted: elsewhere, main: `console.log("ran")` })).stdout).toBe("ran\n");
  const here = { ...own, "node_modules/two": { version: "1.0.0", optional: true, os: [process.platform], cpu: [process.arch] } };
  const folder = clone({ wanted: here });
  expect(start(folder, [], offline(folder)).status).toBe(1);
});

test("a word that is not known is refused, so that a typing error starts nothing", () => {
  const run = start(clone({ main: `console.log("ran")` }), ["--tests"]);
  expect(run).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("[--dev | --test ... | --cli ...]") });
});

test.skipIf(root)("packages that do not fit, in a folder of another user, are told in a sentence", () => {
  const folder = clone({ present: {} });
  chmodSync(join(folder, "node_modules"), 0o555);
  expect(start(folder).stderr).toContain("this user cannot write there");
  chmodSync(join(folder, "node_modules"), 0o755);
});
