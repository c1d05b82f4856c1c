import { OsssError } from "#foundation/errors/errors";

/** An hour of another section at the same time, as a lookup tells it; `to_day` is exclusive. */
export interface Clash {
  other_id: string;
  /** For people: "Algebra I (MTH101-3) in period 2 on rotation day A, from 2026-08-17 to 2027-01-14". */
  in_words: string;
  rotation_day_id: string | null;
  period_code: string;
  from_day: string;
  to_day: string;
}

/** Refuses an assignment that would need its person in two places at once; the first of them is named. */
export function refuseClashes(clashes: readonly Clash[], sentence: (what: string) => string): void {
  const [first] = clashes;
  if (!first) return;
  throw OsssError.conflict(sentence(first.in_words), {
    conflicts: clashes.map((c) => ({ sectionId: c.other_id, periodCode: c.period_code, rotationDayId: c.rotation_day_id, fromDate: c.from_day, toDate: c.to_day })),
  });
}
