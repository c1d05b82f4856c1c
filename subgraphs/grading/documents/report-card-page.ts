import type { AttendanceLine, Cells, Column, ReportCardFigures } from "./figures.ts";
import { html, page, type Edition, type Html } from "./page.ts";

/** A report card as a page to print. */
export function reportCardPage(card: ReportCardFigures, edition: Edition): string {
  const { student } = card;
  return page(
    card,
    {
      title: "Report card",
      subtitle: `${card.period}, ${card.schoolYear}`,
      facts: [["Student", student.name], ["Student number", student.number], ["Grade level", student.gradeLevel]],
      body: html`${courses(card)}${card.standards.map((s) => table(card, s.subject, s.rows.map((r) => ({ name: html`${r.text}<div class="sub">${r.code}</div>`, marks: r.marks }))))}${
        card.workHabits.length > 0 && table(card, "Work habits", card.workHabits.map((h) => ({ name: html`${h.title}<div class="sub">${h.section}</div>`, marks: h.marks })))
      }${averages(card)}${attendance(card)}${legend(card)}`,
    },
    edition,
  );
}

interface Row {
  name: Html;
  marks: Cells;
  comments?: readonly string[];
}

function courses(card: ReportCardFigures): Html | null {
  if (card.courses.length === 0) return null;
  return table(card, "Courses", card.courses.map((c) => ({ name: html`<strong>${c.title}</strong><div class="sub">${[c.code, c.teacher].filter(Boolean).join(", ")}</div>`, marks: c.marks, comments: c.comments })));
}

/** One line a row, one column a period; only the columns in which something stands. */
function table(card: ReportCardFigures, heading: string, rows: readonly Row[]): Html {
  const last = card.columns.findLast((column) => rows.some((r) => r.marks[column.key]));
  const columns = card.columns.filter((column) => rows.some((r) => r.marks[column.key]));
  return html`<h2>${heading}</h2>
<table>
<thead><tr><th>${heading === "Courses" ? "Course" : ""}</th>${columns.map((c) => html`<th class="mark${c === last ? " now" : ""}">${c.title}</th>`)}</tr></thead>
<tbody>${rows.map((row) => line(row, columns, last))}</tbody>
</table>
`;
}

function line({ name, marks, comments = [] }: Row, columns: readonly Column[], last: Column | undefined): Html {
  const cell = (column: Column) => {
    const found = marks[column.key];
    return html`<td class="mark${column === last ? " now" : ""}">${found && html`<b>${found.mark}</b>${found.percent !== null && found.percent !== found.mark && html`<small>${found.percent}</small>`}`}</td>`;
  };
  return html`<tr${comments.length > 0 ? html` class="has-comment"` : ""}><td>${name}</td>${columns.map(cell)}</tr>
${comments.length > 0 && html`<tr class="said"><td colspan="${columns.length}">${comments.join(" ")}</td><td class="now"></td></tr>`}`;
}

function averages({ averages: found }: ReportCardFigures): Html | null {
  if (!found || (found.weighted === null && found.unweighted === null && found.honor === null)) return null;
  const figure = (label: string, value: string | null) => value !== null && html`<div><span class="label">${label}</span><strong>${value}</strong></div>`;
  return html`<section class="summary">${figure(`Average of the period, ${found.policy}`, found.unweighted)}${found.weighted !== found.unweighted && figure("Weighted", found.weighted)}${figure("Honor roll", found.honor)}</section>
`;
}

function attendance({ attendance: lines = [] }: ReportCardFigures): Html | null {
  if (lines.length === 0) return null;
  const besides = ({ excused, tardy, unknown }: AttendanceLine) => [excused > 0 && `${excused} excused`, `${tardy} tardy`, unknown > 0 && `${unknown} not taken`].filter(Boolean).join(", ");
  return html`<section class="summary">${lines.map((l) => html`<div><span class="label">Attendance, ${l.title}</span><strong>${l.absent} absent of ${l.days} ${l.days === 1 ? "day" : "days"}</strong> <span class="sub">${besides(l)}</span></div>`)}</section>
`;
}

function legend({ legends }: ReportCardFigures): Html {
  const meanings = (marks: ReportCardFigures["legends"][number]["marks"]) => marks.map((m) => (m.meaning ? `${m.mark} ${m.meaning}` : m.mark)).join("; ");
  return html`<section class="legend">${legends.map((l) => html`<p><strong>${l.scale}:</strong> ${meanings(l.marks)}</p>`)}</section>
`;
}
