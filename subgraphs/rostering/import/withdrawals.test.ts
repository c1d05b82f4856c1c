import { describe, expect, test } from "vitest";
import type { TestPlatform } from "#foundation/testing/test-platform";
import { academics } from "../domains.ts";
import { EnrollmentCode } from "../entities/enrollment-code.ts";
import { edited } from "../oneroster/fixtures/build-package.ts";
import { changed, deltaOf, eachImportingTest, importingDistrict, lineOf, told, without, type ImportingDistrict } from "../testing/importing-district.ts";

let platform: TestPlatform;
let harbor: ImportingDistrict;
let files: Record<string, string>;
eachImportingTest((test) => ({ platform, harbor, files } = test), { imported: true });

const absent = (of: Record<string, string>, ...names: string[]): Record<string, string> => {
  const manifest = names.reduce((text, name) => text.replace(`file.${name},bulk`, `file.${name},absent`), of["manifest.csv"]!);
  return Object.fromEntries(Object.entries({ ...of, "manifest.csv": manifest }).filter(([name]) => !names.includes(name.replace(".csv", ""))));
};

describe("rows that a complete file leaves out", () => {
  test("end on the day of the import; one that had not begun leaves nothing", async () => {
    const result = await harbor.load(without(files, "u-ada,student", "enrollments.csv"));
    expect(told(result.rows)).toEqual(["WITHDRAW enrollments.csv e1", "WITHDRAW enrollments.csv e2"]);
    expect(result.rows.find(({ sourcedId }) => sourcedId === "e1")).toMatchObject({ label: "Moreau, Ada, Algebra I (1)", line: null, schoolId: expect.any(String) });
    expect(result.counts).toEqual({ SectionEnrollment: { UPDATED: 1, ARCHIVED: 1 } });
    expect(await harbor.rosters()).toEqual(["Ada in Algebra I (1) 2024-08-19..2024-11-05", "Ben in Grade 3 Ito 2024-08-19.."]);
    expect((await harbor.load(without(files, "u-ada,student", "enrollments.csv"))).rows.filter(({ action }) => action === "WITHDRAW")).toEqual([]);
  });

  test("are no withdrawal where they had ended by themselves, or their section is over", async () => {
    harbor.on("2025-02-03");
    expect(told((await harbor.load(without(files, "e1,,,", "enrollments.csv"))).rows)).toEqual([]);
    harbor.on("2025-07-01");
    const result = await harbor.load(without(without(files, "u-ada,student", "enrollments.csv"), "u-ben,student", "enrollments.csv"));
    expect([told(result.rows), result.counts]).toEqual([[], {}]);
    expect(await harbor.rosters()).toHaveLength(3);
  });

  test("end teaching, and a teacher who comes back teaches from then on", async () => {
    await harbor.load(without(files, "e5,,,", "enrollments.csv"));
    expect(await harbor.teaching()).toEqual(["Mei LEAD Algebra I (1) 2024-08-19..2024-11-05", "Mei LEAD Grade 3 Ito 2024-08-19..2025-06-07"]);
    harbor.on("2024-12-02");
    await harbor.load(files);
    const teaching = ["Mei LEAD Algebra I (1) 2024-08-19..2024-11-05", "Mei LEAD Algebra I (1) 2024-12-02..2025-06-07", "Mei LEAD Grade 3 Ito 2024-08-19..2025-06-07"];
    expect(await harbor.teaching()).toEqual(teaching);
    expect((await harbor.load(files)).counts).toEqual({});
  });

  test("nothing of what a file says that is absent or has a header alone", async () => {
    const [header] = files["enrollments.csv"]!.split("\n");
    const headerOnly = { ...files, "enrollments.csv": `${header}\n` };
    for (const said of [headerOnly, absent(files, "enrollments"), absent(files, "enrollments", "classes"), absent(files, "demographics")]) {
      const result = await harbor.load(said);
      expect([told(result.rows), result.counts]).toEqual([[], {}]);
    }
    expect(await harbor.rosters()).toHaveLength(3);
  });

  test("nothing of what another source brought, nor of what the office entered", async () => {
    const emptied = without(without(files, "u-ada,student", "enrollments.csv"), "u-ben,student", "enrollments.csv");
    await harbor.load(emptied, { source: "another" });
    expect(await harbor.rosters()).toHaveLength(3);
    const ofOffice = importingDistrict(platform);
    await ofOffice.load(without(files, "u-ben,student", "enrollments.csv"));
    const [spot] = await ofOffice.rows<{ student: string; section: string; school: string }>("SELECT t.id AS student, s.id AS section, s.school_id AS school FROM students.student t, academics.section s WHERE t.district_id = $1 AND s.district_id = $1 AND t.student_number = '700002' AND s.title = 'Grade 3 Ito'");
    await ofOffice.write((across) => across.in("academics", async (session) => void academics.addSectionEnrollment(session, { studentId: spot!.student, section: spot!.section as never, schoolId: spot!.school, fromDate: "2024-09-02" })));
    expect((await ofOffice.load(files)).counts).toEqual({});
    await ofOffice.load(without(files, "u-ben,student", "enrollments.csv"));
    expect((await ofOffice.rosters()).at(-1)).toBe("Ben in Grade 3 Ito 2024-09-02..");
  });
});

