import { BelongsTo, Choice, HasMany, Text, choice, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { organizations } from "../access.ts";
import { School } from "./school.ts";

export const OrganizationKind = choice("OrganizationKind", "The place of an organization in the tree above the schools.", {
  STATE: "The state's education agency.",
  LOCAL: "An agency between the state and the district, e.g. a county office or a service center.",
  DISTRICT: "The district itself, or one of several that share an installation.",
  DEPARTMENT: "A department of the district's office, e.g. Transportation.",
  OTHER: "None of the others.",
});
export type OrganizationKind = ChoiceOf<typeof OrganizationKind>;

@Record({
  description: "A body above or beside the schools: the district, its departments, the agencies over it. Schools are records of their own and hang below an organization.",
  access: organizations,
})
@UniqueTogether("identifier")
@Check("parent", "parent_id is null or parent_id <> id", "An organization cannot be its own parent. Choose another parent, or none.")
export class Organization extends DistrictRecord {
  @Text({ description: "The full name, e.g. \"Grand Bend Independent School District\".", sortable: true, searchable: true })
  name!: string;
  @Choice(OrganizationKind, { description: "The place in the tree." })
  kind!: OrganizationKind;
  @Text({ description: "The number that the state or the federal government gave to the organization, e.g. its NCES district id. Null when it has none.", optional: true, maxLength: 64 })
  identifier?: string | null;
  @BelongsTo(() => Organization, { description: "The organization one level up. Null at the top of the tree.", optional: true })
  parent?: Reference<Organization> | null;
  @HasMany(() => Organization, "parent", { description: "The organizations one level down." })
  children?: never;
  @HasMany(() => School, "organization", { description: "The schools that this organization runs." })
  schools?: never;
}
