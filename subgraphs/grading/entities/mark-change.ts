import { BelongsTo, Choice, Day, Decimal, ForeignRef, Text, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Agrees, DistrictRecord, Record } from "#foundation/record/record";
import { markChanges } from "../access.ts";
import { Person, School, Section, Student } from "../foreign.ts";
import { Mark } from "./mark.ts";

export const MarkChangeKind = choice("MarkChangeKind", "How a posted mark came to change.", {
  CHANGED: "Somebody changed it and said why.",
  MADE_INCOMPLETE: "A posted mark was made incomplete.",
  RESOLVED: "What was incomplete was made up.",
  EXPIRED: "What was incomplete was not made up in time.",
});
export type MarkChangeKind = ChoiceOf<typeof MarkChangeKind>;

@Record({ description: "A change of a posted mark: what it was, what it became, who changed it and why. Kept with the record for ever.", access: markChanges, write: "operations" })
@Agrees("mark", { studentId: "studentId", sectionId: "sectionId", schoolId: "schoolId" })
export class MarkChange extends DistrictRecord {
  @BelongsTo(() => Mark, { description: "The mark.", immutable: true })
  mark!: Reference<Mark>;
  @ForeignRef(() => Student, { description: "The student of the mark." })
  studentId!: string;
  @ForeignRef(() => Section, { description: "The section of the mark." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The school of the mark." })
  schoolId!: string;
  @Choice(MarkChangeKind, { description: "How it came to change.", immutable: true })
  kind!: MarkChangeKind;
  @Text({ description: "The mark before.", maxLength: 16, immutable: true })
  before!: string;
  @Text({ description: "The mark after.", maxLength: 16, immutable: true })
  after!: string;
  @Decimal({ description: "The percent before. Null where there was no number.", unit: "percent", precision: 12, scale: 6, optional: true, immutable: true })
  beforePercent?: string | null;
  @Decimal({ description: "The percent after. Null where there is no number.", unit: "percent", precision: 12, scale: 6, optional: true, immutable: true })
  afterPercent?: string | null;
  @Text({ description: "Why, in the words of whoever changed it.", maxLength: 1000, immutable: true })
  reason!: string;
  @Day({ description: "The day of the change.", sortable: true, immutable: true })
  changedOn!: string;
  @ForeignRef(() => Person, { description: "Who changed it; nobody where the district let an incomplete expire by itself.", optional: true })
  changedById?: string | null;
}
