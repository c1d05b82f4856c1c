import type { StrictPackage, StrictRow } from "./strict-package.ts";

/** Where two packages differ: `file id column: one | other`. Order of rows and of the items of a list aside. */
export function differences(one: Pick<StrictPackage, "files">, other: Pick<StrictPackage, "files">): string[] {
  return [...new Set([...Object.keys(one.files), ...Object.keys(other.files)])].sort().flatMap((file) => {
    const [left, right] = [byId(one.files[file]), byId(other.files[file])];
    return [...new Set([...left.keys(), ...right.keys()])].sort().flatMap((id) => {
      const [a, b] = [left.get(id), right.get(id)];
      if (a === undefined || b === undefined) return [`${file} ${id}: only in ${a === undefined ? "the other" : "the one"}`];
      return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((column) => sorted(a[column] ?? "") !== sorted(b[column] ?? "")).map((column) => `${file} ${id} ${column}: ${a[column] ?? ""} | ${b[column] ?? ""}`);
    });
  });
}

const byId = (rows: readonly StrictRow[] = []) => new Map(rows.map((row) => [row.sourcedId!, row]));
const sorted = (cell: string): string => cell.split(",").map((item) => item.trim()).sort().join(",");

/** Every filled cell of a source, in any version: what a package made from it must have again. */
export function lost(source: Readonly<Record<string, readonly StrictRow[]>>, made: Pick<StrictPackage, "files">, habits: Habits = {}): string[] {
  return Object.entries(source).flatMap(([file, rows]) => {
    const there = byId(made.files[file]);
    return rows.flatMap((row) => {
      const found = there.get(row.sourcedId!);
      if (found === undefined) return [`${file} ${row.sourcedId} is missing`];
      return Object.entries(row).flatMap(([column, cell]) => {
        if (cell.trim() === "" || unwritten.has(column)) return [];
        if (file === "users" && (column === "role" || column === "orgSourcedIds")) return column === "role" ? [] : lostRoles(row, made);
        const now = found[column === "gradingPeriodSourcedId" ? "academicSessionSourcedId" : column] ?? "";
        return alike(settled(cell, column, habits)) === alike(now) ? [] : [`${file} ${row.sourcedId} ${column}: ${cell} | ${now}`];
      });
    });
  });
}

/** How a source's files differ from the specification: an export never does. */
export interface Habits {
  inclusiveEnds?: boolean;
  /** School years are named by the year in which they begin. */
  yearsByStart?: boolean;
}

function settled(cell: string, column: string, { inclusiveEnds, yearsByStart }: Habits): string {
  if (column === "endDate" && inclusiveEnds) return new Date(Date.parse(`${cell}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return column === "schoolYear" && yearsByStart ? String(Number(cell) + 1) : cell;
}

/** Never written, or by rule. */
const unwritten = new Set(["password", "status", "dateLastModified", "resourceSourcedIds"]);
const alike = (cell: string): string => sorted(cell).replace(/^(true|false)$/i, (word) => word.toLowerCase()).replace(/^(-?\d+)\.0+$/, "$1");

/** 1.1 tells the roles with the user. */
function lostRoles(user: StrictRow, made: Pick<StrictPackage, "files">): string[] {
  const now = new Set((made.files.roles ?? []).filter(({ userSourcedId }) => userSourcedId === user.sourcedId).map(({ role, orgSourcedId }) => `${role!.endsWith("Administrator") ? "administrator" : role} ${orgSourcedId}`));
  return user.orgSourcedIds!.split(",").map((org) => `${user.role} ${org.trim()}`).filter((role) => !now.has(role)).map((role) => `roles of ${user.sourcedId}: ${role}`);
}
