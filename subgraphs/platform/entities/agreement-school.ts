import { BelongsTo, ForeignRef, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { agreements } from "../access.ts";
import { School } from "../foreign.ts";
import { Agreement } from "./agreement.ts";

@Record({ description: "That an agreement is about the students of a school.", access: agreements, write: "operations" })
@UniqueTogether("agreement", "schoolId")
export class AgreementSchool extends DistrictRecord {
  @BelongsTo(() => Agreement, { description: "The agreement.", immutable: true }) agreement!: Reference<Agreement>;
  @ForeignRef(() => School, { description: "The school." }) schoolId!: string;
}
