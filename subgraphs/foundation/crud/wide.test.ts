import { describe, expect, it } from "vitest";
import { loadManifest } from "../federation/load-manifest.ts";
import { Role } from "../identity/role.ts";
import { trialAcademics } from "../testing/test-domain/academics/subgraph.ts";
import { trialAttendance } from "../testing/test-domain/attendance/subgraph.ts";
import { widelyRead } from "./wide.ts";

const attendance = loadManifest(trialAttendance);
const academics = loadManifest(trialAcademics);

describe("the wide role of a domain", () => {
  it("is for duties that open every record which the caller's roles open at all", () => {
    expect(widelyRead(attendance, [Role.Superintendent])).toEqual([Role.Superintendent]);
    expect(widelyRead(academics, [Role.Registrar])).toEqual([Role.Registrar]);
  });

  it("is not for callers with a role that reads some record through something else alone", () => {
    expect(widelyRead(attendance, [Role.Superintendent, Role.Counselor])).toBeNull();
    expect(widelyRead(attendance, [Role.Principal])).toBeNull();
  });

  it("is not for callers without any role that reads", () => {
    expect(widelyRead(attendance, [Role.Payroll])).toBeNull();
    expect(widelyRead(attendance, [])).toBeNull();
  });
});
