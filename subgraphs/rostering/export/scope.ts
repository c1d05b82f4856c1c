import { OsssError } from "#foundation/errors/errors";
import type { platform } from "../domains.ts";

/** Categories of data as agreements name them. */
export type ExportCategory = platform.DataCategory;
export type DirectoryField = platform.DirectoryField;

/** What an export tells, and of whom. What an audience gets follows from its agreement. */
export interface ExportScope {
  /** Ids of the schools that are told of; null for all, with the district's offices. */
  readonly schools: readonly string[] | null;
  /** Where directory information is the basis: to whom it goes, and what the district's list has. Students who opted out are left out. */
  readonly directory: { readonly audience: string; readonly fields: ReadonlySet<DirectoryField> } | null;
  /** The agreement that rests on written consents, where that is the basis: students without one are left out. */
  readonly consentsTo: string | null;
  readonly categories: ReadonlySet<ExportCategory>;
  /** The district's own copy, for itself: contacts whom no clerk has confirmed and demographics of employees with it. */
  readonly whole: boolean;
}

/** All of a district, for itself. */
export const wholeDistrict: ExportScope = {
  schools: null, directory: null, consentsTo: null, categories: new Set<ExportCategory>(["ROSTER", "IDENTIFIERS", "CONTACT_DETAILS", "CONTACTS", "DEMOGRAPHICS", "GRADEBOOK"]), whole: true,
};

/** Whom a wish took out must be named no more, not even as gone; a whole file says it by leaving her out. */
export const mayBeDelta = ({ directory, consentsTo }: ExportScope): boolean => directory === null && consentsTo === null;
export const wholeOnly = (): OsssError => OsssError.conflict("Where families decide who is named, each export is whole: one of changes would have to name those who must no longer be named. Leave out since when.");
