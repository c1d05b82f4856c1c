import { mkdirSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, type TestBrowser } from "#foundation/testing/browser";
import type { Cells, ReportCardFigures, TranscriptFigures } from "./figures.ts";
import { reportCardPage } from "./report-card-page.ts";
import { transcriptPage } from "./transcript-page.ts";

const head = {
  district: "Grand Bend Independent School District", school: "Grand Bend High School", schoolPhone: "+1 519 555 0100", issuedOn: "2026-11-02",
  student: { name: "Okafor-Lindqvist, Maximiliana Josephine", number: "604863", gradeLevel: "Grade 11", birthDate: "2010-03-04" },
};
const first = { edition: 1, reason: null, superseded: false, outdatedReason: null };
const cells = (...marks: (readonly [string, string | null] | null)[]): Cells => Object.fromEntries(marks.flatMap((m, i) => (m ? [[`c${i}`, { mark: m[0], percent: m[1] }]] : [])));

const card: ReportCardFigures = {
  kind: "REPORT_CARD", ...head, schoolYear: "2026-27", period: "Quarter 2",
  columns: ["Quarter 1", "Quarter 2", "Fall exam", "Fall final"].map((title, i) => ({ key: `c${i}`, title })),
  courses: [
    { code: "MTH301", title: "Algebra II with trigonometry, honors", teacher: "Ada Reyes", marks: cells(["B+", "88"], ["A-", "91"], ["B", "85"], ["B+", "89"]), comments: ["Takes part in class with thought and courtesy.", "Shows every step of a proof now: a great change since September."] },
    { code: "SCI210", title: "Biology", teacher: "Jo Lindgren", marks: cells(["A", "95"], ["A", "96"], ["A", "94"], ["A", "95"]), comments: [] },
    { code: "ENG311", title: "English 11 <Honors> & \"Rhetoric\"", teacher: "Sam O'Neil", marks: cells(["B", "84"], ["I", null], null, null), comments: ["An essay is to be handed in by December 4."] },
    { code: "PE", title: "Physical education", teacher: null, marks: cells(["P", null], ["P", null]), comments: [] },
  ],
  standards: [{ subject: "Mathematics", rows: [{ code: "2.OA.B.2", text: "Fluently adds and subtracts within 20 using mental strategies.", marks: cells(["2", null], ["3", null]) }] }],
  workHabits: [{ title: "Completes work on time", section: "Homeroom", marks: cells(["S", null], ["S", null]) }],
  averages: { policy: "District GPA", weighted: "3.917", unweighted: "3.667", honor: "High honors" },
  attendance: [{ title: "Quarter 2", days: 44, absent: 3, excused: 2, tardy: 1, unknown: 0 }, { title: "2026-27 so far", days: 88, absent: 5, excused: 4, tardy: 2, unknown: 1 }],
  legends: [{ scale: "Letters, plus and minus", marks: [["A", "93 % and above"], ["A-", "90 % and above"], ["B+", "87 % and above"], ["P", ""]].map(([mark, meaning]) => ({ mark: mark!, meaning: meaning! })) }],
};

const term = (schoolYear: string, name: string, school: string, transfer: boolean, gradeLevel: string, titles: readonly string[]) => ({
  schoolYear, term: name, school, transfer, gradeLevel,
  courses: titles.map((title, i) => ({ code: `C${100 + i}`, title, mark: ["A", "B+", "F", "P"][i % 4]!, attempted: "0.500", earned: i % 4 === 2 ? "0.000" : "0.500", repeat: i === 1, counts: i % 4 !== 3 })),
});
const subjects = ["English 9", "Algebra I", "World history and geography", "Physical education", "Introduction to engineering design", "Spanish I"];
const record: TranscriptFigures = {
  kind: "TRANSCRIPT", ...head,
  terms: [
    term("2024-25", "Fall semester", "Lakeside High School, Duluth", true, "Grade 9", subjects), term("2024-25", "Spring semester", "Grand Bend High School", false, "Grade 9", subjects),
    term("2025-26", "Fall semester", "Grand Bend High School", false, "Grade 10", subjects), term("2025-26", "Spring semester", "Grand Bend High School", false, "Grade 10", subjects.slice(0, 4)),
  ],
  credits: { attempted: "11.000", earned: "9.000" },
  averages: { policy: "District GPA", weighted: "3.412", unweighted: "3.267", credits: "9.000" },
  rank: { rank: 12, outOf: 340, gradeLevel: "Grade 11", weighted: true },
  plan: { name: "Standard diploma", requirements: ["English", "Mathematics", "Science", "Social studies", "Electives"].map((title, i) => ({ title, required: "4.000", earned: `${i}.000`, inProgress: "1.000", missing: `${3 - i < 0 ? 0 : 3 - i}.000` })) },
};

/** Pictures of the pages go where OSSS_PAGES says, for whoever wants to look at them. */
const pictures = process.env.OSSS_PAGES;
let chromium: TestBrowser;
beforeAll(async () => {
  chromium = await launchBrowser();
});
afterAll(() => chromium.close());

async function printed(name: string, html: string) {
  const context = await chromium.newContext({ viewport: { width: 816, height: 1056 } });
  const asked: string[] = [];
  await context.route("**/*", (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  const page = await context.newPage();
  await page.setContent(html);
  await page.emulateMedia({ media: "print" });
  const measures = {
    // What sticks out to the right of the paper would be cut off.
    overflow: await page.locator("html").evaluate((root) => root.scrollWidth - root.clientWidth),
    text: await page.locator("body").innerText(),
  };
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  if (pictures) {
    mkdirSync(pictures, { recursive: true });
    writeFileSync(`${pictures}/${name}.pdf`, pdf);
    await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  }
  await context.close();
  return { ...measures, asked, pages: (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length, letter: /\/MediaBox\s*\[0 0 612(\.\d+)? 792(\.\d+)?\]/.test(pdf.toString("latin1")) };
}

describe("a page for paper", () => {
  it("of a report card fits one letter page, fetches nothing and shows what it is given as text", async () => {
    const { asked, pages, letter, overflow, text } = await printed("report-card", reportCardPage(card, first));
    expect({ asked, pages, letter, overflow }).toEqual({ asked: [], pages: 1, letter: true, overflow: 0 });
    for (const shown of ["English 11 <Honors> & \"Rhetoric\"", "Sam O'Neil", "Quarter 2, 2026-27", "High honors", "3.917", "3 absent of 44 days 2 excused, 1 tardy", "2 tardy, 1 not taken", "Issued November 2, 2026"]) expect(text).toContain(shown);
  });

  it("of a transcript keeps terms together, with credits, averages and rank", async () => {
    const { asked, pages, letter, overflow, text } = await printed("transcript", transcriptPage(record, { ...first, edition: 2, reason: "A mark was corrected." }));
    expect({ asked, letter, overflow }).toEqual({ asked: [], letter: true, overflow: 0 });
    expect(pages).toBeLessThanOrEqual(2);
    for (const shown of ["Lakeside High School, Duluth (transfer)", "12 of 340", "Standard diploma", "March 4, 2010", "edition 2. It replaces the edition before: A mark was corrected."]) expect(text).toContain(shown);
  });

  it("says when it no longer holds", () => {
    expect(transcriptPage(record, { ...first, superseded: true, outdatedReason: "Older." })).toContain("A later edition of this document has replaced this one.");
    expect(reportCardPage(card, { ...first, outdatedReason: "A mark in Biology was changed." })).toContain("Outdated: A mark in Biology was changed. A new edition can be issued.");
  });
});
