import { Choice, ForeignRef, choice, type ChoiceOf } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, UniqueWhere } from "#foundation/record/record";
import { nextYearPlacements } from "../access.ts";
import { GradeLevel, School, SchoolYear, Student } from "../foreign.ts";

export const PlacementAction = choice("PlacementAction", "What becomes of a student when the school year ends.", {
  PROMOTE: "Moves up to the next grade level, at this school or another.",
  RETAIN: "Repeats the grade level.",
  GRADUATE: "Finishes school.",
  LEAVE: "Leaves the district's schools at the end of the year, as far as is known.",
});
export type PlacementAction = ChoiceOf<typeof PlacementAction>;

@Record({
  description: "What is planned for a student after a school year: set in spring, carried out by the rollover. One for each student and year.",
  access: nextYearPlacements,
  write: "operations",
})
@UniqueWhere({ fields: ["studentId", "schoolYearId"], message: "The student already has a placement for after this school year. Change that one." })
@Check("next", "(next_school_id is not null) = (action in ('PROMOTE', 'RETAIN')) and (next_grade_level_id is not null) = (action in ('PROMOTE', 'RETAIN'))", "A student who is promoted or retained needs a next school and grade level; one who graduates or leaves has none.")
export class NextYearPlacement extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." })
  studentId!: string;
  @ForeignRef(() => SchoolYear, { description: "The school year that the student finishes." })
  schoolYearId!: string;
  @Choice(PlacementAction, { description: "What becomes of the student." })
  action!: PlacementAction;
  @ForeignRef(() => School, { description: "The school of the next year. None for a student who graduates or leaves.", optional: true, immutable: false })
  nextSchoolId?: string | null;
  @ForeignRef(() => GradeLevel, { description: "The grade level of the next year. None for a student who graduates or leaves.", optional: true, immutable: false })
  nextGradeLevelId?: string | null;
}
