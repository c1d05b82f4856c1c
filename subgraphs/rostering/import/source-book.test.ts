import { afterEach, beforeEach, expect, test } from "vitest";
import { runAcrossDomains } from "#foundation/crud/across-domains";
import { uuidv7 } from "#foundation/record/uuid";
import type { TestPlatform } from "#foundation/testing/test-platform";
import { stage } from "../../contract/stage.ts";
import { platform as platformPort, schools } from "../domains.ts";
import { Ledger } from "../imports/ledger.ts";
import type { FileName } from "../oneroster/columns.ts";
import { edited, fixture, folderOf } from "../oneroster/fixtures/build-package.ts";
import { readRoster } from "../oneroster/roster.ts";
import { SourceBook } from "./source-book.ts";

const districtId = uuidv7();
let platform: TestPlatform;
let files: Record<string, string>;
let schoolId: string;
beforeEach(async () => {
  ({ platform } = await stage({ now: new Date("2024-10-02T18:00:00Z") }));
  files = await fixture("district-v1p1");
  schoolId = await platform.write(districtId, async (across) => {
    await across.in("platform", async (session) => platformPort.addDistrict(session, { name: "Harbor", code: "HARBOR", timeZone: "UTC" }, districtId));
    return across.in("schools", async (session) => schools.addSchool(session, { code: "s2", name: "Tidewater", kind: "HIGH" }));
  });
});
afterEach(() => platform[Symbol.asyncDispose]());

async function take(of: Record<string, string>, prepare: (book: SourceBook) => void = () => undefined, today = "2024-10-02") {
  const bundle = await readRoster(await folderOf(of));
  if (bundle.outcome !== "read") throw new Error(bundle.deviations.map(({ message }) => message).join("\n"));
  const ledger = new Ledger();
  const { result } = await runAcrossDomains(platform.orchestration, { operation: "test", districtId, large: true, onChanges: (changes) => ledger.take(changes) }, async (across) => {
    const book = await across.in("rostering", (session) => SourceBook.load(session, "harbor", null));
    book.compare(bundle);
    prepare(book);
    const told = {
      empty: book.isEmpty,
      states: (file: FileName) => Object.fromEntries(bundle.rows[file].map(({ sourcedId }) => [sourcedId, book.stateOf(file, sourcedId)])),
      gone: book.gone("users").map(({ sourcedId, line }) => [sourcedId, line]),
      known: book.known("users").length,
    };
    for (const { sourcedId, line } of bundle.rows.users) ledger.declare({ file: "users.csv", line, sourcedId, label: sourcedId }, book.stateOf("users", sourcedId) === "new");
    for (const { sourcedId, line } of book.gone("users")) ledger.withdraw({ file: "users.csv", line, sourcedId, label: sourcedId });
    await book.save(across, today, (id, file, sourcedId) => ledger.attribute(id, `${file}.csv`, sourcedId));
    return told;
  });
  return { ...result, memory: Object.fromEntries(ledger.rows().filter(({ memory }) => memory.length > 0).map(({ sourcedId, memory }) => [sourcedId, memory.flatMap(({ fields }) => fields.map(({ field }) => field)).sort()])) };
}

const without = (of: Record<string, string>, file: string, id: string) => ({ ...of, [file]: (of[file] ?? "").split("\n").filter((line) => !line.startsWith(`${id},`)).join("\n") });
const rows = (where = "true") => platform.sql<{ file: string; sourced_id: string; values: unknown; gone_since: string | null; school_id: string | null }>(`SELECT file, sourced_id, values, gone_since::text, school_id FROM rostering.source_record WHERE ${where} ORDER BY 1, 2`);

test("the first package is all new; the same one again changes nothing", async () => {
  const first = await take(files);
  expect([first.empty, first.known, first.memory]).toEqual([true, 0, {}]);
  expect(new Set(Object.values(first.states("users")))).toEqual(new Set(["new"]));
  expect(await rows()).toHaveLength(3 + 3 + 2 + 2 + 7 + 5 + 2);
  const versions = () => platform.sql("SELECT count(*)::int AS n, max(version) AS version FROM rostering.source_record");
  const before = await versions();
  const second = await take(files);
  expect([second.empty, second.known, second.gone, second.memory]).toEqual([false, 7, [], {}]);
  expect(new Set(Object.values(second.states("enrollments")))).toEqual(new Set(["same"]));
  expect(await versions()).toEqual(before);
});

