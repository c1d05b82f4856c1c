import { describe, expect, it } from "vitest";
import { loadManifest } from "../federation/load-manifest.ts";
import { Role } from "../identity/role.ts";
import type { RecordMeta } from "../record/metadata.ts";
import { trialAcademics } from "../testing/test-domain/academics/subgraph.ts";
import { trialAttendance } from "../testing/test-domain/attendance/subgraph.ts";
import { access, ofStudent, read, readWrite, write, type AccessTable } from "./access.ts";
import { declareRelation } from "./declare-relation.ts";
import { policiesOf, RelationIndex } from "./policies.ts";
import { relationFunctions } from "./relation-functions.ts";
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
const ids = (call: string, roles: string) => `SELECT r.id FROM access.${call.replace("roles", `'{${roles}}'::text[]`)} AS r(id) WHERE access.acts_as('{${roles}}'::text[])`;

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

  it("ask the same row by row for the point role: one question for each relation, with its roles", () => {
    const rules = policiesOf(ruled(access(stamps, [read(Role.AttendanceClerk, atSchool), read(Role.Parent, guardian("education")).unless("archivedAt"), read(Role.Superintendent, district)])), index);
    const asked = (call: string, roles: string) => `(access.acts_as('{${roles}}'::text[]) AND access.${call.replace("roles", `'{${roles}}'::text[]`)})`;
    const clerk = `${asked(`at_school_student_has(roles, "student_id")`, "attendance-clerk")} OR ${asked(`at_school_school_has(roles, "school_id")`, "attendance-clerk")}`;
    const parent = asked(`guardian_student_has(roles, 'education'::text, "student_id")`, "parent");
    expect(rules.pointRead).toBe(`((SELECT access.acts_as('{superintendent}'::text[]) AND access.district_office('{superintendent}'::text[])) OR ${clerk}) OR ((NOT "archived_at") AND (${parent}))`);
    expect(policiesOf(ruled(access(stamps, [read(Role.Staff, member)])), index).pointRead).toBe(policiesOf(ruled(access(stamps, [read(Role.Staff, member)])), index).mixedRead);
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
    expect(rules.mixedRead).toMatch(/\(NOT "archived_at"\) AND \("student_id" IN \(SELECT r\.id FROM access\.caseload_student/);
    expect(rules.write).toBe(`("created_by" IS DISTINCT FROM (SELECT access.person())) AND ((SELECT access.district_office('{registrar}'::text[])))`);
    expect(rules.mixedRead).toContain(`"created_by" IN (${ids("self_person(roles)", "staff")})`);
  });

  it("read by all stamps where the grant says together, and by any in the lines beside it", () => {
    const rules = policiesOf(ruled(access(stamps, [read(Role.Teacher, teachesSection).together(), read(Role.Parent, guardian("education"))])), index);
    const [student, section] = [`"student_id" IN (${ids("teaches_section_student(roles)", "teacher")})`, `"section_id" IN (${ids("teaches_section_section(roles)", "teacher")})`];
    expect(rules.mixedRead).toBe(`(((${student}) AND (${section}))) OR ("student_id" IN (SELECT r.id FROM access.guardian_student('{parent}'::text[], 'education'::text) AS r(id) WHERE access.acts_as('{parent}'::text[])))`);
    expect(rules.pointRead).toMatch(/teaches_section_student_has\('\{teacher\}'::text\[\], "student_id"\)\)\) AND \(\(.*teaches_section_section_has\('\{teacher\}'::text\[\], "section_id"\)/);
    expect(() => policiesOf(ruled(access(stamps, [read(Role.Superintendent, district).together()])), index)).toThrow("no stamps to be asked together");
    expect(() => policiesOf(ruled(access(stamps, [read(Role.Parent, guardian("education")).together()])), index)).toThrow("knows only the stamp student");
  });

  it("are missing where nothing is granted", () => {
    expect(policiesOf(ruled(access(stamps, [read(Role.Counselor, caseload)])), index).write).toBeNull();
  });

  it("refuse a relation that no domain declares for any stamp of the record", () => {
    expect(() => policiesOf(ruled(access(ofStudent("studentId"), [read(Role.Staff, member), read(Role.Parent, on(guardian("education"), "person"))])), index)).toThrow(/no domain declares the relation guardian/);
  });
});

describe("the functions of a relation", () => {
  const made = (...declarations: Parameters<typeof declareRelation>[]) => relationFunctions(declarations.map((d) => declareRelation(...d)), "reader").map((f) => f.sql);

  it("find all ids, or tell of one, from the same declarations", () => {
    const [all, one, ...more] = made([guardian("education"), "student", "SELECT a"], [guardian("education"), "student", ({ reached }) => `SELECT b WHERE ${reached("b.school_id", atSchool, "school")}`]);
    expect(all).toContain(`access.guardian_student(roles text[], "right" text) RETURNS SETOF uuid`);
    expect(all).toMatch(/SELECT a\)\s+UNION ALL \(SELECT b WHERE b\.school_id IN \(SELECT r\.id FROM access\.at_school_school\(roles\) AS r\(id\)\)/);
    expect(one).toContain(`access.guardian_student_has(roles text[], "right" text, uuid) RETURNS boolean`);
    expect(one).toMatch(/SELECT a\)\s+UNION ALL \(SELECT b WHERE access\.at_school_school_has\(roles, b\.school_id\)/);
    expect(one).toContain("u.id = $3");
    expect(more).toEqual([]);
  });

  it("compare with other ids once for a set, and with one row's for one id", () => {
    const [all, one] = made([caseload, "student", ({ among }) => `SELECT s.id FROM s WHERE ${among("s.person_id", "SELECT p")}`]);
    expect(all).toContain("s.person_id = ANY (ARRAY(SELECT p))");
    expect(one).toContain("EXISTS (SELECT 1 FROM (SELECT p) AS r(id) WHERE r.id = s.person_id)");
  });

  it("refuse a declaration that would find whole sets to tell of one id", () => {
    expect(() => made([caseload, "student", "SELECT s.id FROM s WHERE s.person_id = ANY (ARRAY(SELECT p))"])).toThrow(/Compare by ids\.among or ids\.reached/);
  });

  it("need no twin where they reach the whole district", () => {
    expect(made([district, null, "true"])).toHaveLength(1);
  });
});

describe("an access table", () => {
  it("refuses writing what may not be read", () => {
    expect(() => access(stamps, [write(Role.Nurse, atSchool)])).toThrow("The role nurse may write what it may not read");
  });
});
