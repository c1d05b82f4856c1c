import type { Draft } from "../draft.ts";

const codes = [
  ["ENTRY", "E1", "New to the district", "FIRST_ENTRY", true], ["ENTRY", "R1", "Continues from last year", "CONTINUED", true], ["ENTRY", "R3", "Returned to the district", "REENTERED", true],
  ["ENTRY", "RT", "Repeats the grade", "RETAINED", true], ["ENTRY", "T1", "From another school of the district", "TRANSFERRED", true], ["ENTRY", "G1", "Changed the grade level", "GRADE_CHANGED", true], ["ENTRY", "E9", "Part of the day, beside another school", "OTHER", false],
  ["EXIT", "P", "Promoted", "PROMOTED", true], ["EXIT", "RT", "Retained", "RETAINED", true], ["EXIT", "G", "Graduated", "GRADUATED", true], ["EXIT", "T", "To another school of the district", "TRANSFERRED", true],
  ["EXIT", "G1", "Changed the grade level", "GRADE_CHANGED", true], ["EXIT", "W1", "Moved out of the district", "WITHDRAWN", true], ["EXIT", "W2", "To a private school or taught at home", "WITHDRAWN", false], ["EXIT", "NS", "Never came", "NO_SHOW", true],
] as const;

/** How students enter and leave, in the district's codes. */
export function planEnrollmentCodes(draft: Draft): void {
  for (const [kind, code, title, meaning, standard] of codes) draft.add("rostering", "EnrollmentCode", { kind, code, title, meaning, standard });
}
