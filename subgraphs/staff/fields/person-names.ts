import { sql } from "kysely";
import { computed, type ComputedField } from "#foundation/crud/computed";
import type { Role } from "#foundation/identity/role";
import { recordOf, type RecordClass } from "#foundation/record/metadata";
import { rolesFor } from "#foundation/access/access";
import { CaseloadAssignment } from "../entities/caseload-assignment.ts";
import { SubstituteAssignment } from "../entities/substitute-assignment.ts";
import { Substitute } from "../entities/substitute.ts";
import { TeachingAssignment } from "../entities/teaching-assignment.ts";

/**
 * Whoever may read that somebody teaches, stands in or has a caseload may know who it is, also where the person's own record is closed: a
 * parent knows her child's teacher by name. Rows are read under the caller's rules, the names of their persons past them.
 */
function personName(on: RecordClass, whose: string): ComputedField {
  const meta = recordOf(on);
  return computed({
    on,
    name: "personName",
    description: `The name that ${whose} goes by, e.g. "Dana Whitfield", for everyone who may read this record. The person's own record may be closed to them.`,
    roles: rolesFor(meta.access, "read") as Role[],
    returns: "String",
    async resolve(call, ids) {
      const rows = await call.ask(sql<{ id: string; person_id: string }>`SELECT t.id, t.person_id FROM ${sql.table(`staff.${meta.table}`)} t WHERE t.id = ANY (${ids}::uuid[])`);
      const names = await call.ask(sql<{ person_id: string; name: string }>`SELECT * FROM lookup.staff_names_of(${[...new Set(rows.map((r) => r.person_id))]}::uuid[])`);
      const byPerson = new Map(names.map((n) => [n.person_id, n.name]));
      return new Map(rows.map((r) => [r.id, byPerson.get(r.person_id) ?? null]));
    },
  });
}

export const personNames = [
  personName(TeachingAssignment, "whoever teaches"),
  personName(Substitute, "the substitute"),
  personName(SubstituteAssignment, "whoever stands in"),
  personName(CaseloadAssignment, "the counselor or case manager"),
];
