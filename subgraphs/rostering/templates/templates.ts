import type { AnyTemplate, TemplateName } from "./columns.ts";
import { calendarDays } from "./files/calendar-days.ts";
import { contacts } from "./files/contacts.ts";
import { courseHistory } from "./files/course-history.ts";
import { dailyAttendance } from "./files/daily-attendance.ts";
import { schoolEnrollments } from "./files/school-enrollments.ts";

const declared = {
  "calendar-days": calendarDays,
  "school-enrollments": schoolEnrollments,
  contacts,
  "course-history": courseHistory,
  "daily-attendance": dailyAttendance,
} as const;

/** The cells of one row of a file. */
export type Cells<N extends TemplateName> = Parameters<(typeof declared)[N]["key"]>[0];

/** All templates by name, past their exact types: for work that goes over any columns. */
export const templates: Readonly<Record<TemplateName, AnyTemplate>> = declared as never;

/** The name of the file, as decisions, previews and problems name it. */
export const fileOf = (name: TemplateName): string => `${name}.csv`;
