import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { dataFolder } from "#foundation/testing/data-folder";
import { repository } from "#foundation/testing/import-rules";
import { launch } from "#foundation/testing/launched-process";
import { freePort } from "#foundation/testing/started-platform";

/** The sources of this clone, in a folder of their own, with its packages. */
function cloned(): string {
  const folder = mkdtempSync(join(tmpdir(), "osss-clone-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const left = new Set(["node_modules", ".git", ".osss", ".env"].map((name) => join(repository, name)));
  cpSync(repository, folder, { recursive: true, filter: (source) => !left.has(source) });
  symlinkSync(join(repository, "node_modules"), join(folder, "node_modules"));
  return folder;
}

test("npm run dev starts anew after a change of a source, over the same data", { timeout: 240_000 }, async () => {
  const clone = cloned();
  await using folder = dataFolder();
  await using dev = launch(["start.mjs", "--dev"], { cwd: clone, env: { PORT: String(await freePort()), OSSS_DATA_DIR: folder.path } });
  await dev.printed(/OSSS is ready in/);
  const soFar = dev.output().length;
  appendFileSync(join(clone, "subgraphs/schools/entities/room.ts"), "\n");
  await dev.printed(/OSSS is ready in/, soFar);
  expect(dev.output().slice(soFar)).not.toContain("Making a demo district");
  const database = folder.databasePid();
  expect(database).not.toBeNull();
  expect(await dev.end("SIGINT")).toMatchObject({ code: 0 });
  expect(folder.databasePid()).toBeNull();
});
