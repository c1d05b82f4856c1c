import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dataFolder } from "#foundation/testing/data-folder";
import { launch } from "#foundation/testing/launched-process";
import { freePort } from "#foundation/testing/started-platform";
import { cloned } from "./cloned.ts";

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
