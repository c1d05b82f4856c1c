import { parseArgs } from "node:util";
import { readProcessConfig, type Config } from "#foundation/config/config";
import { runAcrossDomains, type AcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { anonymous, identityOf } from "#foundation/identity/identity";
import { installedDistricts, type InstalledDistrict } from "../../rostering/districts.ts";
import type { ExportResult } from "../../rostering/export/export-roster.ts";
import { folderSink } from "../../rostering/export/folder-sink.ts";
import { agreementsCalled, failExport, openExport } from "../../rostering/export/open-export.ts";
import type { ExportSink } from "../../rostering/export/sink.ts";
import { recordExport, writeExport } from "../../rostering/export/write-export.ts";
import { zipFileSink } from "../../rostering/export/zip-sink.ts";
import { UsageError, type CommandIo } from "../command.ts";
import { withInstallation } from "../open-installation.ts";
import { asDay, momentOf } from "../seed/days.ts";

export const name = "export";
export const summary = "write schools, people, sections and rosters as files for another system";
export const usage = `osss export oneroster --agreement ID|NAME --out FILE.zip|FOLDER [--since DATE] [--district CODE] [--ids-of SOURCE]
osss export oneroster --own-copy --out FILE.zip|FOLDER [--since DATE] [--district CODE] [--ids-of SOURCE]

Writes a OneRoster 1.2 package of the district as of now: organizations, school years and terms, courses, sections, rosters and people with
their roles, and as far as the agreement goes demographics, contacts and gradebooks. Whatever is over, such as a former student, is not in
it. Confidential contacts, telephone numbers and e-mail addresses, and passwords, never are. Equal data give equal files. What the files
disclose is recorded with each student before they are there.

  --agreement WHICH  for the party of this agreement, by its id or the party's name: its schools and categories, without who opted out
  --own-copy         everything, for the district itself: it leaves the district for nobody else
  --out PATH         a zip where the name ends in .zip, else a new folder
  --since DATE       only what changed since the beginning of the day (YYYY-MM-DD) or the instant (2026-10-01T06:00:00Z), and what has gone
  --district CODE    the district; needed when there are several
  --ids-of SOURCE    write the ids of this source for what it brought (the only source there is; "none" for OSSS's own)

Exit codes: 0 done, 1 not possible, 2 wrong words.`;

export const run = (args: string[], io: CommandIo): Promise<number> => exportPackage(args, io, readProcessConfig());

interface Words {
  out: string;
  agreement: string | undefined;
  since: string | undefined;
  district: string | undefined;
  idsOf: string | undefined;
}

/** The command over a given configuration and clock. Throws UsageError for wrong words. */
export async function exportPackage(args: string[], io: CommandIo, config: Config, clock: () => Date = () => new Date()): Promise<number> {
  const words = readWords(args);
  return withInstallation(config, io, "osss export", async ({ database, orchestration }) => {
    const district = chooseDistrict(words.district, await installedDistricts(database));
    if (typeof district === "string") {
      io.report(district);
      return 1;
    }
    const since = words.since === undefined ? null : momentOfWords(words.since, district.timeZone);
    if (since !== null && since > clock()) throw new UsageError(`--since ${words.since} is yet to come.`);
    const started = performance.now();
    try {
      const result = await writeTo(words, io, orchestration, district, since);
      io.print(describe(result, words, district, (performance.now() - started) / 1000));
      return 0;
    } catch (error) {
      if (!(error instanceof OsssError) && !(error instanceof RangeError)) throw error;
      io.report(error.message);
      return 1;
    }
  }, clock);
}

async function writeTo(words: Words, io: CommandIo, orchestration: Orchestration, district: InstalledDistrict, since: Date | null): Promise<ExportResult> {
  const about = { districtId: district.id, identity: identityOf({ ...anonymous, districtId: district.id }), operation: "export oneroster" };
  const { result: exportId } = await runAcrossDomains(orchestration, about, async (across) => openExport(across, { agreementId: await agreementOf(words.agreement, across), since }));
  let sink: ExportSink | null = null;
  try {
    sink = /\.zip$/i.test(words.out) ? zipFileSink(io.path(words.out)) : await folderSink(io.path(words.out));
    const request = { ...about, as: async () => about.identity, exportId, idsOf: words.idsOf === "none" ? null : words.idsOf, progress: (line: string) => io.report(`  ${line}`) };
    const written = await writeExport(orchestration, request, sink);
    await sink.close();
    await recordExport(orchestration, request, written);
    await sink.finish();
    return written;
  } catch (error) {
    await sink?.abandon();
    await failExport(orchestration, about, exportId, error instanceof Error ? error.message : "It was broken off.");
    throw error;
  }
}

async function agreementOf(words: string | undefined, across: AcrossDomains): Promise<string | null> {
  if (words === undefined) return null;
  const [found, ...more] = await agreementsCalled(across, words);
  if (found === undefined) throw new RangeError(`There is no agreement with the id ${words}, and none in effect with a party of this name. Nothing leaves without one.`);
  if (more.length > 0) throw new RangeError(`There are several agreements with ${found.partyName}: ${[found, ...more].map(({ id }) => id).join(", ")}. Name one by its id.`);
  return found.id;
}

function readWords(args: string[]): Words {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { out: { type: "string" }, since: { type: "string" }, district: { type: "string" }, "ids-of": { type: "string" }, "own-copy": { type: "boolean" }, agreement: { type: "string" } },
  });
  if (positionals.length !== 1 || positionals[0] !== "oneroster") throw new UsageError("Name the format: osss export oneroster --agreement ID --out export.zip");
  if (values.out === undefined) throw new UsageError("Say with --out where the package goes.");
  if ((values["own-copy"] === true) === (values.agreement !== undefined)) throw new UsageError("Say whom it is for: --agreement for the party of an agreement, or --own-copy for the district itself.");
  if (values.since !== undefined && asDay(values.since) === null && !isInstant(values.since)) throw new UsageError(`--since ${values.since} is neither a day (2026-10-01) nor an instant (2026-10-01T06:00:00Z).`);
  return { out: values.out, agreement: values.agreement, since: values.since, district: values.district, idsOf: values["ids-of"] };
}

const isInstant = (text: string): boolean => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z$/.test(text) && !Number.isNaN(Date.parse(text));

/** The instant, or the day's beginning by the district's clocks. */
const momentOfWords = (text: string, timeZone: string): Date => (isInstant(text) ? new Date(text) : momentOf(text, "00:00", timeZone));

/** The district, or a sentence why none can be chosen. */
function chooseDistrict(code: string | undefined, present: readonly InstalledDistrict[]): InstalledDistrict | string {
  const known = present.map((district) => `${district.code} (${district.name})`).join(", ");
  if (code !== undefined) return present.find((district) => district.code === code) ?? `There is no district ${code}. ${known === "" ? "There is none at all." : `Known: ${known}.`}`;
  if (present.length > 1) return `There are several districts: ${known}. Say with --district CODE which one is meant.`;
  return present[0] ?? "There is no district yet. Import one, or make a demo with osss seed.";
}

function describe({ mode, rows }: ExportResult, { out }: Words, district: InstalledDistrict, seconds: number): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  const files = Object.entries(rows).map(([file, count]) => `  ${file.padEnd(20)} ${count} rows`);
  const what = mode === "bulk" ? "OneRoster 1.2, everything" : "OneRoster 1.2, what changed";
  return [`${district.name} (${district.code}) into ${out}: ${what}`, ...files, `${total} rows in ${seconds.toFixed(1)} s.`].join("\n");
}
