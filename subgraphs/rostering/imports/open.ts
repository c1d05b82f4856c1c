import { sql } from "kysely";
import { runAcrossDomains, type AcrossDomains, type Orchestration } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { uuidv7 } from "#foundation/record/uuid";
import { people } from "../domains.ts";
import type { ImportFormat } from "../entities/import-format.ts";
import { Import } from "../entities/import.ts";
import { decide } from "./known-decisions.ts";
import type { ImportHead } from "./run.ts";

/** Of known records this share may vanish before somebody must say that it is meant (SCHOOL-RULES, OneRoster). */
export const defaultStopPercent = 10;

export interface OpenImport {
  format: ImportFormat;
  source: string;
  stopPercent?: number;
  startedAt: Date;
}

/** An import that is not on record yet, and what puts it there. */
export function newImport({ format, source, stopPercent = defaultStopPercent, startedAt }: OpenImport): { head: ImportHead; open: (across: AcrossDomains) => Promise<void> } {
  const head = { id: uuidv7(startedAt.getTime()), startedAt, source: source.slice(0, 100), stopPercent };
  const open = (across: AcrossDomains) => across.in("rostering", async (session) => void session.create(Import, { format, source: head.source, stopPercent, status: "COMMITTING" }, head.id));
  return { head, open };
}

/** Keeps for this and later imports that people of the files are people of the district. @throws OsssError NOT_FOUND for a person who is not there. */
export async function keepSame(orchestration: Orchestration, districtId: string, source: string, same: ReadonlyMap<string, string>): Promise<void> {
  await runAcrossDomains(orchestration, { operation: "decide import", districtId }, async (across) => {
    const there = new Set(await across.in("people", async (session) => (await people.personsById(session, [...same.values()])).map(({ id }) => id)));
    for (const id of same.values()) if (!there.has(id)) throw OsssError.notFound("Person");
    await across.in("rostering", (session) => decide(session, source, [...same].map(([subject, personId]) => ({ kind: "SAME_PERSON", file: "users.csv", subject, personId }))));
  });
}

/** The last imports into a district, the newest first. */
export function lastImports(across: AcrossDomains): Promise<{ id: string; source: string; status: string; startedAt: Date; created: number; changed: number; withdrawn: number }[]> {
  return across.in("rostering", (session) => session.ask(sql<{ id: string; source: string; status: string; startedAt: Date; created: number; changed: number; withdrawn: number }>`SELECT i.id, i.source, i.status, i.created_at AS "startedAt",
      coalesce(sum(c.created), 0)::int AS created, coalesce(sum(c.changed), 0)::int AS changed, coalesce(sum(c.withdrawn), 0)::int AS withdrawn
    FROM rostering.import i LEFT JOIN rostering.import_count c ON c.import_id = i.id AND c.school_id IS NULL AND c.archived_at IS NULL
    WHERE i.archived_at IS NULL GROUP BY i.id, i.source, i.status, i.created_at ORDER BY i.created_at DESC, i.id DESC LIMIT 50`));
}
