import type { FieldProblem } from "#foundation/errors/errors";

/** An hour of a section's week: a period on a day of the rotation, or on every day. */
export interface Slot {
  rotationDayId?: string | null;
  periodCode: string;
  roomId?: string | null;
}

/** What is wrong with the slots of one section, whatever others do: unknown periods, and two slots in the same hour. */
export function problemsOfSlots(slots: readonly Slot[], periodCodes: ReadonlySet<string>): FieldProblem[] {
  return slots.flatMap((slot, i) => {
    const path = `input.slots.${i}.periodCode`;
    if (!periodCodes.has(slot.periodCode)) return [{ path, message: `No bell schedule of the school has a period ${slot.periodCode}. Add it there first, or choose another one.` }];
    const same = slots.slice(0, i).some((other) => other.periodCode === slot.periodCode && sharesDay(slot, other));
    return same ? [{ path, message: "The section would meet twice in this period. Leave one of the two slots out." }] : [];
  });
}

/** A slot without a rotation day is one on every day. */
const sharesDay = (a: Slot, b: Slot): boolean => !a.rotationDayId || !b.rotationDayId || a.rotationDayId === b.rotationDayId;
