import type { ImportResult } from "../rostering/import/import-roster.ts";

export interface ImportHeading {
  district: string;
  source: string;
  version: string;
  dryRun: boolean;
  seconds: number;
}

const shown = 20;

/** What an import did, for a terminal. */
export function describeImport(result: ImportResult, about: ImportHeading): string {
  const { courses, classes, sectionEnrollments } = result.keptForAcademics;
  const would = about.dryRun ? "would be " : "";
  const lines = [`${about.source}, OneRoster ${about.version}, into ${about.district}${about.dryRun ? " (dry run)" : ""}:`];
  for (const [type, actions] of Object.entries(result.counts)) {
    const said = [["CREATED", "added"], ["UPDATED", "changed"], ["ARCHIVED", "archived"], ["RESTORED", "restored"]] as const;
    lines.push(`  ${type.padEnd(20)} ${said.flatMap(([action, word]) => (actions[action] === undefined ? [] : [`${actions[action]} ${word}`])).join(", ")}`);
  }
  if (courses + classes + sectionEnrollments > 0) lines.push(`  read and checked, but not stored before there is an academics domain: ${courses} courses, ${classes} classes, ${sectionEnrollments} section enrollments`);
  if (result.vanished > 0) lines.push(`  ${result.vanished} people of earlier imports are not in this package. Their records stay, and duties that the source had given ended; withdraw students who have left.`);
  const told = [...result.deviations.map(({ file, row, message }) => ({ file, row, message })), ...result.notes];
  const total = result.deviations.length + result.noteTotal;
  for (const { file, row, message } of told.slice(0, shown)) lines.push(`  ${file === "" ? "" : `${file}${row === null ? "" : ` line ${row}`}: `}${message}`);
  if (total > shown) lines.push(`  and ${total - shown} more`);
  lines.push(result.changed === 0 ? `0 changes: everything ${about.dryRun ? "is" : "was"} here already.` : `${result.changed} changes ${would}made${about.dryRun ? "; nothing was" : ""} in ${about.seconds.toFixed(1)} s.`);
  return lines.join("\n");
}
