import { subgraph } from "#foundation/federation/manifest";
import { DutyAssignment } from "./entities/duty-assignment.ts";
import { HouseholdAddress } from "./entities/household-address.ts";
import { HouseholdMember } from "./entities/household-member.ts";
import { Household } from "./entities/household.ts";
import { PersonDemographics } from "./entities/person-demographics.ts";
import { PersonEmail } from "./entities/person-email.ts";
import { PersonPhone } from "./entities/person-phone.ts";
import { Person } from "./entities/person.ts";
import { School } from "./foreign.ts";
import { assignDuty } from "./operations/assign-duty.ts";
import { endDuty } from "./operations/end-duty.ts";
import { relations } from "./relations.ts";
import { repeatableSql } from "./sql.ts";

export const people = subgraph({
  name: "people",
  description: "The people whom the district knows, how to reach them, with whom they live, and their dated duties.",
  records: [Person, PersonDemographics, PersonPhone, PersonEmail, Household, HouseholdMember, HouseholdAddress, DutyAssignment],
  operations: [assignDuty, endDuty],
  connections: [
    { on: School, name: "dutyAssignments", of: DutyAssignment, via: "schoolId", description: "Who has or had which duty at the school." },
  ],
  relations,
  repeatableSql,
  // The session asks it before it takes a role.
  loginFunctions: ["access.district_office(text[])"],
  migrations: new URL("./migrations/", import.meta.url),
});

export default people;
