import { sql } from "kysely";
import type { WriteSession } from "#foundation/crud/write";
import { people, students } from "../domains.ts";
import { changedFields, fingerprint, printsOf, type Brought } from "../import/memory.ts";
import { overlaps } from "../import/people-work.ts";
import { plain } from "../import/write-organizations.ts";
import { addDays } from "../oneroster/day.ts";
import { rightColumns } from "./files/contacts.ts";
import { portions, type KnownStudent } from "./known-students.ts";
import { leaveOut } from "./left-out.ts";
import type { PersonOfRow } from "./kept-rows.ts";
import type { FileWork, OpenRow } from "./work.ts";

type Row = OpenRow<"contacts">;
type Work = FileWork<"contacts">;
type Contact = Awaited<ReturnType<typeof students.contactsOf>>[number];
type Order = Awaited<ReturnType<typeof students.courtOrdersOf>>[number];
type Right = (typeof rightColumns)[keyof typeof rightColumns];

/** The field of a court order that takes each right. */
const restrictions = {
  educationRights: "restrictsEducation", portalAccess: "restrictsPortal", livesWith: "restrictsLivesWith", mailings: "restrictsMailings", pickUp: "restrictsPickUp", decisionMaking: "restrictsDecisionMaking",
} as const satisfies Readonly<Record<Right, keyof Order>>;

/** What a row says of a contact, orders obeyed. */
interface Said extends Record<Right, boolean> {
  relationship: Contact["relationship"];
  status: Contact["status"];
  fromDate: string;
  toDate: string | null;
  emergencyOrder: number | null;
  confidential: boolean;
}

/** A row that nothing stands in the way of any more. */
interface Settled {
  row: Row;
  student: KnownStudent;
  /** Null for a person who is new. */
  personId: string | null;
  /** The contact that the row is about, where it is here already. */
  contactId: string | null;
  said: Said;
  /** A right was not given because of an order: the row is looked at again the next time. */
  denied: boolean;
}

/** Contacts with their rights, and the persons who are new with them. */
export async function writeContacts(work: Work): Promise<void> {
  const { across, kept, progress } = work.setting;
  for (const some of portions(work.gone, 1_000)) {
    await across.in("students", async (session) => {
      const records = new Map((await students.contactsById(session, some.map(({ kept: { recordId } }) => recordId))).map((record) => [record.id, record]));
      for (const row of some) {
        const record = records.get(row.kept.recordId);
        if (record !== undefined && !work.untouched(row, plain(record))) continue;
        work.book(row, row.kept.recordId);
        if (record !== undefined) students.archiveContact(session, record);
        kept.forget(work.name, row.key);
      }
    });
    await across.in("rostering", (session) => kept.save(session));
  }
  const desk = new ContactDesk(work);
  await desk.readPersons();
  let done = 0;
  for (const rows of portions(work.open, 1_000)) {
    await desk.write(rows);
    await across.in("rostering", (session) => kept.save(session));
    progress(`${(done += rows.length)} of ${work.open.length} contacts`);
  }
}

class ContactDesk {
  readonly work: Work;
  /** Who each of the office's ids is. */
  readonly #persons = new Map<string, string>();
  /** Persons whom an import of this file has made: their names are the file's. */
  readonly #own = new Set<string>();
  /** Persons who were somebody once and are on record no more, e.g. after a merge. */
  readonly #gone = new Set<string>();
  readonly #lines = new Map<string, { line: number; print: string }>();

  constructor(work: Work) {
    this.work = work;
  }

