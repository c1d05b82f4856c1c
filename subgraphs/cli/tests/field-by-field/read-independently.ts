import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/*
 * A reader of its own, so that what the import's reader misreads is not misread the same way here: no more than what a CSV file is, character
 * by character. It knows nothing of OneRoster but the names of 1.0.
 */

/** One row: its cells by column, blank ones left out. */
export type WrittenRow = Readonly<Record<string, string>>;

const newNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  courses: { grade: "grades", schoolYearId: "schoolYearSourcedId" },
  classes: { grade: "grades", termSourcedId: "termSourcedIds" },
  users: { userId: "userIds", agents: "agentSourcedIds" },
  demographics: { userSourcedId: "sourcedId", birthdate: "birthDate" },
};

/** The rows of each data file in a folder, by the file's name without its ending. */
export function readIndependently(folder: string, { of10 = false } = {}): Map<string, WrittenRow[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith(".csv") && name !== "manifest.csv");
  return new Map(files.map((name) => {
    const file = name.slice(0, -4);
    const [header = [], ...rows] = records(readFileSync(join(folder, name), "utf8").replace(/^\uFEFF/, ""));
    const columns = header.map((column) => (of10 ? (newNames[file]?.[column] ?? column) : column));
    return [file, rows.map((cells) => Object.fromEntries(columns.flatMap((column, n) => ((cells[n] ?? "").trim() === "" ? [] : [[column, cells[n]!.trim()]]))))];
  }));
}

function records(text: string): string[][] {
  const found: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.length > 1 || row[0] !== "") found.push(row);
    row = [];
    cell = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    if (quoted && sign === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (sign === '"') quoted = !quoted;
    else if (quoted) cell += sign;
    else if (sign === ",") {
      row.push(cell);
      cell = "";
    } else if (sign === "\n") endRow();
    else if (sign !== "\r") cell += sign;
  }
  if (cell !== "" || row.length > 0) endRow();
  return found;
}
