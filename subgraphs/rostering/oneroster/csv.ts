import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { DeviationLog } from "./deviation.ts";
import { EntryFault, RosterPathError, splitIt, type PackageLimits, type RosterPackage } from "./package-contract.ts";

/** One record of a CSV file: its cells, and the line of the file on which it starts (1-based). */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/**
 * The records of one CSV file in order, header included, read as a stream: RFC 4180, UTF-8, a byte
 * order mark tolerated, LF, CRLF or CR between records, blank lines passed over. Ends early, with the
 * reason noted in `log`, where quoting, encoding or bounds are broken: what follows such a place
 * cannot be trusted. Throws RosterPathError only when the disk fails.
 */
export async function* readCsv(source: RosterPackage, name: string, log: DeviationLog, limits: PackageLimits): AsyncGenerator<CsvRecord, void> {
  let line = 1;
  let blank = 0;
  const parser = parse({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ["\r\n", "\n", "\r"],
    max_record_size: limits.recordCharacters,
    on_record: (cells: string[], { empty_lines: passed }): string[] => {
      line += passed - blank;
      blank = passed;
      const record: CsvRecord = { line, cells };
      line += 1 + lineBreaksIn(cells);
      // The parser passes on whatever it is given; its types know of cells alone.
      return record as unknown as string[];
    },
  });
  try {
    const bytes = await source.open(name);
    pipeline(Readable.from(decode(bytes, limits)), parser, () => {});
    for await (const { line: start, cells } of parser as AsyncIterable<CsvRecord>) {
      if (cells.length > 1 || cells[0] !== "") yield { line: start, cells };
    }
  } catch (cause) {
    note(cause, { file: name, line, name }, log, limits);
  }
}

/** Text that is not UTF-8, found on this line. */
class EncodingFault extends Error {
  readonly line: number;
  readonly wide: boolean;

  constructor(line: number, wide: boolean) {
    super("not UTF-8");
    this.line = line;
    this.wide = wide;
  }
}

/** A record with more cells than any file may have, or more lines than that, found on this line. */
class SizeFault extends Error {
  readonly line: number;
  readonly of: "width" | "length";

  constructor(line: number, of: "width" | "length") {
    super(`too great a ${of}`);
    this.line = line;
    this.of = of;
  }
}

/**
 * Decodes strictly: a replaced character would silently change a name. A second, forgiving decoder
 * runs beside only to tell the line of the fault. The width of records and the number of lines are
 * bounded here, before the parser makes a cell of each comma and turns each blank line over.
 */
async function* decode(bytes: AsyncIterable<Buffer>, limits: PackageLimits): AsyncGenerator<string, void> {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const forgiving = new TextDecoder("utf-8", { ignoreBOM: true });
  const scan = new Scan(limits);
  let first = true;
  const next = (chunk: Buffer | undefined): string => {
    const lenient = forgiving.decode(chunk, { stream: chunk !== undefined });
    try {
      const text = strict.decode(chunk, { stream: chunk !== undefined });
      scan.pass(text);
      return text;
    } catch (cause) {
      if (cause instanceof SizeFault) throw cause;
      const position = lenient.indexOf("\uFFFD");
      throw new EncodingFault(scan.line + lineBreaks(lenient.slice(0, Math.max(position, 0))), false);
    }
  };
  for await (const chunk of bytes) {
    if (first && chunk.length >= 2 && ((chunk[0] === 0xff && chunk[1] === 0xfe) || (chunk[0] === 0xfe && chunk[1] === 0xff))) throw new EncodingFault(1, true);
    first = false;
    yield next(chunk);
  }
  yield next(undefined);
}

/** Follows lines and the commas outside quotation marks through text that comes in pieces. */
class Scan {
  line = 1;
  readonly #columns: number;
  readonly #lines: number;
  #commas = 0;
  #quoted = false;
  #afterReturn = false;

  constructor({ columns, rows }: PackageLimits) {
    this.#columns = columns;
    this.#lines = rows + 1;
  }

  pass(text: string): void {
    let [line, commas, quoted, afterReturn] = [this.line, this.#commas, this.#quoted, this.#afterReturn];
    const columns = this.#columns;
    for (let index = 0; index < text.length && commas < columns; index += 1) {
      const sign = text.charCodeAt(index);
      if (sign > 44) afterReturn = false;
      else if (sign === 13 || sign === 10) {
        if (sign === 13 || !afterReturn) line += 1;
        if (!quoted) commas = 0;
        afterReturn = sign === 13;
      } else {
        afterReturn = false;
        if (sign === 34) quoted = !quoted;
        else if (sign === 44 && !quoted) commas += 1;
      }
    }
    [this.line, this.#commas, this.#quoted, this.#afterReturn] = [line, commas, quoted, afterReturn];
    if (commas >= columns) throw new SizeFault(line, "width");
    if (line > this.#lines + 1) throw new SizeFault(line, "length");
  }
}

function note(cause: unknown, at: { file: string; line: number; name: string }, log: DeviationLog, limits: PackageLimits): void {
  const place = { file: at.file, row: at.line };
  if (cause instanceof EntryFault) return log.add(cause.code, { file: at.file }, cause.message);
  if (cause instanceof EncodingFault) {
    const met = cause.wide ? "The file is UTF-16, not UTF-8" : "A character here is not UTF-8";
    return log.add("encoding-unreadable", { file: at.file, row: cause.line }, `${met}. Save the file as UTF-8 (in a spreadsheet: "CSV UTF-8") and import it again.`);
  }
  if (cause instanceof SizeFault && cause.of === "length") {
    return log.add("file-too-long", { file: at.file, row: cause.line }, `${at.file} has more than ${limits.rows} lines. ${splitIt}`);
  }
  if (cause instanceof SizeFault) {
    return log.add("file-too-wide", { file: at.file, row: cause.line }, `A row has more than ${limits.columns} cells, the most that is read. Look for a missing line break or quotation mark.`);
  }
  if (cause instanceof CsvError) {
    if (cause.code === "CSV_MAX_RECORD_SIZE") {
      return log.add("record-too-long", place, `The row that starts here is longer than ${limits.recordCharacters} characters. Look for a quotation mark that is opened and never closed.`);
    }
    return log.add("quoting-broken", place, `The quotation marks in the row that starts here do not match. Put a cell with a comma or a quotation mark between quotation marks, and double those inside.`);
  }
  if (cause instanceof RosterPathError) throw cause;
  throw RosterPathError.unusable(at.name, cause);
}

function lineBreaksIn(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) if (cell.includes("\n") || cell.includes("\r")) count += lineBreaks(cell);
  return count;
}

/** LF, CRLF and lone CR each end one line. */
function lineBreaks(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** Strict header names are compared after this: spaces around them and a stray byte order mark are not part of the name. */
export function headerName(cell: string): string {
  return cell.replaceAll("\uFEFF", "").trim();
}

