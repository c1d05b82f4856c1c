import { HasMany, Text } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { subjects } from "../access.ts";
import { Course } from "./course.ts";

@Record({ description: "An area of learning that courses belong to, e.g. mathematics. Credit requirements for graduation are counted by subject.", access: subjects })
@UniqueTogether("code")
export class Subject extends DistrictRecord {
  @Text({ description: "The district's code, e.g. \"MATH\".", maxLength: 16, sortable: true })
  code!: string;
  @Text({ description: "The name for people, e.g. \"Mathematics\".", maxLength: 100, sortable: true })
  title!: string;
  @HasMany(() => Course, "subject", { description: "The courses of the subject." })
  courses?: never;
}