  /** From the rows of earlier imports, from what a clerk has decided, and from the same source's users. Never from a name. */
  async readPersons(): Promise<void> {
    const { across, source, decisions, kept } = this.work.setting;
    const ids = [...new Set(this.work.open.map(({ cells }) => cells.contact_id))];
    const rows = await across.in("rostering", (session) => session.ask(sql<{ sourced_id: string; record_id: string }>`SELECT sourced_id, record_id FROM rostering.external_identifier
      WHERE source = ${source} AND record_type = 'Person' AND sourced_id = ANY (${ids}::text[]) AND archived_at IS NULL`));
    for (const { sourced_id: id, record_id: person } of rows) this.#persons.set(id, person);
    for (const id of ids) if (decisions.samePerson.has(id)) this.#persons.set(id, decisions.samePerson.get(id)!);
    for (const [key, { memory: { person } }] of kept.all(this.work.name)) {
      if (person === undefined) continue;
      this.#persons.set(key.split("|")[1]!, person.id);
      if (person.own) this.#own.add(person.id);
    }
    const chosen = [...new Set(ids.flatMap((id) => this.#persons.get(id) ?? []))];
    for (const some of portions(chosen)) {
      const there = await across.in("people", async (session) => new Set((await people.personsById(session, some)).flatMap(({ id, archivedAt }) => (archivedAt == null ? [id] : []))));
      for (const id of some) if (!there.has(id)) this.#gone.add(id);
    }
  }

  async write(rows: readonly Row[]): Promise<void> {
    const { across } = this.work.setting;
    const named = rows.flatMap((row) => {
      const student = this.work.attempt(row, () => this.work.student(row));
      return student === undefined ? [] : [{ row, student }];
    });
    if (named.length === 0) return;
    const ids = [...new Set(named.map(({ student }) => student.id))];
    const { contacts, orders } = await across.in("students", async (session) => ({
      contacts: (await students.contactsOf(session, ids)).map((record) => ({ record, student: String(plain(record).student) })),
      orders: (await students.courtOrdersOf(session, ids)).map((record) => ({ record, student: String(plain(record).student) })),
    }));
    const names = await across.in("people", async (session) => new Map((await people.personsById(session, [...new Set(contacts.map(({ record }) => record.personId))])).map((person) => [person.id, folded(person.givenName, person.familyName)])));
    const settled = named.flatMap(({ row, student }) => {
      const present = contacts.filter((each) => each.student === student.id).map(({ record }) => record);
      const restricting = orders.filter((each) => each.student === student.id).map(({ record }) => record);
      return this.work.attempt(row, () => this.#settle(row, student, present, restricting, names)) ?? [];
    });
    const persons = await across.in("people", (session) => this.#writePersons(session, settled));
    await across.in("students", async (session) => {
      const records = new Map((await students.contactsById(session, settled.flatMap(({ contactId }) => contactId ?? []))).map((record) => [record.id, record]));
      for (const each of settled) this.#writeContact(session, each, records.get(each.contactId ?? ""), persons.get(each.row)!);
    });
  }

  #settle(row: Row, student: KnownStudent, present: readonly Contact[], orders: readonly Order[], names: ReadonlyMap<string, string>): Settled {
    const { cells } = row;
    const { today, decisions } = this.work.setting;
    const personId = this.#persons.get(cells.contact_id) ?? null;
    if (personId !== null && this.#gone.has(personId)) leaveOut("The person whom this contact_id stands for is no longer on record. Say in the preview who it is now.");
    if (personId === student.personId) leaveOut("This contact_id is the student's own person. Correct it.");
    const name = folded(cells.given_name, cells.family_name);
    if (personId === null && !decisions.newPerson.has(cells.contact_id) && present.some((contact) => names.get(contact.personId) === name)) {
      leaveOut("The student has a contact of this name already, under no id of this file. Say in the preview whether the two are one person or two.");
    }
    const span = { from: cells.from_date ?? today, to: cells.last_day === null ? null : addDays(cells.last_day, 1) };
    const own = row.kept === undefined ? undefined : (present.find(({ id }) => id === row.kept!.recordId) ?? leaveOut("Somebody has taken this contact off the student's list since the last import. Add it by hand if the file is right."));
    const known = own ?? present.find((contact) => contact.personId === personId && overlaps({ from: contact.fromDate, to: contact.toDate ?? null }, span));
    if (known !== undefined) this.work.found(row, known.id);
    if (span.to !== null && span.to <= (known?.fromDate ?? span.from)) leaveOut("The last day lies before the first on which the contact counts. Correct it, or take the contact back with remove.");
    const said: Said = {
      relationship: this.work.read(row, "relationship").toUpperCase() as Said["relationship"],
      status: cells.confirmed === false ? "PROPOSED" : "CONFIRMED",
      fromDate: cells.from_date ?? known?.fromDate ?? today, toDate: span.to, emergencyOrder: cells.emergency_order, confidential: cells.confidential === true,
      ...(Object.fromEntries(Object.entries(rightColumns).map(([column, right]) => [right, cells[column as keyof typeof rightColumns] === true])) as Record<Right, boolean>),
    };
    return { row, student, personId, contactId: known?.id ?? null, said, denied: this.#obey(row, personId, said, orders) };
  }

  /** Takes the rights that an order in effect or to come takes from the person, and says so. */
  #obey(row: Row, personId: string | null, said: Said, orders: readonly Order[]): boolean {
    let denied = false;
    for (const [right, restricts] of Object.entries(restrictions) as [Right, (typeof restrictions)[Right]][]) {
      const order = orders.find((each) => each.personId === personId && each[restricts] && (each.toDate == null || each.toDate > this.work.setting.today) && overlaps({ from: each.fromDate, to: each.toDate ?? null }, { from: said.fromDate, to: said.toDate }));
      if (!said[right] || order === undefined) continue;
      const column = Object.entries(rightColumns).find(([, field]) => field === right)![0];
      said[right] = false;
      denied = true;
      this.work.say(row.line, `A court order from ${order.fromDate} on takes this right from the person: ${column} is not given.`);
    }
    return denied;
  }

  /** New persons, and what the file says anew of those whom it brought. Gives each row its person. Runs as people. */
  async #writePersons(session: WriteSession, settled: readonly Settled[]): Promise<Map<Row, PersonOfRow>> {
    const ids = [...new Set(settled.flatMap(({ personId }) => personId ?? []))];
    const persons = new Map((ids.length === 0 ? [] : await people.personsById(session, ids)).map((person) => [person.id, person]));
    const [emails, phones] = ids.length === 0 ? [[], []] : [await people.emailsOf(session, ids), await people.phonesOf(session, ids)];
    const mine = <T extends object>(rows: readonly T[], person: string) => rows.filter((row) => plain(row).person === person);
    const written = new Map<string, PersonOfRow>();
    return new Map(settled.map(({ row }) => {
      const { cells } = row;
      const before = row.kept?.memory.person;
      const names = { givenName: cells.given_name, familyName: cells.family_name };
      const print = fingerprint([names, cells.email, cells.phone, cells.phone_kind]);
      const first = this.#lines.get(cells.contact_id);
      if (first !== undefined && first.print !== print) this.work.say(row.line, `The name, the e-mail address or the telephone number of this contact_id differ from those in line ${first.line}. Those count.`);
      this.#lines.set(cells.contact_id, first ?? { line: row.line, print });
      const done = written.get(cells.contact_id);
      if (done !== undefined) return [row, done];
      const known = this.#persons.get(cells.contact_id);
      const personId = known ?? people.addPerson(session, names);
      if (known === undefined) {
        this.#persons.set(cells.contact_id, personId);
        this.#own.add(personId);
      }
      this.work.book(row, personId);
      const record = known === undefined ? undefined : persons.get(known);
      if (record !== undefined && this.#own.has(personId)) people.changePerson(session, record, changedFields(names, before?.prints ?? {}, record, new Set(Object.keys(names))));
      const [theirEmails, theirPhones] = [mine(emails, personId), mine(phones, personId)];
      const kind = (cells.phone_kind ?? "other").toUpperCase() as people.PhoneKind;
      const email = bring(theirEmails.map((each) => ({ record: each, value: each.address })), cells.email, before?.email, {
        add: (address) => people.addEmail(session, { person: personId, address, kind: "PERSONAL", preferred: !theirEmails.some(({ preferred }) => preferred) }),
        change: (each, address) => people.changeEmail(session, each, { address }),
        archive: (each) => people.archiveEmail(session, each),
      });
      const phone = bring(theirPhones.map((each) => ({ record: each, value: each.number })), cells.phone, before?.phone, {
        add: (number) => people.addPhone(session, { person: personId, number, kind, preferred: !theirPhones.some(({ preferred }) => preferred) }),
        change: (each, number) => people.changePhone(session, each, { number, ...(cells.phone_kind === null ? {} : { kind }) }),
        archive: (each) => people.archivePhone(session, each),
      });
      for (const each of [email, phone]) if (each !== undefined) this.work.book(row, each.id);
      for (const each of [...theirEmails, ...theirPhones]) this.work.book(row, each.id);
      const person: PersonOfRow = { id: personId, own: this.#own.has(personId), prints: printsOf(names), ...(email === undefined ? {} : { email }), ...(phone === undefined ? {} : { phone }) };
      written.set(cells.contact_id, person);
      return [row, person];
    }));
  }

  #writeContact(session: WriteSession, { row, student, said, denied }: Settled, record: Contact | undefined, person: PersonOfRow): void {
    const id = record?.id ?? students.addContact(session, { student: student.id, personId: person.id, ...said });
    this.work.book(row, id);
    if (record !== undefined) {
      // A proposal awaits its confirmation, and the office's own file gives it. What a clerk has confirmed here is the district's.
      const whole = row.kept === undefined && record.status === "PROPOSED";
      students.changeContact(session, record, whole ? { ...said, fromDate: record.fromDate } : this.work.changes(row, row.kept === undefined ? told(row, said) : { ...said }, plain(record)));
    }
    this.work.remember(row, id, { ...said, ...(record !== undefined && row.kept === undefined ? { fromDate: record.fromDate } : {}) }, { whole: !denied, person });
  }
}

/** Of a contact that was here before: what the row says, and not what it leaves blank. */
function told({ cells }: Row, said: Said): Partial<Said> {
  const { fromDate: _, confidential, ...rest } = said;
  const blank = Object.entries(rightColumns).flatMap(([column, right]) => (cells[column as keyof typeof rightColumns] === null ? [right] : []));
  return { ...Object.fromEntries(Object.entries(rest).filter(([name]) => !blank.includes(name as Right))), ...(cells.confidential === null ? {} : { confidential }) };
}

const folded = (given: string, family: string): string => `${given} ${family}`.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();

interface Bringing<T> {
  add: (value: string) => string;
  change: (record: T, value: string) => void;
  archive: (record: T) => void;
}

/** Brings one address or number to what the file says: what somebody has changed here since stays beside it. */
function bring<T extends { id: string }>(present: readonly { record: T; value: string }[], said: string | null, before: Brought | undefined, { add, change, archive }: Bringing<T>): Brought | undefined {
  const print = fingerprint(said);
  const brought = present.find(({ record }) => record.id === before?.id);
  const untouched = brought !== undefined && fingerprint(brought.value) === before!.print;
  if (said === null) {
    if (untouched) archive(brought.record);
    return undefined;
  }
  if (before?.print === print) return before;
  const same = present.find(({ value }) => value === said);
  if (same !== undefined) return { id: same.record.id, print };
  if (!untouched) return { id: add(said), print };
  change(brought.record, said);
  return { id: brought.record.id, print };
}
