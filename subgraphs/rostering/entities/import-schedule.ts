import { Choice, Day, fieldOf, Flag, Text, TimeOfDay, Whole } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { importSchedules } from "../access.ts";
import { ImportFormat } from "./import-format.ts";

@Record({
  description: "That the files of another system are imported by themselves, every day at a time, from a folder of the server. It acts as whoever set it up, and rests when she has not signed in for two weeks or no longer imports for the district.",
  access: importSchedules,
  write: "operations",
})
@UniqueTogether("source")
export class ImportSchedule extends DistrictRecord {
  @Choice(ImportFormat, { description: "What kind of files it reads.", defaultValue: "ONEROSTER" }) format!: ImportFormat;
  @Text({ description: "The other system, under whose name its ids are kept.", maxLength: 100, immutable: true, sortable: true }) source!: string;
  @Text({ description: "The folder below the server's folder for imports: it holds the files of a package, or zips, of which the newest counts.", maxLength: 255 }) folder!: string;
  @TimeOfDay({ description: "The local time from which on the day's import may start." }) time!: string;
  @Flag({ description: "Whether it rests on Saturdays and Sundays.", defaultValue: false }) weekdaysOnly!: boolean;
  @Whole({ description: "As for every import: the share of known records whose disappearance stops it.", unit: "percent", min: 0, max: 100, defaultValue: 10 }) stopPercent!: number;
  @Flag({ description: "Whether it starts at all.", defaultValue: true }) active!: boolean;
  @Day({ description: "The last day on which it started; null before the first.", optional: true, sortable: true }) lastRunOn?: string | null;
  @fieldOf("id", { description: "The delegation under which it runs.", internal: true }) delegationId!: string;
}
