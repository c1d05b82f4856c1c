import { BelongsTo, Day, ForeignRef, type Reference } from "#foundation/record/fields";
import { DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { disclosureConsents } from "../access.ts";
import { Person, Student } from "../foreign.ts";
import { Agreement } from "./agreement.ts";

@Record({
  description: "The signed and dated consent of a parent, or of the student who holds the rights, that data about the student go to the party of an agreement that rests on consents (34 CFR 99.30). The paper stays in the district's files.",
  access: disclosureConsents,
})
@Span("fromDate", "toDate")
@NoOverlap({ per: ["studentId", "agreement"], from: "fromDate", to: "toDate", message: "There is already a consent to this agreement on some of these days. Use that one, or change the dates." })
export class DisclosureConsent extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @BelongsTo(() => Agreement, { description: "The agreement, whose party, purpose and data are consented to.", immutable: true }) agreement!: Reference<Agreement>;
  @ForeignRef(() => Person, { description: "Who consented." }) personId!: string;
  @Day({ description: "The day on which it was signed, from which it holds.", immutable: true, sortable: true }) fromDate!: string;
  @Day({ description: "The first day on which it no longer holds, since it was withdrawn. Null while it does.", optional: true, sortable: true }) toDate?: string | null;
}
