import type { Managed, WriteSession } from "#foundation/crud/write";
import type { RecordClass } from "#foundation/record/metadata";
import type { DistrictRecord } from "#foundation/record/record";

type Note = DistrictRecord & { text: string };

/**
 * Keeps the companion note of a record: a text is written, null takes the note away, undefined leaves it. `stamps` are the parent's.
 */
export async function keepNote<T extends Note>(session: WriteSession, type: RecordClass<T>, parentId: string, text: string | null | undefined, stamps: Readonly<Record<string, unknown>>): Promise<void> {
  if (text === undefined) return;
  const existing = (await session.find(type, parentId)) as Managed<Note> | null;
  if (!existing) {
    if (text !== null) session.create(type, { ...stamps, text }, parentId);
  } else if (text === null) session.archive(existing);
  else session.update(existing, { text, archivedAt: null });
}
