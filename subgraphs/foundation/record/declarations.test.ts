import { describe, expect, it } from "vitest";
import { access, ofDistrict, read } from "../access/access.ts";
import { district } from "../access/relations.ts";
import { loadManifest } from "../federation/load-manifest.ts";
import { Role } from "../identity/role.ts";
import { hashedName } from "../persistence/names.ts";
import { trialAttendance } from "../testing/test-domain/attendance/subgraph.ts";
import { BelongsTo, Companion, choice, enumerationOf, foreign, ForeignRef, HasMany, Text, type Reference } from "./fields.ts";
import { recordOf, snakeCase } from "./metadata.ts";
import { DistrictRecord, Record, UniqueTogether } from "./record.ts";

const table = access(ofDistrict(), [read(Role.Auditor, district)]);
const manifestOf = (name: string, ...records: Parameters<typeof loadManifest>[0]["records"]) => ({ name, description: "A test.", records, operations: [], relations: [], migrations: new URL("file:///nowhere/") });

describe("a declaration", () => {
  it("gives the names that English wants", () => {
    @Record({ description: "A city.", access: table }) class TestCity extends DistrictRecord { @Text() name!: string; }
    @Record({ description: "A bus.", access: table }) class TestBus extends DistrictRecord { @Text() name!: string; }
    expect([recordOf(TestCity).plural, recordOf(TestBus).plural, recordOf(TestBus).table]).toEqual(["testCities", "testBuses", "test_bus"]);
    expect([snakeCase("SISRecord"), snakeCase("line1"), snakeCase("studentId")]).toEqual(["sis_record", "line1", "student_id"]);
  });

  it("keeps what every record has before what this one has", () => {
    const [event] = loadManifest(trialAttendance).metas;
    expect([...event!.fields.keys()]).toEqual(["id", "districtId", "version", "createdAt", "createdBy", "updatedAt", "updatedBy", "archivedAt", "studentId", "classMeetingId", "sectionId", "schoolId", "date", "code", "minutesMissed", "note"]);
    expect(event!.constraints.map((c) => [c.kind, c.fields])).toEqual([["unique", ["studentId", "classMeetingId"]]]);
  });

  it("is refused with words where it cannot be meant", () => {
    class Elsewhere extends foreign("elsewhere", "Elsewhere", "Something.") {}
    expect(() => { class Bad { @ForeignRef(() => Elsewhere) student!: string; } return Bad; }).toThrow("name the property <record>Id");
    expect(() => choice("DirectionTwice", "x", { A: "a" }) && choice("DirectionTwice", "x", { A: "a" })).toThrow("two vocabularies named DirectionTwice");
    expect(() => enumerationOf({})).toThrow("takes a vocabulary made by choice");
    expect(() => recordOf(class Undeclared {})).toThrow("Undeclared is not a record");
  });

  it("is refused where a list or companion has no other side in the manifest", () => {
    @Record({ description: "A leaf.", access: table }) class TestLeaf extends DistrictRecord { @Text() name!: string; }
    @Record({ description: "A twig.", access: table }) @UniqueTogether("name") class TestTwig extends DistrictRecord { @Text() name!: string; @BelongsTo(() => TestLeaf) leaf!: Reference<TestLeaf>; }
    @Record({ description: "A tree.", access: table }) class TestTree extends DistrictRecord { @HasMany(() => TestTwig, "leaf") twigs?: never; }
    @Record({ description: "A bush.", access: table }) class TestBush extends DistrictRecord { @Companion(() => TestLeaf) leaf?: never; }
    expect(() => loadManifest(manifestOf("trees", TestTree, TestTwig, TestLeaf))).toThrow("leaf does not belong to TestTree");
    expect(() => loadManifest(manifestOf("bushes", TestBush))).toThrow("TestLeaf, the companion of TestBush, is not listed");
    expect(() => loadManifest(manifestOf("others", TestTwig))).toThrow("listed by two subgraphs");
  });

  it("has names of derived objects that change with them and fit PostgreSQL", () => {
    const long = "x".repeat(80);
    expect(hashedName(long, "a").length).toBe(63);
    expect(hashedName(long, "a")).not.toBe(hashedName(long, "b"));
  });
});
