/** What an export tells, of whom, and in whose words. What an audience gets follows from its agreement. */
export interface ExportScope {
  /** Ids of the schools that are told of; null for all, with the district's offices. */
  readonly schools: readonly string[] | null;
  /** To whom directory information goes, where that is the basis: students who opted out of it are left out. */
  readonly directoryAudience: string | null;
  readonly categories: ReadonlySet<ExportCategory>;
  /** The district's own copy, for itself: contacts whom no clerk has confirmed and demographics of employees with it. */
  readonly whole: boolean;
}

/** Categories of data as agreements name them. */
export type ExportCategory = "ROSTER" | "IDENTIFIERS" | "CONTACT_DETAILS" | "CONTACTS" | "DEMOGRAPHICS" | "GRADEBOOK";

/** All of a district, for itself. */
export const wholeDistrict: ExportScope = {
  schools: null, directoryAudience: null, categories: new Set<ExportCategory>(["ROSTER", "IDENTIFIERS", "CONTACT_DETAILS", "CONTACTS", "DEMOGRAPHICS", "GRADEBOOK"]), whole: true,
};
