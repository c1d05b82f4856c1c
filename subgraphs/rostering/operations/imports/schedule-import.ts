import { acrossMutation } from "#foundation/crud/operation";
import { OsssError } from "#foundation/errors/errors";
import { Choice, Flag, Text, TimeOfDay, Whole } from "#foundation/record/fields";
import { importers } from "../../access.ts";
import { platform } from "../../domains.ts";
import { ImportFormat } from "../../entities/import-format.ts";
import { ImportSchedule } from "../../entities/import-schedule.ts";
import { defaultStopPercent } from "../../imports/open.ts";
import { requireImporter } from "./importer.ts";

export class ScheduleImportInput {
  @Text({ description: "The other system. There is one schedule for each.", maxLength: 100 }) source!: string;
  @Choice(ImportFormat, { description: "What kind of files it reads.", defaultValue: "ONEROSTER" }) format!: ImportFormat;
  @Text({ description: "The folder below the server's folder for imports, e.g. \"sis\". It holds the files of a package, or zips, of which the newest counts.", pattern: /^[\w.-]+(\/[\w.-]+)*$/, patternHint: "names of folders, with / between" }) folder!: string;
  @TimeOfDay({ description: "The local time from which on the day's import may start, e.g. 04:30." }) time!: string;
  @Flag({ description: "Whether it rests on Saturdays and Sundays.", defaultValue: false }) weekdaysOnly!: boolean;
  @Whole({ description: "The share of known records whose disappearance stops it.", unit: "percent", min: 0, max: 100, defaultValue: defaultStopPercent }) stopPercent!: number;
  @Flag({ description: "Whether it starts at all. Set it false to let it rest.", defaultValue: true }) active!: boolean;
}

/** A schedule's delegation ends with the half year: then somebody who is still there sets it up again. */
const scheduledDays = 180;

export const scheduleImport = acrossMutation<ScheduleImportInput>({
  name: "scheduleImport",
  description: "Lets the files of another system be imported by themselves, every day from a time on, or changes when and how. What is beneath the stop threshold and asks nobody anything is written; anything else waits with an alert. It acts as you, for half a year: set it up again before then. For the registrar of the district.",
  roles: importers,
  reason: "optional",
  input: ScheduleImportInput,
  shows: ImportSchedule,
  async run(across, { source, ...values }) {
    await requireImporter(across);
    if (values.folder.split("/").includes("..")) throw OsssError.invalid([{ path: "input.folder", message: "Name a folder below the server's folder for imports." }]);
    const delegationId = await across.in("platform", (session) => platform.lendForWork(session, { use: "IMPORT", purpose: `Scheduled imports of ${source}`, roles: importers, operations: ["startImport", "commitImport"], days: scheduledDays }));
    return across.in("rostering", async (session) => {
      await session.serialize(`import schedule ${source}`);
      const [present] = await session.list(ImportSchedule, { source, archivedAt: null });
      if (present === undefined) return session.create(ImportSchedule, { source, ...values, delegationId });
      return session.update(await session.get(ImportSchedule, present.id), { ...values, delegationId });
    });
  },
});
