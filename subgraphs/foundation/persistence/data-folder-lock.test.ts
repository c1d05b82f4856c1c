import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { DataFolderInUse, lockDataFolder, lockHolder } from "./data-folder-lock.ts";
import { identityOf } from "./process-state.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "osss-lock-"));
  onTestFinished(() => { rmSync(made, { recursive: true, force: true }); });
  return made;
}

const leave = (dataDir: string, holder: object) => writeFileSync(join(dataDir, "osss.lock"), JSON.stringify({ purpose: "npm start", databasePort: 5432, ...holder }));

test("the folder is held until it is released, also when it is reached through a link", () => {
  const dataDir = folder();
  const link = join(folder(), "link");
  symlinkSync(dataDir, link);
  const lock = lockDataFolder(dataDir, "the first");
  lock.announce(5433);
  expect(() => lockDataFolder(link, "the second")).toThrow(DataFolderInUse);
  expect(lockHolder(link)).toMatchObject({ purpose: "the first", pid: process.pid, databasePort: 5433 });
  lock.release();
  lock.release();
  expect(readdirSync(dataDir)).toEqual([]);
  lockDataFolder(link, "the second").release();
});

test.each([
  ["a process that has ended", () => ({ pid: 2 ** 22 + 1, startedAt: null })],
  ["this process's id in a former life", () => ({ ...identityOf(process.pid), pid: process.pid })],
  ["a living process that began later than the holder", () => ({ pid: process.ppid, startedAt: "an earlier boot/1" })],
])("the lock of %s is taken over", (_, holder) => {
  const dataDir = folder();
  leave(dataDir, holder());
  expect(lockHolder(dataDir)).toBeNull();
  lockDataFolder(dataDir, "the next").release();
});

test("a half-written lock does not lock a folder for ever", () => {
  const dataDir = folder();
  writeFileSync(join(dataDir, "osss.lock"), '{"pid":12');
  const lock = lockDataFolder(dataDir, "the next");
  expect(lockHolder(dataDir)?.purpose).toBe("the next");
  lock.release();
});

test("a living holder is named", () => {
  const dataDir = folder();
  leave(dataDir, identityOf(process.ppid));
  expect(() => lockDataFolder(dataDir, "mine")).toThrow(new RegExp(`npm start, process ${process.ppid}, database on port 5432.*OSSS_DATA_DIR`));
});

test("of many that find a stale lock at once, one takes it over", async () => {
  const dataDir = folder();
  leave(dataDir, { pid: 2 ** 22 + 1, startedAt: null });
  const script = `import { lockDataFolder } from ${JSON.stringify(new URL("./data-folder-lock.ts", import.meta.url).href)};
    process.stdin.once("data", () => {
      try { lockDataFolder(process.argv[1], "a racer"); console.log("won"); } catch (error) { console.log(error.code); }
    });
    console.log("ready");`;
  const racers = Array.from({ length: 4 }, () => spawn(process.execPath, ["--import", "@oxc-node/core/register", "--input-type=module", "-e", script, dataDir], { stdio: ["pipe", "pipe", "inherit"] }));
  onTestFinished(() => { for (const racer of racers) racer.kill("SIGKILL"); });
  const lines = racers.map((racer) => createInterface({ input: racer.stdout })[Symbol.asyncIterator]());
  await Promise.all(lines.map((line) => line.next()));
  for (const racer of racers) racer.stdin.write("go\n");
  const outcomes = (await Promise.all(lines.map((line) => line.next()))).map(({ value }) => String(value));
  expect(outcomes.sort()).toEqual(["DATA_FOLDER_IN_USE", "DATA_FOLDER_IN_USE", "DATA_FOLDER_IN_USE", "won"]);
});
