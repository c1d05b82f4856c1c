import { parseArgs } from "node:util";
import { readProcessConfig, type Config } from "#foundation/config/config";
import { runAcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { isId } from "#foundation/record/scalars";
import { uuidv7 } from "#foundation/record/uuid";
import { installedDistricts, type InstalledDistrict } from "../../rostering/districts.ts";
import type { ImportFormat } from "../../rostering/entities/import-format.ts";
import { readFiles, type ReadFiles } from "../../rostering/imports/files.ts";
import { keepSame, lastImports, newImport } from "../../rostering/imports/open.ts";
import { commitImport, NotWritten, previewImport, type Outcome, type RunImport } from "../../rostering/imports/run.ts";
import { undoImport } from "../../rostering/imports/undo.ts";
import { countDeviations, describeDeviations } from "../../rostering/oneroster/describe-deviations.ts";
import { RosterPathError } from "../../rostering/oneroster/package-contract.ts";
import { UsageError, type CommandIo } from "../command.ts";
import { describeImport } from "../describe-import.ts";
import { withInstallation } from "../open-installation.ts";
import { isTimeZone } from "./seed.ts";

export const name = "import";
export const summary = "take over schools and people from another system's files";
export const usage = `osss import oneroster <folder|zip> [--district CODE] [--dry-run] [--source NAME] [--version 1.0]
                      [--accept-withdrawals] [--stop-percent N] [--new-people] [--same ID=PERSON]
osss import oneroster <folder|zip> --new-district CODE [--time-zone ZONE]
osss import templates <folder|zip|file> [--district CODE] [--dry-run] [--source NAME] [--accept-withdrawals] [--stop-percent N]
osss import list [--district CODE]
osss import undo <import> [--district CODE]

Reads a OneRoster 1.1 or 1.2 package whole, checks it, and writes it in one transaction: organizations, schools, school years, terms and
grading periods, courses, sections with their students and teachers, people with phones, e-mail addresses and demographics, students with
their school enrollments, gradebooks, and contacts as proposals that a clerk confirms. A package with a fault is refused with file, line,
column and reason, and nothing is written. The same package a second time changes nothing. What the district entered itself is never
overwritten. What a complete package no longer names is withdrawn, unless it is so much that it looks like a mistake: then the import
stops before it has written anything.

Templates are CSV files for what OneRoster lacks: enrollment history, daily attendance, course history, contacts, calendar days. osss
templates writes blank ones.

  --district CODE       the district to import into; needed when there are several
  --new-district CODE   make a district of this code first (without any district, the package's own is made)
  --time-zone ZONE      IANA name of a new district's time zone, e.g. America/Chicago (UTC, with a warning)
  --source NAME         name of the sending system, under which its ids are kept (the package's own)
  --version 1.0         read a package of version 1.0, which has no manifest
  --dry-run             do everything, tell what would change, and change nothing
  --accept-withdrawals  what vanishes is meant to: do not stop for it
  --stop-percent N      stop when more than N percent of what is known of one type, or of one school, would be withdrawn (10)
  --new-people          people who resemble others are new, and none of them
  --same ID=PERSON      the person of the files with this id is that person of the district; may be repeated, and is kept for next time

  list                  the last imports, the newest first
  undo                  take an import back: what it made is archived, what it changed is as before. What somebody has changed since stays

Exit codes: 0 done, 1 refused, stopped or failed, 2 wrong words.`;

export const run = (args: string[], io: CommandIo): Promise<number> => importPackage(args, io, readProcessConfig());

interface Words {
  format: ImportFormat;
  path: string;
  district: string | undefined;
  newDistrict: string | undefined;
  timeZone: string | undefined;
  source: string | undefined;
  version: "1.0" | undefined;
  dryRun: boolean;
  stopPercent: number | undefined;
  acceptWithdrawals: boolean;
  newPeople: boolean;
  same: ReadonlyMap<string, string>;
}

/** The command over a given configuration and clock. Throws UsageError for wrong words. */
export async function importPackage(args: string[], io: CommandIo, config: Config, clock: () => Date = () => new Date()): Promise<number> {
  if (args[0] === "list") return listImports(args.slice(1), io, config, clock);
  if (args[0] === "undo") return undoByCommand(args.slice(1), io, config, clock);
  const words = readWords(args);
  io.report(`Reading ${words.path} ...`);
  const files = await read(io.path(words.path), words, io);
  if (typeof files === "number") return files;
  return withInstallation(config, io, "osss import", async ({ installation, database, orchestration }) => {
    const chosen = chooseDistrict(words, files, await installedDistricts(database));
    if (typeof chosen === "string") {
      io.report(chosen);
      return 1;
    }
    if (chosen === null) {
      io.print("The package names nothing to import, and there is no district yet. Nothing changed.");
      return 0;
    }
    if (chosen.isNew && words.timeZone === undefined) io.report("warning: the new district's time zone is UTC. Days begin at its midnight; give --time-zone, or change it in the district's settings.");
    const source = words.source ?? files.systemName ?? (words.format === "ONEROSTER" ? "OneRoster" : "Templates");
    const { head, open } = newImport({ format: words.format, source, stopPercent: words.stopPercent, startedAt: clock() });
    const run: RunImport = { orchestration, district: chosen, files, head, open, progress: (done) => io.report(`  ${done}`) };
    const started = performance.now();
    const tell = (outcome: Outcome, written: boolean) => io.print(describeImport(outcome, { id: head.id, district: `${chosen.name} (${chosen.code})`, source: head.source, format: words.format === "ONEROSTER" ? `OneRoster ${files.version}` : "templates", written, seconds: (performance.now() - started) / 1000 }));
    try {
      if (words.same.size > 0) await keepSame(orchestration, chosen.id, head.source, words.same);
      if (words.dryRun) {
        tell(await previewImport(run), false);
        return 0;
      }
      tell(await commitImport(run, { withdrawals: words.acceptWithdrawals, newPeople: words.newPeople }), true);
      await installation.analyze();
      return 0;
    } catch (error) {
      if (error instanceof NotWritten) {
        tell(error.outcome, false);
        io.report(`${error.why === "withdrawals" ? "Say with --accept-withdrawals that this is meant, or export the files again." : "Say with --same ID=PERSON who is who, and with --new-people that the others are new."} Nothing was imported.`);
        return 1;
      }
      if (!(error instanceof OsssError)) throw error;
      io.report(`${error.message} Nothing was imported.`);
      return 1;
    }
  }, clock);
}

async function listImports(args: string[], io: CommandIo, config: Config, clock: () => Date): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { district: { type: "string" } } });
  if (positionals.length > 0) throw new UsageError("osss import list takes no names.");
  return withInstallation(config, io, "osss import", async ({ database, orchestration }) => {
    const district = onlyDistrict(values.district, await installedDistricts(database));
    if (typeof district === "string") {
      io.report(district);
      return 1;
    }
    const { result } = await runAcrossDomains(orchestration, { operation: "list imports", districtId: district.id, dryRun: true }, (across) => lastImports(across));
    if (result.length === 0) io.print("Nothing was imported yet.");
    for (const { id, source, status, startedAt, created, changed, withdrawn } of result) io.print(`${id}  ${startedAt.toISOString().slice(0, 16).replace("T", " ")}  ${status.padEnd(9)} ${source}: ${created} new, ${changed} changed, ${withdrawn} withdrawn`);
    return 0;
  }, clock);
}

