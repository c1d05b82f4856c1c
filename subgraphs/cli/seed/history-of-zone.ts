import type { AcrossDomains } from "#foundation/crud/across-domains";
import type { Now } from "./attendance/meetings.ts";
import { planSchoolDays } from "./attendance/school-days.ts";
import { plusDays } from "./days.ts";
import type { Draft } from "./draft.ts";
import { issueReportCards, issueTranscripts } from "./grades/documents.ts";
import { lastPostedPeriod, planGrades, planWindows } from "./grades/grades.ts";
import { HistoryPlanner } from "./grades/history.ts";
import { lastGrade } from "./places/grades.ts";
import type { School } from "./places/schools.ts";
import type { Frame } from "./plan-frame.ts";
import type { PlannedZone } from "./plan-zone.ts";

/** What is left to do for a zone when everything else is written: its students' days to be counted, its documents to be issued. */
export interface Closing {
  readonly learners: readonly string[];
  readonly schools: readonly { school: School; by: string; students: readonly string[] }[];
  readonly transcripts: { readonly school: School; readonly by: string; readonly students: readonly string[] };
}

/** Plans and writes what has happened in the schools of a zone, school year by school year. */
export async function planYearsOfZone(draft: Draft, across: AcrossDomains, frame: Frame, { zone, learners, teaching, workforce, stories }: PlannedZone, now: Now): Promise<Closing> {
  const days = draft.chance.of(`days ${zone.number}`);
  const grades = draft.chance.of(`grades ${zone.number}`);
  const history = new HistoryPlanner(draft, grades, frame.gradePolicies, frame.catalog, frame.district);
  for (const learner of learners) {
    const pathway = teaching.pathways.get(learner.id);
    if (pathway === undefined) continue;
    history.before(learner, pathway, zone.high);
    history.follow(learner, frame.district.years[0]!.firstDay);
  }
  for (const school of zone.schools) {
    draft.add("attendance", "AttendanceLock", { schoolId: school.id, throughDate: plusDays(frame.district.thisYear.firstDay, -1) });
    for (const calendar of school.calendars) {
      const sections = teaching.sections.filter((section) => section.calendar === calendar);
      planWindows(draft, school, calendar, now);
      await planSchoolDays(draft, days, frame.attendanceCodes, now, school, calendar, sections, learners);
      await planGrades(draft, grades, frame.gradePolicies, history, school, sections, now.today);
      await draft.write(across);
    }
  }
  const registrar = workforce.holders("REGISTRAR", zone.high)[0]!.id;
  const known = ["honorRollStudent", "seniorShortOfCredits", "cameInMidYear"].flatMap((name) => stories?.students[name] ?? []);
  const graduates = learners.filter(({ grade }) => grade === lastGrade + 1).slice(0, 3);
  return {
    learners: learners.map(({ id }) => id),
    schools: zone.schools.map((school) => {
      const calendar = lastPostedPeriod(school, now.today)?.calendar;
      const students = learners.filter(({ stays }) => stays.some((stay) => stay.school === school && stay.secondary === undefined && stay.year === calendar?.year && stay.until >= calendar.terms.at(-1)!.endDay));
      return { school, by: (workforce.holders("REGISTRAR", school)[0] ?? workforce.holders("PRINCIPAL", school)[0]!).id, students: students.map(({ id }) => id) };
    }),
    transcripts: { school: zone.high, by: registrar, students: [...known, ...graduates].map(({ id }) => id) },
  };
}

/** Issues report cards of each school's last posted period, a week after it ended, and today a few transcripts. */
export async function issueDocuments(draft: Draft, across: AcrossDomains, { schools, transcripts }: Closing, now: Now): Promise<void> {
  for (const { school, by, students } of schools) {
    const last = lastPostedPeriod(school, now.today);
    if (last === undefined) continue;
    const on = plusDays(last.period.endDay, 6) < now.today ? plusDays(last.period.endDay, 6) : now.today;
    await issueReportCards(draft, across, school, last.period, students, { on, at: now.at(on, 9 * 60), by });
  }
  const { school, by, students } = transcripts;
  await issueTranscripts(draft, across, school, students, { on: now.today, at: now.at(now.today, 9 * 60 + 10), by });
}
