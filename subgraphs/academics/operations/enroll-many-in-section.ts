import { mutation } from "#foundation/crud/operation";
import type { WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { BelongsTo, Day, Flag, Ids } from "#foundation/record/fields";
import { Section } from "../entities/section.ts";
import { addToRoster, requireRosterOf } from "../roster/add-to-roster.ts";
import { sectionInUse } from "../schedule/section-in-use.ts";
import { rosterRoles } from "./enroll-in-section.ts";

export class EnrollManyInSectionInput {
  @BelongsTo(() => Section, { description: "The section." }) section!: string;
  @Ids({ description: "The students, each enrolled at the section's school on all of these days." }) studentIds!: string[];
  @Day({ description: "The first day on the roster, one of the section's days." }) fromDate!: string;
  @Day({ description: "The first day no longer on it. Null: until the section ends.", optional: true }) toDate?: string | null;
  @Flag({ description: "Goes on although the section has not enough seats; say why.", defaultValue: false }) overCapacity!: boolean;
}

export async function enrollMany(session: WriteSession, { section: id, ...addition }: EnrollManyInSectionInput): Promise<Section> {
  const section = await sectionInUse(session, id);
  await requireRosterOf(session, section);
  if (addition.studentIds.length === 0 || new Set(addition.studentIds).size < addition.studentIds.length) {
    throw OsssError.invalid([{ path: "input.studentIds", message: "Send at least one student, and each only once." }]);
  }
  await addToRoster(session, section, addition);
  return section;
}

export const enrollManyInSection = mutation<EnrollManyInSectionInput>({
  name: "enrollManyInSection",
  description: "Puts several students on the roster of a section: all of them, or none where one is refused.",
  roles: rosterRoles,
  as: "district",
  reason: "optional",
  input: EnrollManyInSectionInput,
  record: Section,
  run: enrollMany,
});
