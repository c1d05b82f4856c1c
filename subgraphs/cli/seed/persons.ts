import { people as port } from "../../rostering/domains.ts";
import { plusDays, plusYears } from "./days.ts";
import type { Draft } from "./draft.ts";
import { origins, streetKinds, streets, towns, type Origin, type Race } from "./names.ts";

export type Sex = "FEMALE" | "MALE";

export interface SeededPerson {
  id: string;
  givenName: string;
  familyName: string;
}

const plain = (name: string) => name.normalize("NFD").replace(/[^a-zA-Z-]/g, "").toLowerCase();

/** Makes persons with what belongs to them, one after the other. */
export class PersonPlanner {
  readonly #draft: Draft;
  #phones = 0;
  readonly #mailboxes = new Map<string, number>();

  constructor(draft: Draft) {
    this.#draft = draft;
  }

  /** A person by name; `extra` are further fields. */
  person(givenName: string, familyName: string, extra: { middleName?: string; preferredGivenName?: string; pronouns?: string; suffix?: string } = {}): SeededPerson {
    const id = this.#draft.chance.id();
    this.#draft.people.push((s) => port.addPerson(s, { givenName, familyName, ...extra }, id));
    return { id, givenName, familyName };
  }

  /** A telephone number of the range that is kept free for invented people. */
  phone(person: SeededPerson, kind: "MOBILE" | "HOME" | "WORK", confidential = false): void {
    const [area, number] = [["541", "503", "458", "971"][Math.floor(this.#phones / 100) % 4], String(this.#phones % 100).padStart(2, "0")];
    this.#phones += 1;
    const id = this.#draft.chance.id();
    this.#draft.people.push((s) => port.addPhone(s, { person: person.id, number: `+1 ${area} 555 01${number}`, kind, preferred: true, confidential }, id));
  }

  email(person: SeededPerson, kind: "PERSONAL" | "DISTRICT", address?: string): void {
    const mailbox = `${plain(person.givenName)}.${plain(person.familyName)}`;
    const nth = (this.#mailboxes.get(`${mailbox}${kind}`) ?? 0) + 1;
    this.#mailboxes.set(`${mailbox}${kind}`, nth);
    const domain = kind === "DISTRICT" ? "avusd.example.org" : "example.org";
    const id = this.#draft.chance.id();
    this.#draft.people.push((s) => port.addEmail(s, { person: person.id, address: address ?? `${mailbox}${nth > 1 ? nth : ""}@${domain}`, kind, preferred: true }, id));
  }

  demographics(person: SeededPerson, facts: { birthDate: string; legalSex: Sex | "X"; origin: Origin; language: string }): void {
    const { chance } = this.#draft;
    const { origin } = facts;
    const answered = chance.happens(0.96);
    const second = chance.happens(0.07) ? chance.pick(["asian", "blackOrAfricanAmerican", "white", "americanIndianOrAlaskaNative"] as const) : null;
    const answers = answered && !(origin.hispanic && chance.happens(0.3)) ? ([...origin.races, ...(second === null ? [] : [second])] satisfies Race[]) : [];
    this.#draft.people.push((s) =>
      port.addDemographics(s, person.id, {
        birthDate: facts.birthDate, legalSex: facts.legalSex, homeLanguage: facts.language, hispanicOrLatino: answered ? origin.hispanic : null,
        ...Object.fromEntries(answers.map((race) => [race, true])),
      }),
    );
  }

  /** A birth date of an adult between these ages. */
  adultBirthDate(from: number, to: number): string {
    const { chance, today } = this.#draft;
    return plusDays(plusYears(today, -chance.whole(from, to)), -chance.whole(0, 364));
  }

  /** A household with an address and members, all since `fromDate`. The first member's mail comes to it. */
  household(name: string, members: readonly SeededPerson[], options: { fromDate: string; confidential?: boolean }): void {
    const { chance, people } = this.#draft;
    const id = chance.id();
    const address = chance.id();
    const [city, postalCode] = chance.pick(towns);
    const line1 = `${chance.whole(12, 2890)} ${chance.pick(streets)} ${chance.pick(streetKinds)}`;
    const line2 = chance.happens(0.18) ? `Apt ${chance.whole(1, 40)}` : null;
    people.push((s) => port.addHousehold(s, { name }, id));
    people.push((s) => port.addHouseholdAddress(s, { household: id, kind: "HOME", line1, line2, city, region: "OR", postalCode, fromDate: options.fromDate, addressConfidential: options.confidential ?? false }, address));
    members.forEach((member, index) => {
      const membership = chance.id();
      people.push((s) => port.addHouseholdMember(s, { household: id, person: member.id, fromDate: options.fromDate, mailings: index === 0 }, membership));
    });
  }

  origin(): Origin {
    return this.#draft.chance.weighed(origins.map((origin) => [origin, origin.weight] as const));
  }
}
