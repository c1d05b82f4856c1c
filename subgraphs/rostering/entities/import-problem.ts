import { BelongsTo, choice, Choice, Text, Whole, type ChoiceOf, type Reference } from "#foundation/record/fields";
import { DistrictRecord, Record } from "#foundation/record/record";
import { importProblems } from "../access.ts";
import { Import } from "./import.ts";

export const ImportProblemSeverity = choice("ImportProblemSeverity", "How much a problem weighs.", {
  FAULT: "The files cannot be imported before it is mended.",
  WARNING: "The files depart from the format; what was meant was clear.",
  NOTE: "Something was left as it is, and why.",
});
export type ImportProblemSeverity = ChoiceOf<typeof ImportProblemSeverity>;

@Record({ description: "Something that is wrong with the files of an import, or that was left out of it. Of one kind in one file at most 1,000 are kept.", access: importProblems, write: "operations" })
export class ImportProblem extends DistrictRecord {
  @BelongsTo(() => Import, { description: "The import.", immutable: true }) import!: Reference<Import>;
  @Whole({ description: "Its place among the problems of the import, from 1: the worst first.", min: 1, sortable: true }) position!: number;
  @Choice(ImportProblemSeverity, { description: "How much it weighs." }) severity!: ImportProblemSeverity;
  @Text({ description: "What kind it is, for programs, e.g. \"value-unreadable\".", maxLength: 64, sortable: true }) code!: string;
  @Text({ description: "The file; null for the package as a whole.", maxLength: 255, optional: true }) file?: string | null;
  @Whole({ description: "The line of the file; null for the file as a whole.", optional: true, min: 1 }) line?: number | null;
  @Text({ description: "The column; null for the row as a whole.", maxLength: 255, optional: true }) column?: string | null;
  @Text({ description: "What is wrong and what to do, in a sentence.", maxLength: 2000 }) message!: string;
}
