import { BelongsTo, Choice, Day, Flag, ForeignRef, Text, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, Span } from "#foundation/record/record";
import { courtOrders } from "../access.ts";
import { Person } from "../foreign.ts";
import { Student } from "./student.ts";

export const CourtOrderKind = choice("CourtOrderKind", "What kind of order it is.", {
  CUSTODY: "Decides about custody or visits.",
  PROTECTION: "Protects from a person: a protective or restraining order.",
  TERMINATION: "Ends parental rights.",
  OTHER: "Another order, statute or legally binding document.",
});
export type CourtOrderKind = ChoiceOf<typeof CourtOrderKind>;

const restricts = (what: string) => ({ description: `Whether the order takes from the person the right to ${what}.`, defaultValue: false });

@Record({
  description: "An order of a court that takes named rights about a student from a person. It takes effect at local midnight of its first day and outweighs what is listed for the contact. The text stays on paper or in the district's files.",
  access: courtOrders,
})
@Span("fromDate", "toDate")
@Check(
  "restricts",
  "restricts_education or restricts_portal or restricts_lives_with or restricts_pick_up or restricts_mailings or restricts_decision_making",
  "Say what the order restricts: set at least one of the flags.",
)
export class CourtOrder extends DistrictRecord {
  @BelongsTo(() => Student, { description: "The student whom the order is about.", immutable: true })
  student!: Reference<Student>;
  @ForeignRef(() => Person, { description: "The person whose rights the order restricts." })
  personId!: string;
  @Choice(CourtOrderKind, { description: "What kind of order it is." })
  kind!: CourtOrderKind;
  @Text({ description: "The court's number of the case or order.", optional: true, maxLength: 64 })
  number?: string | null;
  @Text({ description: "The court or authority that issued the order, e.g. \"Travis County District Court\".", optional: true })
  issuedBy?: string | null;
  @Day({ description: "The first day on which the order restricts.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day on which it no longer restricts. Null while no end is known.", optional: true, sortable: true })
  toDate?: string | null;
  @Flag(restricts("know the student's education record"))
  restrictsEducation!: boolean;
  @Flag(restricts("use the portal for the student"))
  restrictsPortal!: boolean;
  @Flag(restricts("live with the student"))
  restrictsLivesWith!: boolean;
  @Flag(restricts("take the student home from school"))
  restrictsPickUp!: boolean;
  @Flag(restricts("receive the school's mail about the student"))
  restrictsMailings!: boolean;
  @Flag(restricts("decide about the student's education"))
  restrictsDecisionMaking!: boolean;
}
