import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "../config/config.ts";
import { openInstallation } from "./installation.ts";

const settings = { fsync: "off" };

test("the embedded database is made, migrated, and opened as a login that owns nothing; a command attaches to it", async () => {
  const dataDir = join(mkdtempSync(join(tmpdir(), "osss-installation-")), ".osss");
  onTestFinished(() => rmSync(join(dataDir, ".."), { recursive: true, force: true }));
  const config = readConfig({ OSSS_DATA_DIR: dataDir });
  const said: string[] = [];
  const first = await openInstallation(config, [], { settings, log: (line) => said.push(line) });
  onTestFinished(() => first.close());
  await first.migrate();
  expect((await first.openDatabase().pool.query("SELECT current_user AS who, current_database() AS name")).rows).toEqual([{ who: "osss_app", name: "osss" }]);
  expect(statSync(join(dataDir, "database-password")).mode & 0o777).toBe(0o600);
  await expect(openInstallation(config, [], { settings })).rejects.toThrow(/already runs on the data folder/);
  const attached = await openInstallation(config, [], { attach: true });
  expect(attached.appUrl).toBe(first.appUrl);
  await attached.openDatabase().pool.query("SELECT 1");
  await attached.close();
  expect((await first.openDatabase().pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await Promise.all([first.close(), first.close()]);
  expect(said.filter((line) => line.includes("closed a connection"))).toEqual([]);
});

test("an external database must be opened as the application's login, and is migrated only by a role of its own", async () => {
  const owner = readConfig({ DATABASE_URL: "postgres://postgres:x@db.example.org/osss" });
  await expect(openInstallation(owner, [])).rejects.toThrow(/signs in as "postgres".*osss_app.*DATABASE_ADMIN_URL/);
  const app = await openInstallation(readConfig({ DATABASE_URL: "postgres://osss_app:x@db.example.org/osss" }), []);
  expect([app.adminUrl, app.postgres]).toEqual([null, null]);
  await expect(app.migrate()).rejects.toThrow(/DATABASE_ADMIN_URL is not set/);
  await app.close();
});
