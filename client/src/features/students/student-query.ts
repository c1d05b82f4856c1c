import { graphql } from "../../generated/gql.ts";
import type { StudentPageQuery } from "../../generated/graphql.ts";

export const ReachFragment = graphql(/* GraphQL */ `
  fragment Reach on Person {
    phones(first: 20) { nodes { id kind number preferred confidential } }
    emails(first: 20) { nodes { id kind address preferred confidential } }
  }
`);

/** All that the page shows at once. Support programs are asked for by hand: every read of them is audited. */
export const StudentPageDocument = graphql(/* GraphQL */ `
  query StudentPage($id: ID!) {
    student(id: $id) {
      id
      studentNumber
      sortName
      postsecondaryFrom
      identifiers { id stateId }
      person {
        id
        ...PersonNames
        ...Reach
        middleName
        suffix
        pronouns
        demographics { id birthDate legalSex homeLanguage countryOfBirth raceEthnicity }
        householdMemberships(first: 20, orderBy: [{ field: fromDate, direction: DESC }]) {
          nodes {
            id
            fromDate
            toDate
            household {
              id
              name
              addresses(first: 20, orderBy: [{ field: fromDate, direction: DESC }]) {
                nodes { id kind line1 line2 city region postalCode country fromDate toDate addressConfidential }
              }
              members(first: 30) { nodes { id fromDate toDate person { id ...PersonNames } } }
            }
          }
        }
      }
      schoolEnrollments(first: 100, orderBy: [{ field: entryDate, direction: DESC }]) {
        nodes { ...EnrollmentSummary entryCode exitCode fullTimeShare schoolYear { id name } }
      }
      contacts(first: 100, orderBy: [{ field: emergencyOrder }, { field: fromDate }]) {
        nodes {
          id
          relationship
          status
          confidential
          emergencyOrder
          fromDate
          toDate
          educationRights
          decisionMaking
          pickUp
          livesWith
          mailings
          portalAccess
          person { id ...PersonNames ...Reach }
        }
      }
      courtOrders(first: 50, orderBy: [{ field: fromDate, direction: DESC }]) {
        nodes {
          id
          kind
          number
          issuedBy
          fromDate
          toDate
          restrictsEducation
          restrictsDecisionMaking
          restrictsPickUp
          restrictsLivesWith
          restrictsMailings
          restrictsPortal
          person { id ...PersonNames }
        }
      }
      programParticipations(first: 50) { nodes { id fromDate toDate program { id title code } } }
      directoryOptOuts(first: 20) { nodes { id audience fromDate toDate } }
      majorityArrangements(first: 20) { nodes { id ground fromDate toDate person { id ...PersonNames } } }
      mealEligibilities(first: 20) { nodes { id status basis fromDate toDate } }
    }
  }
`);

export type Student = NonNullable<StudentPageQuery["student"]>;
export type StudentPerson = NonNullable<Student["person"]>;
type Nodes<Connection> = NonNullable<Connection> extends { readonly nodes: readonly (infer Node)[] } ? Node : never;
export type Contact = Nodes<Student["contacts"]>;
export type CourtOrder = Nodes<Student["courtOrders"]>;
export type Enrollment = Nodes<Student["schoolEnrollments"]>;
export type HouseholdMembership = Nodes<StudentPerson["householdMemberships"]>;
