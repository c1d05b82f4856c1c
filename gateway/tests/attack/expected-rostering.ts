import type { Expected } from "./expected-reads.ts";
import { personas, type PersonaName } from "./personas.ts";

/** Plans for next year are for the school of today and the one to come, a student's part of a rollover for the school of the day too. Families read none of it. */
const planned = "lena, leo";
const derivedHere: Expected = { MeetingDerivation: "A1" };
const officeHere: Expected = { NextYearPlacement: planned, Rollover: "A1", RolloverRow: "lena, gina", StudentMerge: "lena" };
const officeThere: Expected = { NextYearPlacement: planned, RolloverRow: "lena", StudentMerge: "leo" };
const districtOffice: Expected = { NextYearPlacement: planned, Rollover: "A1, all", RolloverRow: "lena, gina", StudentMerge: "lena, leo", StudentMergeMove: "lena, leo", ...derivedHere };

/** How an import or an export went names nobody; what it says of people is for the district's registrar alone. */
const importsSeen: Expected = { Import: "sis, written", ImportCount: "users", Export: "study", ExportCount: "users", ImportAlert: "nightly", ImportSchedule: "nightly" };
const importsRead: Expected = { ...importsSeen, ImportRow: "lena", ImportProblem: "lena", ImportCandidate: "maria", SourceDecision: "maria", SourceRecord: "lena" };

const cells: Readonly<Partial<Record<PersonaName, Expected>>> = {
  registrarHere: { ...officeHere, ...derivedHere },
  principalHere: { ...officeHere, ...derivedHere },
  registrarThere: officeThere,
  principalThere: officeThere,
  counselor: officeHere,
  counselorAndParent: officeHere,
  secretary: { NextYearPlacement: planned },
  principalWhoTeaches: { NextYearPlacement: "lena", RolloverRow: "lena", StudentMerge: "lena" },
  districtRegistrar: { ...districtOffice, ...importsRead },
  superintendent: { ...districtOffice, ...importsSeen },
  admin: importsSeen,
  auditor: importsSeen,
};

/** What several domains do together, for one persona. */
export function expectedRostering(name: PersonaName): Expected {
  const { person, district } = personas[name];
  return { ...(person !== null && district === "A" ? { EnrollmentCode: "E1" } : {}), ...cells[name] };
}
