import { sql } from "kysely";
import { atSchool, district, teachesSection } from "#foundation/access/relations";
import { computed } from "#foundation/crud/computed";
import { OsssError } from "#foundation/errors/errors";
import { Role } from "#foundation/identity/role";
import { districtOffice } from "../access.ts";
import { Section } from "../entities/section.ts";
import { rosterOffice } from "../schedule/require-office.ts";

const office = [...rosterOffice, Role.SchoolSecretary, Role.AttendanceClerk];

/** A count speaks of the whole roster, so it is told only to those who may read all of it. */
export const sectionSeatsTaken = computed({
  on: Section,
  name: "seatsTaken",
  description: "How many students are on the roster on a day, each once. Compare with `capacity`. For the office of the school, the district's and the section's teachers.",
  roles: [...new Set([...office, ...districtOffice, Role.Teacher])],
  arguments: { on: { type: "Day", description: "The day. Left out: today; before the section begins its first day, after it has ended its last.", optional: true } },
  returns: "Int",
  async resolve(call, ids, { on: day = null }) {
    const sections = await call.ask(sql<{ id: string; school_id: string }>`SELECT s.id, s.school_id FROM academics.section s WHERE s.id = ANY (${ids}::uuid[])`);
    const everywhere = await call.holds(district, districtOffice);
    const schools = await call.covers(atSchool, "school", office, [...new Set(sections.map((s) => s.school_id))]);
    const taught = await call.covers(teachesSection, "section", [Role.Teacher], ids);
    const open = sections.filter((s) => everywhere || schools.has(s.school_id) || taught.has(s.id)).map((s) => s.id);
    const counted = await call.ask(sql<{ section_id: string; seats: number }>`SELECT * FROM lookup.academics_seats_taken(${open}::uuid[], ${day}::date)`);
    const seats = new Map(counted.map((row) => [row.section_id, row.seats]));
    return new Map(sections.map((s) => [s.id, seats.get(s.id) ?? OsssError.forbidden("You may not read the whole roster of this section, so not how many are on it either.")]));
  },
});
