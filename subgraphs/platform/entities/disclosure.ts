import { BelongsTo, Choice, Choices, fieldOf, ForeignRef, Instant, Text, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Index, Record } from "#foundation/record/record";
import { disclosures } from "../access.ts";
import { DataCategory } from "../disclosure/data-category.ts";
import { LegalBasis } from "../disclosure/legal-basis.ts";
import { Person, Student } from "../foreign.ts";
import { Agreement } from "./agreement.ts";

@Record({
  description: "That personal information of a student went to a party outside of the district: to whom, what, when, for which interest, on what basis (34 CFR 99.32). Kept as long as the student's record and never changed. Staff of the district, families and recipients of directory information stand in none.",
  access: disclosures,
  write: "operations",
})
@Index("exportId")
export class Disclosure extends DistrictRecord {
  @ForeignRef(() => Student, { description: "The student." }) studentId!: string;
  @BelongsTo(() => Agreement, { description: "The agreement under which it went.", immutable: true }) agreement!: Reference<Agreement>;
  @Text({ description: "To whom it went.", maxLength: 200, immutable: true, sortable: true }) recipient!: string;
  @Text({ description: "The recipient's legitimate interest in it.", maxLength: 1000, immutable: true }) interest!: string;
  @Choice(LegalBasis, { description: "On what basis it went.", immutable: true }) basis!: LegalBasis;
  @Choices(DataCategory, { description: "What went.", immutable: true }) categories!: DataCategory[];
  @Instant({ description: "When it went.", immutable: true, sortable: true }) disclosedAt!: Date;
  @ForeignRef(() => Person, { description: "Who sent it, where it was a person.", optional: true }) disclosedById!: string | null;
  @fieldOf("id", { description: "The export that it was part of.", immutable: true }) exportId!: string;
}
