/** What every figure is made of: sums over rows `d` of attendance.daily_attendance, by name. */
export const sums: readonly (readonly [name: string, sql: string])[] = [
  ["membership", "count(*)::int"],
  ["counted", "(count(*) FILTER (WHERE d.status <> 'UNKNOWN'))::int"],
  ["absent", "(count(*) FILTER (WHERE d.counts_absent))::int"],
  ["unexcused", "(count(*) FILTER (WHERE d.counts_absent AND d.excuse = 'UNEXCUSED'))::int"],
  ["tardies", "(count(*) FILTER (WHERE d.status = 'TARDY'))::int"],
  ["meetings", "sum(d.meetings)::int"],
  ["meetings_taken", "sum(d.meetings_taken)::int"],
];
