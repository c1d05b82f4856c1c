import { graphql } from "../../generated/gql.ts";
import type { EnrollmentSummaryFragment } from "../../generated/graphql.ts";
import { covers, type Day } from "../../primitives/days.ts";

export const EnrollmentSummary = graphql(/* GraphQL */ `
  fragment EnrollmentSummary on SchoolEnrollment {
    id
    kind
    entryDate
    exitDate
    noShow
    gradeLevel { id code title }
    school { id name shortName }
  }
`);

export type EnrollmentStanding = "here" | "coming" | "left" | "no-show";

export function standingOf(enrollment: Pick<EnrollmentSummaryFragment, "entryDate" | "exitDate" | "noShow">, today: Day): EnrollmentStanding {
  if (enrollment.noShow) return "no-show";
  if (enrollment.entryDate > today) return "coming";
  return covers({ from: enrollment.entryDate, to: enrollment.exitDate }, today) ? "here" : "left";
}

const rank: readonly EnrollmentStanding[] = ["here", "coming", "left", "no-show"];

/** The one that says where the student is: the running primary, else the next, else the latest. Lists come newest first. */
export function mainEnrollment<One extends Pick<EnrollmentSummaryFragment, "entryDate" | "exitDate" | "noShow" | "kind">>(enrollments: readonly One[], today: Day): One | null {
  const sorted = [...enrollments].sort(
    (one, other) => rank.indexOf(standingOf(one, today)) - rank.indexOf(standingOf(other, today)) || Number(one.kind === "SECONDARY") - Number(other.kind === "SECONDARY") || other.entryDate.localeCompare(one.entryDate),
  );
  return sorted[0] ?? null;
}
