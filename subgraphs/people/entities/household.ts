import { HasMany, Text } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { households } from "../access.ts";
import { HouseholdAddress } from "./household-address.ts";
import { HouseholdMember } from "./household-member.ts";

@Record({
  description: "People who live together and share an address. A child whose parents live apart belongs to two households; neither learns the other's address through the child.",
  access: households,
})
export class Household extends DistrictRecord {
  @Text({ description: "A name to find and address the household by, e.g. \"Lopez family\". Two households may have the same.", sortable: true, searchable: true })
  name!: string;
  @HasMany(() => HouseholdMember, "household", { description: "Who belongs or belonged to the household." })
  members?: never;
  @HasMany(() => HouseholdAddress, "household", { description: "Where the household lives or lived, and where its mail goes." })
  addresses?: never;
}
