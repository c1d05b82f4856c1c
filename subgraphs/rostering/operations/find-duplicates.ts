import { sql, type RawBuilder } from "kysely";
import { atSchool } from "#foundation/access/relations";
import { relationCall } from "#foundation/access/declare-relation";
import { query } from "#foundation/crud/operation";
import { callable } from "#foundation/federation/manifest";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { Choice, Flag, ForeignRef, Items, Text, TextList } from "#foundation/record/fields";
import { View } from "#foundation/record/view";
import { Student } from "../foreign.ts";
import { duplicateReasons, DuplicateReason, isLikely, type Comparison } from "./duplicate-reasons.ts";

@View("One reason for taking two records for one student.")
export class DuplicateReasonFound {
  @Choice(DuplicateReason, { description: "The reason." }) reason!: DuplicateReason;
}

@View("A student of the district who may be the one whom you are entering. Of a student at another school you learn name, number and school here, and no more: that student's birth date is not compared.")
export class PossibleDuplicate {
  @ForeignRef(() => Student, { description: "The student; its fields are those that your duties open." }) studentId!: string;
  @Text({ description: "The name, \"Family, Given\", as lists show it." }) name!: string;
  @Text({ description: "The district's number for the student." }) studentNumber!: string;
  @TextList({ description: "The schools where the student is enrolled, or was last; empty for a student who never was." }) schools!: string[];
  @Items(() => DuplicateReasonFound, { description: "Why it may be the same student, the strongest reason first." }) reasons!: DuplicateReasonFound[];
  @Flag({ description: "Whether the reasons are strong enough for enrollStudent to refuse a new student until you say that it is none." }) likely!: boolean;
}

/** What a clerk has typed so far. */
export interface Typed {
  givenName?: string | null;
  familyName?: string | null;
  birthDate?: string | null;
  studentNumber?: string | null;
  stateId?: string | null;
}

export interface FoundDuplicate extends Comparison {
  studentId: string;
  name: string;
  studentNumber: string;
  schools: string[];
}

/** How alike two texts are: 1 when they are the same but for case, else by their shared groups of three letters. */
const likeness = (column: string, typed: string) => `CASE WHEN lower(${column}) = ${typed} THEN 1 ELSE extensions.similarity(lower(${column}), ${typed}) END`;
const names = (kind: "given" | "family") => [`p.${kind}_name`, `coalesce(p.preferred_${kind}_name, p.${kind}_name)`];
const closest = (kind: "given" | "family", typed: string) => `greatest(${names(kind).map((column) => likeness(column, typed)).join(", ")})`;

const sought = "rostering.possible_duplicates(text, text, date, text, text)";

/**
 * Past the row rules, for the registrar who must not enter a child twice; whoever asks it guards what is told. Made anew, since a function
 * cannot be replaced by one of another shape. It is the owner's function and
 * no lookup: row rules keep a search by likeness from using its index, and a clerk waits for this at every letter.
 */
export const duplicatesSql = callable(sought, ["elevated", "mixed", "wide"], `DROP FUNCTION IF EXISTS ${sought}; CREATE FUNCTION rostering.possible_duplicates(typed_given text, typed_family text, birth date, number text, state_number text)
  RETURNS TABLE (student_id uuid, person_id uuid, by_birth_date_alone boolean, name text, student_number text, schools text[], same_number boolean, same_state_id boolean, same_birth_date boolean, given_likeness real, family_likeness real)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $f$
    WITH found AS (
      SELECT s.id, false AS by_birth_date FROM students.student s WHERE s.district_id = (SELECT access.district()) AND s.archived_at IS NULL AND s.student_number = number
      UNION SELECT i.id, false FROM students.student_identifiers i WHERE i.district_id = (SELECT access.district()) AND i.archived_at IS NULL AND i.state_id = state_number
      UNION SELECT s.id, true FROM people.person_demographics d JOIN students.student s ON s.district_id = d.district_id AND s.person_id = d.id WHERE d.district_id = (SELECT access.district()) AND d.archived_at IS NULL AND d.birth_date = birth
      -- The order of the names makes no difference here.
      UNION SELECT s.id, false FROM students.student s WHERE s.district_id = (SELECT access.district()) AND lower(s.sort_name) OPERATOR(extensions.%) lower(typed_family || ', ' || typed_given)
      UNION SELECT s.id, false FROM people.person p JOIN students.student s ON s.district_id = p.district_id AND s.person_id = p.id
        WHERE p.district_id = (SELECT access.district()) AND lower(p.family_name) OPERATOR(extensions.%) lower(typed_family) AND extensions.similarity(lower(p.given_name), lower(typed_given)) >= 0.25),
    candidate AS (SELECT f.id, bool_and(f.by_birth_date) AS by_birth_date_alone FROM found f GROUP BY f.id)
    SELECT s.id, s.person_id, c.by_birth_date_alone, s.sort_name::text, s.student_number::text,
      ARRAY(SELECT DISTINCT o.name::text FROM students.school_enrollment e JOIN schools.school o ON o.district_id = e.district_id AND o.id = e.school_id
        WHERE e.district_id = s.district_id AND e.student_id = s.id AND e.archived_at IS NULL
          AND (e.exit_date IS NULL OR e.exit_date > access.today() OR e.exit_date = (SELECT max(l.exit_date) FROM students.school_enrollment l WHERE l.district_id = s.district_id AND l.student_id = s.id AND l.archived_at IS NULL)) ORDER BY 1),
      s.student_number = number, i.state_id = state_number, d.birth_date = birth,
      coalesce(CASE WHEN straight.given + straight.family >= crossed.given + crossed.family THEN straight.given ELSE crossed.given END, 0)::real,
      coalesce(CASE WHEN straight.given + straight.family >= crossed.given + crossed.family THEN straight.family ELSE crossed.family END, 0)::real
    FROM candidate c JOIN students.student s ON s.district_id = (SELECT access.district()) AND s.id = c.id AND s.archived_at IS NULL JOIN people.person p ON p.district_id = s.district_id AND p.id = s.person_id
      LEFT JOIN people.person_demographics d ON d.district_id = s.district_id AND d.id = s.person_id AND d.archived_at IS NULL
      LEFT JOIN students.student_identifiers i ON i.district_id = s.district_id AND i.id = s.id AND i.archived_at IS NULL
      CROSS JOIN LATERAL (SELECT ${closest("given", "lower(typed_given)")} AS given, ${closest("family", "lower(typed_family)")} AS family) straight
      CROSS JOIN LATERAL (SELECT ${closest("family", "lower(typed_given)")} AS given, ${closest("given", "lower(typed_family)")} AS family) crossed $f$`);

