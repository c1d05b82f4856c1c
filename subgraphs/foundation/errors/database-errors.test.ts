import { describe, expect, it } from "vitest";
import { loadManifest } from "../federation/load-manifest.ts";
import { trialAttendance } from "../testing/test-domain/attendance/subgraph.ts";
import { translateDatabaseError } from "./database-errors.ts";
import { OsssError } from "./errors.ts";

const { metas } = loadManifest(trialAttendance);
const failed = (fields: Record<string, string>) => Object.assign(new Error("duplicate key value violates unique constraint, secret value 42"), { schema: "trial_attendance", table: "attendance_event", ...fields });
const translated = (error: unknown) => translateDatabaseError(error, metas) as OsssError;

describe("an error of the database", () => {
  it.each([
    ["a natural key", { code: "23505", constraint: "attendance_event_student_id_class_meeting_id_unique_0a1b2c3d" }, "CONFLICT", "There is already an attendance event with this student and class meeting"],
    ["a domain's own trigger", { code: "23514", constraint: "attendance_event_section_id_same_school_check", routine: "exec_stmt_raise", message: "The section belongs to another school. Choose one of the same school." }, "VALIDATION_FAILED", "The section belongs to another school. Choose one of the same school."],
    ["a value out of range", { code: "23514", constraint: "attendance_event_minutes_missed_min_0a1b2c3d" }, "VALIDATION_FAILED", "minutesMissed: The value is outside what is allowed here."],
    ["a reference to nothing", { code: "23503", constraint: "attendance_event_section_id_foreign" }, "VALIDATION_FAILED", "sectionId: There is no such record that you may see. Check the id."],
    ["a row out of reach", { code: "42501" }, "FORBIDDEN", "You may not write this record"],
    ["a deadlock", { code: "40P01" }, "CONFLICT", "Try again"],
    ["a lock that is not given", { code: "55P03" }, "CONFLICT", "Try again"],
    ["a statement that takes too long", { code: "57014" }, "UNAVAILABLE", "Try again"],
    ["a server that shuts down", { code: "57P01" }, "UNAVAILABLE", "Try again"],
  ])("%s is told in a caller's words, without a value", (_what, fields, code, message) => {
    const error = translated(new Error("flush failed", { cause: failed(fields) }));
    expect(error).toBeInstanceOf(OsssError);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(JSON.stringify([error.message, error.extensions])).not.toMatch(/secret|violates|attendance_event/);
  });

  it("that nobody foresaw passes as it is, for the mask", () => {
    const error = failed({ code: "42P01" });
    expect(translated(error)).toBe(error);
    const other = new TypeError("x is not a function");
    expect(translated(other)).toBe(other);
  });

  it("of a connection says that the records cannot be reached", () => {
    expect(translated(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })).code).toBe("UNAVAILABLE");
    expect(translated(new Error("timeout exceeded when trying to connect")).code).toBe("UNAVAILABLE");
  });
});
