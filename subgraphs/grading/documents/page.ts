import type { Letterhead } from "./figures.ts";
import { style } from "./style.ts";

/** A piece of HTML that is safe to print as it is. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => entities[c]!);

type Part = Html | string | number | null | undefined | false | readonly Part[];
const printed = (part: Part): string => (part instanceof Html ? part.text : Array.isArray(part) ? part.map((p: Part) => printed(p)).join("") : part === null || part === undefined || part === false ? "" : escaped(String(part)));

/** HTML from a template; everything put into it is escaped unless it is HTML itself. */
export const html = (texts: TemplateStringsArray, ...parts: Part[]): Html => new Html(texts.map((text, i) => text + (i < parts.length ? printed(parts[i]) : "")).join(""));

const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
/** A day as people write it in the United States: November 2, 2026. */
export function written(day: string): string {
  const [year, month, date] = day.split("-") as [string, string, string];
  return `${months[Number(month) - 1]} ${Number(date)}, ${year}`;
}

/** What the record beside the figures says of an edition. */
export interface Edition {
  edition: number;
  reason: string | null;
  superseded: boolean;
  outdatedReason: string | null;
}

/** The page around a document's own part: who issued it, for whom, when, and whether it still holds. */
export function page(head: Letterhead, { title, subtitle, facts, body }: { title: string; subtitle: string; facts: readonly (readonly [string, string | null])[]; body: Html }, edition: Edition): string {
  const notice = edition.superseded ? "A later edition of this document has replaced this one." : edition.outdatedReason ? `Outdated: ${edition.outdatedReason} A new edition can be issued.` : null;
  const { text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}, ${head.student.name}</title>
<style>${new Html(style)}</style>
</head>
<body>
<header>
<div><div class="school">${head.school}</div><div class="district">${head.district}</div>${head.schoolPhone && html`<div class="contact">${head.schoolPhone}</div>`}</div>
<div class="title"><h1>${title}</h1><p>${subtitle}</p></div>
</header>
${notice && html`<p class="notice">${notice}</p>`}
<section class="facts">${facts.map(([label, value]) => value && html`<div><span class="label">${label}</span><strong>${value}</strong></div>`)}</section>
${body}
<footer>Issued ${written(head.issuedOn)}${edition.edition > 1 && html`, edition ${edition.edition}${edition.reason && html`. It replaces the edition before: ${edition.reason}`}`}</footer>
</body>
</html>
`;
  return text;
}
