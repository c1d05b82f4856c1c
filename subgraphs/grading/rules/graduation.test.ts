import { describe, expect, it } from "vitest";
import { Exact } from "./exact.ts";
import { graduationProgress, type CreditLine, type Requirement } from "./graduation.ts";

const requirement = (title: string, credits: string, sequence: number, more: Partial<Requirement> = {}): Requirement => ({ id: title, title, credits, sequence, courseId: null, subjectId: null, ...more });
const plan = [
  requirement("English", "4", 1, { subjectId: "english" }),
  requirement("US history", "1", 2, { courseId: "us-history" }),
  requirement("Social studies", "2", 3, { subjectId: "social" }),
  requirement("Electives", "2", 4),
];
const credit = (subjectId: string, credits: string, courseId = `${subjectId}-course`): CreditLine => ({ courseId, subjectId, credits: Exact.of(credits) });
const progress = (earned: CreditLine[], underWay: CreditLine[] = []) =>
  Object.fromEntries(graduationProgress(plan, earned, underWay).map((p) => [p.requirement.title, [p.earned, p.inProgress, p.missing].map((e) => e.toDecimal(1))]));

describe("progress towards a plan", () => {
  it("counts earned, in progress and missing for each area", () => {
    // English 2.5 earned, 1 under way: 0.5 missing.
    expect(progress([credit("english", "1"), credit("english", "1"), credit("english", "0.5")], [credit("english", "1")])).toMatchObject({ English: ["2.5", "1.0", "0.5"], Electives: ["0.0", "0.0", "2.0"] });
  });

  it("passes what an area does not need on to the electives, and never counts a credit twice", () => {
    // 5 credits of English: 4 for English, 1 elective. US history 1 for itself; a second social studies course 1 of 2.
    const earned = [credit("english", "5"), credit("social", "1", "us-history"), credit("social", "1")];
    expect(progress(earned)).toEqual({ English: ["4.0", "0.0", "0.0"], "US history": ["1.0", "0.0", "0.0"], "Social studies": ["1.0", "0.0", "1.0"], Electives: ["1.0", "0.0", "1.0"] });
  });

  it("lets courses under way fill only what is not earned yet", () => {
    // 3.5 earned and 1 under way: 0.5 of it goes to English, 0.5 to the electives.
    expect(progress([credit("english", "3.5")], [credit("english", "1")])).toMatchObject({ English: ["3.5", "0.5", "0.0"], Electives: ["0.0", "0.5", "1.5"] });
  });

  it("takes transfer credit that names an area, and the rest as electives", () => {
    const foreign: CreditLine = { courseId: null, subjectId: null, credits: Exact.of("1") };
    expect(progress([foreign, { ...foreign, subjectId: "social" }])).toMatchObject({ "Social studies": ["1.0", "0.0", "1.0"], Electives: ["1.0", "0.0", "1.0"] });
  });
});
