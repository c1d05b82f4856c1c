import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runAcrossDomains } from "#foundation/crud/across-domains";
import { uuidv7 } from "#foundation/record/uuid";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { allManifests } from "../../contract/stage.ts";
import { edited, fixture, folderOf } from "../oneroster/fixtures/build-package.ts";
import { people } from "../domains.ts";
import { readOneRoster } from "./files.ts";
import { newImport } from "./open.ts";
import { commitImport, type Outcome } from "./run.ts";
import { undoImport } from "./undo.ts";

const district = { id: uuidv7(), code: "HARBOR", name: "Harbor Unified", timeZone: "America/Los_Angeles" };
let platform: TestPlatform;
let files: Record<string, string>;
beforeEach(async () => {
  platform = await testPlatform({ manifests: await allManifests(), now: new Date("2024-10-02T18:00:00Z") });
  files = await fixture("district-v1p1");
});
afterEach(() => platform[Symbol.asyncDispose]());

async function load(of: Record<string, string>, isNew = false): Promise<{ id: string; outcome: Outcome }> {
  const read = await readOneRoster(await folderOf(of));
  if (read.outcome !== "read") throw new Error(read.deviations.map(({ message }) => message).join("\n"));
  platform.clock.now = new Date(platform.clock.now.getTime() + 60_000);
  const { head, open } = newImport({ format: "ONEROSTER", source: "harbor", startedAt: platform.clock.now });
  const outcome = await commitImport({ orchestration: platform.orchestration, district: { ...district, isNew }, files: read, head, open }, { withdrawals: true, newPeople: true });
  return { id: head.id, outcome };
}

const undo = async (id: string) => (await runAcrossDomains(platform.orchestration, { operation: "undo import", districtId: district.id, large: true }, (across) => undoImport(across, platform.orchestration.manifests, id))).result;
const outcomes = (id: string) => platform.sql("SELECT file, sourced_id, outcome FROM rostering.import_row WHERE import_id = $1 AND archived_at IS NULL AND outcome <> 'PLANNED' ORDER BY outcome, file, sourced_id", [id]);

const untold = new Set(["import", "import_row", "import_count", "import_problem", "import_candidate", "import_alert", "recount_request"]);
const passing = ["version", "updated_at", "updated_by"];
/** Every current row of every record of the district, but for versions and what tells of imports. */
async function everything(): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const meta of platform.orchestration.manifests.flatMap((manifest) => manifest.metas)) {
    if (!meta.managed || untold.has(meta.table)) continue;
    const rows = await platform.sql(`SELECT to_jsonb(t) - $1::text[] AS row FROM ${meta.schema}.${meta.table} t WHERE archived_at IS NULL ORDER BY id`, [passing]);
    if (rows.length > 0) all[`${meta.schema}.${meta.table}`] = rows.map((row) => (row as { row: unknown }).row);
  }
  return all;
}

describe("an import that is undone", () => {
  test("leaves the district as it was before, and can be made again", async () => {
    await load(files, true);
    const before = await everything();
    const changed = edited(edited(files, "users.csv", "Ada", "Adelaide"), "enrollments.csv", "e3,", "e3-new,");
    const { id } = await load(changed);
    expect(await everything()).not.toEqual(before);
    expect(await undo(id)).toBe(0);
    expect(await everything()).toEqual(before);
    expect((await load(files)).outcome.changes).toEqual({ counts: {}, changed: 0 });
  });

  test("was the first: nothing is left but the district itself", async () => {
    const { id } = await load(files, true);
    expect(await undo(id)).toBe(0);
    expect(Object.keys(await everything())).toEqual(["platform.district"]);
    const again = await load(files);
    expect(again.outcome.changes.counts).toMatchObject({ Person: { CREATED: 7 }, School: { CREATED: 2 } });
  });

  test("keeps the rows whose records somebody has changed since, and what they rest on", async () => {
    const { id } = await load(files, true);
    const [ada] = await platform.sql<{ id: string }>("SELECT id FROM people.person WHERE given_name = 'Ada'");
    await platform.write(district.id, (across) => across.in("people", async (session) => people.changePerson(session, (await people.personsById(session, [ada!.id]))[0]!, { preferredGivenName: "Addie" })));
    const kept = await undo(id);
    expect(kept).toBeGreaterThan(0);
    const stays = (await outcomes(id)).filter((row) => (row as { outcome: string }).outcome === "KEPT");
    expect(stays).toContainEqual({ file: "users.csv", sourced_id: expect.any(String), outcome: "KEPT" });
    // Ada's contacts are her row's, and the people who they are stay with it.
    expect(await platform.sql("SELECT given_name, preferred_given_name FROM people.person WHERE archived_at IS NULL ORDER BY 1")).toEqual([
      { given_name: "Ada", preferred_given_name: "Addie" }, { given_name: "Jon", preferred_given_name: null }, { given_name: "Lea", preferred_given_name: null },
    ]);
    expect(await platform.sql("SELECT status, message FROM rostering.import WHERE id = $1", [id])).toEqual([{ status: "UNDONE", message: expect.stringContaining("as written") }]);
  });

  test("must be the last of its source, and stand", async () => {
    const first = await load(files, true);
    const second = await load(edited(files, "users.csv", "Ada", "Adelaide"));
    await expect(undo(first.id)).rejects.toMatchObject({ message: expect.stringMatching(/later import of harbor.*Undo that one first/s) });
    expect(await undo(second.id)).toBe(0);
    await expect(undo(second.id)).rejects.toMatchObject({ message: expect.stringContaining("not undone yet") });
    expect(await undo(first.id)).toBe(0);
  });

  test("of another district is not there", async () => {
    const { id } = await load(files, true);
    await expect(runAcrossDomains(platform.orchestration, { operation: "undo import", districtId: uuidv7() }, (across) => undoImport(across, platform.orchestration.manifests, id))).rejects.toMatchObject({ message: expect.stringMatching(/no Import/) });
  });
});
