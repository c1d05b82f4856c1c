import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identityOf, type Identity } from "#foundation/identity/identity";
import { Role } from "#foundation/identity/role";
import { testPlatform, type TestPlatform } from "#foundation/testing/test-platform";
import { demoRealm } from "../../../../identity/realm.ts";
import { allManifests } from "../../../registry.ts";
import { linkDemoAccounts } from "../link-demo-accounts.ts";
import { seedDemoDistrict, type SeededDistrict } from "../seed-demo-district.ts";
import { storyStudents } from "./stories.ts";

/** Each story's students, found by what the rules make of them. */
let platform: TestPlatform;
let made: SeededDistrict;
let superintendent: Identity;
beforeAll(async () => {
  platform = await testPlatform({ manifests: await allManifests(), now: new Date("2026-10-14T19:00:00Z") });
  made = await seedDemoDistrict(platform.orchestration, { students: 64, seed: 3, today: "2026-10-14", timeZone: "America/Los_Angeles" });
  await linkDemoAccounts(platform.orchestration, { districtId: made.districtId, issuer: "test", users: demoRealm.users, persons: made.persons });
  const [account] = await platform.sql<{ id: string; person_id: string }>("SELECT id, person_id FROM platform.account WHERE username = 'superintendent'");
  superintendent = identityOf({ issuer: "test", subject: "-", accountId: account!.id, personId: account!.person_id, districtId: made.districtId, roles: [Role.Staff, Role.Superintendent] });
}, 60_000);
afterAll(() => platform[Symbol.asyncDispose]());

const student = (story: string): string => made.stories[story]![0]!;
const rows = <T extends object>(text: string, ...values: unknown[]) => platform.sql<T & Record<string, unknown>>(text, values);
const one = async <T>(text: string, ...values: unknown[]): Promise<T> => Object.values((await rows<Record<string, unknown>>(text, ...values))[0]!)[0] as T;

/** Fields of a student as a domain's subgraph computes them for the superintendent. */
async function asked(domain: string, story: string, fields: string): Promise<Record<string, unknown>> {
  const reply = await platform.call(domain, superintendent, `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Student { ${fields} } } }`, { of: [{ __typename: "Student", id: student(story) }] });
  expect(reply.errors).toBeUndefined();
  return (reply.data as { _entities: Record<string, unknown>[] })._entities[0]!;
}

