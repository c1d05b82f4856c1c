import { open, stat, type FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import { readCsv } from "../oneroster/csv.ts";
import { DeviationLog, quoted, type Deviation, type DeviationCode } from "../oneroster/deviation.ts";
import { isCsv } from "../oneroster/folder-package.ts";
import { openPackage } from "../oneroster/package.ts";
import { defaultLimits, RosterPathError, type PackageLimits, type RosterPackage } from "../oneroster/package-contract.ts";
import { templateNames, type TemplateName } from "./columns.ts";
import { foldedName, readTemplate, type TemplateRow } from "./read-template.ts";
import { fileOf, templates, type Cells } from "./templates.ts";

interface Told {
  deviations: readonly Deviation[];
  deviationTotals: Partial<Record<DeviationCode, number>>;
}

/** Everything that filled-in templates say; a file that is not there has no entry. */
export interface TemplateBundle extends Told {
  outcome: "read";
  files: { readonly [N in TemplateName]?: readonly TemplateRow<Cells<N>>[] };
}

export interface RefusedTemplates extends Told {
  outcome: "refused";
}

/**
 * Reads filled-in templates: a folder, a zip or a single CSV file, by its path or as an open file (an upload that has no name any more), whole
 * and checked. It touches no database, and gives everything that the
 * files say or the reasons to refuse them; never a part. Bad input never throws.
 * @throws RosterPathError when the path cannot be read at all.
 */
export async function readTemplates(path: string | FileHandle, options: { limits?: Partial<PackageLimits> } = {}): Promise<TemplateBundle | RefusedTemplates> {
  const bounds = { ...defaultLimits, ...options.limits };
  const log = new DeviationLog();
  const opened = await openFiles(path, log, bounds);
  if (opened === null) return refused(log);
  await using source = opened;
  const entries = await entriesByTemplate(source, log, bounds);
  const files: Partial<Record<TemplateName, TemplateRow[]>> = {};
  const held = { cells: 0 };
  for (const name of templateNames) {
    const entry = entries.get(name);
    if (entry !== undefined) files[name] = await readTemplate(source, entry, templates[name], log, bounds, held);
  }
  if (log.refuses) return refused(log);
  // The columns that rows are read by, and the types of their cells, are one and the same declaration.
  return { outcome: "read", files: files as TemplateBundle["files"], deviations: log.list(), deviationTotals: log.totals() };
}

const refused = (log: DeviationLog): RefusedTemplates => ({ outcome: "refused", deviations: log.list(), deviationTotals: log.totals() });

/** What begins like a zip is one, whatever its name. */
async function openFiles(path: string | FileHandle, log: DeviationLog, bounds: PackageLimits): Promise<RosterPackage | null> {
  const refuse = (cause: unknown) => {
    throw RosterPathError.unusable(typeof path === "string" ? path : "the file", cause);
  };
  const found = await (typeof path === "string" ? stat(path) : path.stat()).catch(refuse);
  if (!found.isFile()) return openPackage(path, log, bounds);
  const file = typeof path === "string" ? await open(path, "r").catch(refuse) : path;
  const close = () => (typeof path === "string" ? file.close() : undefined);
  if (await beginsAsZip(file)) {
    await close();
    return openPackage(path, log, bounds);
  }
  if (found.size > bounds.entryBytes) {
    await close();
    log.add("package-too-large", { file: "" }, `The file has ${found.size} bytes; at most ${bounds.entryBytes} are read. Split it, by school or year.`);
    return null;
  }
  const name = typeof path === "string" ? basename(path) : "file.csv";
  return { kind: "folder", names: [name], nested: [], open: async () => file.createReadStream({ start: 0, autoClose: false }), [Symbol.asyncDispose]: async () => close() };
}

async function beginsAsZip(file: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
  return bytesRead === 4 && buffer.readUInt16BE(0) === 0x504b && buffer[2]! < 8;
}

/** Which file is which template: by its name, else by its columns. */
async function entriesByTemplate(source: RosterPackage, log: DeviationLog, bounds: PackageLimits): Promise<Map<TemplateName, string>> {
  const entries = new Map<TemplateName, string>();
  const single = source.names.length === 1;
  for (const entry of source.names) {
    if (!isCsv(entry) && !(single && source.kind === "folder")) {
      log.add("entry-unknown", { file: entry }, `${quoted(entry)} is no CSV file. It is passed over.`);
      continue;
    }
    const name = byName(entry) ?? (await byColumns(source, entry, bounds));
    if (name === null) log.add("entry-unknown", { file: entry }, `${quoted(entry)} is none of the templates: neither its name nor its columns are. It is passed over.`);
    else if (entries.has(name)) log.add("entry-repeated", { file: fileOf(name) }, `${quoted(entries.get(name)!)} and ${quoted(entry)} are both ${fileOf(name)}. Put their rows into one file, or import one after the other.`);
    else entries.set(name, entry);
  }
  if (source.nested.length > 0) log.add("entry-nested", { file: "" }, "Files in folders inside are not read. Put the CSV files at the top.");
  if (entries.size === 0) log.add("file-missing", { file: "" }, `There is none of the templates here: ${templateNames.map(fileOf).join(", ")}. Start from the blank ones (osss templates).`);
  return entries;
}

function byName(entry: string): TemplateName | null {
  const folded = entry.toLowerCase().replace(/\.csv$/, "").replaceAll(/[\s_-]+/g, "-");
  return templateNames.find((name) => folded === name) ?? null;
}

/** The one template all of whose needed columns the header has; of several the one that knows more of the columns. */
async function byColumns(source: RosterPackage, entry: string, bounds: PackageLimits): Promise<TemplateName | null> {
  const aside = new DeviationLog();
  for await (const { cells } of readCsv(source, entry, aside, bounds)) {
    const header = new Set(cells.map(foldedName));
    const known = (name: TemplateName) => templates[name].columns.filter((column) => header.has(column.name)).length;
    const fitting = templateNames.filter((name) => templates[name].columns.every(({ required, name: column }) => required !== true || header.has(column)));
    return fitting.sort((a, b) => known(b) - known(a))[0] ?? null;
  }
  return null;
}
