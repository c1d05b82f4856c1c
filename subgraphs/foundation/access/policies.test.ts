import { describe, expect, it } from "vitest";
import { loadManifest } from "../federation/load-manifest.ts";
import { Role } from "../identity/role.ts";
import type { RecordMeta } from "../record/metadata.ts";
import { trialAcademics } from "../testing/test-domain/academics/subgraph.ts";
import { trialAttendance } from "../testing/test-domain/attendance/subgraph.ts";
import { access, ofStudent, read, readWrite, write, type AccessTable } from "./access.ts";
import { declareRelation } from "./declare-relation.ts";
import { policiesOf, RelationIndex } from "./policies.ts";
import { atSchool, caseload, district, guardian, member, on, self, teachesSection } from "./relations.ts";

const index = new RelationIndex([
  ...trialAcademics.relations,
  declareRelation(self, "student", "SELECT 1"), declareRelation(self, "person", "SELECT 1"), declareRelation(guardian("education"), "student", "SELECT 1"),
  declareRelation(atSchool, "student", "SELECT 1"), declareRelation(atSchool, "school", "SELECT 1"),
  declareRelation(district, null, "true"), declareRelation(member, null, "true"),
]);
const event = loadManifest(trialAttendance).metas.find((m) => m.name === "AttendanceEvent")!;
const ruled = (table: AccessTable): RecordMeta => ({ ...event, access: table });
const stamps = ofStudent("studentId", { section: "sectionId", school: "schoolId", on: "date" });

/** One relation's ids, asked only when the token carries a role that the grant names. */
const ids = (call: string, roles: string) => `SELECT access.${call.replace("roles", `'{${roles}}'::text[]`)} WHERE access.acts_as('{${roles}}'::text[])`;

describe("row rules", () => {
  it("read like the access table: one call for each relation, with its roles", () => {
    const rule = policiesOf(ruled(access(stamps, [read([Role.Principal, Role.Counselor], atSchool), read(Role.Parent, guardian("education"))])), index).mixedRead!;
    expect(rule).toContain(`access.at_school_student('{counselor,principal}'::text[])`);
    expect(rule).toContain(`access.guardian_student('{parent}'::text[], 'education'::text)`);
    expect(rule).toContain(`"school_id" IN (${ids("at_school_school(roles)", "counselor,principal")})`);
    expect(rule).not.toContain(" AND ");
  });

  it("ask for all of a row's stamps to write, for any to read", () => {
    const rules = policiesOf(ruled(access(stamps, [readWrite(Role.AttendanceClerk, atSchool)])), index);
    expect(rules.mixedRead).toBe(`"student_id" IN (${ids("at_school_student(roles)", "attendance-clerk")}) OR "school_id" IN (${ids("at_school_school(roles)", "attendance-clerk")})`);
    expect(rules.write).toBe(`("student_id" IN (SELECT access.at_school_student('{attendance-clerk}'::text[])) AND "school_id" IN (SELECT access.at_school_school('{attendance-clerk}'::text[])))`);
  });

  it("let a teacher write by her section only what she teaches", () => {
    const rule = policiesOf(event, index).write!;
    expect(rule).toContain(`access.teaches_section_student('{teacher}'::text[])`);
    expect(rule).toContain(`access.teaches_section_section('{teacher}'::text[])`);
    expect(policiesOf(ruled(access(stamps, [read(Role.Teacher, teachesSection), write(Role.Teacher, teachesSection)])), index).write).toMatch(/^\(.* AND .*\)$/);
  });

  it("put what is granted for the whole district into the wide rule alone", () => {
    const rules = policiesOf(ruled(access(stamps, [read(Role.Superintendent, district), read(Role.Counselor, caseload)])), index);
    expect(rules.wideRead).toBe(`(SELECT access.acts_as('{superintendent}'::text[]) AND access.district_office('{superintendent}'::text[]))`);
    expect(rules.mixedRead).toContain("caseload_student");
    expect(policiesOf(ruled(access(stamps, [read(Role.Counselor, caseload)])), index).wideRead).toBeNull();
  });

  it("close the grants that say unless and exceptSelf, and only those", () => {
    const table = access({ ...stamps, person: "createdBy" }, [
      read(Role.Principal, atSchool), read(Role.Counselor, caseload).unless("archivedAt"),
      read(Role.Registrar, district), write(Role.Registrar, district).exceptSelf("createdBy"), read(Role.Staff, on(self, "person")),
    ]);
    const rules = policiesOf(ruled(table), index);
    expect(rules.mixedRead).toMatch(/\(NOT "archived_at"\) AND \("student_id" IN \(SELECT access\.caseload_student/);
    expect(rules.write).toBe(`("created_by" IS DISTINCT FROM (SELECT access.person())) AND ((SELECT access.district_office('{registrar}'::text[])))`);
    expect(rules.mixedRead).toContain(`"created_by" IN (${ids("self_person(roles)", "staff")})`);
  });

  it("are missing where nothing is granted", () => {
    expect(policiesOf(ruled(access(stamps, [read(Role.Counselor, caseload)])), index).write).toBeNull();
  });

  it("refuse a relation that no domain declares for any stamp of the record", () => {
    expect(() => policiesOf(ruled(access(ofStudent("studentId"), [read(Role.Staff, member), read(Role.Parent, on(guardian("education"), "person"))])), index)).toThrow(/no domain declares the relation guardian/);
  });
});

describe("an access table", () => {
  it("refuses writing what may not be read", () => {
    expect(() => access(stamps, [write(Role.Nurse, atSchool)])).toThrow("The role nurse may write what it may not read");
  });
});
