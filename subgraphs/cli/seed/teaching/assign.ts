import type { Member } from "./requests.ts";
import type { Unit } from "./timetable.ts";

/** A group may take so many above its seats when somebody would else miss what she needs. */
const tolerance = 4;

/**
 * Gives every student a group for each request, each in another slot. Where not all requests fit together the last ones give way to
 * another group that is open in a slot left free. `prefers` says which groups a student is to be in when she can.
 */
export function assignStudents(members: readonly Member[], units: readonly Unit[], slots: number, prefers: (member: Member, unit: Unit) => boolean): void {
  for (const member of members) {
    for (const room of [0, tolerance]) {
      const found = match(member, units, slots, room, prefers);
      if (found.filter((unit) => unit !== undefined).length < member.requests.length && room < tolerance) continue;
      const chosen = found.filter((unit) => unit !== undefined);
      for (const unit of chosen) unit.students.push(member);
      fillFreeSlots(member, chosen, units, slots, member.requests.length - chosen.length);
      break;
    }
  }
}

/** For each request a unit, no two in one slot (a maximum matching by augmenting paths); undefined where none is left. */
function match(member: Member, units: readonly Unit[], slots: number, room: number, prefers: (member: Member, unit: Unit) => boolean): (Unit | undefined)[] {
  const choices = member.requests.map((offering) =>
    units
      .filter((unit) => unit.offering === offering && unit.slot < slots && unit.students.length < offering.seats + room)
      .sort((a, b) => Number(prefers(member, b)) - Number(prefers(member, a)) || a.students.length - b.students.length || a.number - b.number),
  );
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
  const order = member.requests.map((_, index) => index).sort((a, b) => choices[a]!.length - choices[b]!.length);
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
