import type { Draft } from "../draft.ts";
import type { District } from "../places/district.ts";
import type { Zone } from "../places/schools.ts";
import type { Learner } from "./learners.ts";
import type { SeededPerson } from "./persons.ts";
import type { Workforce } from "./staff.ts";

/**
 * Every student has a counselor of the school, those in special education or with a plan a case manager as well. Nobody counsels her own
 * child: `relatives` names those children by the person.
 */
export function planCaseloads(draft: Draft, district: District, zone: Zone, workforce: Workforce, learners: readonly Learner[], relatives: ReadonlyMap<string, ReadonlySet<string>>): void {
  const given = new Map<string, number>();
  const assign = (learner: Learner, kind: "COUNSELING" | "CASE_MANAGEMENT", candidates: readonly SeededPerson[], from: string) => {
    const open = candidates.filter(({ id }) => relatives.get(id)?.has(learner.id) !== true);
    const person = [...open].sort((a, b) => (given.get(a.id) ?? 0) - (given.get(b.id) ?? 0))[0];
    if (person === undefined) return;
    given.set(person.id, (given.get(person.id) ?? 0) + 1);
    draft.add("staff", "CaseloadAssignment", { studentId: learner.id, personId: person.id, kind, fromDate: from, toDate: null });
  };
  for (const learner of learners) {
    const stay = learner.stays.findLast(({ year, secondary }) => year === district.thisYear && secondary === undefined);
    if (stay === undefined || stay.until <= draft.today) continue;
    const school = zone.schools.find(({ id }) => id === stay.school.id)!;
    assign(learner, "COUNSELING", workforce.holders("COUNSELOR", school), stay.from);
    if (learner.programs.has("IEP") || learner.programs.has("504")) assign(learner, "CASE_MANAGEMENT", workforce.holders("CASE_MANAGER", school), stay.from);
  }
}
