import { sql } from "kysely";
import { OsssError } from "#foundation/errors/errors";
import type { WriteSession } from "#foundation/crud/write";

interface SectionDays {
  school_id: string;
  first_day: string;
  end_day: string;
}

/** The school and the days of a section. Sections may be known to everyone, so a missing one is said to be missing. */
export async function sectionDays(session: WriteSession, sectionId: string): Promise<SectionDays> {
  const [section] = await session.ask(sql<SectionDays>`SELECT school_id, first_day::text, end_day::text FROM lookup.staff_section(${sectionId})`);
  if (!section) throw OsssError.notFound("Section");
  return section;
}

/** Refuses days outside of the section's, and a span of none. */
export function requireWithin(section: SectionDays, fromDate: string, toDate: string | null | undefined): void {
  if (fromDate < section.first_day || fromDate >= section.end_day) throw OsssError.invalid([{ path: "input.fromDate", message: `The section is taught from ${section.first_day} to before ${section.end_day}. Choose one of its days.` }]);
  if (toDate && (toDate <= fromDate || toDate > section.end_day)) throw OsssError.invalid([{ path: "input.toDate", message: `Choose a day after fromDate, at the latest ${section.end_day}.` }]);
}
