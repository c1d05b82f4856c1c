import type { WriteSession } from "#foundation/crud/write";
import { schools } from "../domains.ts";
import type { Ledger } from "../imports/ledger.ts";
import type { PlainMemory } from "./memory.ts";
import type { Notes } from "./notes.ts";
import { fileOf, type RegisteredType, type Registry } from "./registered.ts";
import type { GoneRecord } from "./withdraw-sections.ts";

const placeTypes = ["Organization", "School", "SchoolYear", "Term", "GradingPeriod"] as const;

/**
 * Schools, organizations and sessions that the source names no longer stay: too much rests on them for an import to end them. It is told once.
 * Sessions that are over are no withdrawal. Runs as schools.
 */
export async function tellGonePlaces(session: WriteSession, goneOf: (file: "orgs.csv" | "academicSessions.csv", sourcedIds: readonly string[]) => GoneRecord[], today: string, registry: Registry, ledger: Ledger, notes: Notes): Promise<void> {
  const gone = placeTypes.flatMap((type) => goneOf(fileOf[type] as "orgs.csv" | "academicSessions.csv", registry.sourcedIds(type)).flatMap((row) => {
    const known = registry.find<PlainMemory>(type, row.sourcedId);
    return known === undefined || known.memory.gone === true ? [] : [{ ...row, type, known }];
  }));
  if (gone.length === 0) return;
  const named = new Map<RegisteredType, Map<string, { name: string; endDay?: string }>>();
  const note = (type: RegisteredType, rows: readonly { id: string; name: string; endDay?: string }[]) => named.set(type, new Map(rows.map((row) => [row.id, row])));
  note("Organization", await schools.organizations(session));
  note("School", await schools.schools(session));
  note("SchoolYear", await schools.schoolYears(session));
  note("Term", await schools.terms(session));
  note("GradingPeriod", await schools.gradingPeriods(session));
  for (const { type, sourcedId, line, known } of gone) {
    const record = named.get(type)!.get(known.recordId);
    if (record === undefined || (record.endDay !== undefined && record.endDay <= today)) continue;
    const file = fileOf[type];
    ledger.withdraw({ file, line, sourcedId, label: record.name, schoolId: type === "School" ? known.recordId : null });
    notes.add(file, line, `The source no longer names ${record.name}. It stays, with everything at it; close it by hand if that is meant.`);
    registry.change<PlainMemory>(type, sourcedId, { ...known.memory, gone: true });
  }
}
