import { BelongsTo, ForeignRef, type Reference } from "#foundation/record/fields";
import { Agrees, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { sectionTerms } from "../access.ts";
import { School, Term } from "../foreign.ts";
import { Section } from "./section.ts";

@Record({ description: "That a section is taught in a term. A section of a whole year is taught in the year's term, or in each of its semesters.", access: sectionTerms, write: ["create", "archive"] })
@UniqueTogether("section", "termId")
@Agrees("section", { schoolId: "schoolId" })
export class SectionTerm extends DistrictRecord {
  @BelongsTo(() => Section, { description: "The section.", immutable: true })
  section!: Reference<Section>;
  @ForeignRef(() => School, { description: "The section's school." })
  schoolId!: string;
  @ForeignRef(() => Term, { description: "The term: of the section's school year, and of its school or of the whole district." })
  termId!: string;
}
