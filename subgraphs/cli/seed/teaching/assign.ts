import type { Offering } from "./offerings.ts";
import type { Member } from "./requests.ts";
import type { Timetable, Unit } from "./timetable.ts";

/** A group may take so many above its seats when somebody would else miss what she needs. */
const tolerance = 4;

/**
 * Gives every student a group for each request, each in another slot. Where not all requests fit together some give way to another group
 * that is open in a slot left free. `prefers` says which groups a student is to be in when she can.
 */
export function assignStudents(members: readonly Member[], units: readonly Unit[], slots: number, prefers: (member: Member, unit: Unit) => boolean): void {
  const anywhere = () => false;
  for (const member of members) {
    const liked = units.some((unit) => prefers(member, unit)) ? [match(member, units, slots, tolerance, prefers)] : [];
    const ways = [...liked, match(member, units, slots, 0, anywhere), match(member, units, slots, tolerance, anywhere)].map((way) => way.filter((unit) => unit !== undefined));
    const most = Math.max(...ways.map(({ length }) => length));
    // With whom she is to be, where that costs no course; else within the seats, where that costs none.
    const chosen = ways.find(({ length }) => length === most)!;
    for (const unit of chosen) unit.students.push(member);
    fillFreeSlots(member, chosen, units, slots, member.requests.length - chosen.length);
  }
}

/**
 * In a small school nearly everything is taught once, and one bad hour leaves a student without a course. Moves groups to other hours as
 * long as that places more requests.
 */
export function makeRoom(members: readonly Member[], { units, place, isFree }: Timetable, slots: number): void {
  const weight = ({ required, key }: Offering) => (required && key !== "STUDY" ? 5 : 1);
  const missing = () => members.reduce((sum, member) => match(member, units, slots, Infinity, () => false).reduce((all, unit, index) => all + (unit === undefined ? weight(member.requests[index]!) : 0), sum), 0);
  let least = missing();
  for (let round = 0; round < 4 && least > 0; round += 1) {
    const before = least;
    for (const unit of units) {
      for (let slot = 0; slot < slots && least > 0; slot += 1) {
        const was = unit.slot;
        if (slot === was || !isFree(unit, slot)) continue;
        place(unit, slot);
        const now = missing();
        // Moves that cost nothing are made as well: the next one may gain by them.
        if (now <= least) least = now;
        else place(unit, was);
      }
    }
    if (least === before && round > 1) break;
  }
}

/**
 * For each request a unit, no two in one slot (a maximum matching by augmenting paths); undefined where none is left. Of an offering with
 * preferred units no other is taken.
 */
function match(member: Member, units: readonly Unit[], slots: number, room: number, prefers: (member: Member, unit: Unit) => boolean): (Unit | undefined)[] {
  const choices = member.requests.map((offering) => {
    const open = units.filter((unit) => unit.offering === offering && unit.slot < slots && unit.students.length < offering.seats + room);
    const preferred = open.filter((unit) => prefers(member, unit));
    return (preferred.length > 0 ? preferred : open).sort((a, b) => a.students.length - b.students.length || a.number - b.number);
  });
  const inSlot: (number | undefined)[] = Array.from({ length: slots });
  const unitOf: (Unit | undefined)[] = member.requests.map(() => undefined);
  const settle = (request: number, seen: Set<number>): boolean => {
    for (const unit of choices[request]!) {
      if (seen.has(unit.slot)) continue;
      seen.add(unit.slot);
      const holder = inSlot[unit.slot];
      if (holder !== undefined && !settle(holder, seen)) continue;
      inSlot[unit.slot] = request;
      unitOf[request] = unit;
      return true;
    }
    return false;
  };
  // What is placed stays placed: what must be taken comes first.
  const order = member.requests.map((_, index) => index).sort((a, b) => Number(member.requests[b]!.required) - Number(member.requests[a]!.required) || choices[a]!.length - choices[b]!.length);
  for (const request of order) settle(request, new Set());
  return unitOf;
}

function fillFreeSlots(member: Member, chosen: readonly Unit[], units: readonly Unit[], slots: number, missing: number): void {
  const taken = new Set(chosen.map(({ slot }) => slot));
  const has = new Set(chosen.map(({ offering }) => offering));
  for (let slot = 0; slot < slots && missing > 0; slot += 1) {
    if (taken.has(slot)) continue;
    const open = units.filter((unit) => unit.slot === slot && unit.offering.repeatable && !has.has(unit.offering) && unit.students.length < unit.offering.seats + tolerance);
    const [unit] = open.sort((a, b) => a.students.length - b.students.length || a.number - b.number);
    if (unit === undefined) continue;
    unit.students.push(member);
    has.add(unit.offering);
    missing -= 1;
  }
}
