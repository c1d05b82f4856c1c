import { BelongsTo, Day, Flag, type Reference } from "#foundation/record/fields";
import { DistrictRecord, NoOverlap, Record, Span } from "#foundation/record/record";
import { householdMembers } from "../access.ts";
import { Household } from "./household.ts";
import { Person } from "./person.ts";

@Record({ description: "That a person belongs to a household, with dates. Moving out ends the record; moving back in is a new one.", access: householdMembers })
@Span("fromDate", "toDate")
@NoOverlap({ per: ["household", "person"], from: "fromDate", to: "toDate", message: "This person already belongs to the household on some of these days. End the earlier membership first, or change the dates." })
export class HouseholdMember extends DistrictRecord {
  @BelongsTo(() => Household, { description: "The household.", immutable: true })
  household!: Reference<Household>;
  @BelongsTo(() => Person, { description: "The person.", immutable: true })
  person!: Reference<Person>;
  @Day({ description: "The first day in the household, or the day it became known.", sortable: true })
  fromDate!: string;
  @Day({ description: "The first day no longer in the household. Null while the person belongs to it.", optional: true, sortable: true })
  toDate?: string | null;
  @Flag({ description: "Whether mail of the school about the household's students is addressed to this person.", defaultValue: false })
  mailings!: boolean;
}
