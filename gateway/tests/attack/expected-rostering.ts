import type { Expected } from "./expected-reads.ts";
import { personas, type PersonaName } from "./personas.ts";

/** Plans for next year are for the school of today and the one to come, a student's part of a rollover for the school of the day too. Families read none of it. */
const planned = "lena, leo";
const derivedHere: Expected = { MeetingDerivation: "A1" };
const officeHere: Expected = { NextYearPlacement: planned, Rollover: "A1", RolloverRow: "lena, gina", StudentMerge: "lena" };
const officeThere: Expected = { NextYearPlacement: planned, RolloverRow: "lena", StudentMerge: "leo" };
const districtOffice: Expected = { NextYearPlacement: planned, Rollover: "A1, all", RolloverRow: "lena, gina", StudentMerge: "lena, leo", StudentMergeMove: "lena, leo", ...derivedHere };

const cells: Readonly<Partial<Record<PersonaName, Expected>>> = {
  registrarHere: { ...officeHere, ...derivedHere },
  principalHere: { ...officeHere, ...derivedHere },
  registrarThere: officeThere,
  principalThere: officeThere,
  counselor: officeHere,
  counselorAndParent: officeHere,
  secretary: { NextYearPlacement: planned },
  principalWhoTeaches: { NextYearPlacement: "lena", RolloverRow: "lena", StudentMerge: "lena" },
  districtRegistrar: districtOffice,
  superintendent: districtOffice,
};

/** What several domains do together, for one persona. */
export function expectedRostering(name: PersonaName): Expected {
  const { person, district } = personas[name];
  return { ...(person !== null && district === "A" ? { EnrollmentCode: "E1" } : {}), ...cells[name] };
}
