import type { platform } from "../../rostering/domains.ts";

type ExpectedUser = platform.ExpectedUser;

/** The attribute that marks a user as made from the records, and names the person. */
export const personAttribute = "osssPerson";

/** A user of the identity provider, as far as the records have a say in it. */
export interface PresentUser {
  readonly id: string;
  readonly username: string;
  readonly email: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly enabled: boolean;
  /** The person whom the user was made for; null for users that somebody made by hand. */
  readonly personId: string | null;
  /** Of the realm's groups for portals, those that the user is in. */
  readonly groups: readonly Group[];
  /** Roles of duties that the user has. */
  readonly duties: readonly string[];
}

export type Group = "staff" | "teachers" | "families" | "students";
const groupOf: Readonly<Record<string, Group>> = { staff: "staff", teacher: "teachers", parent: "families", student: "students" };

/** How the user is to be. */
export interface WantedUser {
  readonly personId: string;
  readonly username: string;
  readonly email: string | null;
  readonly firstName: string;
  readonly lastName: string;
  readonly groups: readonly Group[];
}

export interface UserPlan {
  readonly create: readonly WantedUser[];
  readonly change: readonly { readonly user: PresentUser; readonly to: WantedUser; readonly what: readonly string[] }[];
  readonly disable: readonly PresentUser[];
  /** Users that are as they should be. */
  readonly unchanged: number;
  /** Users whom somebody made by hand and linked: left as they are. */
  readonly byHand: number;
  /** Sentences about persons who get no user, and why. */
  readonly leftOut: readonly string[];
}

export interface PlanParts {
  readonly expected: readonly ExpectedUser[];
  readonly present: readonly PresentUser[];
  /** Persons by the subject that they sign in as. */
  readonly linked: ReadonlyMap<string, string>;
}

const nameOf = (one: ExpectedUser) => `${one.given_name} ${one.family_name}`;

/** What must be done so that the users are those of the records. Users without the attribute are nobody's business here. */
export function planUsers({ expected, present, linked }: PlanParts): UserPlan {
  const byPerson = new Map(present.flatMap((user) => (user.personId ? [[user.personId, user] as const] : [])));
  const handMade = new Set(present.flatMap((user) => (user.personId === null && linked.has(user.id) ? [linked.get(user.id)!] : [])));
  const leftOut: string[] = [];
  const wanted = new Map<string, WantedUser>();
  const shared = repeated(expected.map((one) => one.email));
  const names = new Map(present.flatMap((user) => [[user.username, user] as const, ...(user.email ? [[user.email, user] as const] : [])]));
  for (const one of expected) {
    if (handMade.has(one.person_id)) continue;
    const refused = whyNot(one, shared);
    if (refused) {
      leftOut.push(`${nameOf(one)}: ${refused}`);
      continue;
    }
    const user = wantedOf(one, shared, byPerson.get(one.person_id));
    const taken = [user.username, user.email].flatMap((name) => (name === null ? [] : (names.get(name) ?? []))).find((other) => other.personId !== one.person_id);
    if (taken) leftOut.push(`${nameOf(one)}: the user ${taken.username} has this name or e-mail address already and was not made from the records. Link that user by an invitation, or rename it.`);
    else wanted.set(one.person_id, user);
  }
  const create = [...wanted.values()].filter(({ personId }) => !byPerson.has(personId));
  const differing = [...wanted.values()].flatMap((to) => {
    const user = byPerson.get(to.personId);
    const what = user ? differences(user, to) : [];
    return user && what.length > 0 ? [{ user, to, what }] : [];
  });
  const stays = new Set(expected.map((one) => one.person_id));
  const disable = present.filter((user) => user.enabled && user.personId !== null && !stays.has(user.personId));
  return { create, change: differing, disable, unchanged: wanted.size - create.length - differing.length, byHand: handMade.size, leftOut };
}

function whyNot(one: ExpectedUser, shared: ReadonlySet<string>): string | null {
  if (one.email !== null && shared.has(one.email) && one.student_number === null) return `shares the e-mail address ${one.email} with somebody else. Give each an address of her own, or send invitations.`;
  if (one.email === null && one.student_number === null) return "has no e-mail address in the records that is not unlisted. Add one, or send an invitation.";
  return null;
}

/** A user name stays what it was when the user was made: people know it by heart. */
function wantedOf(one: ExpectedUser, shared: ReadonlySet<string>, user: PresentUser | undefined): WantedUser {
  return {
    personId: one.person_id,
    username: user?.username ?? (one.student_number ?? one.email!).toLowerCase(),
    // A student signs in by her number; an address that she shares with her mother is her mother's.
    email: one.email !== null && shared.has(one.email) ? null : one.email,
    firstName: one.given_name,
    lastName: one.family_name,
    groups: one.portals.flatMap((portal) => groupOf[portal] ?? []).toSorted(),
  };
}

function differences(user: PresentUser, to: WantedUser): string[] {
  return [
    ...(user.enabled ? [] : ["enabled again"]),
    ...(user.email === to.email ? [] : ["e-mail address"]),
    ...(user.firstName === to.firstName && user.lastName === to.lastName ? [] : ["name"]),
    ...to.groups.filter((group) => !user.groups.includes(group)).map((group) => `into ${group}`),
    ...user.groups.filter((group) => !to.groups.includes(group)).map((group) => `out of ${group}`),
  ];
}

function repeated(values: readonly (string | null)[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(values.filter((value): value is string => value !== null && (seen.has(value) || !seen.add(value))));
}

/** Duties of today whose role no user of the person carries: the administrator of the identity provider gives roles, nobody else. */
export function missingRoles(expected: readonly ExpectedUser[], present: readonly PresentUser[], linked: ReadonlyMap<string, string>): string[] {
  const byPerson = new Map(present.flatMap((user) => [user.personId, linked.get(user.id) ?? null].flatMap((person) => (person ? [[person, user] as const] : []))));
  return expected.flatMap((one) => {
    const user = byPerson.get(one.person_id);
    const roles = one.duties.filter((duty) => !["TEACHER", "STAFF"].includes(duty)).map((duty) => duty.toLowerCase().replaceAll("_", "-"));
    const missing = roles.filter((role) => !user?.duties.includes(role));
    return missing.length > 0 ? [`${nameOf(one)} (${user?.username ?? "new"}): ${missing.join(", ")}`] : [];
  });
}
