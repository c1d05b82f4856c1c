import { fileNames, columnsOf, neededFiles10, type FileName, type RosterVersion } from "./columns.ts";
import { headerName, readCsv } from "./csv.ts";
import { quoted, type DeviationLog } from "./deviation.ts";
import { isCsv } from "./folder-package.ts";
import type { PackageLimits, RosterPackage } from "./package-contract.ts";

/** How a file of the package is to be understood. */
export type FileMode = "absent" | "bulk" | "delta";

/** What manifest.csv says, checked against what is in the package. */
export interface Manifest {
  version: RosterVersion;
  systemName: string | null;
  systemCode: string | null;
  /** Every data file of the version that is to be read, with its mode and the entry that holds it. */
  files: ReadonlyMap<FileName, { mode: "bulk" | "delta"; entry: string }>;
  /** Files promised by the manifest and not in the package: noted as fatal already. */
  missing: ReadonlySet<FileName>;
}

const MANIFEST = "manifest.csv";

/**
 * Reads manifest.csv and compares it with the package. Null when nothing of the package can be read
 * (no manifest, a version that is not known); other faults are noted in `log` and may be fatal. A
 * package that somebody calls one of 1.0 needs no manifest: what is in it counts, as the whole truth.
 */
export async function readManifest(source: RosterPackage, log: DeviationLog, limits: PackageLimits, older = false): Promise<Manifest | null> {
  const byFoldedName = foldedNames(source, log);
  const entry = byFoldedName.get(MANIFEST);
  if (entry === undefined) {
    if (older) return filesOf10(byFoldedName, source, log);
    const inside = source.kind === "zip" ? source.nested.find((name) => name.toLowerCase().endsWith(`/${MANIFEST}`)) : undefined;
    log.add("manifest-missing", { file: MANIFEST }, inside === undefined
      ? "The package lacks manifest.csv and is refused. Export it as OneRoster 1.1 or 1.2, both of which require manifest.csv. If it is OneRoster 1.0, which had none, import it with --version 1.0."
      : `manifest.csv lies in a folder (${quoted(inside)}), so the package is refused. Zip the CSV files themselves, not the folder around them.`);
    return null;
  }
  const properties = await readProperties(source, entry, log, limits);
  if (properties === null) return null;
  const version = versionOf(properties, older, log);
  if (version === null) return null;
  const checked = compareFiles(version, properties, byFoldedName, source, log);
  return { version, systemName: properties.get("source.systemname") ?? null, systemCode: properties.get("source.systemcode") ?? null, ...checked };
}

/** The files of a package without a manifest. */
function filesOf10(entries: ReadonlyMap<string, string>, source: RosterPackage, log: DeviationLog): Manifest {
  log.add("version-older", { file: "" }, "The package is read as OneRoster 1.0, which has no manifest: every file in it is taken to name all that there is.");
  const files = new Map<FileName, { mode: "bulk"; entry: string }>();
  const missing = new Set<FileName>();
  const expected = fileNames.filter((file) => columnsOf("1.0", file) !== null);
  for (const file of expected) {
    const csv = `${file}.csv`;
    const entry = entries.get(csv.toLowerCase());
    if (entry !== undefined) {
      if (entry !== csv) log.add("entry-name-case", { file: csv }, `The file is called ${quoted(entry)}; it is read as ${csv}.`);
      files.set(file, { mode: "bulk", entry });
    } else if (neededFiles10.some((needed) => needed === file)) {
      missing.add(file);
      log.add("file-missing", { file: csv }, `A OneRoster 1.0 package without ${csv} is not whole. Export it again.`);
    }
  }
  noteUnknown(expected, new Map(), new Set(expected.map((file) => `${file}.csv`.toLowerCase())), source, log);
  return { version: "1.0", systemName: null, systemCode: null, files, missing };
}

