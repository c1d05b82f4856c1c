/** A day of a calendar track as the calendar has it. */
export interface CalendarDay {
  date: string;
  status: "SCHEDULED" | "ADDED" | "CANCELLED";
}

/** The days of instruction of a track within the days of an enrollment, `through` included. A no-show has none. */
export function membershipDays(track: readonly CalendarDay[], span: { entryDate: string; exitDate?: string | null }, through: string): number {
  return track.filter(({ date, status }) => status !== "CANCELLED" && span.entryDate <= date && date <= through && (span.exitDate == null || date < span.exitDate)).length;
}
