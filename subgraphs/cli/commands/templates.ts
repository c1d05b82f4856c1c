import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { templateNames } from "../../rostering/templates/columns.ts";
import { blankTemplate, describeTemplates } from "../../rostering/templates/describe-templates.ts";
import { fileOf } from "../../rostering/templates/templates.ts";
import { UsageError, type CommandIo } from "../command.ts";

export const name = "templates";
export const summary = "blank CSV templates for what OneRoster lacks";
export const usage = `osss templates [--out FOLDER]

CSV files that an office fills in with a spreadsheet: ${templateNames.map(fileOf).join(", ")}.
Without --out tells what their columns mean.

  --out FOLDER   write the blank files and README.md into this folder; files that are there already are left as they are

Exit codes: 0 done, 1 the folder cannot be written, 2 wrong words.`;

/** Needs no database. */
export async function run(args: string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { out: { type: "string" } } });
  if (positionals.length > 0) throw new UsageError("Name the folder with --out FOLDER.");
  if (values.out === undefined) {
    io.print(describeTemplates());
    return 0;
  }
  const folder = io.path(values.out);
  try {
    await mkdir(folder, { recursive: true });
    for (const [file, content] of [...templateNames.map((each) => [fileOf(each), blankTemplate(each)] as const), ["README.md", describeTemplates()] as const]) {
      io.print((await writeNew(join(folder, file), content)) ? `${file} written` : `${file} is there already, and was left as it is`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    io.report(`Nothing can be written into "${values.out}" (${String(error.code)}). Name another folder, or change its permissions.`);
    return 1;
  }
}

/** False where the file is there: it may be filled in. */
async function writeNew(path: string, content: string): Promise<boolean> {
  try {
    await using file = await open(path, "wx");
    await file.writeFile(content);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}
