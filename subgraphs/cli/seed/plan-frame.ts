import { planAttendanceCodes, type AttendanceCodes } from "./attendance/codes.ts";
import type { Draft } from "./draft.ts";
import { planGradePolicies, type GradePolicies } from "./grades/policies.ts";
import { planEnrollmentCodes } from "./people/enrollment-codes.ts";
import { planPositions, type Positions } from "./people/staff.ts";
import { planDistrict, type District } from "./places/district.ts";
import { planCatalog, type Catalog } from "./teaching/courses.ts";

/** What all zones share. */
export interface Frame {
  readonly district: District;
  readonly positions: Positions;
  readonly catalog: Catalog;
  readonly attendanceCodes: AttendanceCodes;
  readonly gradePolicies: GradePolicies;
}

/** The district itself, with everything that it settles once for all of its schools. */
export function planFrame(draft: Draft, years: number): Frame {
  const district = planDistrict(draft, years);
  const catalog = planCatalog(draft);
  draft.add("academics", "RosterPolicy", { fromDate: district.years[0]!.firstDay, leadDays: 14, lagDays: 30 });
  planEnrollmentCodes(draft);
  return { district, catalog, positions: planPositions(draft), attendanceCodes: planAttendanceCodes(draft, district), gradePolicies: planGradePolicies(draft, district, catalog) };
}
