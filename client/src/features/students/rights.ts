import type { Day } from "../../primitives/days.ts";
import { covers } from "../../primitives/days.ts";

/** What a contact may do about a student, in the order in which an office asks. */
export const rights = ["educationRights", "decisionMaking", "pickUp", "livesWith", "mailings", "portalAccess"] as const;
export type Right = (typeof rights)[number];

const restrictions = {
  educationRights: "restrictsEducation",
  decisionMaking: "restrictsDecisionMaking",
  pickUp: "restrictsPickUp",
  livesWith: "restrictsLivesWith",
  mailings: "restrictsMailings",
  portalAccess: "restrictsPortal",
} as const satisfies Record<Right, string>;

export type Restriction = (typeof restrictions)[Right];

export interface Order extends Readonly<Record<Restriction, boolean>> {
  readonly fromDate: Day;
  readonly toDate: Day | null;
  readonly person: { readonly id: string } | null;
}

/** A right that is listed for a contact: whether it holds today, or an order takes it away. */
export interface HeldRight {
  readonly right: Right;
  readonly restricted: boolean;
}

export const inEffect = (order: Pick<Order, "fromDate" | "toDate">, today: Day): boolean => covers({ from: order.fromDate, to: order.toDate }, today);

/** The rights that an order takes. */
export const takenBy = (order: Order): Right[] => rights.filter((right) => order[restrictions[right]]);

/** The listed rights of a contact, with those that an order in effect today takes from the person marked. */
export function heldRights(contact: Readonly<Record<Right, boolean>> & { readonly person: { readonly id: string } | null }, orders: readonly Order[], today: Day): HeldRight[] {
  const against = orders.filter((order) => contact.person !== null && order.person?.id === contact.person.id && inEffect(order, today));
  return rights.filter((right) => contact[right]).map((right) => ({ right, restricted: against.some((order) => order[restrictions[right]]) }));
}
