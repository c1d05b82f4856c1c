import { atSchool, district } from "#foundation/access/relations";
import { mutation } from "#foundation/crud/operation";
import type { Managed, WriteSession } from "#foundation/crud/write";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { BelongsTo, Decimal, Flag, ForeignRef, Text, Whole } from "#foundation/record/fields";
import { idOf } from "../asking.ts";
import { CourseHistory } from "../entities/course-history.ts";
import { CourseLevel, Subject } from "../foreign.ts";
import { markOutdated } from "../mark-changes.ts";
import { holdRecords } from "../record-lock.ts";
import { Exact } from "../rules/exact.ts";

class CorrectCourseHistoryInput {
  @BelongsTo(() => CourseHistory, { description: "The entry." }) entry!: string;
  @Whole({ description: "The version of the entry that you read.", min: 1 }) version!: number;
  @Text({ description: "The mark. Only of transfer credit and entries from paper: any other follows its posted mark.", maxLength: 16, optional: true }) mark?: string;
  @Decimal({ description: "The credits attempted.", unit: "credits", precision: 6, scale: 3, min: 0, max: 100, optional: true }) creditsAttempted?: string;
  @Decimal({ description: "The credits earned.", unit: "credits", precision: 6, scale: 3, min: 0, max: 100, optional: true }) creditsEarned?: string;
  @Flag({ description: "May count in a grade point average.", optional: true }) countsInGpa?: boolean;
  @ForeignRef(() => Subject, { description: "The subject whose requirement it counts for; null for electives only.", optional: true }) subjectId?: string | null;
  @ForeignRef(() => CourseLevel, { description: "How demanding the course was; null where that is not distinguished.", optional: true }) courseLevelId?: string | null;
  @BelongsTo(() => CourseHistory, { description: "The entry of the student that it repeats; null when it repeats none.", optional: true }) repeats?: string | null;
  @Flag({ description: "The entry was made in error: it leaves the record, and is kept among archived rows.", optional: true }) remove?: boolean;
}

export const correctCourseHistory = mutation<CorrectCourseHistoryInput>({
  name: "correctCourseHistory",
  description: "Corrects an entry of a student's permanent record: the registrar of the district, of the student's school, or of the school that recorded it. Issued documents that show it are marked as outdated.",
  roles: [Role.Registrar],
  as: "district",
  reason: "required",
  input: CorrectCourseHistoryInput,
  record: CourseHistory,
  async run(session, { entry: id, version, remove, ...sent }) {
    await session.requireVisible(CourseHistory, id);
    const [found] = await session.list(CourseHistory, { id, archivedAt: null });
    if (!found) throw OsssError.notFound("CourseHistory");
    if (!(await keepsRecord(session, found))) throw OsssError.forbidden("Only the registrar of the district, of the student's school, or of the school that recorded the entry corrects it.");
    await holdRecords(session, [found.studentId]);
    const entry = await session.get(CourseHistory, id, version);
    const ofMark = entry.source != null && (["mark", "creditsAttempted", "creditsEarned"] as const).find((field) => sent[field] != null);
    if (ofMark) throw OsssError.conflict("This entry follows a posted mark. Change that mark with changeMark; the entry follows by itself.");
    const [attempted, earned] = [sent.creditsAttempted ?? entry.creditsAttempted, sent.creditsEarned ?? entry.creditsEarned];
    if (Exact.of(earned).compare(Exact.of(attempted)) > 0) throw OsssError.invalid([{ path: "input.creditsEarned", message: "Nobody earns more credits than were attempted. Correct one of the two." }]);
    if (sent.repeats) await requireEarlier(session, entry, sent.repeats);
    const before = entry.version;
    session.update(entry, Object.fromEntries(Object.entries(sent).filter(([name, value]) => value !== null || mayBeEmpty.has(name))));
    if (remove) session.archive(entry);
    if (entry.version !== before) await markOutdated(session, entry.studentId, [id], `The entry of ${entry.courseTitle} was corrected.`);
    return entry;
  },
});

const registrar = [Role.Registrar];
const mayBeEmpty = new Set(["subjectId", "courseLevelId", "repeats"]);

async function keepsRecord(session: WriteSession, entry: CourseHistory): Promise<boolean> {
  return (
    (await session.holds(district, null, registrar)) || (await session.holds(atSchool, "student", registrar, entry.studentId)) || (await session.holds(atSchool, "school", registrar, entry.schoolId))
  );
}

/** What an entry repeats is another one of the same student, and does not itself repeat the entry. */
async function requireEarlier(session: WriteSession, entry: Managed<CourseHistory>, repeats: string): Promise<void> {
  const all = new Map((await session.list(CourseHistory, { studentId: entry.studentId, archivedAt: null })).map((e) => [e.id, e]));
  let at = all.get(repeats);
  for (let steps = 0; at && at.id !== entry.id && at.repeats && steps < all.size; steps++) at = all.get(idOf(at.repeats));
  if (!at || at.id === entry.id) throw OsssError.invalid([{ path: "input.repeatsId", message: "Choose an earlier entry of the same student that does not repeat this one." }]);
}
