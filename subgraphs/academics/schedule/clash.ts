/** Two sections at the same time, as a lookup tells it; `to_day` is exclusive. */
export interface Clash {
  other_id: string;
  /** The other section and the hour, for people: "Algebra I (MTH101-3) in period 2 on rotation day A, from 2026-08-17 to 2027-01-14". */
  in_words: string;
  /** Null: on every day, or on a day of two schools, which have no rotation in common. */
  rotation_day_id: string | null;
  period_code: string;
  from_day: string;
  to_day: string;
}

/** The same for programs. */
export const clashExtension = (clash: Clash): Record<string, unknown> => ({
  sectionId: clash.other_id, periodCode: clash.period_code, rotationDayId: clash.rotation_day_id, fromDate: clash.from_day, toDate: clash.to_day,
});
