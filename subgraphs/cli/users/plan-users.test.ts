import { describe, expect, it } from "vitest";
import { missingRoles, planUsers, type PresentUser } from "./plan-users.ts";

const expected = (person_id: string, more: object = {}) => ({ person_id, given_name: "Maria", family_name: person_id, email: `${person_id}@example.org`, student_number: null, portals: ["staff"], duties: [], ...more });
const present = (person: string, more: Partial<PresentUser> = {}): PresentUser => ({ id: `id-${person}`, username: `${person}@example.org`, email: `${person}@example.org`, firstName: "Maria", lastName: person, enabled: true, personId: person, groups: ["staff"], duties: [], ...more });
const plan = (people: ReturnType<typeof expected>[], users: PresentUser[] = [], linked: [string, string][] = []) => planUsers({ expected: people, present: users, linked: new Map(linked) });

describe("left out, with a sentence", () => {
  it.each<[string, ReturnType<typeof expected>[], PresentUser[], RegExp]>([
    ["two who share an e-mail address", [expected("a", { email: "x@example.org" }), expected("b", { email: "x@example.org" })], [], /shares the e-mail address x@example.org/],
    ["somebody without an address or a number", [expected("a", { email: null })], [], /no e-mail address/],
    ["somebody whose address a stranger's user has", [expected("a")], [present("other", { personId: null, email: "a@example.org" })], /was not made from the records/],
    ["somebody whose name a user of another person has", [expected("a")], [present("b", { username: "a@example.org" })], /was not made from the records/],
  ])("%s", (_name, people, users, says) => {
    const { create, change, leftOut } = plan(people, users);
    expect([create, change]).toEqual([[], []]);
    expect(leftOut).toHaveLength(people.length);
    for (const line of leftOut) expect(line).toMatch(says);
  });

  it("is not a student who shares her mother's address: she signs in by her number, without one", () => {
    const { create, leftOut } = plan([expected("a", { email: "x@example.org", student_number: "604863", portals: ["student"] }), expected("b", { email: "x@example.org", portals: ["parent"] })]);
    expect(create).toMatchObject([{ username: "604863", email: null, groups: ["students"] }]);
    expect(leftOut).toHaveLength(1);
  });
});

it("makes who is missing, in the groups of the portals", () => {
  expect(plan([expected("a", { portals: ["parent", "staff", "teacher"] })]).create).toEqual([{ personId: "a", username: "a@example.org", email: "a@example.org", firstName: "Maria", lastName: "a", groups: ["families", "staff", "teachers"] }]);
});

it("changes what differs, brings back who returns, and keeps the user name", () => {
  const { change, create } = plan([expected("a", { email: "new@example.org", given_name: "Mary", portals: ["parent"] })], [present("a", { enabled: false })]);
  expect(create).toEqual([]);
  expect(change).toMatchObject([{ to: { username: "a@example.org", email: "new@example.org" }, what: ["enabled again", "e-mail address", "name", "into families", "out of staff"] }]);
});

it("disables those it made who left, once, and nobody whom somebody made by hand", () => {
  const { disable, byHand, unchanged } = plan([expected("here"), expected("linked")], [present("here"), present("left"), present("gone", { enabled: false }), present("root", { personId: null }), present("hand", { personId: null })], [["id-hand", "linked"]]);
  expect([disable.map((user) => user.username), byHand, unchanged]).toEqual([["left@example.org"], 1, 1]);
});

it("tells whose duties have no role at the provider, and gives none", () => {
  const people = [expected("a", { duties: ["REGISTRAR", "TEACHER"] }), expected("b", { duties: ["SCHOOL_SECRETARY"] })];
  expect(missingRoles(people, [present("a", { duties: ["registrar"] }), present("b")], new Map())).toEqual(["Maria b (b@example.org): school-secretary"]);
});
