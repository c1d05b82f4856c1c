import { ForeignRef, HasMany } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { arrangedBySchool } from "../access.ts";
import { Course, School, Term } from "../foreign.ts";
import { TermFormulaPart } from "./term-formula-part.ts";

@Record({
  description: "From what a term's final mark is computed. The closest one holds: of the course at the school, then of the course, of the school, of the district. Without any, the term's grading periods weigh the same and there is no exam.",
  access: arrangedBySchool,
  write: ["create", "archive"],
})
@UniqueTogether("termId", "schoolId", "courseId")
export class TermFormula extends DistrictRecord {
  @ForeignRef(() => Term, { description: "The term whose final marks it gives." })
  termId!: string;
  @ForeignRef(() => School, { description: "The school that uses it. Null: every school; the district settles that.", optional: true })
  schoolId?: string | null;
  @ForeignRef(() => Course, { description: "The course for which it holds. Null: every course.", optional: true })
  courseId?: string | null;
  @HasMany(() => TermFormulaPart, "formula", { description: "The parts and their weights." })
  parts?: never;
}