describe("the stories", () => {
  it("are told of as many students as is said", () => expect(Object.values(made.stories).flat().length).toBe(storyStudents));

  it("chronicallyAbsent: ill too often, and not truant; truant: absent without an excuse", async () => {
    const figures = "attendance { chronicallyAbsent truant daysAbsent unexcusedDays }";
    expect(await asked("attendance", "chronicallyAbsent", figures)).toMatchObject({ attendance: { chronicallyAbsent: true, truant: false } });
    expect(await asked("attendance", "truant", figures)).toMatchObject({ attendance: { chronicallyAbsent: true, truant: true } });
    expect(await asked("attendance", "honorRollStudent", figures)).toMatchObject({ attendance: { chronicallyAbsent: false, truant: false } });
  });

  it("failingTwoCourses: two courses of each term, and what is due this year fails too", async () => {
    const failed = await rows<{ subject: string; term: string; n: number }>(
      `SELECT b.code AS subject, t.name AS term, count(*)::int AS n FROM grading.mark m JOIN schools.term t ON t.id = m.term_id JOIN academics.section s ON s.id = m.section_id JOIN academics.course c ON c.id = s.course_id JOIN academics.subject b ON b.id = c.subject_id
       WHERE m.student_id = $1 AND m.kind = 'TERM_FINAL' AND m.mark = 'F' GROUP BY 1, 2 ORDER BY 2, 1`, student("failingTwoCourses"));
    expect(failed.map(({ subject, term, n }) => `${term} ${subject} ${n}`)).toEqual(["Fall semester MTH 1", "Fall semester SCI 1", "Spring semester MTH 1", "Spring semester SCI 1"]);
    const period = await one<string>("SELECT p.id FROM schools.grading_period p JOIN schools.school s ON s.id = p.school_id WHERE s.code = '001' AND '2026-10-14' >= p.first_day AND '2026-10-14' < p.end_day");
    const { sectionAverages } = (await asked("grading", "failingTwoCourses", `sectionAverages(gradingPeriodId: "${period}") { mark }`)) as { sectionAverages: { mark: string | null }[] };
    expect(sectionAverages.filter(({ mark }) => mark === "F").length).toBe(2);
  });

  it("seniorShortOfCredits: English and mathematics are missing whatever this year brings", async () => {
    const { graduationProgress } = (await asked("grading", "seniorShortOfCredits", "graduationProgress { missing requirements { title missing } }")) as { graduationProgress: { missing: string; requirements: { title: string; missing: string }[] } };
    const missing = Object.fromEntries(graduationProgress.requirements.map((r) => [r.title, Number(r.missing)]));
    expect(missing["English"]).toBe(3);
    expect(missing["Mathematics"]).toBeGreaterThan(1);
    expect(missing["Social studies"]).toBe(0);
    const { graduationProgress: on } = (await asked("grading", "adultSenior", "graduationProgress { missing }")) as { graduationProgress: { missing: string } };
    expect(Number(on.missing)).toBe(0);
  });

  it("honorRollStudent: high honors of the last posted period, and the best average of the grade", async () => {
    const card = await rows<{ figures: { averages: { honor: string | null } } }>("SELECT figures FROM grading.issued_document WHERE student_id = $1 AND kind = 'REPORT_CARD'", student("honorRollStudent"));
    expect(card[0]!.figures.averages.honor).toBe("High honors");
    expect(await asked("grading", "honorRollStudent", "rank { rank }")).toEqual({ rank: { rank: 1 } });
  });

  it("incompleteWithDeadline: one mark is incomplete, with days to make it up", async () => {
    expect(await rows("SELECT mark, becomes, deadline::text FROM grading.mark WHERE student_id = $1 AND status = 'INCOMPLETE'", student("incompleteWithDeadline"))).toEqual([{ mark: "I", becomes: "F", deadline: "2026-10-26" }]);
  });

  it("movedInMidYear: two elementary schools in one year; each day's fact is its own school's", async () => {
    const schools = await rows<{ code: string; days: number }>("SELECT s.code, count(*)::int AS days FROM attendance.daily_attendance d JOIN schools.school s ON s.id = d.school_id WHERE d.student_id = $1 AND d.date < '2026-08-01' GROUP BY 1 ORDER BY min(d.date)", student("movedInMidYear"));
    expect(schools.map(({ code }) => code)).toEqual(["004", "003"]);
    for (const { days } of schools) expect(days).toBeGreaterThan(50);
  });

  it("cameInMidYear: three semesters of transfer credit before her own marks begin", async () => {
    const id = student("cameInMidYear");
    expect(await one("SELECT count(DISTINCT school_year_name || term_name)::int FROM grading.course_history WHERE student_id = $1 AND transfer_school IS NOT NULL", id)).toBe(3);
    expect(await one("SELECT count(DISTINCT school_year_name || term_name)::int FROM grading.course_history WHERE student_id = $1 AND transfer_school IS NULL", id)).toBe(1);
    expect(await one("SELECT entry_date > '2025-12-01' FROM students.school_enrollment WHERE student_id = $1 ORDER BY entry_date LIMIT 1", id)).toBe(true);
  });

  it("neverCame: a no-show without a day of membership or a seat", async () => {
    const id = student("neverCame");
    expect(await rows("SELECT no_show, exit_date = entry_date AS empty FROM students.school_enrollment WHERE student_id = $1", id)).toEqual([{ no_show: true, empty: true }]);
    expect(await one("SELECT (SELECT count(*) FROM attendance.daily_attendance WHERE student_id = $1)::int + (SELECT count(*) FROM academics.section_enrollment WHERE student_id = $1)::int", id)).toBe(0);
  });

  it("droppedLately: out of one of the demo teacher's sections for nine days", async () => {
    expect(await rows("SELECT r.to_date::text, r.end_reason, t.person_id FROM academics.section_enrollment r JOIN staff.teaching_assignment t ON t.section_id = r.section_id AND t.kind = 'LEAD' WHERE r.student_id = $1 AND r.to_date IS NOT NULL AND r.to_date > '2026-09-20'", student("droppedLately"))).toEqual([
      { to_date: "2026-10-05", end_reason: "Schedule change", person_id: made.persons["teacher"] },
    ]);
  });

  it("geometryAtSeven: a seat at the high school, and one headcount at the middle school", async () => {
    expect(await rows("SELECT s.code, e.kind FROM students.school_enrollment e JOIN schools.school s ON s.id = e.school_id WHERE e.student_id = $1 AND e.exit_date IS NULL ORDER BY 1", student("geometryAtSeven"))).toEqual([{ code: "001", kind: "SECONDARY" }, { code: "002", kind: "PRIMARY" }]);
  });

  it("duplicateStudent: two students of one birth date and family name, one without a school now", async () => {
    const [known, again] = made.stories["duplicateStudent"]!;
    const same = await rows("SELECT count(DISTINCT (p.family_name, d.birth_date))::int AS different FROM students.student s JOIN people.person p ON p.id = s.person_id JOIN people.person_demographics d ON d.id = p.id WHERE s.id = ANY ($1)", [known, again]);
    expect(same).toEqual([{ different: 1 }]);
    expect(await rows("SELECT student_id, max(coalesce(exit_date, 'infinity'))::text AS until FROM students.school_enrollment WHERE student_id = ANY ($1) GROUP BY 1 ORDER BY 2", [known, again])).toEqual([{ student_id: known, until: "2026-08-01" }, { student_id: again, until: "infinity" }]);
  });

  it("siblingsAtThreeSchools, twoHomesOneSecret, orderInEffect, optedOut: families as their records say", async () => {
    expect(await one("SELECT count(DISTINCT school_id)::int FROM students.school_enrollment WHERE student_id = ANY ($1) AND exit_date IS NULL", made.stories["siblingsAtThreeSchools"])).toBe(3);
    expect(await one("SELECT count(*)::int FROM people.household_member m JOIN students.student s ON s.person_id = m.person_id WHERE s.id = $1", student("twoHomesOneSecret"))).toBe(2);
    expect(await one("SELECT count(*)::int FROM students.court_order WHERE student_id = ANY ($1) AND restricts_portal AND from_date <= '2026-10-14' AND to_date > '2026-10-14'", made.stories["orderInEffect"])).toBe(2);
    expect(await rows("SELECT audience FROM students.directory_opt_out WHERE student_id = $1 ORDER BY 1", student("optedOut"))).toEqual([{ audience: "PUBLIC" }, { audience: "RECRUITERS" }]);
  });

  it("adultSenior, adultSeniorStillRead, eighteenSoon: the rights pass at eighteen", async () => {
    const ages = await rows<{ eighteen: string }>("SELECT (d.birth_date + interval '18 years')::date::text AS eighteen FROM students.student s JOIN people.person_demographics d ON d.id = s.person_id WHERE s.id = ANY ($1) ORDER BY 1", [student("adultSenior"), student("adultSeniorStillRead"), student("eighteenSoon")]);
    expect(ages.map(({ eighteen }) => eighteen)).toEqual(["2026-07-31", "2026-09-02", "2026-10-23"]);
  });
});

