import type { WriteSession } from "#foundation/crud/write";
import { people } from "../domains.ts";
import { changedFields, fingerprint, missingFields, printsOf, type Brought } from "./memory.ts";
import type { Notes } from "./notes.ts";
import type { Ledger } from "../imports/ledger.ts";
import { groupBy, overlaps, type ImportDay, type PersonWork } from "./people-work.ts";
import type { Registry } from "./registered.ts";
import { plain } from "./write-organizations.ts";

/** Names that the district may settle with the person, whatever the source says. */
const localFields = new Set(["preferredGivenName", "preferredFamilyName", "pronouns"]);

type Found<T extends (...args: never[]) => Promise<unknown[]>> = Awaited<ReturnType<T>>[number];

/** Persons with demographics, e-mail addresses, telephone numbers and duties. Runs as people. */
export async function writePeople(session: WriteSession, work: readonly PersonWork[], day: ImportDay, registry: Registry, ledger: Ledger, notes: Notes): Promise<void> {
  const ids = work.flatMap(({ personId }) => personId ?? []);
  const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]));
  const byPerson = <T extends object>(rows: readonly T[]) => groupBy(rows, (row) => String(plain(row).person));
  const none = ids.length === 0;
  const persons = byId(none ? [] : await people.personsById(session, ids));
  const demographics = byId(none ? [] : await people.demographicsById(session, ids));
  const emails = byPerson(none ? [] : await people.emailsOf(session, ids));
  const phones = byPerson(none ? [] : await people.phonesOf(session, ids));
  const duties = byPerson(none ? [] : await people.dutiesOf(session, ids));
  for (const one of work) {
    const record = one.personId === null ? undefined : persons.get(one.personId);
    const { plan, last } = one;
    if (record !== undefined) people.changePerson(session, record, one.adopted ? missingFields(plan.person, record) : changedFields(plan.person, last?.person ?? {}, record, localFields));
    const personId = (one.personId ??= people.addPerson(session, plan.person));
    const book = (id: string): string => bookToUser(ledger, id, plan.sourcedId);
    const present = { emails: emails.get(personId) ?? [], phones: phones.get(personId) ?? [], duties: duties.get(personId) ?? [] };
    for (const { id } of [{ id: personId }, ...present.emails, ...present.phones, ...present.duties]) book(id);
    writeDemographics(session, one, personId, demographics.get(personId));
    writeEmail(session, one, personId, present.emails, book);
    writePhones(session, one, personId, present.phones, book);
    writeDuties(session, one, personId, present.duties, { day, registry, notes, book });
  }
}

type Book = (id: string) => string;

/** Everything of a person is told with the user's row. */
export function bookToUser(ledger: Ledger, recordId: string, sourcedId: string): string {
  ledger.attribute(recordId, "users.csv", sourcedId);
  return recordId;
}

function writeDemographics(session: WriteSession, { plan, last, adopted, next }: PersonWork, personId: string, record: Found<typeof people.demographicsById> | undefined): void {
  const said = plan.demographics;
  if (said === null) {
    // Demographics that a package leaves out are not taken back: most packages have none at all.
    if (last?.demographics !== undefined) next.demographics = last.demographics;
    return;
  }
  if (record === undefined) {
    if (Object.values(said).some((value) => value !== null)) people.addDemographics(session, personId, said);
  } else {
    people.changeDemographics(session, record, adopted || last?.demographics === undefined ? missingFields(said, record) : changedFields(said, last.demographics, record));
  }
  next.demographics = printsOf(said);
}

function writeEmail(session: WriteSession, { plan, last, next }: PersonWork, person: string, present: readonly Found<typeof people.emailsOf>[], book: Book): void {
  const address = plan.email;
  const record = present.find(({ id }) => id === last?.email?.id);
  const untouched = record !== undefined && fingerprint(record.address) === last?.email?.print;
  const same = present.find((row) => row.address === address);
  if (address === null) {
    if (record !== undefined && untouched) people.archiveEmail(session, record);
  } else if (fingerprint(address) === last?.email?.print) {
    next.email = last.email;
  } else if (same !== undefined) {
    next.email = { id: same.id, print: fingerprint(address) };
    if (record !== undefined && untouched && record !== same) people.archiveEmail(session, record);
  } else if (record !== undefined && untouched) {
    people.changeEmail(session, record, { address });
    next.email = { id: record.id, print: fingerprint(address) };
  } else {
    const kind = plan.student !== null || plan.employee ? "DISTRICT" : "PERSONAL";
    next.email = { id: book(people.addEmail(session, { person, address, kind, preferred: !present.some(({ preferred }) => preferred) })), print: fingerprint(address) };
  }
}

