import { plusDays, plusYears } from "../days.ts";
import type { Draft } from "../draft.ts";
import type { Chance } from "../chance.ts";
import { adultMen, adultWomen, origins, streetKinds, streets, towns, type Origin, type Race } from "./names.ts";

export type Sex = "FEMALE" | "MALE";

export interface SeededPerson {
  readonly id: string;
  readonly givenName: string;
  readonly familyName: string;
}

const plain = (name: string) => name.normalize("NFD").replace(/[^a-zA-Z-]/g, "").toLowerCase();

/** Makes the persons of a zone with what belongs to them, one after the other. */
export class PersonPlanner {
  readonly draft: Draft;
  readonly chance: Chance;
  readonly #mailboxPlace: string;
  readonly #mailboxes = new Map<string, number>();
  #phones = 0;

  constructor(draft: Draft, chance: Chance, zone: number) {
    this.draft = draft;
    this.chance = chance;
    this.#mailboxPlace = zone === 0 ? "" : `.${zone + 1}`;
  }

  /** A person by name; `extra` are further fields. */
  person(givenName: string, familyName: string, extra: { middleName?: string; preferredGivenName?: string; pronouns?: string; suffix?: string } = {}): SeededPerson {
    return { id: this.draft.add("people", "Person", { givenName, familyName, ...extra }), givenName, familyName };
  }

  /** Someone who works for the district, reachable at work. `inPlace`: named, but drawn as anybody is, so that a name changes nobody else. */
  employee(name?: { firstName: string; lastName: string; email: string }, inPlace = false): SeededPerson {
    const { chance } = this;
    const origin = this.origin();
    const given = chance.pick(chance.happens(0.68) ? [...adultWomen, ...origin.girls] : [...adultMen, ...origin.boys]);
    const family = name === undefined || inPlace ? chance.pick(origin.families) : name.lastName;
    const person = this.person(name?.firstName ?? given, name?.lastName ?? family);
    this.email(person, "DISTRICT", name?.email);
    this.phone(person, "WORK");
    return person;
  }

  /** An adult of a family, with a mobile phone and mostly an e-mail address. */
  adult(sex: Sex, familyName: string, origin: Origin, givenName?: string, confidentialPhone = false): SeededPerson {
    const { chance } = this;
    const [own, usual] = sex === "FEMALE" ? [origin.girls, adultWomen] : [origin.boys, adultMen];
    const person = this.person(givenName ?? chance.pick(chance.happens(0.5) ? own : usual), familyName);
    this.phone(person, "MOBILE", confidentialPhone);
    if (chance.happens(0.92)) this.email(person, "PERSONAL");
    return person;
  }

  /** A telephone number of the range that is kept free for invented people. */
  phone(person: SeededPerson, kind: "MOBILE" | "HOME" | "WORK", confidential = false): void {
    const [area, number] = [["541", "503", "458", "971"][Math.floor(this.#phones / 100) % 4], String(this.#phones % 100).padStart(2, "0")];
    this.#phones += 1;
    this.draft.add("people", "PersonPhone", { person: person.id, number: `+1 ${area} 555 01${number}`, kind, preferred: true, confidential });
  }

  email(person: SeededPerson, kind: "PERSONAL" | "DISTRICT", address?: string): void {
    const mailbox = `${plain(person.givenName)}.${plain(person.familyName)}`;
    const nth = (this.#mailboxes.get(`${mailbox}${kind}`) ?? 0) + 1;
    this.#mailboxes.set(`${mailbox}${kind}`, nth);
    const domain = kind === "DISTRICT" ? "avusd.example.org" : "example.org";
    this.draft.add("people", "PersonEmail", { person: person.id, address: address ?? `${mailbox}${nth > 1 ? nth : ""}${this.#mailboxPlace}@${domain}`, kind, preferred: true });
  }

  demographics(person: SeededPerson, facts: { birthDate: string; legalSex: Sex | "X"; origin: Origin; language: string }): void {
    const { chance } = this;
    const { origin } = facts;
    const answered = chance.happens(0.96);
    const second = chance.happens(0.07) ? chance.pick(["asian", "blackOrAfricanAmerican", "white", "americanIndianOrAlaskaNative"] as const) : null;
    const answers = answered && !(origin.hispanic && chance.happens(0.3)) ? ([...origin.races, ...(second === null ? [] : [second])] satisfies Race[]) : [];
    this.draft.add("people", "PersonDemographics", {
      id: person.id, birthDate: facts.birthDate, legalSex: facts.legalSex, homeLanguage: facts.language, hispanicOrLatino: answered ? origin.hispanic : null,
      ...Object.fromEntries(answers.map((race) => [race, true])),
    });
  }

  /** A birth date of an adult between these ages. */
  adultBirthDate(from: number, to: number): string {
    return plusDays(plusYears(this.draft.today, -this.chance.whole(from, to)), -this.chance.whole(0, 364));
  }

  /** A household with an address and members, all since `fromDate`. The first member's mail comes to it. */
  household(name: string, members: readonly SeededPerson[], options: { fromDate: string; confidential?: boolean }): void {
    const { chance, draft } = this;
    const [city, postalCode] = chance.pick(towns);
    const line1 = `${chance.whole(12, 2890)} ${chance.pick(streets)} ${chance.pick(streetKinds)}`;
    const line2 = chance.happens(0.18) ? `Apt ${chance.whole(1, 40)}` : null;
    const household = draft.add("people", "Household", { name });
    draft.add("people", "HouseholdAddress", { household, kind: "HOME", line1, line2, city, region: "OR", postalCode, fromDate: options.fromDate, addressConfidential: options.confidential ?? false });
    members.forEach((member, index) => draft.add("people", "HouseholdMember", { household, person: member.id, fromDate: options.fromDate, mailings: index === 0 }));
  }

  origin(): Origin {
    return this.chance.weighed(origins.map((origin) => [origin, origin.weight] as const));
  }
}