/** Entry names in lower case to the names as found; two that differ only in case are refused. */
function foldedNames(source: RosterPackage, log: DeviationLog): Map<string, string> {
  const names = new Map<string, string>();
  for (const name of source.names) {
    const folded = name.toLowerCase();
    const other = names.get(folded);
    if (other !== undefined) log.add("entry-repeated", { file: name }, `The package holds ${quoted(other)} and ${quoted(name)}, so it is unclear which one counts. Keep one.`);
    names.set(folded, name);
  }
  return names;
}

/** Property names in lower case to values; null when the file has no rows that can be read. */
async function readProperties(source: RosterPackage, entry: string, log: DeviationLog, limits: PackageLimits): Promise<Map<string, string> | null> {
  const properties = new Map<string, string>();
  let header: string[] | null = null;
  for await (const { line, cells } of readCsv(source, entry, log, limits)) {
    if (header === null) {
      header = cells.map(headerName);
      if (header[0]?.toLowerCase() !== "propertyname" || header[1]?.toLowerCase() !== "value") {
        log.add("manifest-unreadable", { file: MANIFEST, row: line }, 'The header is not "propertyName,value". Export the package again, or correct the first line of manifest.csv.');
        return null;
      }
      continue;
    }
    if (properties.size > 1000) {
      log.add("manifest-unreadable", { file: MANIFEST, row: line }, "The manifest has more than 1,000 lines. Export the package again.");
      return null;
    }
    addProperty(properties, cells, line, log);
  }
  if (log.refuses) return null;
  if (header === null) {
    log.add("manifest-unreadable", { file: MANIFEST }, "manifest.csv is empty. Export the package again.");
    return null;
  }
  return properties;
}

function addProperty(properties: Map<string, string>, cells: readonly string[], line: number, log: DeviationLog): void {
  const name = (cells[0] ?? "").trim();
  const value = (cells[1] ?? "").trim();
  const place = { file: MANIFEST, row: line };
  let folded = name.toLowerCase();
  if (folded.startsWith("fiel.")) {
    folded = `file.${folded.slice(5)}`;
    log.add("manifest-spelling", place, `${quoted(name)} is read as "file.${name.slice(5)}". Correct it in the source system.`);
  }
  if (properties.has(folded) && properties.get(folded) !== value) {
    log.add("manifest-unreadable", place, `The manifest says two things of ${quoted(name)}. Keep the right one.`);
  }
  properties.set(folded, value);
}

function versionOf(properties: ReadonlyMap<string, string>, older: boolean, log: DeviationLog): RosterVersion | null {
  const manifestVersion = properties.get("manifest.version");
  if (manifestVersion !== "1.0") {
    log.add("manifest-version", { file: MANIFEST }, `manifest.version is ${manifestVersion === undefined ? "not given" : quoted(manifestVersion)}; "1.0" is meant and assumed.`);
  }
  const version = properties.get("oneroster.version");
  if (older) {
    if (version === undefined || /^v?1\.0(\.\d+)?$/.test(version)) return "1.0";
    log.add("version-contradicted", { file: MANIFEST }, `The import was told that the package is OneRoster 1.0, and manifest.csv says ${quoted(version)}. Import it without --version 1.0.`);
    return null;
  }
  const match = /^v?(1\.[12])(\.\d+)?$/.exec(version ?? "");
  if (match !== null && (match[1] === "1.1" || match[1] === "1.2")) {
    if (match[0] !== match[1]) log.add("manifest-version", { file: MANIFEST }, `oneroster.version ${quoted(version ?? "")} is read as ${match[1]}.`);
    return match[1];
  }
  log.add("version-unsupported", { file: MANIFEST }, `oneroster.version is ${version === undefined ? "not given" : quoted(version)}. Export the package as OneRoster 1.1 or 1.2${/^v?1\.0/.test(version ?? "") ? ", or import it with --version 1.0" : ""}.`);
  return null;
}

