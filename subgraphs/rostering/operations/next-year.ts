import type { AcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { schools } from "../domains.ts";
import type { GradedSchool, GradeOrder } from "./default-placement.ts";
import type { Year } from "./student-book.ts";

/** The two school years of a change of year. `to` is null while the next one has not been made. */
export interface YearPair {
  from: Year;
  to: Year | null;
}

/** @throws OsssError when the year is closed, or no year of the district. */
export async function yearPair(across: AcrossDomains, fromYearId: string): Promise<YearPair> {
  const years = await across.in("schools", schools.schoolYears);
  const from = years.find(({ id }) => id === fromYearId);
  if (!from) throw OsssError.notFound("SchoolYear");
  if (from.status === "CLOSED") throw OsssError.conflict(`The school year ${from.name} is closed. What became of its students stands.`);
  const to = years.filter(({ firstDay }) => firstDay >= from.endDay).sort((a, b) => (a.firstDay < b.firstDay ? -1 : 1))[0] ?? null;
  return { from, to };
}

/** As `yearPair`, for what needs the next year. */
export async function bothYears(across: AcrossDomains, fromYearId: string): Promise<{ from: Year; to: Year }> {
  const { from, to } = await yearPair(across, fromYearId);
  if (!to) throw OsssError.conflict(`There is no school year after ${from.name} yet. Make it first.`);
  if (to.status === "CLOSED") throw OsssError.conflict(`The school year ${to.name} is closed. Nobody is rolled over into it.`);
  return { from, to };
}

export interface GradedDistrict {
  grades: GradeOrder[];
  schools: GradedSchool[];
}

export async function gradedDistrict(across: AcrossDomains): Promise<GradedDistrict> {
  return across.in("schools", async (session) => {
    const grades = await schools.gradeLevels(session);
    return {
      grades,
      schools: (await schools.schools(session)).map((school) => {
        const { low, high } = schools.gradesTaught(school, grades);
        return { id: school.id, name: school.name, low: low?.sequence ?? null, high: high?.sequence ?? null };
      }),
    };
  });
}