const text = (value: string | null | undefined): string | null => value?.trim() || null;

/** Birth dates are compared only where the caller may read them: of a student at another school a guessed one is neither confirmed nor denied. */
export const duplicatesOf = (typed: Typed): RawBuilder<FoundDuplicate> => sql<FoundDuplicate>`
  WITH found AS MATERIALIZED (SELECT * FROM rostering.possible_duplicates(${text(typed.givenName)}::text, ${text(typed.familyName)}::text, ${typed.birthDate ?? null}::date, ${text(typed.studentNumber)}::text, ${text(typed.stateId)}::text)),
    known AS MATERIALIZED (SELECT v AS id FROM access.visible_people_person_demographics(ARRAY(SELECT person_id FROM found)) v)
  SELECT f.student_id AS "studentId", f.name, f.student_number AS "studentNumber", f.schools, f.same_number AS "sameNumber", f.same_state_id AS "sameStateId",
    CASE WHEN k.id IS NOT NULL THEN f.same_birth_date END AS "sameBirthDate", f.given_likeness AS "givenLikeness", f.family_likeness AS "familyLikeness"
  FROM found f LEFT JOIN known k ON k.id = f.person_id WHERE k.id IS NOT NULL OR NOT f.by_birth_date_alone`;

/** Those for whom something speaks, the likeliest first; 20 at most. */
export function explained(found: readonly FoundDuplicate[]): (FoundDuplicate & { reasons: DuplicateReason[]; likely: boolean })[] {
  return found
    .map((each) => ({ each, reasons: duplicateReasons(each) }))
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ each, reasons }) => ({ ...each, reasons, likely: isLikely(reasons) }))
    .sort((a, b) => Number(b.likely) - Number(a.likely) || b.givenLikeness + b.familyLikeness - a.givenLikeness - a.familyLikeness || (a.studentNumber < b.studentNumber ? -1 : 1))
    .slice(0, 20);
}

export const findDuplicates = query({
  name: "findDuplicates",
  description: "Students of the district who may be the one whom you are about to enter, with the reasons: to be asked while you type. For registrars of a school or of the district. At most 20, the likeliest first.",
  roles: [Role.Registrar],
  arguments: {
    givenName: { type: "String", description: "The first name, as far as it is typed.", optional: true },
    familyName: { type: "String", description: "The family name, as far as it is typed.", optional: true },
    birthDate: { type: "Day", description: "The birth date.", optional: true },
    studentNumber: { type: "String", description: "A number that the family brought.", optional: true },
  },
  returns: PossibleDuplicate,
  list: true,
  async resolve(call, args) {
    const typed = args as Typed;
    const [row] = await call.ask(sql<{ holds: boolean }>`SELECT EXISTS (SELECT ${relationCall(atSchool, "school", [Role.Registrar])}) AS holds`);
    if (!row?.holds) throw OsssError.forbidden("Only the registrar of a school, or of the district, looks for duplicates.");
    // A birth date alone names nobody; a name needs both of its parts.
    if (!text(typed.studentNumber) && !(text(typed.givenName) && text(typed.familyName))) return [];
    return explained(await call.ask(duplicatesOf(typed))).map(({ studentId, reasons, ...rest }) => ({
      ...rest, student: { __typename: "Student", id: studentId }, reasons: reasons.map((reason) => ({ reason })),
    }));
  },
});
