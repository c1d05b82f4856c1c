import { createContext, useContext } from "solid-js";
import { graphql } from "../generated/gql.ts";
import type { ViewerQuery } from "../generated/graphql.ts";
import { nameOf } from "../features/people/names.ts";
import { covers, type Day, todayIn } from "../primitives/days.ts";

export const ViewerDocument = graphql(/* GraphQL */ `
  query Viewer {
    me {
      notice
      roles
      account { id username }
      district { id name timeZone }
      person {
        id
        ...PersonNames
        dutyAssignments(first: 100) { nodes { id role fromDate toDate school { id } } }
      }
    }
    schools(first: 500, orderBy: [{ field: name }]) { nodes { id name shortName } }
    schoolYears(first: 100, orderBy: [{ field: firstDay, direction: DESC }]) { nodes { id name firstDay endDay status } }
    gradeLevels(first: 100, orderBy: [{ field: sequence }]) { nodes { id code title } }
    studentRules: accessRules(coordinate: "Student") { verb role relation }
    enrollmentRules: accessRules(coordinate: "SchoolEnrollment") { verb role relation }
  }
`);

export interface School {
  readonly id: string;
  readonly name: string;
  readonly shortName: string | null;
}

export interface SchoolYear {
  readonly id: string;
  readonly name: string;
  readonly firstDay: Day;
  readonly endDay: Day;
}

/** The person who is signed in, as far as the screens need to know her. */
export interface Viewer {
  readonly personId: string | null;
  readonly name: string;
  readonly username: string;
  readonly roles: readonly string[];
  readonly district: string;
  /** Today at the district. */
  readonly today: Day;
  /** The schools that she may choose from; all of them when her reach is not bound to some. */
  readonly schools: readonly School[];
  /** Whether those are only the schools of her duties. */
  readonly boundToSchools: boolean;
  readonly schoolYears: readonly SchoolYear[];
  readonly currentYear: SchoolYear | null;
  readonly grades: readonly { readonly id: string; readonly code: string; readonly title: string }[];
  /** Some role of hers opens students beyond her own family. */
  readonly seesDirectory: boolean;
  /** She is a student, or a contact of students. */
  readonly seesFamily: boolean;
  /** Some role of hers opens school enrollments: only then lists can be narrowed by school, year and grade. */
  readonly seesEnrollments: boolean;
}

const familyRelations = new Set(["self", "guardian"]);

export function viewerOf(data: ViewerQuery, fallbackName: string, now: Date = new Date()): Viewer {
  const me = data.me;
  const roles = me?.roles ?? [];
  const today = todayIn(me?.district?.timeZone, now);
  const opened = (rules: ViewerQuery["studentRules"]) => (rules ?? []).filter((rule) => rule.verb === "READ" && roles.includes(rule.role));
  const studentRules = opened(data.studentRules);
  const schools = (data.schools?.nodes ?? []).map(({ id, name, shortName }) => ({ id, name, shortName }));
  const duties = (me?.person?.dutyAssignments?.nodes ?? []).filter((duty) => covers({ from: duty.fromDate, to: duty.toDate }, today));
  const own = new Set(duties.map((duty) => duty.school?.id ?? null));
  const boundToSchools = own.size > 0 && !own.has(null);
  const years = (data.schoolYears?.nodes ?? []).map(({ id, name, firstDay, endDay }) => ({ id, name, firstDay, endDay }));
  return {
    personId: me?.person?.id ?? null,
    name: me?.person ? nameOf(me.person) : fallbackName,
    username: me?.account?.username ?? fallbackName,
    roles,
    district: me?.district?.name ?? "",
    today,
    schools: boundToSchools ? schools.filter((school) => own.has(school.id)) : schools,
    boundToSchools,
    schoolYears: years,
    currentYear: years.find((year) => covers({ from: year.firstDay, to: year.endDay }, today)) ?? years.find((year) => year.firstDay <= today) ?? years.at(-1) ?? null,
    grades: (data.gradeLevels?.nodes ?? []).map(({ id, code, title }) => ({ id, code, title })),
    seesDirectory: studentRules.some((rule) => !familyRelations.has(rule.relation)),
    seesFamily: studentRules.some((rule) => familyRelations.has(rule.relation)),
    seesEnrollments: opened(data.enrollmentRules).length > 0,
  };
}

export const ViewerContext = createContext<() => Viewer>();

export function useViewer(): () => Viewer {
  const viewer = useContext(ViewerContext);
  if (!viewer) throw new Error("useViewer() is called outside of <ViewerContext.Provider>: wrap the screen in it.");
  return viewer;
}