describe("the staff", () => {
  const taughtBy = (username: string) => rows<{ school: string; kind: string; n: number }>("SELECT s.code AS school, t.kind, count(*)::int AS n FROM staff.teaching_assignment t JOIN schools.school s ON s.id = t.school_id JOIN academics.section x ON x.id = t.section_id WHERE t.person_id = $1 AND x.first_day >= '2026-08-01' GROUP BY 1, 2", made.persons[username]);

  it("has a principal who teaches one section at another school", async () => {
    expect(await taughtBy("principal-teacher")).toEqual([{ school: "001", kind: "LEAD", n: 1 }]);
    expect(await one("SELECT s.code FROM people.duty_assignment d JOIN schools.school s ON s.id = d.school_id WHERE d.person_id = $1 AND d.role = 'PRINCIPAL'", made.persons["principal-teacher"])).toBe("003");
  });

  it("has a mother who teaches at her child's school, in another class, and a confidential note about him", async () => {
    expect(await taughtBy("teacher-parent")).toEqual([{ school: "003", kind: "LEAD", n: 1 }]);
    const id = student("childOfTeacher");
    expect(await one("SELECT count(*)::int FROM academics.section_enrollment r JOIN staff.teaching_assignment t ON t.section_id = r.section_id WHERE r.student_id = $1 AND t.person_id = $2", id, made.persons["teacher-parent"])).toBe(0);
    expect(await one("SELECT count(*)::int FROM students.school_enrollment e JOIN schools.school s ON s.id = e.school_id WHERE e.student_id = $1 AND e.exit_date IS NULL AND s.code = '003'", id)).toBe(1);
    expect(await one("SELECT count(*)::int FROM attendance.attendance_note WHERE student_id = $1", id)).toBeGreaterThan(0);
  });

  it("has a counselor whose child at the school is on a colleague's caseload", async () => {
    expect(await rows("SELECT person_id FROM staff.caseload_assignment WHERE student_id = $1 AND kind = 'COUNSELING'", student("childOfCounselor"))).toEqual([{ person_id: made.persons["counselor"] }]);
  });

  it("has a co-teacher of the demo teacher, a substitute of today, and a teacher who left in mid-year", async () => {
    expect(await one("SELECT count(*)::int FROM staff.teaching_assignment a JOIN staff.teaching_assignment b ON b.section_id = a.section_id WHERE a.person_id = $1 AND a.kind = 'CO_TEACHER' AND b.person_id = $2", made.persons["co-teacher"], made.persons["teacher"])).toBeGreaterThan(0);
    expect(await one("SELECT count(*)::int FROM staff.substitute_assignment WHERE person_id = $1 AND from_date = '2026-10-14' AND to_date = '2026-10-15'", made.persons["substitute"])).toBeGreaterThan(1);
    expect(await one("SELECT count(*)::int FROM staff.teaching_assignment a JOIN staff.teaching_assignment b ON b.section_id = a.section_id AND b.from_date = a.to_date AND b.person_id <> a.person_id WHERE a.kind = 'LEAD'")).toBeGreaterThan(0);
  });
});
