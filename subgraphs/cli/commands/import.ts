import { parseArgs } from "node:util";
import { readProcessConfig, type Config } from "#foundation/config/config";
import { OsssError } from "#foundation/errors/errors";
import { uuidv7 } from "#foundation/record/uuid";
import { installedDistricts, type InstalledDistrict } from "../../rostering/districts.ts";
import { importRoster, type ImportResult } from "../../rostering/import/import-roster.ts";
import { countDeviations, describeDeviations } from "../../rostering/oneroster/describe-deviations.ts";
import { RosterPathError } from "../../rostering/oneroster/package-contract.ts";
import { readRoster, type RosterBundle } from "../../rostering/oneroster/roster.ts";
import { UsageError, type CommandIo } from "../command.ts";
import { describeImport } from "../describe-import.ts";
import { withInstallation } from "../open-installation.ts";
import { isTimeZone } from "./seed.ts";

export const name = "import";
export const summary = "take over schools and people from another system's files";
export const usage = `osss import oneroster <folder|zip> [--district CODE] [--dry-run] [--source NAME]
osss import oneroster <folder|zip> --new-district CODE [--time-zone ZONE]

Reads a OneRoster 1.1 or 1.2 package whole, checks it, and writes it in one transaction: organizations, schools, school years, terms and
grading periods, people with phones, e-mail addresses and demographics, students with their school enrollments, and contacts as
proposals that a clerk confirms. A package with a fault is refused with file, line, column and reason, and nothing is written. The same
package a second time changes nothing. What the district entered itself is never overwritten.

  --district CODE       the district to import into; needed when there are several
  --new-district CODE   make a district of this code first (without any district, the package's own is made)
  --time-zone ZONE      IANA name of a new district's time zone, e.g. America/Chicago (UTC, with a warning)
  --source NAME         name of the sending system, under which its ids are kept (the package's own)
  --dry-run             do everything, tell what would change, and change nothing

Exit codes: 0 done, 1 refused or failed, 2 wrong words.`;

export const run = (args: string[], io: CommandIo): Promise<number> => importPackage(args, io, readProcessConfig());

interface Words {
  path: string;
  district: string | undefined;
  newDistrict: string | undefined;
  timeZone: string | undefined;
  source: string | undefined;
  dryRun: boolean;
}

/** The command over a given configuration and clock. Throws UsageError for wrong words. */
export async function importPackage(args: string[], io: CommandIo, config: Config, clock: () => Date = () => new Date()): Promise<number> {
  const words = readWords(args);
  io.report(`Reading ${words.path} ...`);
  const bundle = await read(io.path(words.path), io);
  if (typeof bundle === "number") return bundle;
  return withInstallation(config, io, "osss import", async ({ installation, database, orchestration }) => {
    const chosen = chooseDistrict(words, bundle, await installedDistricts(database));
    if (typeof chosen === "string") {
      io.report(chosen);
      return 1;
    }
    if (chosen === null) {
      io.print("The package names nothing to import, and there is no district yet. Nothing changed.");
      return 0;
    }
    if (chosen.isNew && words.timeZone === undefined) io.report("warning: the new district's time zone is UTC. Days begin at its midnight; give --time-zone, or change it in the district's settings.");
    const source = words.source ?? bundle.source.systemCode ?? bundle.source.systemName ?? "OneRoster";
    const started = performance.now();
    let result: ImportResult;
    try {
      result = await importRoster(orchestration, { bundle, source: source.slice(0, 100), district: chosen, dryRun: words.dryRun, progress: (done) => io.report(`  ${done}`) });
    } catch (error) {
      if (!(error instanceof OsssError)) throw error;
      io.report(`${error.message} Nothing was imported.`);
      return 1;
    }
    if (!words.dryRun) await installation.analyze();
    io.print(describeImport(result, { district: `${chosen.name} (${chosen.code})`, source, version: bundle.version, dryRun: words.dryRun, seconds: (performance.now() - started) / 1000 }));
    return 0;
  }, clock);
}

function readWords(args: string[]): Words {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { district: { type: "string" }, "new-district": { type: "string" }, "time-zone": { type: "string" }, source: { type: "string" }, "dry-run": { type: "boolean" } },
  });
  const [format, path, ...more] = positionals;
  if (format !== "oneroster" || path === undefined || more.length > 0) throw new UsageError("Name the format and one folder or zip, such as: osss import oneroster export.zip");
  const { district, "new-district": newDistrict, "time-zone": timeZone, source } = values;
  if (district !== undefined && newDistrict !== undefined) throw new UsageError("Give --district or --new-district, not both.");
  if (timeZone !== undefined && !isTimeZone(timeZone)) throw new UsageError(`There is no time zone ${timeZone}. Use an IANA name, such as America/Chicago.`);
  if (newDistrict !== undefined && !/^[\w.-]{1,32}$/.test(newDistrict)) throw new UsageError("A district's code has 1 to 32 letters, digits, dots, hyphens and underscores.");
  if (source !== undefined && source.trim() === "") throw new UsageError("--source needs a name.");
  return { path, district, newDistrict, timeZone, source, dryRun: values["dry-run"] ?? false };
}

/** The package, or the exit code where it is refused; the reasons are told. */
async function read(path: string, io: CommandIo): Promise<RosterBundle | number> {
  try {
    const outcome = await readRoster(path);
    const described = describeDeviations(outcome);
    if (described !== "") io.report(described);
    if (outcome.outcome === "read") return outcome;
    io.report(`The package is refused: ${countDeviations(outcome)}. Nothing was imported.`);
    return 1;
  } catch (error) {
    if (!(error instanceof RosterPathError)) throw error;
    io.report(error.message);
    return 1;
  }
}

type Chosen = InstalledDistrict & { isNew: boolean };

/** The district to import into, a sentence why none can be chosen, or null where a package without anything needs none. */
function chooseDistrict(words: Words, bundle: RosterBundle, present: readonly InstalledDistrict[]): Chosen | string | null {
  const codes = present.map(({ code, name: title }) => `${code} (${title})`).join(", ");
  const make = (code: string, title: string): Chosen => ({ id: uuidv7(), code, name: title, timeZone: words.timeZone ?? "UTC", isNew: true });
  const [own, ...others] = bundle.organizations.filter(({ type, status }) => type === "district" && status === "active");
  if (words.newDistrict !== undefined) {
    if (present.some(({ code }) => code === words.newDistrict)) return `There is a district ${words.newDistrict} already. Use --district ${words.newDistrict} to import into it.`;
    return make(words.newDistrict, own?.name ?? words.newDistrict);
  }
  if (words.district !== undefined) {
    const found = present.find(({ code }) => code === words.district);
    return found ? { ...found, isNew: false } : `There is no district ${words.district}. ${codes === "" ? "There is none at all" : `Known: ${codes}`}. Use --new-district ${words.district} to make it.`;
  }
  if (present.length > 1) return `There are several districts: ${codes}. Say with --district CODE which one is meant.`;
  if (present[0] !== undefined) return { ...present[0], isNew: false };
  if (own !== undefined && others.length === 0) return make((own.identifier ?? own.sourcedId).replaceAll(/[^\w.-]/g, "-").slice(0, 32), own.name);
  if (bundle.organizations.length === 0 && bundle.users.length === 0 && bundle.sessions.length === 0) return null;
  return "There is no district yet, and the package does not name exactly one. Make one with --new-district CODE --time-zone ZONE.";
}
