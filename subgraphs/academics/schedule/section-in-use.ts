import { OsssError } from "#foundation/errors/errors";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { Section } from "../entities/section.ts";

/** A section with its span, which the database keeps. */
export type PlannedSection = Managed<Section> & { firstDay: string; endDay: string };

/** The section, locked, so that two writers who count its seats follow one another. Archived ones are refused. */
export async function sectionInUse(session: WriteSession, id: string): Promise<PlannedSection> {
  const section = await session.get(Section, id);
  if (section.archivedAt) throw OsssError.conflict("The section is archived. Restore it first, or choose another one.");
  return section as PlannedSection;
}
