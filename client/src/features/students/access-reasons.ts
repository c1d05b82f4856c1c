export interface Reason {
  readonly role: string;
  readonly relation: string;
  readonly description: string;
}

const keyOf = (reason: Reason) => `${reason.role} ${reason.relation}`;

/** From the nearest to the farthest; one that is not named here comes last. */
const nearness = ["self", "guardian", "household", "contact_of_child", "teaches_student", "caseload", "at_school", "student_at_school", "family_at_school", "district_office", "member", "other_time_at_school"];
const farness = (reason: Reason) => (nearness.includes(reason.relation) ? nearness.indexOf(reason.relation) : nearness.length);

/** Each reason once, the nearest first. */
export function distinct(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((reason) => [keyOf(reason), reason])).values()].sort((one, other) => farness(one) - farness(other));
}

/** Parts of a record that are open for the very same reasons, together; parts without a reason are left out. */
export function groupByReasons<Part extends string>(parts: readonly { readonly part: Part; readonly reasons: readonly Reason[] }[]): { parts: Part[]; reasons: Reason[] }[] {
  const groups = new Map<string, { parts: Part[]; reasons: Reason[] }>();
  for (const { part, reasons } of parts) {
    const once = distinct(reasons);
    if (once.length === 0) continue;
    const key = once.map(keyOf).join("\n");
    const group = groups.get(key);
    if (group) group.parts.push(part);
    else groups.set(key, { parts: [part], reasons: once });
  }
  return [...groups.values()];
}
