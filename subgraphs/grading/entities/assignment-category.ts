import { Decimal, ForeignRef, HasMany, Text, Whole } from "#foundation/record/fields";
import { Agrees, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { assignmentCategories } from "../access.ts";
import { School, Section } from "../foreign.ts";
import { Assignment } from "./assignment.ts";

@Record({
  description: "A kind of work in a section, e.g. tests or homework, with its weight in the average. Its own average is the points earned over the points possible; the section's is taken over the categories that have scores, their weights renormalised.",
  access: assignmentCategories,
  plural: "assignmentCategories",
})
@UniqueTogether("sectionId", "title")
@Agrees("sectionId", { schoolId: "schoolId" })
export class AssignmentCategory extends DistrictRecord {
  @ForeignRef(() => Section, { description: "The section." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @Text({ description: "The name, unique in the section, e.g. \"Tests\".", maxLength: 64, sortable: true })
  title!: string;
  @Decimal({ description: "What the category weighs against the others, e.g. 40. The weights need not add up to 100.", precision: 7, scale: 3, min: 0, max: 1000 })
  weight!: string;
  @Whole({ description: "How many of a student's lowest scores are left out, by percentage, in each grading period. At least one score always stays; extra credit is never dropped.", unit: "scores", min: 0, max: 50, defaultValue: 0 })
  dropLowest!: number;
  @HasMany(() => Assignment, "category", { description: "The assignments of the category." })
  assignments?: never;
}
