import type { FileName, RosterVersion } from "./columns.ts";
import { quoted, type DeviationLog } from "./deviation.ts";
import type { Row } from "./read-rows.ts";

/** What a row of the gradebook says of itself. */
export function checkGradebookRow<V extends RosterVersion, F extends FileName>(file: F, row: Row<V, F>, log: DeviationLog): void {
  const cells: Readonly<Record<string, unknown>> = row.cells;
  const place = (column: string) => ({ file: `${file}.csv`, row: row.line, column });
  if (file === "lineItems" && typeof cells.resultValueMin === "number" && typeof cells.resultValueMax === "number" && cells.resultValueMin > cells.resultValueMax) {
    log.add("score-range-inverted", place("resultValueMax"), `The lowest score (${cells.resultValueMin}) is above the highest (${cells.resultValueMax}). Swap them in the source system.`);
  }
  if (file === "lineItems" && typeof cells.assignDate === "string" && typeof cells.dueDate === "string" && cells.dueDate < cells.assignDate) {
    log.add("span-empty", place("dueDate"), `The work is due (${cells.dueDate}) before it is assigned (${cells.assignDate}). Check its dates.`);
  }
  if (file === "scoreScales" && Array.isArray(cells.scoreScaleValue)) {
    const bad = cells.scoreScaleValue.find((item) => typeof item !== "string" || !/^\{[^{}:]+:[^{}:]+\}$/.test(item));
    if (bad !== undefined) log.add("scale-malformed", place("scoreScaleValue"), `${quoted(String(bad))} is not a pair written {mark:value}. Correct the scale in the source system.`);
  }
  if ((file === "lineItemLearningObjectiveIds" || file === "resultLearningObjectiveIds") && cells.source === "case" && !isUuid(cells.learningObjectiveId)) {
    log.add("objective-malformed", place("learningObjectiveId"), `${quoted(String(cells.learningObjectiveId))} is not a CASE identifier, which is a UUID. Correct it, or call the source "unknown".`);
  }
}

function isUuid(value: unknown): boolean {
  return typeof value === "string" && /^(urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
}
