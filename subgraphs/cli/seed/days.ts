/** Calendar days as text, `YYYY-MM-DD`, without a time zone. */

const dayInMilliseconds = 86_400_000;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** The day `count` days later (earlier when negative). */
export function plusDays(day: string, count: number): string {
  return new Date(at(day) + count * dayInMilliseconds).toISOString().slice(0, 10);
}

/** The same day `count` years later; 29 February becomes 1 March in a year without it. */
export function plusYears(day: string, count: number): string {
  const date = new Date(at(day));
  date.setUTCFullYear(date.getUTCFullYear() + count);
  return date.toISOString().slice(0, 10);
}

/** 0 is Sunday. */
export const weekday = (day: string): number => new Date(at(day)).getUTCDay();

/** The first such weekday on or after a day. */
export const nextWeekday = (day: string, wanted: number): string => plusDays(day, (wanted - weekday(day) + 7) % 7);

/** The local day of a moment in a time zone. */
export function localDay(moment: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(moment);
}

/** The moment at which clocks of a time zone show `time`, HH:MM, on a day; the earlier one where they show it twice. */
export function momentOf(day: string, time: string, timeZone: string): Date {
  const asIfUtc = Date.parse(`${day}T${time}:00Z`);
  const shows = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const offset = (moment: number): number => {
    const parts = Object.fromEntries(shows.formatToParts(moment).map(({ type, value }) => [type, value]));
    return Date.parse(`${parts["year"]}-${parts["month"]}-${parts["day"]}T${parts["hour"]}:${parts["minute"]}:00Z`) - moment;
  };
  // The offset that holds near the moment, asked twice because it may change between the guess and the answer.
  const guess = asIfUtc - offset(asIfUtc);
  return new Date(asIfUtc - offset(guess));
}

/** A day from text as a person types it; null when there is no such day. */
export function asDay(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at(text))) return null;
  return plusDays(text, 0) === text ? text : null;
}
