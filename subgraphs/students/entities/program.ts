import { Choice, Text, choice, type ChoiceOf } from "#foundation/record/fields";
import { Check, DistrictRecord, Record, UniqueTogether } from "#foundation/record/record";
import { programs } from "../access.ts";

export const ProgramKind = choice("ProgramKind", "What a program means to the law, whatever the district calls it.", {
  EL: "English learner.",
  GIFTED: "Gifted and talented.",
  IEP: "Special education under an individualized education program.",
  SECTION_504: "Accommodations under section 504.",
  HOMELESS: "Without a fixed, regular and adequate home at night (McKinney-Vento).",
  FOSTER: "In foster care.",
  MIGRANT: "Child of a migratory worker, or one.",
  OTHER: "The district's own.",
});
export type ProgramKind = ChoiceOf<typeof ProgramKind>;

export const ProgramTier = choice("ProgramTier", "Who may know that a student takes part.", {
  SCHOOL: "Those who plan the student's day at school.",
  SUPPORT: "Only those who need it for the support itself; every read is audited.",
});
export type ProgramTier = ChoiceOf<typeof ProgramTier>;

@Record({ description: "A program of the district that students take part in. Meal benefits are no program here: they have a record of their own.", access: programs })
@UniqueTogether("code")
@Check("tier", "tier = 'SUPPORT' or kind in ('EL', 'GIFTED', 'OTHER')", "Programs of this kind belong to the support tier.")
export class Program extends DistrictRecord {
  @Text({ description: "The district's code, unique, e.g. \"ESL-1\".", maxLength: 32, sortable: true })
  code!: string;
  @Text({ description: "The name for people, e.g. \"English as a second language, pull-out\".", sortable: true })
  title!: string;
  @Choice(ProgramKind, { description: "What the program means to the law.", immutable: true })
  kind!: ProgramKind;
  @Choice(ProgramTier, { description: "Who may know that a student takes part.", immutable: true })
  tier!: ProgramTier;
}