function compareFiles(version: RosterVersion, properties: ReadonlyMap<string, string>, entries: ReadonlyMap<string, string>, source: RosterPackage, log: DeviationLog) {
  const files = new Map<FileName, { mode: "bulk" | "delta"; entry: string }>();
  const missing = new Set<FileName>();
  const known = new Set<string>([MANIFEST]);
  const expected = fileNames.filter((file) => columnsOf(version, file) !== null);
  for (const file of expected) {
    const csv = `${file}.csv`;
    known.add(csv.toLowerCase());
    const entry = entries.get(csv.toLowerCase());
    const mode = modeOf(file, properties, log);
    if (mode === undefined) {
      if (entry !== undefined && !properties.has(`file.${file}`.toLowerCase())) {
        log.add("file-undeclared", { file: csv }, `${csv} is in the package, but manifest.csv does not say whether it is bulk or delta. Add the line "file.${file},bulk" if the file holds everything.`);
      } else if (entry === undefined && !properties.has(`file.${file}`.toLowerCase())) {
        log.add("manifest-incomplete", { file: MANIFEST }, `manifest.csv does not mention file.${file}; it is taken to be absent.`);
      }
      if (entry !== undefined) missing.add(file);
    } else if (mode === "absent") {
      if (entry !== undefined) log.add("file-unexpected", { file: csv }, `manifest.csv says that ${csv} is absent, but the package holds it. Remove the file, or say "bulk" or "delta" in the manifest.`);
    } else if (entry === undefined) {
      missing.add(file);
      log.add("file-missing", { file: csv }, `manifest.csv promises ${csv} (${mode}), but the package lacks it. Export the package again.`);
    } else {
      if (entry !== csv) log.add("entry-name-case", { file: csv }, `The file is called ${quoted(entry)}; it is read as ${csv}.`);
      files.set(file, { mode, entry });
    }
  }
  noteUnknown(expected, properties, known, source, log);
  return { files, missing };
}

/** Undefined when the manifest says nothing of the file or nothing that can be understood. */
function modeOf(file: FileName, properties: ReadonlyMap<string, string>, log: DeviationLog): FileMode | undefined {
  const value = properties.get(`file.${file}`.toLowerCase());
  if (value === undefined) return undefined;
  const folded = value.toLowerCase();
  if (folded !== "absent" && folded !== "bulk" && folded !== "delta") {
    log.add("file-mode-unknown", { file: MANIFEST }, `file.${file} is ${quoted(value)}; it must be absent, bulk or delta.`);
    return undefined;
  }
  if (folded !== value) log.add("manifest-spelling", { file: MANIFEST }, `file.${file} is ${quoted(value)}; it is read as "${folded}".`);
  return folded;
}

function noteUnknown(expected: readonly FileName[], properties: ReadonlyMap<string, string>, known: ReadonlySet<string>, source: RosterPackage, log: DeviationLog): void {
  const understood = new Set(["manifest.version", "oneroster.version", "source.systemname", "source.systemcode", ...expected.map((file) => `file.${file}`.toLowerCase())]);
  for (const [property, value] of properties) {
    if (understood.has(property) || property === "" || (property.startsWith("file.") && value.toLowerCase() === "absent")) continue;
    log.add("manifest-property-unknown", { file: MANIFEST }, `manifest.csv names ${quoted(property)}, which this version does not know. It is passed over.`);
  }
  for (const name of source.names) {
    // A folder on a disk gathers notes and system files; in a zip somebody put them there.
    if (known.has(name.toLowerCase()) || (source.kind === "folder" && !isCsv(name))) continue;
    log.add("entry-unknown", { file: name }, `${quoted(name)} is not a file of this version of OneRoster. It is passed over.`);
  }
  if (source.kind === "zip" && source.nested.length > 0) {
    log.add("entry-nested", { file: source.nested[0] ?? "" }, `The zip holds ${source.nested.length} entries in folders. They are passed over; the CSV files belong at its root.`);
  }
}
