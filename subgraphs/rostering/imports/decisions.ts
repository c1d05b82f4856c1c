/** What the clerks of a district have decided about a source: kept, so that the next import need not ask again. */
export interface Decisions {
  /** Rows that are not to be imported, as `users.csv 123`. */
  readonly excluded: ReadonlySet<string>;
  /** Ids of users at the source, and the person of the district who each of them is. */
  readonly samePerson: ReadonlyMap<string, string>;
  /** Ids of users at the source who are none of the persons that they resemble. */
  readonly newPerson: ReadonlySet<string>;
  /** What the district reads for a value that the source writes, by `users.csv grades 9th`. */
  readonly codes: ReadonlyMap<string, string>;
  /** Contacts that a clerk confirmed, by `<student's id at the source> <contact's>`, with the fields of the StudentContact that she set. */
  readonly contacts: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export const noDecisions: Decisions = { excluded: new Set(), samePerson: new Map(), newPerson: new Set(), codes: new Map(), contacts: new Map() };

/** Whether a clerk has left this row out. */
export const isExcluded = (decisions: Decisions, file: string, sourcedId: string): boolean => decisions.excluded.has(`${file} ${sourcedId}`);
