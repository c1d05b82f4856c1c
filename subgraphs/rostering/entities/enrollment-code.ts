import { Choice, Flag, Text, choice, type ChoiceOf } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, UniqueTogether, UniqueWhere } from "#foundation/record/record";
import { enrollmentCodes } from "../access.ts";

export const EnrollmentCodeKind = choice("EnrollmentCodeKind", "Which end of an enrollment a code explains.", {
  ENTRY: "How the student came.",
  EXIT: "How the student left.",
});
export type EnrollmentCodeKind = ChoiceOf<typeof EnrollmentCodeKind>;

export const EnrollmentCodeMeaning = choice("EnrollmentCodeMeaning", "What a code stands for, whatever the district or the state calls it.", {
  FIRST_ENTRY: "Came to the district's schools for the first time. Entries only.",
  CONTINUED: "Goes on after the change of the school year. Entries only.",
  REENTERED: "Came back after having left. Entries only.",
  PROMOTED: "Finished the school year and moved up. Exits only.",
  GRADUATED: "Finished school. Exits only.",
  WITHDRAWN: "Left the district's schools, to wherever the code says. Exits only.",
  VANISHED: "Is no longer named by the system that students are imported from. Exits only.",
  NO_SHOW: "Was expected and never came. Exits only.",
  RETAINED: "Finished the school year and repeats the grade.",
  TRANSFERRED: "Changed from one school of the district to another.",
  GRADE_CHANGED: "Changed the grade level within the school year.",
  OTHER: "None of the others.",
});
export type EnrollmentCodeMeaning = ChoiceOf<typeof EnrollmentCodeMeaning>;

@Record({
  description: "A code of the district or the state for how students enter and leave schools. While a district lists none of a kind, any text is taken as a code of that kind; once it lists some, only those are.",
  access: enrollmentCodes,
})
@UniqueTogether("kind", "code")
@UniqueWhere({ fields: ["kind", "meaning"], where: "standard", message: "Another code is already the standard one for this meaning. Take the mark from it first." })
@Check(
  "meaning",
  "case kind when 'ENTRY' then meaning in ('FIRST_ENTRY', 'CONTINUED', 'REENTERED', 'RETAINED', 'TRANSFERRED', 'GRADE_CHANGED', 'OTHER') else meaning in ('PROMOTED', 'GRADUATED', 'WITHDRAWN', 'VANISHED', 'NO_SHOW', 'RETAINED', 'TRANSFERRED', 'GRADE_CHANGED', 'OTHER') end",
  "This meaning belongs to the other end of an enrollment. Choose one of the code's kind.",
)
export class EnrollmentCode extends DistrictRecord {
  @Choice(EnrollmentCodeKind, { description: "Which end of an enrollment the code explains.", immutable: true })
  kind!: EnrollmentCodeKind;
  @Text({ description: "The code, unique in its kind, e.g. \"E1\" or \"W3\".", maxLength: 16, sortable: true })
  code!: string;
  @Text({ description: "The code in words, e.g. \"Moved out of state\".", maxLength: 120, sortable: true })
  title!: string;
  @Choice(EnrollmentCodeMeaning, { description: "What the code stands for." })
  meaning!: EnrollmentCodeMeaning;
  @Flag({ description: "The code that operations set by themselves for this meaning, e.g. the rollover for students who move up. At most one for each kind and meaning; without one, they leave the code empty.", defaultValue: false })
  standard!: boolean;
}
