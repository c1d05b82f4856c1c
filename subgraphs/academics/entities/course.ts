import { BelongsTo, Choice, Decimal, HasMany, Text, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { courses } from "../access.ts";
import { CourseLevel } from "./course-level.ts";
import { Section } from "./section.ts";
import { Subject } from "./subject.ts";

export const CourseGrading = choice("CourseGrading", "How learning in a course is reported.", {
  MARKS: "One mark for each grading period, e.g. A- or 91.",
  STANDARDS: "A mark for each standard on a scale, as elementary schools report.",
  NONE: "Not at all, e.g. study hall or an advisory.",
});
export type CourseGrading = ChoiceOf<typeof CourseGrading>;

@Record({ description: "A course of the district's catalog, e.g. Algebra I. It is taught in sections.", access: courses })
@UniqueTogether("code")
export class Course extends DistrictRecord {
  @Text({ description: "The district's code, unique in the catalog, e.g. \"MTH101\".", maxLength: 32, sortable: true, searchable: true, foundByStart: true })
  code!: string;
  @Text({ description: "The name for people and transcripts, e.g. \"Algebra I\".", maxLength: 120, sortable: true, searchable: true })
  title!: string;
  @BelongsTo(() => Subject, { description: "The area of learning that the course belongs to." })
  subject!: Reference<Subject>;
  @BelongsTo(() => CourseLevel, { description: "How demanding the course is. Null: the district does not distinguish.", optional: true })
  level?: Reference<CourseLevel> | null;
  @Decimal({ description: "The credits that passing the whole course earns, e.g. 1 for a year and 0.5 for a semester. 0 where nothing is earned, as in elementary grades.", unit: "credits", precision: 6, scale: 3, min: 0, max: 100, defaultValue: 0, sortable: true })
  credits!: string;
  @Choice(CourseGrading, { description: "How learning in the course is reported.", defaultValue: "MARKS" })
  grading!: CourseGrading;
  @HasMany(() => Section, "course", { description: "The sections in which the course is or was taught." })
  sections?: never;
}