describe("sections and courses that are gone", () => {
  test("stay where students are or were in them, and that is told once", async () => {
    const gone = without(without(files, "k-alg-1"), "c-alg,");
    const result = await harbor.load(gone);
    expect(told(result.rows)).toEqual(["WITHDRAW enrollments.csv e1", "WITHDRAW enrollments.csv e2", "WITHDRAW enrollments.csv e5", "WITHDRAW classes.csv k-alg-1", "WITHDRAW courses.csv c-alg"]);
    expect(result.notes.map(({ message }) => message).join()).toMatch(/no longer names the section Algebra I \(1\) \(MA101-1\)[\s\S]*so it stays[\s\S]*Sections or marks rest on it, so it stays/);
    expect(await harbor.rows("SELECT archived_at FROM academics.section WHERE district_id = $1 AND code = 'MA101-1'")).toEqual([{ archived_at: null }]);
    expect(told((await harbor.load(gone)).rows)).toEqual([]);
  });

  test("are archived where nothing rests on them, and restored when they come back", async () => {
    const extra = { ...files, "courses.csv": `${files["courses.csv"]!.trimEnd()}\nc-art,,,y25,Art,ART1,,s2,,\n`, "classes.csv": `${files["classes.csv"]!.trimEnd()}\nk-art,,,Art (1),,c-art,ART1-1,scheduled,,s2,"f25,p25",,,\n` };
    await harbor.load(extra);
    const result = await harbor.load(files);
    expect([told(result.rows), result.counts]).toEqual([["WITHDRAW classes.csv k-art", "WITHDRAW courses.csv c-art"], { Section: { ARCHIVED: 1 }, Course: { ARCHIVED: 1 } }]);
    const again = await harbor.load(extra);
    expect(again.counts).toEqual({ Section: { RESTORED: 1 }, Course: { RESTORED: 1 } });
    expect(told(again.rows)).toEqual(["CHANGE courses.csv c-art", "CHANGE classes.csv k-art"]);
  });
});