test("no password is kept or told, and another one is no change", async () => {
  await take(edited(files, "users.csv", '"u-lea,u-jon",09,', '"u-lea,u-jon",09,Hunter2-first'));
  expect(JSON.stringify(await platform.sql("SELECT * FROM rostering.source_record"))).not.toContain("Hunter2");
  const other = await take(edited(files, "users.csv", '"u-lea,u-jon",09,', '"u-lea,u-jon",09,Hunter2-second'));
  expect(other.states("users")["u-ada"]).toBe("same");
});

test("what has no place is kept as written, and nothing else", async () => {
  await take(files);
  expect((await rows("file = 'demographics'")).map(({ sourced_id, values }) => [sourced_id, values])).toEqual([
    ["u-ada", { cityOfBirth: "Port Amber", stateOfBirthAbbreviation: "OR", demographicRaceTwoOrMoreRaces: "false" }],
    ["u-ben", null],
  ]);
  expect((await rows("sourced_id = 'd1'"))[0]!.values).toEqual({ "metadata.city": "Port Amber" });
  expect((await rows("sourced_id = 'u-ada'  AND file = 'users'"))[0]!.values).toEqual({ username: "ada.moreau", enabledUser: "true", userIds: "{State:700001},{Local:11}", agentSourcedIds: "u-lea,u-jon", grades: "09" });
});

test("a changed, a vanished and a returned row are told, and booked to their rows with what they were", async () => {
  await take(files);
  const later = without(without(edited(files, "users.csv", "h.voss", "hana.voss"), "users.csv", "u-ngozi"), "demographics.csv", "u-ben");
  const change = await take(edited(later, "users.csv", "u-ngozi", ""), undefined, "2024-11-05");
  expect([change.states("users")["u-voss"], change.gone]).toEqual(["changed", [["u-ngozi", null]]]);
  expect(change.memory).toMatchObject({ "u-voss": ["digest", "values"], "u-ngozi": ["goneSince"], "u-ben": ["digest", "values"] });
  expect(await rows("gone_since IS NOT NULL")).toMatchObject([{ file: "demographics", gone_since: "2024-11-05" }, { file: "users", sourced_id: "u-ngozi", gone_since: "2024-11-05" }]);
  const again = await take(edited(later, "users.csv", "u-ngozi", ""));
  expect([again.gone, again.known, again.memory]).toEqual([[], 6, {}]);
  const back = await take(files);
  expect([back.states("users")["u-ngozi"], back.known]).toEqual(["returned", 6]);
  expect(await rows("gone_since IS NOT NULL")).toEqual([]);
});

test("a header without rows, and a delta, leave nothing out; a delta takes away what it calls deleted", async () => {
  await take(files);
  const headerOnly = await take({ ...files, "demographics.csv": `${files["demographics.csv"]!.split("\n")[0]!}\n` });
  expect(headerOnly.memory).toEqual({});
  const [header = "", ...lines] = files["users.csv"]!.split("\n");
  const row = (lines.find((line) => line.startsWith("u-voss")) ?? "").replace("u-voss,,", "u-voss,tobedeleted,2024-11-01T00:00:00Z");
  const delta = await take(edited({ ...files, "users.csv": `${header}\n${row}\n` }, "manifest.csv", "file.users,bulk", "file.users,delta"));
  expect(delta.gone).toEqual([["u-voss", 2]]);
});

test("rows left out by a clerk stay out of the book, and others know their school and what else was told of them", async () => {
  await take(files, (book) => {
    book.leaveOut("users", "u-ben");
    book.place("users", "u-ada", schoolId);
    book.keep("users", "u-jon", { note: "no record" });
  });
  expect((await rows("file = 'users'")).map(({ sourced_id, school_id }) => [sourced_id, school_id])).toEqual([
    ["u-ada", schoolId], ["u-ito", null], ["u-jon", null], ["u-lea", null], ["u-ngozi", null], ["u-voss", null],
  ]);
  expect((await rows("sourced_id = 'u-jon'"))[0]!.values).toMatchObject({ note: "no record", username: "jon.reed" });
  const placed = await take(files, (book) => book.place("users", "u-ada", null));
  expect([placed.memory["u-ada"], placed.states("users")["u-ben"]]).toEqual([["school"], "new"]);
});
