import { describe, expect, it } from "vitest";
import { heldRights, type Order, takenBy } from "./rights.ts";

const today = "2026-11-23";
const contact = { educationRights: true, decisionMaking: true, pickUp: true, livesWith: false, mailings: true, portalAccess: true, person: { id: "hugo" } };
const order: Order = {
  fromDate: "2026-07-05", toDate: "2026-12-01", person: { id: "hugo" },
  restrictsEducation: true, restrictsDecisionMaking: false, restrictsPickUp: true, restrictsLivesWith: true, restrictsMailings: false, restrictsPortal: false,
};
const taken = (orders: readonly Order[], of = contact) => heldRights(of, orders, today).filter((held) => held.restricted).map((held) => held.right);

describe("rights of a contact", () => {
  it("are those listed, less what an order takes from the person today", () => {
    expect(heldRights(contact, [order], today).map((held) => held.right)).toEqual(["educationRights", "decisionMaking", "pickUp", "mailings", "portalAccess"]);
    expect(taken([order])).toEqual(["educationRights", "pickUp"]);
    expect(takenBy(order)).toEqual(["educationRights", "pickUp", "livesWith"]);
  });

  it("come back on the day on which the order ends", () => {
    expect(taken([{ ...order, toDate: today }])).toEqual([]);
    expect(taken([{ ...order, fromDate: "2026-11-24" }])).toEqual([]);
  });

  it("are not touched by an order against somebody else, or against somebody hidden", () => {
    expect(taken([{ ...order, person: { id: "elena" } }])).toEqual([]);
    expect(heldRights({ ...contact, person: null }, [{ ...order, person: null }], today).some((held) => held.restricted)).toBe(false);
  });
});
