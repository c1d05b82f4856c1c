import { parseArgs } from "node:util";
import { readProcessConfig, type Config } from "#foundation/config/config";
import { demoRealm } from "../../../identity/realm.ts";
import { installedDistricts } from "../../rostering/districts.ts";
import { UsageError, type CommandIo } from "../command.ts";
import { withInstallation } from "../open-installation.ts";
import { asDay } from "../seed/days.ts";
import { demoDistrictId, fewestStudents, seedDemoDistrict, usualSeed, type SeedOptions } from "../seed/seed-demo-district.ts";

export const name = "seed";
export const summary = "make a demo district of invented people";
export const usage = `osss seed [--students N] [--years Y] [--seed S] [--today YYYY-MM-DD] [--no-events] [--time-zone ZONE]

Makes a district of invented people that is in the midst of a school year: four schools (or more, for more than 2,200 students), staff and
families, timetables and rosters, and what has happened since the beginning of last year: attendance, gradebooks, marks, report cards.
The same words make the same district, ids included, whatever the machine. Where the embedded identity provider is used and no district
had demo users yet, they are linked to its people.

  --students N        how many students this year, ${fewestStudents} to 100000 (${usualSeed(new Date()).students})
  --years Y           school years with timetables and days, this one and those before it, 1 to 4 (2)
  --seed S            a whole number; another one makes other people (1)
  --today DATE        the day that the district is as of, at half past ten in the morning (today)
  --no-events         without class meetings, attendance, gradebooks and marks: for very many students
  --time-zone ZONE    IANA name of its time zone (America/Los_Angeles)

npm start makes the usual one by itself when there is no district. Only for demos: refused with OSSS_MODE=production.

Exit codes: 0 made, 1 not possible, 2 wrong words.`;

export const run = (args: string[], io: CommandIo): Promise<number> => seed(args, io, readProcessConfig());

/** The command over a given configuration. Throws UsageError for wrong words. */
export async function seed(args: string[], io: Pick<CommandIo, "print" | "report">, config: Config): Promise<number> {
  const options = readOptions(args, config);
  if (config.mode === "production") {
    io.report("OSSS_MODE is production: invented people have no place among real ones. Use a data folder or database of its own in demo mode.");
    return 1;
  }
  return withInstallation(config, io, "osss seed", async ({ installation, database, orchestration }) => {
    const districts = await installedDistricts(database);
    if (districts.some(({ id }) => id === demoDistrictId(options))) {
      io.print("The district of these words is here already. Nothing changed.");
      return 0;
    }
    io.report(`Making a district of ${options.students} students ...`);
    const link = config.oidc.issuer === null && districts.length === 0 ? { issuer: `${config.publicUrl}/realms/${demoRealm.realm}` } : {};
    const started = performance.now();
    await seedDemoDistrict(orchestration, { ...options, ...link }, (line) => io.report(`  ${line}`));
    const made = `made in ${((performance.now() - started) / 1000).toFixed(1)} s`;
    await installation.analyze();
    io.print(`A district of ${options.students} students as of ${options.today}, ${made}.${"issuer" in link ? "" : " No demo user is linked to it: they belong to the first district."}`);
    return 0;
  });
}

function readOptions(args: string[], config: Config): SeedOptions {
  const { values } = parseArgs({
    args,
    options: { students: { type: "string" }, years: { type: "string" }, seed: { type: "string" }, today: { type: "string" }, "no-events": { type: "boolean" }, "time-zone": { type: "string" } },
  });
  const usual = usualSeed(new Date());
  const today = values.today === undefined ? usual.today : asDay(values.today);
  if (today === null) throw new UsageError(`--today ${values.today} is no day. Write it as 2026-10-14.`);
  const timeZone = values["time-zone"] ?? usual.timeZone;
  if (!isTimeZone(timeZone)) throw new UsageError(`There is no time zone ${timeZone}. Use an IANA name, such as America/Chicago.`);
  return {
    students: whole("students", values.students, fewestStudents, 100_000, config.demoStudents),
    years: whole("years", values.years, 1, 4, 2),
    seed: whole("seed", values.seed, 0, 4_294_967_295, usual.seed),
    today, timeZone, events: values["no-events"] !== true,
  };
}

function whole(option: string, text: string | undefined, from: number, to: number, usual: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < from || value > to) throw new UsageError(`--${option} must be a whole number from ${from} to ${to}.`);
  return value;
}

/** Whether the runtime knows the time zone by this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name }).format();
    return /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/.test(name);
  } catch {
    return false;
  }
}
