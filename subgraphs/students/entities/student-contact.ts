import { BelongsTo, Choice, Day, Flag, ForeignRef, Whole, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { studentContacts } from "../access.ts";
import { Person } from "../foreign.ts";
import { Student } from "./student.ts";

export const ContactRelationship = choice("ContactRelationship", "What the contact is to the student. It gives no right by itself: the flags do.", {
  MOTHER: "Mother.",
  FATHER: "Father.",
  PARENT: "A parent, not said which.",
  STEPPARENT: "Married to a parent.",
  GRANDPARENT: "Grandparent.",
  SIBLING: "Brother or sister.",
  OTHER_RELATIVE: "Another relative.",
  LEGAL_GUARDIAN: "Appointed by a court.",
  FOSTER_PARENT: "Foster parent.",
  SOCIAL_WORKER: "Of an agency in charge of the student.",
  NEIGHBOR: "Neighbor or friend of the family.",
  OTHER: "None of the others, or not known.",
});
export type ContactRelationship = ChoiceOf<typeof ContactRelationship>;

export const ContactStatus = choice("ContactStatus", "Whether a clerk has looked at the contact.", {
  PROPOSED: "Came from a form or an import and awaits confirmation. Gives no right.",
  CONFIRMED: "Confirmed by a clerk of the district.",
});
export type ContactStatus = ChoiceOf<typeof ContactStatus>;

const right = (description: string) => ({ description, defaultValue: false });

@Record({
  description: "That a person is listed for a student, with dates and separate flags for each right. A relative is not a guardian, and a pick-up person reads nothing. A court order in effect outweighs the flags.",
  access: studentContacts,
})
@Span("fromDate", "toDate")
@NoOverlap({ per: ["student", "personId"], from: "fromDate", to: "toDate", message: "This person is already listed for the student on some of these days. Change that contact, or end it first." })
export class StudentContact extends DistrictRecord {
  @BelongsTo(() => Student, { description: "The student.", immutable: true })
  student!: Reference<Student>;
  @ForeignRef(() => Person, { description: "Who is listed." })
  personId!: string;
  @Choice(ContactRelationship, { description: "What the contact is to the student." })
  relationship!: ContactRelationship;
  @Choice(ContactStatus, { description: "Whether a clerk has confirmed the contact.", defaultValue: "PROPOSED" })
  status!: ContactStatus;
  @Day({ description: "The first day on which the contact counts.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day on which it no longer counts. Null while it does.", optional: true, sortable: true })
  toDate?: string | null;
  @Flag(right("May know the student's education record. Both parents have this right unless an order, a statute or a binding document ends it."))
  educationRights!: boolean;
  @Flag(right("May use the portal for this student. Shows nothing without education rights."))
  portalAccess!: boolean;
  @Flag(right("Lives with the student, all or part of the time."))
  livesWith!: boolean;
  @Flag(right("Receives the school's mail about the student."))
  mailings!: boolean;
  @Flag(right("May take the student home from school."))
  pickUp!: boolean;
  @Flag(right("Decides about the student's education, e.g. signs consents."))
  decisionMaking!: boolean;
  @Whole({ description: "The order in which to call in an emergency, from 1. Null: do not call.", min: 1, max: 99, optional: true, sortable: true })
  emergencyOrder?: number | null;
  @Flag(right("Not shown to the student's other contacts nor to the student, e.g. a protected foster placement."))
  confidential!: boolean;
}