function writePhones(session: WriteSession, { plan, last, next }: PersonWork, person: string, present: readonly Found<typeof people.phonesOf>[], book: Book): void {
  let preferred = present.some((row) => row.preferred);
  const write = (number: string | null, before: Brought | undefined, kind: "MOBILE" | "HOME" | "WORK"): Brought | undefined => {
    const print = fingerprint(number);
    const record = present.find(({ id }) => id === before?.id);
    const untouched = record !== undefined && fingerprint(record.number) === before?.print;
    const same = present.find((row) => row.number === number);
    if (number === null) {
      if (record !== undefined && untouched) people.archivePhone(session, record);
      return undefined;
    }
    if (print === before?.print) return before;
    if (same !== undefined) {
      if (record !== undefined && untouched && record !== same) people.archivePhone(session, record);
      return { id: same.id, print };
    }
    if (record !== undefined && untouched) {
      people.changePhone(session, record, { number });
      return { id: record.id, print };
    }
    const id = book(people.addPhone(session, { person, number, kind, preferred: !preferred }));
    preferred = true;
    return { id, print };
  };
  const sms = write(plan.sms, last?.sms, "MOBILE");
  const phone = write(plan.phone, last?.phone, plan.employee ? "WORK" : "HOME");
  if (sms !== undefined) next.sms = sms;
  if (phone !== undefined) next.phone = phone;
}

/** A duty gives reach, so each ends with the source's word for it, and none begins that the source does not give. */
function writeDuties(session: WriteSession, { plan, last, next }: PersonWork, person: string, present: readonly Found<typeof people.dutiesOf>[], { day, registry, notes, book }: { day: ImportDay; registry: Registry; notes: Notes; book: Book }): void {
  const known = { ...last?.duties };
  const named = new Set<string>();
  const spans = present.map((row) => ({ role: row.role as string, schoolId: row.schoolId ?? null, from: row.fromDate, to: row.toDate ?? null }));
  for (const { role, orgSourcedId, begin, end } of plan.duties) {
    const schoolId = registry.idOf("School", orgSourcedId) ?? null;
    if (schoolId === null && role !== "STAFF" && role !== "TEACHER") {
      notes.add("users.csv", plan.row, `The role ${role.toLowerCase()} is given at an organization that is no school. That would reach every school, so it gives no duty; assign it by hand if it is meant.`);
      continue;
    }
    const duty = schoolId === null ? "STAFF" : role;
    const key = `${duty} ${orgSourcedId} ${begin ?? ""}`;
    const span = { from: begin ?? day.entryDay, to: end };
    if (end !== null && end <= span.from) continue;
    named.add(key);
    const before = known[key];
    if (before !== undefined && before.ended !== true) {
      const record = present.find(({ id }) => id === before.id);
      if (record !== undefined && before.end !== end && (record.toDate ?? null) === before.end && end !== null) people.endDuty(session, record, end);
      known[key] = { id: before.id, end };
      continue;
    }
    const from = before === undefined ? span.from : day.today;
    // One that the district has assigned stays as it is, and its end is the district's.
    if ((end !== null && end <= from) || spans.some((row) => row.role === duty && row.schoolId === schoolId && overlaps(row, { from, to: end }))) continue;
    spans.push({ role: duty, schoolId, from, to: end });
    known[key] = { id: book(people.addDuty(session, { person, role: duty, schoolId, fromDate: from, toDate: end })), end };
  }
  if (day.complete) for (const [key, before] of Object.entries(known)) if (!named.has(key) && before.ended !== true) known[key] = endBrought(session, before, present, day);
  if (Object.keys(known).length > 0) next.duties = known;
}

/** Ends a duty that the source no longer gives, from the day of the import. */
export function endBrought<T extends { id: string; end: string | null }>(session: WriteSession, before: T, present: readonly Found<typeof people.dutiesOf>[], day: ImportDay): T & { ended: true } {
  const record = present.find(({ id }) => id === before.id);
  if (record !== undefined && ((record.toDate ?? null) === null || record.toDate! > day.today)) {
    if (record.fromDate >= day.today) people.archiveDuty(session, record);
    else people.endDuty(session, record, day.today);
  }
  return { ...before, ended: true };
}