async function undoByCommand(args: string[], io: CommandIo, config: Config, clock: () => Date): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { district: { type: "string" } } });
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0 || !isId(id)) throw new UsageError("Name one import by its id, as osss import list tells it.");
  return withInstallation(config, io, "osss import", async ({ installation, database, orchestration }) => {
    const district = onlyDistrict(values.district, await installedDistricts(database));
    if (typeof district === "string") {
      io.report(district);
      return 1;
    }
    try {
      const { result: kept } = await runAcrossDomains(orchestration, { operation: "undo import", districtId: district.id, large: true }, (across) => undoImport(across, orchestration.manifests, id));
      await installation.analyze();
      io.print(kept === 0 ? "The import is taken back." : `The import is taken back, but for ${kept} ${kept === 1 ? "row" : "rows"} whose records somebody has changed or built on since.`);
      return 0;
    } catch (error) {
      if (!(error instanceof OsssError)) throw error;
      io.report(`${error.message} Nothing was undone.`);
      return 1;
    }
  }, clock);
}

const formats: ReadonlyMap<string, ImportFormat> = new Map([["oneroster", "ONEROSTER"], ["templates", "TEMPLATES"]]);

function readWords(args: string[]): Words {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      district: { type: "string" }, "new-district": { type: "string" }, "time-zone": { type: "string" }, source: { type: "string" }, version: { type: "string" }, "dry-run": { type: "boolean" },
      "stop-percent": { type: "string" }, "accept-withdrawals": { type: "boolean" }, "new-people": { type: "boolean" }, same: { type: "string", multiple: true },
    },
  });
  const [named, path, ...more] = positionals;
  const format = formats.get(named ?? "");
  if (format === undefined || path === undefined || more.length > 0) throw new UsageError("Name the format and one folder or zip, such as: osss import oneroster export.zip");
  const { district, "new-district": newDistrict, "time-zone": timeZone, source, version } = values;
  if (district !== undefined && newDistrict !== undefined) throw new UsageError("Give --district or --new-district, not both.");
  if (timeZone !== undefined && !isTimeZone(timeZone)) throw new UsageError(`There is no time zone ${timeZone}. Use an IANA name, such as America/Chicago.`);
  if (newDistrict !== undefined && !/^[\w.-]{1,32}$/.test(newDistrict)) throw new UsageError("A district's code has 1 to 32 letters, digits, dots, hyphens and underscores.");
  if (source !== undefined && source.trim() === "") throw new UsageError("--source needs a name.");
  if (version !== undefined && version !== "1.0") throw new UsageError("--version is only for 1.0; packages of 1.1 and 1.2 say themselves what they are.");
  const percent = values["stop-percent"];
  if (percent !== undefined && !(/^\d{1,3}$/.test(percent) && Number(percent) <= 100)) throw new UsageError("--stop-percent is a whole number from 0 to 100.");
  const same = (values.same ?? []).map((word) => {
    const at = word.lastIndexOf("=");
    if (at < 1 || !isId(word.slice(at + 1))) throw new UsageError("--same takes the id in the files and the person's id here, such as --same u17=0198c1b2-....");
    return [word.slice(0, at), word.slice(at + 1)] as const;
  });
  if (format === "TEMPLATES" && (newDistrict !== undefined || version !== undefined)) throw new UsageError("Templates add to a district that is there: leave out --new-district and --version.");
  return {
    format, path, district, newDistrict, timeZone, source, version, dryRun: values["dry-run"] ?? false, stopPercent: percent === undefined ? undefined : Number(percent),
    acceptWithdrawals: values["accept-withdrawals"] ?? false, newPeople: values["new-people"] ?? false, same: new Map(same),
  };
}

