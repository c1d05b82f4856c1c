import { BelongsTo, Choice, Day, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { directoryOptOuts } from "../access.ts";
import { Student } from "./student.ts";

export const DirectoryAudience = choice("DirectoryAudience", "To whom directory information would go.", {
  PUBLIC: "Everyone: yearbooks, honor rolls, programs, the press.",
  RECRUITERS: "Military recruiters.",
  COLLEGES: "Colleges and universities that recruit.",
});
export type DirectoryAudience = ChoiceOf<typeof DirectoryAudience>;

@Record({
  description: "That no directory information about a student goes to an audience, by the family's or the adult student's wish. Each audience is a wish of its own.",
  access: directoryOptOuts,
})
@Span("fromDate", "toDate")
@NoOverlap({ per: ["student", "audience"], from: "fromDate", to: "toDate", message: "There is already an opt-out from this audience on some of these days. Use that one, or change the dates." })
export class DirectoryOptOut extends DistrictRecord {
  @BelongsTo(() => Student, { description: "The student.", immutable: true })
  student!: Reference<Student>;
  @Choice(DirectoryAudience, { description: "To whom nothing goes.", immutable: true })
  audience!: DirectoryAudience;
  @Day({ description: "The first day of the opt-out.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day on which it no longer holds. Null while it does.", optional: true, sortable: true })
  toDate?: string | null;
}
