import { compareText, quoted, type Deviation, type DeviationCode } from "./deviation.ts";

/** What a report of a read package needs: the deviations kept, and how many there were. */
export interface DescribedOutcome {
  deviations: readonly Deviation[];
  deviationTotals: Readonly<Partial<Record<DeviationCode, number>>>;
}

const SHOWN_PER_CODE = 20;

/**
 * The deviations for a terminal, one line each: fatal codes first, grouped by code with their
 * counts, the first 20 of each. "" when there are none. Names from the package are shown without
 * control characters.
 */
export function describeDeviations({ deviations, deviationTotals }: DescribedOutcome): string {
  const groups = new Map<DeviationCode, Deviation[]>();
  for (const deviation of deviations) {
    const group = groups.get(deviation.code);
    if (group === undefined) groups.set(deviation.code, [deviation]);
    else group.push(deviation);
  }
  const ordered = [...groups].sort(([codeA, [a]], [codeB, [b]]) => weight(a) - weight(b) || compareText(codeA, codeB));
  return ordered.map(([code, group]) => describeGroup(code, group, deviationTotals[code] ?? group.length)).join("\n");
}

/** One line that counts: "2 faults, 14 warnings". */
export function countDeviations({ deviations, deviationTotals }: DescribedOutcome): string {
  const severityOf = new Map(deviations.map(({ code, severity }) => [code, severity]));
  const sum = (severity: Deviation["severity"]) => Object.entries(deviationTotals).reduce((total, [code, count]) => total + (severityOf.get(code as DeviationCode) === severity ? count : 0), 0);
  const said = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;
  return `${said(sum("fatal"), "fault")}, ${said(sum("warning"), "warning")}`;
}

function describeGroup(code: DeviationCode, group: readonly Deviation[], total: number): string {
  const [first] = group;
  const lines = group.slice(0, SHOWN_PER_CODE).map((deviation) => `  ${placeOf(deviation)}${deviation.message}`);
  if (total > lines.length) lines.push(`  and ${total - lines.length} more`);
  return [`${first?.severity === "fatal" ? "FAULT" : "warning"} ${code} (${total})`, ...lines].join("\n");
}

function placeOf({ file, row, column }: Deviation): string {
  if (file === "") return "";
  const shown = quoted(file).slice(1, -1);
  const parts = [row === null ? shown : `${shown} line ${row}`, ...(column === null ? [] : [quoted(column).slice(1, -1)])];
  return `${parts.join(", ")}: `;
}

function weight(deviation: Deviation | undefined): number {
  return deviation?.severity === "fatal" ? 0 : 1;
}