/** The files, or the exit code where they are refused; the reasons are told. */
async function read(path: string, { format, version }: Words, io: CommandIo): Promise<ReadFiles | number> {
  try {
    const files = await readFiles(path, { format, asVersion10: version === "1.0" });
    const described = describeDeviations(files);
    if (described !== "") io.report(described);
    if (files.outcome === "read") return files;
    io.report(`The package is refused: ${countDeviations(files)}. Nothing was imported.`);
    return 1;
  } catch (error) {
    if (!(error instanceof RosterPathError)) throw error;
    io.report(error.message);
    return 1;
  }
}

type Chosen = InstalledDistrict & { isNew: boolean };

/** The district to import into, a sentence why none can be chosen, or null where a package without anything needs none. */
function chooseDistrict(words: Words, files: ReadFiles, present: readonly InstalledDistrict[]): Chosen | string | null {
  const make = (code: string, title: string): Chosen => ({ id: uuidv7(), code, name: title, timeZone: words.timeZone ?? "UTC", isNew: true });
  const { district: own } = files;
  if (words.newDistrict !== undefined) {
    if (present.some(({ code }) => code === words.newDistrict)) return `There is a district ${words.newDistrict} already. Use --district ${words.newDistrict} to import into it.`;
    return make(words.newDistrict, own?.name ?? words.newDistrict);
  }
  if (words.district !== undefined || present.length > 0) {
    const found = onlyDistrict(words.district, present);
    if (typeof found !== "string") return { ...found, isNew: false };
    return present.some(({ code }) => code === words.district) || words.district === undefined ? found : `${found} Use --new-district ${words.district} to make it.`;
  }
  if (own !== null) return make(own.code, own.name);
  if (files.isEmpty) return null;
  if (words.format === "TEMPLATES") return "There is no district yet, to which templates could add. Import a roster first, or make one with osss seed.";
  return "There is no district yet, and the package does not name exactly one. Make one with --new-district CODE --time-zone ZONE.";
}

/** The district that is meant, or a sentence why none is. */
function onlyDistrict(code: string | undefined, present: readonly InstalledDistrict[]): InstalledDistrict | string {
  const codes = present.map((each) => `${each.code} (${each.name})`).join(", ");
  if (code !== undefined) return present.find((each) => each.code === code) ?? `There is no district ${code}. ${codes === "" ? "There is none at all" : `Known: ${codes}`}.`;
  if (present.length > 1) return `There are several districts: ${codes}. Say with --district CODE which one is meant.`;
  return present[0] ?? "There is no district yet.";
}
