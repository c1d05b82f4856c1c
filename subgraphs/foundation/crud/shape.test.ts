import { describe, expect, it } from "vitest";
import { access, ofStudent, read } from "../access/access.ts";
import { caseload, district, guardian, member, teachesSection } from "../access/relations.ts";
import { loadManifest } from "../federation/load-manifest.ts";
import { Role } from "../identity/role.ts";
import type { RecordMeta } from "../record/metadata.ts";
import { trialAttendance } from "../testing/test-domain/attendance/subgraph.ts";
import { shapeOfChildren, shapeOfIds } from "./shape.ts";

const event = loadManifest(trialAttendance).metas.find((m) => m.name === "AttendanceEvent")!;
const stamps = ofStudent("studentId", { section: "sectionId", school: "schoolId", on: "date" });
const rare: RecordMeta = { ...event, numerous: false, access: access(stamps, [read(Role.Counselor, caseload), read(Role.Teacher, teachesSection), read(Role.Parent, guardian("education")), read(Role.Superintendent, district)]) };
const counselor = [Role.Counselor, Role.Staff];
const open: RecordMeta = { ...event, numerous: false, access: access(stamps, [read(Role.Staff, member), read(Role.Counselor, caseload)]) };

describe("the role for a statement", () => {
  it("asks row by row for a few rows by id, and finds the reach for many", () => {
    expect(shapeOfIds(rare, counselor, 1)).toBe("point");
    expect(shapeOfIds(rare, counselor, 500)).toBe("mixed");
  });

  it("asks row by row for what a few students have few of, and for nothing else that belongs to others", () => {
    expect(shapeOfChildren(rare, counselor, "student_id", 2, null)).toBe("point");
    expect(shapeOfChildren(rare, counselor, "student_id", 500, null)).toBe("mixed");
    expect(shapeOfChildren(rare, counselor, "school_id", 1, null)).toBe("mixed");
    expect(shapeOfChildren(rare, counselor, "code_id", 1, null)).toBe("mixed");
    expect(shapeOfChildren({ ...rare, numerous: true }, counselor, "student_id", 1, null)).toBe("mixed");
  });

  it("does not when the filter reads other records, which would be asked row by row as well", () => {
    expect(shapeOfChildren(rare, counselor, "student_id", 1, { date: { gte: "2026-10-01" }, or: [{ minutesMissed: { gt: 5 } }, { not: { school: { id: { eq: "x" } } } }] })).toBe("point");
    expect(shapeOfChildren(rare, counselor, "student_id", 1, { code: { name: { eq: "x" } } })).toBe("mixed");
    expect(shapeOfChildren(rare, counselor, "student_id", 1, { or: [{ not: { note: { text: { isNull: false } } } }] })).toBe("mixed");
  });

  it("does not matter to those who reach a handful, the whole district or nothing", () => {
    for (const role of [Role.Parent, Role.Superintendent, Role.Payroll]) expect(shapeOfIds(rare, [role], 1), role).toBe("any");
    expect(shapeOfIds(rare, [Role.Parent, Role.Teacher], 1)).toBe("point");
    expect(shapeOfIds(rare, [Role.Parent], 500)).toBe("mixed");
    expect(shapeOfChildren(rare, [Role.Parent], "student_id", 1, null)).toBe("any");
    expect(shapeOfChildren(rare, [Role.Parent], "student_id", 1, { code: { name: { eq: "x" } } })).toBe("mixed");
  });

  it("does not matter where everybody of the district reads", () => {
    expect(shapeOfIds(open, counselor, 1)).toBe("any");
    expect(shapeOfChildren(open, counselor, "student_id", 1, null)).toBe("any");
  });
});