describe("people who are gone", () => {
  test("a student leaves the school with the district's code, and her sections", async () => {
    await harbor.write((across) => across.in("rostering", async (session) => void session.create(EnrollmentCode, { kind: "EXIT", code: "V9", title: "Vanished", meaning: "VANISHED", standard: true })));
    const result = await harbor.load(without(files, "u-ada"));
    expect(result.vanished).toBe(1);
    expect(told(result.rows)).toEqual(["WITHDRAW demographics.csv u-ada", "WITHDRAW enrollments.csv e1", "WITHDRAW enrollments.csv e2", "WITHDRAW users.csv u-ada"]);
    expect(await harbor.enrollments()).toEqual(["Ada at Tidewater High 2024-08-19..2024-11-05 V9", "Ben at Lantern Elementary 2024-08-19.."]);
    expect(await harbor.rosters()).toEqual(["Ada in Algebra I (1) 2024-08-19..2024-11-05", "Ben in Grade 3 Ito 2024-08-19.."]);
    expect((await harbor.load(without(files, "u-ada"))).counts).toEqual({});
    harbor.on("2024-12-02");
    expect(told((await harbor.load(files)).rows)).toContain("CHANGE users.csv u-ada");
    expect(await harbor.enrollments()).toEqual(["Ada at Tidewater High 2024-08-19..2024-11-05 V9", "Ada at Tidewater High 2024-12-02..", "Ben at Lantern Elementary 2024-08-19.."]);
    expect(await harbor.rosters()).toEqual(["Ada in Algebra I (1) 2024-08-19..2024-11-05", "Ada in Algebra I (1) 2024-12-02..2025-01-11", "Ada in Algebra I (1) 2025-01-11..2025-06-07", "Ben in Grade 3 Ito 2024-08-19.."]);
  });

  test("also where the package does not speak of enrollments", async () => {
    await harbor.load(absent(without(files, "u-ada"), "enrollments", "classes", "demographics"));
    expect(await harbor.rosters()).toEqual(["Ada in Algebra I (1) 2024-08-19..2024-11-05", "Ben in Grade 3 Ito 2024-08-19.."]);
    expect((await harbor.enrollments())[0]).toBe("Ada at Tidewater High 2024-08-19..2024-11-05");
  });

  test("an exit that the office has set stays as it is", async () => {
    await harbor.rows("UPDATE students.school_enrollment SET exit_date = '2024-12-20', exit_code = 'W1' WHERE district_id = $1 AND exit_date IS NULL");
    await harbor.load(without(files, "u-ada"));
    expect((await harbor.enrollments())[0]).toBe("Ada at Tidewater High 2024-08-19..2024-12-20 W1");
  });
});

test("schools and sessions that are gone stay, and that is told once", async () => {
  const result = await harbor.load(edited(without(files, "p25,,,", "academicSessions.csv"), "classes.csv", '"f25,p25"', "f25"));
  expect(told(result.rows)).toContain("WITHDRAW academicSessions.csv p25");
  expect(await harbor.rows("SELECT name FROM schools.term WHERE district_id = $1 AND archived_at IS NULL ORDER BY 1")).toEqual([{ name: "Fall" }, { name: "Spring" }]);
});

describe("a delta", () => {
  test("withdraws what it calls deleted, and nothing else", async () => {
    const result = await harbor.load(deltaOf(files, { "enrollments.csv": [changed(lineOf(files, "enrollments.csv", "e3"), "tobedeleted")] }));
    expect(told(result.rows)).toEqual(["WITHDRAW enrollments.csv e3"]);
    expect(result.rows[0]).toMatchObject({ line: 2, label: "Okafor, Ben, Grade 3 Ito" });
    expect(await harbor.rosters()).toEqual(["Ada in Algebra I (1) 2024-08-19..2025-01-11", "Ada in Algebra I (1) 2025-01-11..2025-06-07", "Ben in Grade 3 Ito 2024-08-19..2024-11-05"]);
  });

  test("withdraws a user whom it calls deleted", async () => {
    const result = await harbor.load(deltaOf(files, { "users.csv": [changed(lineOf(files, "users.csv", "u-ben"), "tobedeleted")] }));
    expect(told(result.rows)).toEqual(["WITHDRAW enrollments.csv e3", "WITHDRAW users.csv u-ben"]);
    expect((await harbor.enrollments())[1]).toBe("Ben at Lantern Elementary 2024-08-19..2024-11-05");
  });
});
