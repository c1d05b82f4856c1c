import { Text } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";

@Record({ description: "A ready sentence for report cards. Teachers choose from the bank, so that a comment reads the same at every school and can be translated once.", access: settledByDistrict, plural: "commentBankEntries" })
@UniqueTogether("code")
export class CommentBankEntry extends DistrictRecord {
  @Text({ description: "The short code that teachers type, unique in the district, e.g. \"12\".", maxLength: 16, sortable: true })
  code!: string;
  @Text({ description: "The sentence, e.g. \"Takes part in class with thought and courtesy.\"", maxLength: 500, searchable: true })
  text!: string;
}
