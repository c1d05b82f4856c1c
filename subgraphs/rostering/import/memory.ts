import { createHash } from "node:crypto";

/*
 * What an import remembers of each record, in `ExternalIdentifier.memory`: which records it brought, and a fingerprint of each value
 * that the source gave. A later import changes a field only where the source's value has changed since, so that what the district
 * corrected here stays, and it ends only what the source itself had brought.
 */

/** Fingerprints by field; "" for none. */
export type Prints = Readonly<Record<string, string>>;

/** A record that the import brought, with the value it held then. */
export interface Brought {
  id: string;
  print: string;
}

export interface BroughtEnrollment {
  id: string;
  yearId: string;
  grade: string | null;
  exit: string | null;
  primary: boolean;
  from: "role" | "section";
  /** The source no longer names the school, and the import ended the enrollment. */
  ended?: true;
}

export interface BroughtDuty {
  id: string;
  end: string | null;
  ended?: true;
}

export interface PersonMemory {
  /** Of everything that the source says of the person: an equal one means that there is nothing to do. */
  digest: string;
  person: Prints;
  email?: Brought;
  phone?: Brought;
  sms?: Brought;
  demographics?: Prints;
  student?: { id: string; number: string; stateId: string };
  enrollments?: Record<string, BroughtEnrollment>;
  duties?: Record<string, BroughtDuty>;
  contacts?: Record<string, string>;
  /** The source names the person no longer. */
  gone?: true;
}

/** What is remembered of organizations, schools and sessions. */
export interface PlainMemory {
  prints: Prints;
  /** The source names it no longer; nothing was done about that. */
  gone?: true;
}

export function fingerprint(value: unknown): string {
  return value === null || value === undefined ? "" : createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 10);
}

export function printsOf(values: Readonly<Record<string, unknown>>): Prints {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fingerprint(value)]));
}

/**
 * The fields to change: those whose value at the source differs from what it said last. A field named in `local` belongs to the district:
 * it is changed only while it still holds what the source said, or nothing. An optional value that the source takes back goes under the same rule.
 */
export function changedFields(said: Readonly<Record<string, unknown>>, last: Prints, current: object, local: ReadonlySet<string> = new Set()): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(said).filter(([name, value]) => {
      if (fingerprint(value) === (last[name] ?? "")) return false;
      const here = (current as Record<string, unknown>)[name];
      const untouched = here === null || here === undefined || fingerprint(here) === last[name];
      return value === null || local.has(name) ? untouched : true;
    }),
  );
}

/** For a record that was here before the source named it: only what is empty is filled. */
export function missingFields(said: Readonly<Record<string, unknown>>, current: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(said).filter(([name, value]) => value !== null && ((current as Record<string, unknown>)[name] ?? null) === null));
}
