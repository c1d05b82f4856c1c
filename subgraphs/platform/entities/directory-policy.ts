import { Choices, Day } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { directoryPolicies } from "../access.ts";
import { DirectoryField } from "../disclosure/directory-field.ts";

@Record({
  description: "What the district calls directory information from a day on, as it has told families beforehand (34 CFR 99.37). The newest one not after today holds. Without any, nothing is directory information.",
  access: directoryPolicies,
  plural: "directoryPolicies",
})
@UniqueTogether("fromDate")
@Check("notice", "notice_given_on <= from_date", "Families are told first, so that they can opt out: the notice cannot be after the first day.")
export class DirectoryPolicy extends DistrictRecord {
  @Day({ description: "The first day on which the policy holds. It holds until the next one.", sortable: true }) fromDate!: string;
  @Day({ description: "The day on which families were told what is directory information, and until when they can opt out.", sortable: true }) noticeGivenOn!: string;
  @Choices(DirectoryField, { description: "What is directory information." }) fields!: DirectoryField[];
}
