import { ForeignRef, Text, Whole } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { settledByDistrict } from "../access.ts";
import { GradeLevel, Subject } from "../foreign.ts";

@Record({ description: "Something that students of certain grades are to know or to do, e.g. \"Adds and subtracts within 20\". Elementary schools report on standards.", access: settledByDistrict })
@UniqueTogether("code")
export class Standard extends DistrictRecord {
  @ForeignRef(() => Subject, { description: "The area of learning." })
  subjectId!: string;
  @Text({ description: "The code, unique in the district, e.g. \"2.OA.B.2\".", maxLength: 32, sortable: true })
  code!: string;
  @Text({ description: "The standard as a report card prints it.", maxLength: 500, searchable: true })
  text!: string;
  @ForeignRef(() => GradeLevel, { description: "The lowest grade level that it is for. Null: no lower end.", optional: true, immutable: false })
  lowGradeLevelId?: string | null;
  @ForeignRef(() => GradeLevel, { description: "The highest grade level that it is for. Null: no upper end.", optional: true, immutable: false })
  highGradeLevelId?: string | null;
  @Whole({ description: "The order on a report card within its subject. Gaps are allowed.", min: 0, max: 10000, sortable: true })
  sequence!: number;
}
