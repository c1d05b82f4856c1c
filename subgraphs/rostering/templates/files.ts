import type { FileHandle } from "node:fs/promises";
import type { ReadFiles, RefusedFiles } from "../imports/files.ts";
import { importTemplates } from "./import-templates.ts";
import { countKeptRows } from "./kept-rows.ts";
import { readTemplates, type TemplateBundle } from "./read-templates.ts";

/** Reads filled-in templates for an import. @throws RosterPathError when the path cannot be read at all. */
export async function readTemplateFiles(path: string | FileHandle): Promise<ReadFiles | RefusedFiles> {
  const read = await readTemplates(path);
  return read.outcome === "refused" ? { ...read, version: null } : filesOfTemplates(read);
}

/** What read templates give to an import. They name no system of their own, and nothing goes for being left out. */
export function filesOfTemplates(bundle: TemplateBundle): ReadFiles {
  return {
    outcome: "read",
    systemName: null,
    version: null,
    complete: false,
    // Who contacts are is settled by the office's own ids, and asked row by row.
    newcomers: [],
    district: null,
    isEmpty: false,
    deviations: bundle.deviations,
    deviationTotals: bundle.deviationTotals,
    known: countKeptRows,
    write: async (orchestration, options) => ({ ...(await importTemplates(orchestration, { bundle, ...options })), deviations: [] }),
  };
}
