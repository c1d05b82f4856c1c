import type { WriteSession } from "#foundation/crud/write";
import { schools } from "../domains.ts";
import type { Ledger } from "../imports/ledger.ts";
import type { PlannedSection } from "./plan-sections.ts";
import { shortened } from "./write-courses.ts";
import { plain } from "./write-organizations.ts";

/** Rooms that sections are taught in, by school and number; those that are missing are added. Runs as schools. */
export async function writeRooms(session: WriteSession, work: readonly PlannedSection[], ledger: Ledger): Promise<Map<string, string>> {
  const located = work.filter(({ row }) => row.location !== null);
  if (located.length === 0) return new Map();
  const rooms = new Map((await schools.roomsOf(session, [...new Set(located.map(({ schoolId }) => schoolId))])).map((room) => [roomKey(String(plain(room).school), room.number), room.id]));
  for (const { row, schoolId } of located) {
    const number = shortened(row.location!, 32);
    if (rooms.has(roomKey(schoolId, number))) continue;
    const id = schools.addRoom(session, { school: schoolId, number, name: number === row.location ? null : row.location!.slice(0, 100), kind: "CLASSROOM" } as never);
    ledger.attribute(id, "classes.csv", row.sourcedId);
    rooms.set(roomKey(schoolId, number), id);
  }
  return rooms;
}

/** The same room is written "B12" and "b12". */
const roomKey = (schoolId: string, number: string): string => `${schoolId} ${number.toLowerCase()}`;

/** The room of a section, where the source names one. */
export const roomOf = (rooms: ReadonlyMap<string, string>, { row, schoolId }: PlannedSection): string | null => (row.location === null ? null : (rooms.get(roomKey(schoolId, shortened(row.location, 32))) ?? null));
