import { sql } from "kysely";
import type { AcrossDomains } from "#foundation/crud/across-domains";
import { lookup } from "#foundation/federation/manifest";
import { duplicateReasons, isLikely, type Comparison, type DuplicateReason } from "../operations/duplicate-reasons.ts";
import type { Decisions } from "./decisions.ts";

/** A person of the files. */
export interface Newcomer {
  sourcedId: string;
  givenName: string;
  familyName: string;
  birthDate: string | null;
  studentNumber: string | null;
  email: string | null;
}

/** A person of the files and one of the district who may be the same. */
export interface Candidate {
  sourcedId: string;
  label: string;
  personId: string;
  reasons: DuplicateReason[];
  /** The import waits for somebody's word. */
  likely: boolean;
}

/**
 * Of people whom a source names for the first time, those of the district whom they resemble, whoever brought these but the source itself. Past
 * the row rules: who imports for the district reads its people anyway. Set by set: names that sound alike but are spelled otherwise are found
 * by the birth date, the number or the address beside them.
 */
export const alikeLookup = lookup({
  name: "alike",
  arguments: "from_source text, newcomers jsonb",
  returns: "TABLE (sourced_id text, person_id uuid, same_number boolean, same_birth_date boolean, same_email boolean, given_likeness real, family_likeness real)",
  sql: `WITH newcomer AS MATERIALIZED (SELECT n.* FROM jsonb_to_recordset(newcomers) AS n(sourced_id text, given text, family text, birth date, number text, email text)
        WHERE NOT EXISTS (SELECT 1 FROM rostering.external_identifier x WHERE x.source = from_source AND x.record_type = 'Person' AND x.sourced_id = n.sourced_id AND x.archived_at IS NULL)),
    found AS (
      SELECT n.sourced_id, p.id FROM newcomer n JOIN people.person p ON lower(p.family_name) = lower(n.family) OR lower(p.preferred_family_name) = lower(n.family)
        WHERE lower(n.given) IN (lower(p.given_name), lower(p.preferred_given_name))
      UNION SELECT n.sourced_id, d.id FROM newcomer n JOIN people.person_demographics d ON d.birth_date = n.birth AND d.archived_at IS NULL
      UNION SELECT n.sourced_id, s.person_id FROM newcomer n JOIN students.student s ON s.student_number = n.number AND s.archived_at IS NULL
      UNION SELECT n.sourced_id, e.person_id FROM newcomer n JOIN people.person_email e ON lower(e.address) = lower(n.email) AND e.archived_at IS NULL)
    SELECT n.sourced_id, p.id, s.student_number = n.number, d.birth_date = n.birth,
      EXISTS (SELECT 1 FROM people.person_email e WHERE e.person_id = p.id AND lower(e.address) = lower(n.email) AND e.archived_at IS NULL),
      greatest(extensions.similarity(lower(p.given_name), lower(n.given)), extensions.similarity(lower(coalesce(p.preferred_given_name, p.given_name)), lower(n.given)))::real,
      greatest(extensions.similarity(lower(p.family_name), lower(n.family)), extensions.similarity(lower(coalesce(p.preferred_family_name, p.family_name)), lower(n.family)))::real
    FROM found f JOIN newcomer n ON n.sourced_id = f.sourced_id JOIN people.person p ON p.id = f.id AND p.archived_at IS NULL
      LEFT JOIN students.student s ON s.person_id = p.id AND s.archived_at IS NULL
      LEFT JOIN people.person_demographics d ON d.id = p.id AND d.archived_at IS NULL
    WHERE NOT EXISTS (SELECT 1 FROM rostering.external_identifier x WHERE x.source = from_source AND x.record_type = 'Person' AND x.record_id = p.id AND x.archived_at IS NULL)`,
});

interface Found {
  sourced_id: string;
  person_id: string;
  same_number: boolean | null;
  same_birth_date: boolean | null;
  same_email: boolean;
  given_likeness: number;
  family_likeness: number;
}

const portion = 2_000;
/** Of one person at most: further ones say nothing new. */
const mostOfOne = 5;

/**
 * Whom the district may know already. A student found by the number alone is no question: the import takes her for the same (and says so).
 * A name alone makes adults no likely duplicates; with the same e-mail address it does.
 */
export async function findCandidates(across: AcrossDomains, source: string, newcomers: readonly Newcomer[], decisions: Decisions): Promise<Candidate[]> {
  const open = newcomers.filter(({ sourcedId }) => !decisions.newPerson.has(sourcedId) && !decisions.samePerson.has(sourcedId));
  const byId = new Map(open.map((each) => [each.sourcedId, each]));
  const candidates: Candidate[] = [];
  for (let from = 0; from < open.length; from += portion) {
    const asked = open.slice(from, from + portion).map(({ sourcedId, givenName, familyName, birthDate, studentNumber, email }) => ({ sourced_id: sourcedId, given: givenName, family: familyName, birth: birthDate, number: studentNumber, email }));
    const found = await across.in("rostering", (session) => session.ask(sql<Found>`SELECT * FROM lookup.rostering_alike(${source}, ${JSON.stringify(asked)}::jsonb)`));
    for (const [sourcedId, alike] of Map.groupBy(found, (row) => row.sourced_id)) {
      if (alike.some((row) => row.same_number)) continue;
      candidates.push(...alike.flatMap((row) => candidateOf(byId.get(sourcedId)!, row)).sort((a, b) => Number(b.likely) - Number(a.likely)).slice(0, mostOfOne));
    }
  }
  return candidates;
}

function candidateOf(newcomer: Newcomer, row: Found): Candidate[] {
  const comparison: Comparison = { sameNumber: row.same_number, sameStateId: null, sameBirthDate: row.same_birth_date, givenLikeness: row.given_likeness, familyLikeness: row.family_likeness };
  const byName = duplicateReasons(comparison);
  const oneName = row.given_likeness === 1 || row.family_likeness === 1;
  const reasons: DuplicateReason[] = row.same_email ? ["SAME_EMAIL", ...byName] : byName;
  if (reasons.length === 0) return [];
  const aStudent = newcomer.studentNumber !== null;
  return [{
    sourcedId: newcomer.sourcedId, label: `${newcomer.familyName}, ${newcomer.givenName}`.slice(0, 255), personId: row.person_id, reasons,
    likely: (row.same_email && oneName) || (isLikely(byName) && (aStudent || byName[0] !== "SAME_NAME")),
  }];
}
