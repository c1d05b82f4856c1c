/** What a cell of a template holds. */
export type ColumnKind = "text" | "flag" | "day" | "whole" | "decimal" | "choice";

/** One column: from it come the check of its cells, the blank template and its documentation. */
export interface TemplateColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** A row cannot be read without it. */
  readonly required?: true;
  /** Of a choice: what may stand there. */
  readonly values?: readonly string[];
  /** Of a text: the most characters. */
  readonly maxLength?: number;
  /** Of a number: the least and the greatest. */
  readonly min?: number;
  readonly max?: number;
  readonly example: string;
  /** What it means, in a sentence or two. */
  readonly meaning: string;
}

type Cell<C extends TemplateColumn> = C extends { kind: "flag" } ? boolean : C extends { kind: "whole" | "decimal" } ? number : C extends { kind: "choice"; values: readonly (infer V)[] } ? V : string;

/** The cells of a row by the names of its columns; null where blank. */
export type CellsOf<Columns extends readonly TemplateColumn[]> = {
  readonly [C in Columns[number] as C["name"]]: C extends { required: true } ? Cell<C> : Cell<C> | null;
};

/** Something about a row that its columns alone do not tell; it refuses the file. */
export interface RowFault {
  column: string;
  message: string;
}

export type CellValue = string | number | boolean | null;
/** The cells of a row of whatever template. */
export type AnyCells = Readonly<Record<string, CellValue>>;

/** A kind of file that an office fills in. */
export interface Template<Columns extends readonly TemplateColumn[] = readonly TemplateColumn[], Row = CellsOf<Columns>> {
  /** The name of the file without its ending. */
  readonly name: TemplateName;
  readonly title: string;
  /** What it is for, and what follows from its rows: for the documentation. */
  readonly about: readonly string[];
  readonly columns: Columns;
  /** By which of its values a row is the same one in a later file: what an import finds again. */
  readonly key: (cells: Row) => readonly (string | null)[];
  /** The same in words. */
  readonly keyInWords: string;
  /** What is wrong with the row as a whole. */
  readonly faults?: (cells: Row) => readonly RowFault[];
}

export type AnyTemplate = Template<readonly TemplateColumn[], AnyCells>;

/** In the order in which they are written: each finds what it rests on. */
export const templateNames = ["calendar-days", "school-enrollments", "contacts", "course-history", "daily-attendance"] as const;
export type TemplateName = (typeof templateNames)[number];

/** Keeps the columns' exact types, so that rows are typed by them. */
export const template = <const Columns extends readonly TemplateColumn[]>(declared: Template<Columns>): Template<Columns> => declared;

/** How a row names its student: one of the two, and where both are given they name the same one. */
export const studentColumns = [
  { name: "student_number", kind: "text", maxLength: 32, example: "604863", meaning: "The district's number of the student. This or state_id." },
  { name: "state_id", kind: "text", maxLength: 32, example: "", meaning: "The state's number of the student, instead of student_number or to check it." },
] as const satisfies readonly TemplateColumn[];

export const removeColumn = {
  name: "remove", kind: "flag", example: "", meaning: "yes takes back what an earlier import of this row has brought. A row that is merely left out of a later file takes back nothing.",
} as const satisfies TemplateColumn;

interface NamesStudent {
  readonly student_number: string | null;
  readonly state_id: string | null;
}

/** The student as a part of a row's key. */
export const studentKey = ({ student_number: number, state_id: stateId }: NamesStudent): string | null => number ?? (stateId === null ? null : `state:${stateId}`);

export const requireStudent = (cells: NamesStudent): RowFault[] =>
  cells.student_number === null && cells.state_id === null ? [{ column: "student_number", message: "The row names no student. Fill in student_number or state_id." }] : [];
