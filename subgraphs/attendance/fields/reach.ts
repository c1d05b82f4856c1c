import { sql } from "kysely";
import { relationFunction } from "#foundation/access/declare-relation";
import { atSchool, district, teachesSection, type Relation } from "#foundation/access/relations";
import type { Call } from "#foundation/crud/call";
import { Role } from "#foundation/identity/role";
import { dailyAttendances } from "../access.ts";

const grants = dailyAttendances.grants.filter((grant) => grant.verb === "read");
const rolesBy = (name: string): Role[] => grants.filter((grant) => grant.relation.name === name).map((grant) => grant.role);

/** Who reads the days of a whole school, or of all schools: whoever may ask for a group's figure. */
export const groupRoles: readonly Role[] = [...new Set([...rolesBy(atSchool.name), ...rolesBy(district.name)])];
export const sectionRoles: readonly Role[] = [...groupRoles, Role.Teacher];
export const studentRoles: readonly Role[] = [...new Set(grants.map((grant) => grant.role))];

const carried = (call: Call, roles: readonly Role[]): Role[] => roles.filter((role) => call.identity.roles.includes(role));

/** Of these schools, those whose days the caller reads all of. */
export async function wholeSchools(call: Call, ids: readonly string[]): Promise<Set<string>> {
  if (await call.holds(district, rolesBy(district.name))) return new Set(ids);
  return call.covers(atSchool, "school", rolesBy(atSchool.name), ids);
}

/** Of these sections, those that the caller teaches, or whose school's days she reads all of. */
export async function wholeSections(call: Call, ids: readonly string[]): Promise<Set<string>> {
  const taught = carried(call, [Role.Teacher]).length > 0 ? await call.covers(teachesSection, "section", [Role.Teacher], ids) : new Set<string>();
  const rest = ids.filter((id) => !taught.has(id));
  if (rest.length === 0 || carried(call, groupRoles).length === 0) return taught;
  const places = await call.ask(sql<{ section_id: string; school_id: string }>`SELECT * FROM lookup.attendance_section_schools(${rest}::uuid[])`);
  const schools = await wholeSchools(call, [...new Set(places.map((place) => place.school_id))]);
  return new Set([...taught, ...places.filter((place) => schools.has(place.school_id)).map((place) => place.section_id)]);
}

/** Of these students, those all of whose days the caller reads: by the student, not by the school of some of the days. */
export async function wholeStudents(call: Call, ids: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  const byRelation = new Map<string, { relation: Relation; roles: Role[] }>();
  for (const { relation, role } of grants.filter((grant) => call.identity.roles.includes(grant.role))) {
    const key = JSON.stringify([relation.name, relation.args]);
    byRelation.set(key, { relation, roles: [...(byRelation.get(key)?.roles ?? []), role] });
  }
  for (const { relation, roles } of byRelation.values()) {
    if (relation.districtWide) {
      if (await call.holds(relation, roles)) return new Set(ids);
    } else if (call.services.relations.has(relationFunction(relation, "student"))) {
      for (const id of await call.covers(relation, "student", roles, ids)) found.add(id);
    }
  }
  return found;
}
