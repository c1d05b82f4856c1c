import { Choice, Day, ForeignRef, choice, type ChoiceOf } from "#foundation/record/fields";
import { Agrees, DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { teachingAssignments } from "../access.ts";
import { Person, School, Section } from "../foreign.ts";

export const TeachingKind = choice("TeachingKind", "What somebody does in a section.", {
  LEAD: "Teaches it and answers for its marks.",
  CO_TEACHER: "Teaches it together with the lead teacher, with the same reach.",
  AIDE: "Helps in it. Reads and records as a teacher does where the account carries that role.",
});
export type TeachingKind = ChoiceOf<typeof TeachingKind>;

@Record({
  description: "That a person teaches a section, with dates. It opens the section's students to a teacher, from the district's days of lead before to its days of lag after.",
  access: teachingAssignments,
  write: "operations",
})
@Span("fromDate", "toDate")
@NoOverlap({ per: ["personId", "sectionId"], from: "fromDate", to: "toDate", message: "This person already teaches the section on some of these days. End that assignment first, or change the dates." })
@Agrees("sectionId", { schoolId: "schoolId" })
export class TeachingAssignment extends DistrictRecord {
  @ForeignRef(() => Person, { description: "Who teaches." })
  personId!: string;
  @ForeignRef(() => Section, { description: "The section." })
  sectionId!: string;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @Choice(TeachingKind, { description: "What the person does in the section.", defaultValue: "LEAD" })
  kind!: TeachingKind;
  @Day({ description: "The first day of teaching.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day no longer teaching it. Null: until the section ends.", optional: true, sortable: true })
  toDate?: string | null;
}
