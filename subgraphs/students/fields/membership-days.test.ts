import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Role } from "#foundation/identity/role";
import { codeOf, newDistrict, type Contract } from "#foundation/testing/contract";
import { signedIn } from "#foundation/testing/personas";
import { stage } from "../../contract/stage.ts";
import { membershipDays, type CalendarDay } from "./membership-days.ts";

const scheduled = (...dates: string[]): CalendarDay[] => dates.map((date) => ({ date, status: "SCHEDULED" }));
/** Two weeks of school: Monday 5 to Friday 16 October 2026. */
const fortnight = scheduled("2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08", "2026-10-09", "2026-10-12", "2026-10-13", "2026-10-14", "2026-10-15", "2026-10-16");

describe("membership days", () => {
  it("are the days of instruction from the entry on and before the exit", () => {
    // Entry on Wednesday 7, exit on Tuesday 13: 7, 8, 9 and 12 October.
    expect(membershipDays(fortnight, { entryDate: "2026-10-07", exitDate: "2026-10-13" }, "2026-12-31")).toBe(4);
    expect(membershipDays(fortnight, { entryDate: "2026-10-07" }, "2026-10-09")).toBe(3);
    expect(membershipDays(fortnight, { entryDate: "2026-10-17" }, "2026-12-31")).toBe(0);
  });

  it("are none for a no-show", () => {
    expect(membershipDays(fortnight, { entryDate: "2026-10-07", exitDate: "2026-10-07" }, "2026-12-31")).toBe(0);
  });

  it("leave out what was taken back, and count what was added", () => {
    const snowed = fortnight.map((day): CalendarDay => (day.date === "2026-10-08" ? { ...day, status: "CANCELLED" } : day));
    // Ten days, one of them snow, and a Saturday to make up for it.
    expect(membershipDays([...snowed, { date: "2026-10-17", status: "ADDED" }], { entryDate: "2026-10-05" }, "2026-10-31")).toBe(10);
  });
});

describe("in the graph they", () => {
  let contract: Contract;
  beforeAll(async () => {
    contract = await stage();
  });
  afterAll(() => contract.platform[Symbol.asyncDispose]());
  const ask = async (identity: Parameters<Contract["platform"]["call"]>[1], ids: readonly string[], through: string | null = null) => {
    const reply = await contract.platform.call("students", identity, "query($r: [_Any!]!, $through: Day) { _entities(representations: $r) { ... on SchoolEnrollment { membershipDays(through: $through) } } }", { r: ids.map((id) => ({ __typename: "SchoolEnrollment", id })), through });
    return codeOf(reply) ?? (reply.data as { _entities: ({ membershipDays: number } | null)[] })._entities.map((each) => each?.membershipDays ?? null);
  };

  it("agree with the rule over random calendars and spans, on the student's own track", async () => {
    const make = newDistrict(contract);
    const schoolId = make.a("School");
    const year = make.a("SchoolYear", { name: "2026-27", firstDay: "2026-08-01", endDay: "2027-08-01" });
    const day = (n: number) => new Date(Date.UTC(2026, 8, 1 + n)).toISOString().slice(0, 10);
    const tracks = ["A", "B"].map((name, t) => {
      const id = make.a("CalendarTrack", { school: schoolId, schoolYear: year, name });
      const days = Array.from({ length: 60 }, (_, n): CalendarDay => ({ date: day(n), status: (["SCHEDULED", "ADDED", "CANCELLED", "SCHEDULED"] as const)[(n * (t + 3)) % 4]! })).filter((_, n) => n % (t + 2) !== 0);
      for (const { date, status } of days) make.a("InstructionalDay", { track: id, school: schoolId, date, status, reason: "Weather" });
      return { id, days };
    });
    const spans = Array.from({ length: 40 }, (_, i) => {
      const from = (i * 7) % 50;
      const entryDate = day(from);
      const exitDate = i % 3 === 0 ? null : day(from + ((i * 5) % 20));
      const own = i % 4 === 0 ? undefined : tracks[i % 2];
      const id = make.a("SchoolEnrollment", { schoolId, schoolYearId: year, entryDate, exitDate, noShow: exitDate === entryDate, trackId: own?.id ?? null });
      return { id, days: (own ?? tracks[0]!).days, entryDate, exitDate };
    });
    const registrar = signedIn(make, contract.reaches.district_office!(make, "", { role: Role.Registrar }), [Role.Registrar, Role.Staff]);
    await make.save();
    for (const through of ["2026-09-20", "2026-12-31"]) {
      expect(await ask(registrar, spans.map(({ id }) => id), through), through).toEqual(spans.map(({ days, ...span }) => membershipDays(days, span, through)));
    }
  });

  it("are told for no enrollment that the caller may not read", async () => {
    const make = newDistrict(contract);
    const id = make.a("SchoolEnrollment");
    const stranger = signedIn(make, contract.reaches.at_school_school!(make, make.a("School"), { role: Role.Registrar }), [Role.Registrar, Role.Staff]);
    await make.save();
    expect(await ask(stranger, [id])).toEqual([null]);
  });
});
