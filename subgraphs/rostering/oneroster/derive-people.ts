import { compareText, DeviationLog, quoted, type Deviation } from "./deviation.ts";
import type { RosterBundle, RosterUser } from "./roster-model.ts";

const familyRoles = ["guardian", "parent", "relative"] as const;

/**
 * The students of a package: active users with the role student at any organization. Decided: an
 * enrollment as a student makes nobody a student, because exports enroll teachers so by mistake; and
 * a user whose account is disabled is still a student, because young children often have none.
 */
export function studentsOf(bundle: RosterBundle): RosterUser[] {
  return bundle.users.filter(isStudent);
}

function isStudent(user: RosterUser): boolean {
  return user.status === "active" && user.roles.some(({ role }) => role === "student");
}

/** A person's work at one organization. */
export interface StaffAssignment {
  userSourcedId: string;
  orgSourcedId: string;
  /** "teacher" and "staff" are portals without a duty; "counselor" and "principal" are duties. */
  assignment: "teacher" | "counselor" | "principal" | "staff";
  /** What the source called it. */
  sourceRole: string;
  /** Half-open; null where the source gives no day. */
  begin: string | null;
  end: string | null;
}

const assignments: Readonly<Record<string, StaffAssignment["assignment"]>> = {
  teacher: "teacher",
  counselor: "counselor",
  principal: "principal",
  administrator: "staff",
  aide: "staff",
  districtAdministrator: "staff",
  proctor: "staff",
  siteAdministrator: "staff",
  systemAdministrator: "staff",
};

/**
 * Who works where. Decided: only teacher, counselor and principal are taken for what they say. The
 * administrators are not: 1.1's "administrator" is anyone from a clerk to a superintendent, and
 * 1.2's administrators are administrators of software; they come as plain staff and are given their
 * duties by hand. Extension roles (`ext:`) give nothing but a warning. A user whose account is
 * disabled gets no assignment. The same assignment named twice comes once.
 */
export function staffAssignmentsOf(bundle: RosterBundle): { assignments: StaffAssignment[]; deviations: Deviation[] } {
  const log = new DeviationLog();
  const found = new Map<string, StaffAssignment>();
  for (const user of bundle.users) {
    if (user.status !== "active" || !user.enabled) continue;
    for (const { role, orgSourcedId, begin, end } of user.roles) {
      const assignment = assignments[role];
      if (assignment !== undefined) {
        const derived = { userSourcedId: user.sourcedId, orgSourcedId, assignment, sourceRole: role, begin, end };
        found.set(JSON.stringify([user.sourcedId, orgSourcedId, assignment, begin, end]), derived);
      } else if (role.startsWith("ext:")) {
        log.add("role-unmapped", { file: "users.csv", row: user.row }, `The role ${quoted(role)} is an extension of the source system. It gives no assignment; give the person a duty by hand if one is meant.`);
      }
    }
  }
  return { assignments: [...found.values()], deviations: log.list() };
}

/** A person named as related to a student, to be confirmed by a clerk. Carries no right of any kind. */
export interface ContactProposal {
  studentSourcedId: string;
  contactSourcedId: string;
  relationship: "parent" | "guardian" | "relative" | "unspecified";
}

/**
 * Who is related to which student. A student's agents are contacts, whatever their own role; a
 * family member (parent, guardian, relative) who names a student as agent is one too, as some
 * systems write the relation from that side. Decided: the relationship is the contact's own family
 * role, "unspecified" when there is none or more than one kind; nothing is guessed from names. An
 * agent who is not in the package (a delta) is left to the importer as an open reference.
 */
export function contactsOf(bundle: RosterBundle): ContactProposal[] {
  const users = new Map(bundle.users.map((user) => [user.sourcedId, user]));
  const found = new Map<string, ContactProposal>();
  const add = (student: RosterUser, contact: RosterUser) => {
    if (student === contact || contact.status !== "active") return;
    found.set(JSON.stringify([student.sourcedId, contact.sourcedId]), {
      studentSourcedId: student.sourcedId,
      contactSourcedId: contact.sourcedId,
      relationship: relationshipOf(contact),
    });
  };
  for (const user of bundle.users) {
    if (user.status !== "active") continue;
    for (const agent of user.agentSourcedIds.flatMap((id) => users.get(id) ?? [])) {
      if (isStudent(user)) add(user, agent);
      else if (isFamily(user) && isStudent(agent)) add(agent, user);
    }
  }
  return [...found.values()].sort((a, b) => compareText(a.studentSourcedId, b.studentSourcedId) || compareText(a.contactSourcedId, b.contactSourcedId));
}

/** Active users with a family role, whether or not the package ties them to a student. */
export function familyOf(bundle: RosterBundle): RosterUser[] {
  return bundle.users.filter((user) => user.status === "active" && isFamily(user));
}

function isFamily(user: RosterUser): boolean {
  return familyRoles.some((family) => user.roles.some(({ role }) => role === family));
}

function relationshipOf(contact: RosterUser): ContactProposal["relationship"] {
  const held = familyRoles.filter((family) => contact.roles.some(({ role }) => role === family));
  return held.length === 1 ? (held[0] ?? "unspecified") : "unspecified";
}
