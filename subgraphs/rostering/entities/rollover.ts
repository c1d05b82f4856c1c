import { Choice, Flag, ForeignRef, HasMany, Whole, choice, type ChoiceOf } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { rollovers } from "../access.ts";
import { School, SchoolYear } from "../foreign.ts";
import { RolloverRow } from "./rollover-row.ts";

export const RolloverStatus = choice("RolloverStatus", "Whether a rollover still stands.", {
  DONE: "Carried out.",
  UNDONE: "Taken back, but for the students whom somebody had changed since.",
});
export type RolloverStatus = ChoiceOf<typeof RolloverStatus>;

const students = (description: string) => ({ description, unit: "students", min: 0 });

@Record({
  description: "One run of the rollover: students of a school year got their exits and next year's enrollments, as their placements say. A run that finds nothing left to do leaves no record.",
  access: rollovers,
  write: "operations",
})
export class Rollover extends DistrictRecord {
  @ForeignRef(() => SchoolYear, { description: "The school year that the students finish." })
  fromYearId!: string;
  @ForeignRef(() => SchoolYear, { description: "The school year that they enter." })
  toYearId!: string;
  @ForeignRef(() => School, { description: "The school whose students were rolled over. Null: those of all schools.", optional: true })
  schoolId?: string | null;
  @Choice(RolloverStatus, { description: "Whether it still stands.", defaultValue: "DONE" })
  status!: RolloverStatus;
  @Whole(students("How many students were promoted by this run."))
  promoted!: number;
  @Whole(students("How many students were retained by this run."))
  retained!: number;
  @Whole(students("How many students graduated by this run."))
  graduated!: number;
  @Whole(students("How many students left the district's schools by this run."))
  left!: number;
  @Whole(students("How many students had been placed in the next year before, by hand or by an earlier run, and were skipped."))
  alreadyPlaced!: number;
  @Whole(students("How many enrolled students had no placement, and stay enrolled without an exit."))
  unplanned!: number;
  @Flag({ description: "Whether this run opened the next school year, which had been planned until then.", internal: true })
  openedYear!: boolean;
  @HasMany(() => RolloverRow, "rollover", { description: "What the run did, student by student." })
  rows?: never;
}
