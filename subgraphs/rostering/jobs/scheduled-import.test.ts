import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { until } from "#foundation/testing/until";
import { NoFiles, waitingFiles } from "../imports/waiting-files.ts";
import { edited } from "../oneroster/fixtures/build-package.ts";
import { importDesk, zipOf, type ImportDesk } from "../testing/import-desk.ts";
import { isDue, schedulesJob } from "./run-import-schedules.ts";

let desk: ImportDesk;
let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "osss-imports-"));
  desk = await importDesk({ importFolder: root });
});
afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

interface Seen { imports: { nodes: { id: string; status: string; previous: { id: string } | null; counts: { nodes: { file: string; changed: number; withdrawn: number }[] } }[] }; importAlerts: { nodes: { id: string; version: number; kind: string; message: string; settledAt: string | null }[] } }
const look = () => desk.ask<Seen>(desk.registrar, `{ imports(where: { schedule: { source: { eq: "harbor" } } }, orderBy: [{ field: createdAt, direction: DESC }]) { nodes { id status previous { id } counts { nodes { file changed withdrawn } } } } importAlerts(orderBy: [{ field: createdAt, direction: DESC }]) { nodes { id version kind message settledAt } } }`);
/** The time of the schedule comes, on the next day of the district. */
async function nextMorning(): Promise<void> {
  desk.platform.clock.now = new Date(desk.platform.clock.now.getTime() + 86_400_000);
  await desk.platform.write(desk.districtId, (across) => across.queue(schedulesJob, {}));
}
async function put(files: Readonly<Record<string, string>>): Promise<void> {
  await rm(join(root, "sis"), { recursive: true, force: true });
  await mkdir(join(root, "sis"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, "sis", name), text);
}

test.each([
  [{ time: "04:30", weekdaysOnly: false, lastRunOn: null }, "2024-10-05", "04:29", false],
  [{ time: "04:30", weekdaysOnly: false, lastRunOn: null }, "2024-10-05", "04:30", true],
  [{ time: "04:30:00", weekdaysOnly: false, lastRunOn: "2024-10-04" }, "2024-10-05", "23:00", true],
  [{ time: "04:30", weekdaysOnly: false, lastRunOn: "2024-10-05" }, "2024-10-05", "23:00", false],
  // A Saturday.
  [{ time: "04:30", weekdaysOnly: true, lastRunOn: null }, "2024-10-05", "23:00", false],
])("%j on %s at %s", (schedule, today, now, due) => {
  expect(isDue(schedule, today, now)).toBe(due);
});

describe("files that wait in a folder", () => {
  test("are the newest zip, or the CSV files; never anything outside", async () => {
    const folder = await mkdtemp(join(root, "vendor-"));
    const name = folder.slice(root.length + 1);
    await expect(waitingFiles(root, name)).rejects.toThrow(/neither a zip nor CSV/);
    await writeFile(join(folder, "old.zip"), await zipOf({ "manifest.csv": "a" }));
    await utimes(join(folder, "old.zip"), 1, 1);
    await writeFile(join(folder, "new.zip"), await zipOf({ "manifest.csv": "b" }));
    expect((await waitingFiles(root, name)).name).toBe("new.zip");
    await symlink("/etc", join(root, "way-out"));
    for (const bad of ["way-out", "../../etc", "missing"]) await expect(waitingFiles(root, bad), bad).rejects.toBeInstanceOf(NoFiles);
    await expect(waitingFiles(null, name)).rejects.toThrow(/OSSS_IMPORT_DIR/);
  });
});

describe("a scheduled import", () => {
  test("is set up by the registrar of the district alone", async () => {
    const words = 'mutation { scheduleImport(input: { source: "harbor", folder: "sis", time: "04:30" }) { record { id active } } }';
    await expect(desk.ask(desk.schoolRegistrar, words)).rejects.toThrow(/registrar of the district/);
    await expect(desk.ask(desk.registrar, words.replace('"sis"', '"../sis"'))).rejects.toThrow();
    expect(await desk.ask(desk.registrar, words)).toMatchObject({ scheduleImport: { record: { active: true } } });
    expect(await desk.ask(desk.registrar, words.replace("04:30", "05:00"))).toMatchObject({ scheduleImport: { record: { active: true } } });
    expect(await desk.ask(desk.registrar, "{ importSchedules { nodes { time } } }")).toEqual({ importSchedules: { nodes: [{ time: "05:00" }] } });
  });

  test("writes what asks nobody anything, each day once, and says what is different from the last time", async () => {
    await put(edited(desk.files, "users.csv", "555-0102", "555-0155"));
    await nextMorning();
    await until(async () => (await look()).imports.nodes[0]?.status === "COMMITTED");
    const { imports, importAlerts } = await look();
    expect(imports.nodes[0]).toMatchObject({ previous: { id: expect.any(String) }, counts: { nodes: expect.arrayContaining([expect.objectContaining({ file: "users.csv", changed: 1, withdrawn: 0 })]) } });
    expect(importAlerts.nodes).toEqual([]);
    await desk.platform.write(desk.districtId, (across) => across.queue(schedulesJob, {}));
    expect((await look()).imports.nodes).toHaveLength(1);
  });

  test("waits with an alert where too much would vanish, until somebody says that it is meant", async () => {
    const lines = desk.files["enrollments.csv"]!.trimEnd().split("\n");
    await put({ ...desk.files, "enrollments.csv": `${lines.slice(0, 2).join("\n")}\n` });
    await nextMorning();
    await until(async () => (await look()).importAlerts.nodes.length === 1);
    const { imports, importAlerts } = await look();
    const [alert] = importAlerts.nodes;
    expect([imports.nodes[0]!.status, alert!.kind, alert!.settledAt]).toEqual(["STOPPED", "STOPPED", null]);
    const { version } = await desk.reaches(imports.nodes[0]!.id, "STOPPED");
    await desk.ask(desk.registrar, `mutation { commitImport(input: { importId: "${imports.nodes[0]!.id}", version: ${version}, acceptWithdrawals: true }) { record { id } } }`);
    await desk.reaches(imports.nodes[0]!.id, "COMMITTED");
    await desk.ask(desk.registrar, `mutation { settleImportAlert(input: { alertId: "${alert!.id}", version: ${alert!.version} }) { record { settledAt } } }`);
    expect((await look()).importAlerts.nodes[0]!.settledAt).not.toBeNull();
  });

  test("tells when there is nothing to import, and when the files have a fault", async () => {
    await rm(join(root, "sis"), { recursive: true });
    await nextMorning();
    await until(async () => (await look()).importAlerts.nodes[0]?.kind === "NO_FILES");
    await put(edited(desk.files, "enrollments.csv", "e3,,,k-hr-3", "e3,,,k-hr-9"));
    await nextMorning();
    await until(async () => (await look()).importAlerts.nodes[0]?.kind === "REFUSED");
    expect((await look()).imports.nodes[0]!.status).toBe("REFUSED");
  });
});
