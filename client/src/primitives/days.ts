import { locale } from "./catalogue.ts";

/**
 * Days travel as "2026-09-01". A span's end is its first day outside; screens show the last day inside, which is one earlier.
 */
export type Day = string;

/** Today where the district's clocks are. */
export function todayIn(timeZone: string | null | undefined, now: Date = new Date()): Day {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: timeZone ?? undefined, year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(now);
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("year")}-${of("month")}-${of("day")}`;
}

/** The last day inside of a span that ends, exclusively, on this day. */
export function dayBefore(day: Day): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** Whether a span covers a day. `to` is exclusive; null means open. */
export function covers(span: { readonly from: Day; readonly to: Day | null | undefined }, day: Day): boolean {
  return span.from <= day && (span.to == null || day < span.to);
}

/** "Sep 1, 2026", in the reader's language. */
export function showDay(day: Day): string {
  return new Intl.DateTimeFormat(locale() === "en" ? "en-US" : locale(), { dateStyle: "medium", timeZone: "UTC" }).format(new Date(`${day}T00:00:00Z`));
}

/** Full years of age on a day. */
export function ageOn(birthDate: Day, day: Day): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) < birthDate.slice(5) ? years - 1 : years;
}
