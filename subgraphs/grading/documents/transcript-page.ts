import type { TranscriptFigures } from "./figures.ts";
import { html, page, written, type Edition, type Html } from "./page.ts";

/** A transcript as a page to print. */
export function transcriptPage(record: TranscriptFigures, edition: Edition): string {
  const { student } = record;
  return page(
    record,
    {
      title: "Transcript",
      subtitle: "Permanent record of courses",
      facts: [["Student", student.name], ["Student number", student.number], ["Grade level", student.gradeLevel], ["Born", student.birthDate && written(student.birthDate)]],
      body: html`<section class="terms">${record.terms.map(term)}</section>${summary(record)}${plan(record)}
<section class="sign"><div>Registrar</div><div>Date</div></section>`,
    },
    edition,
  );
}

function term(of: TranscriptFigures["terms"][number]): Html {
  return html`<div class="term"><h2>${of.schoolYear}, ${of.term}</h2><p class="sub">${[of.transfer ? `${of.school} (transfer)` : of.school, of.gradeLevel].filter(Boolean).join(", ")}</p>
<table><thead><tr><th>Code</th><th>Course</th><th class="mark">Mark</th><th class="number">Credits</th><th class="number">Earned</th></tr></thead>
<tbody>${of.courses.map((c) => html`<tr><td class="sub">${c.code}</td><td>${c.title}${c.repeat && html` <span class="sub">repeat</span>`}${!c.counts && html` <span class="sub">not in averages</span>`}</td><td class="mark">${c.mark}</td><td class="number">${c.attempted}</td><td class="number">${c.earned}</td></tr>
`)}</tbody></table></div>
`;
}

function summary({ credits, averages, rank }: TranscriptFigures): Html {
  const figure = (label: string, value: string | null | undefined) => value != null && html`<div><span class="label">${label}</span><strong>${value}</strong></div>`;
  return html`<section class="summary">${figure("Credits attempted", credits.attempted)}${figure("Credits earned", credits.earned)}${averages && figure(`Grade point average, ${averages.policy}`, averages.unweighted)}${
    figure("Weighted", averages?.weighted)}${rank && figure(`Rank in ${rank.gradeLevel}${rank.weighted ? ", weighted" : ""}`, `${rank.rank} of ${rank.outOf}`)}</section>
`;
}

function plan({ plan: found }: TranscriptFigures): Html | null {
  if (!found) return null;
  return html`<h2>${found.name}</h2>
<table><thead><tr><th>Area</th><th class="number">Required</th><th class="number">Earned</th><th class="number">In progress</th><th class="number">Missing</th></tr></thead>
<tbody>${found.requirements.map((r) => html`<tr><td>${r.title}</td><td class="number">${r.required}</td><td class="number">${r.earned}</td><td class="number">${r.inProgress}</td><td class="number">${r.missing}</td></tr>
`)}</tbody></table>
`;
}
