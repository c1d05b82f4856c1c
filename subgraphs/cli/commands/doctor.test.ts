import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { readConfig } from "#foundation/config/config";
import { examine, type Finding } from "./doctor.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "osss-doctor-"));
  onTestFinished(() => { rmSync(made, { recursive: true, force: true }); });
  return made;
}

const about = (findings: Finding[], subject: string) => findings.find((one) => one.subject === subject);

test("a port that another program holds is wrong, with a way out", async () => {
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => { squatter.close(); });
  const { port } = squatter.address() as AddressInfo;
  const findings = await examine(readConfig({ OSSS_DATA_DIR: folder(), PORT: String(port) }));
  expect(about(findings, "Port")).toEqual({ level: "wrong", subject: "Port", text: expect.stringContaining(`PORT=${port + 1} npm start`) });
});

test("the last start is held against its aims", async () => {
  const dataDir = folder();
  const examineStart = async (start: object) => {
    writeFileSync(join(dataDir, "last-start.json"), JSON.stringify(start));
    const findings = await examine(readConfig({ OSSS_DATA_DIR: dataDir, PORT: "0" }));
    return [about(findings, "Last start"), about(findings, "Memory used")];
  };
  const [warm, big] = await examineStart({ readyMs: 7_200, cold: false, rssMb: 612.4, at: "2026-11-20T08:00:00Z" });
  expect(warm).toMatchObject({ level: "note", text: expect.stringContaining("ready after 7.2 s warm") });
  expect(warm?.text).toContain("(aim 6 s: not met)");
  expect(big).toMatchObject({ level: "note", text: "612 MB (aim 500 MB: not met)" });
  const [cold, small] = await examineStart({ readyMs: 7_200, cold: true, rssMb: 400, at: "2026-11-20T08:00:00Z" });
  expect(cold).toMatchObject({ level: "ok", text: expect.stringContaining("(aim 180 s: met)") });
  expect(small?.level).toBe("ok");
});

test("the database is the embedded one, or the server that the settings name", async () => {
  const embedded = await examine(readConfig({ OSSS_DATA_DIR: folder(), PORT: "0" }));
  expect(about(embedded, "Database")).toMatchObject({ level: "ok", text: expect.stringMatching(/^embedded .*18/) });
  const { superuserUrl } = inject("postgres");
  const server = await examine(readConfig({ OSSS_DATA_DIR: folder(), PORT: "0", DATABASE_URL: superuserUrl }));
  expect(about(server, "Database")).toMatchObject({ level: "ok", text: expect.stringMatching(/^PostgreSQL 18 at 127/) });
  const wrong = new URL(superuserUrl);
  wrong.password = "wrong";
  const refused = about(await examine(readConfig({ OSSS_DATA_DIR: folder(), PORT: "0", DATABASE_URL: wrong.href })), "Database");
  expect(refused).toMatchObject({ level: "wrong", text: expect.stringContaining("check DATABASE_URL") });
  expect(refused?.text).not.toContain("wrong@");
});
