import { Text } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { studentIdentifiers } from "../access.ts";

@Record({ description: "Identifiers that others than the district gave to a student. Fewer people need them than the name and the student number.", access: studentIdentifiers, plural: "studentIdentifierSets" })
@UniqueTogether("stateId")
export class StudentIdentifiers extends DistrictRecord {
  @Text({ description: "The state's number for the student, unique in the state. Null until the state has assigned one.", optional: true, maxLength: 32 })
  stateId?: string | null;
}
