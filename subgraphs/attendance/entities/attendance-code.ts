import { Choice, Flag, Text, choice, type ChoiceOf } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { attendanceCodes } from "../access.ts";

export const AttendanceEffect = choice("AttendanceEffect", "What a code says about where the student was.", {
  ABSENT: "Not there at all: the whole of the time spoken of was missed.",
  TARDY: "Came late: missed some of the beginning.",
  LEFT_EARLY: "Went before the end: missed some of it.",
  PRESENT_ELSEWHERE: "Not in the room, and present all the same, e.g. with the nurse, on a field trip or learning from home. Nothing was missed.",
});
export type AttendanceEffect = ChoiceOf<typeof AttendanceEffect>;

/** From the gravest to the mildest: of two that speak of the same time, the graver one holds. */
export const AbsenceExcuse = choice("AbsenceExcuse", "How missed time counts.", {
  UNEXCUSED: "Without an excuse that the school accepts. Counts as absence and toward truancy.",
  SUSPENSION: "Excluded by the school. Counts as absence, not toward truancy.",
  EXCUSED: "With an accepted excuse, e.g. illness. Counts as absence, not toward truancy.",
  ACTIVITY: "At an activity of the school, e.g. a field trip or a match. Counts as attended.",
  REMOTE: "Taught elsewhere than at the school. Counts as attended.",
});
export type AbsenceExcuse = ChoiceOf<typeof AbsenceExcuse>;

@Record({
  description: "One of the district's attendance codes, e.g. \"U\" for unexcused. A student who was simply there has no code. What counts as absent, excused or present is said by the code, so that districts can differ.",
  access: attendanceCodes,
})
@UniqueTogether("code")
@Check("elsewhere", "effect <> 'PRESENT_ELSEWHERE' or excuse <> 'UNEXCUSED'", "Who is present elsewhere misses nothing that could be unexcused. Choose another excuse.")
@Check("remote", "excuse <> 'REMOTE' or effect = 'PRESENT_ELSEWHERE'", "Remote learning is being present elsewhere. For a student who missed it, use another excuse.")
export class AttendanceCode extends DistrictRecord {
  @Text({ description: "The code, unique in the district, e.g. \"U\" or \"FT\".", maxLength: 16, sortable: true })
  code!: string;
  @Text({ description: "What it means, e.g. \"Unexcused absence\" or \"Field trip\".", maxLength: 120, sortable: true })
  title!: string;
  @Choice(AttendanceEffect, { description: "Where the student was. A change counts all days anew on which the code was used." })
  effect!: AttendanceEffect;
  @Choice(AbsenceExcuse, { description: "How the missed time counts. A change counts all days anew on which the code was used." })
  excuse!: AbsenceExcuse;
  @Flag({ description: "Only the office gives it, e.g. an excuse or a suspension; teachers are not offered it and may not send it.", defaultValue: false })
  officeOnly!: boolean;
}
