import { templateNames, type TemplateColumn, type TemplateName } from "./columns.ts";
import { fileOf, templates } from "./templates.ts";

/** The blank template: a header, and nothing else that somebody would have to delete. */
export const blankTemplate = (name: TemplateName): string => `${templates[name].columns.map((column) => column.name).join(",")}\n`;

/** A header and one filled row. */
export const exampleOf = (name: TemplateName): string => `${blankTemplate(name)}${templates[name].columns.map(({ example }) => (/[",\n]/.test(example) ? `"${example.replaceAll('"', '""')}"` : example)).join(",")}\n`;

const sorts: Readonly<Record<TemplateColumn["kind"], string>> = { text: "text", flag: "yes or no", day: "day", whole: "whole number", decimal: "number", choice: "one of" };

function kindOf({ kind, values, maxLength, min, max }: TemplateColumn): string {
  if (kind === "choice") return `one of ${(values ?? []).map((value) => `\`${value}\``).join(", ")}`;
  const bounds = [...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]), ...(min === undefined || max === undefined ? [] : [`${min} to ${max}`])];
  return [sorts[kind], ...bounds].join(", ");
}

/** Everything about the templates, from the same declarations by which files are read. */
export function describeTemplates(): string {
  return `# CSV templates

<!-- Made of subgraphs/rostering/templates/files by a test: change the declarations, then run the tests with -u. -->

What OneRoster has no files for goes in by five CSV templates that an office fills in with any spreadsheet. \`npm run osss -- templates --out FOLDER\` writes blank ones.
A folder, a zip or a single file is imported at once, previewed, committed and undone like any import; files of one import may rest on each other.

## How files are read

- Plain CSV in UTF-8 (in a spreadsheet: "CSV UTF-8"), the first line being the header. Columns are found by name, in any order; capitals, spaces and hyphens in names do not matter; optional ones may be left out, and other columns are passed over.
- Which file is which follows from its name, else from its columns.
- Days are written YYYY-MM-DD, or M/D/YYYY. Yes and no may be y, true, 1, x and n, false, 0. School codes find their school without leading zeros, where only one can be meant.
- A fault anywhere refuses all files, with file, line, column and a sentence; nothing is written.

## How rows are written

- A row is known again by its key. The same file a second time changes nothing; a later one changes what it says anew.
- What somebody has changed here since stays, and is told. Of a record that was here before the file named it, only what is empty is filled.
- A row that the records or a school's rules do not allow is left out whole, and the preview says why. Import the file again when that is mended.
- \`remove\` = yes takes back what an earlier import of the row has brought. A row that is missing from a later file takes back nothing.
${templateNames.map(describeTemplate).join("")}`;
}

function describeTemplate(name: TemplateName): string {
  const { title, about, columns, keyInWords } = templates[name];
  return `
## ${title}: ${fileOf(name)}

${about.join("\n\n")}

Key: ${keyInWords}.

| column | | what it holds | meaning |
|---|---|---|---|
${columns.map((column) => `| \`${column.name}\` | ${column.required ? "needed" : ""} | ${kindOf(column)} | ${column.meaning} |`).join("\n")}

\`\`\`csv
${exampleOf(name)}\`\`\`
`;
}
