import { describe, expect, it } from "vitest";
import { loadManifest } from "../federation/load-manifest.ts";
import { trialAcademics } from "../testing/test-domain/academics/subgraph.ts";
import { decodeCursor, encodeCursor, orderTerms, type OrderInput } from "./order.ts";

const metas = loadManifest(trialAcademics).metas;
const roster = metas.find((m) => m.name === "RosterEntry")!;
const section = metas.find((m) => m.name === "Section")!;
const terms = (orderBy: OrderInput[], meta = roster) => orderTerms(meta, orderBy);
const row = { id: "01a205ed-91f7-765c-ae4b-be46f8338695", fromDate: "2026-08-20", toDate: null };

describe("an order", () => {
  it("ends with the id, in the direction of its first step", () => {
    expect(terms([]).map((t) => [t.field.name, t.descending])).toEqual([["id", false]]);
    expect(terms([{ field: "toDate", direction: "DESC" }, { field: "fromDate" }]).map((t) => [t.field.name, t.descending])).toEqual([["toDate", true], ["fromDate", false], ["id", true]]);
  });

  it("refuses fields that cannot be ordered by", () => {
    expect(() => terms([{ field: "version" }])).toThrow("RosterEntry cannot be ordered by version.");
  });
});

describe("a cursor", () => {
  it("comes back as the values of its place", () => {
    const order = terms([{ field: "toDate" }, { field: "fromDate" }]);
    expect(decodeCursor(order, encodeCursor(order, row), "after")).toEqual([null, "2026-08-20", row.id]);
  });

  it("belongs to one order of one list", () => {
    const cursor = encodeCursor(terms([]), row);
    expect(() => decodeCursor(terms([{ field: "id", direction: "DESC" }]), cursor, "after")).toThrow("does not belong to this list and order");
    expect(() => decodeCursor(terms([], section), cursor, "after")).toThrow("does not belong to this list and order");
  });

  it.each([["2026-02-30"], ["0000-01-01"], ["yesterday"], [20260820], [null], [["2026-08-20"]]])("with a forged day %j is refused before it reaches the database", (forged) => {
    const order = terms([{ field: "fromDate" }]);
    const [signature] = JSON.parse(Buffer.from(encodeCursor(order, row), "base64url").toString()) as string[];
    const cursor = Buffer.from(JSON.stringify([signature, forged, row.id])).toString("base64url");
    expect(() => decodeCursor(order, cursor, "before")).toThrow(/^before: /);
  });
});
