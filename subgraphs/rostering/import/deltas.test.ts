import { describe, expect, test } from "vitest";
import type { TestPlatform } from "#foundation/testing/test-platform";
import { edited, fixture } from "../oneroster/fixtures/build-package.ts";
import { changed, deltaOf, eachImportingTest, importingDistrict, lineOf, without, type ImportingDistrict } from "../testing/importing-district.ts";

let platform: TestPlatform;
let files: Record<string, string>;
eachImportingTest((test) => ({ platform, files } = test));

/** What the graph would show of a district, without ids and moments. */
async function stateOf(district: ImportingDistrict) {
  return {
    rosters: await district.rosters(),
    teaching: await district.teaching(),
    enrollments: await district.enrollments(),
    people: await district.rows("SELECT given_name, middle_name, family_name FROM people.person WHERE district_id = $1 AND archived_at IS NULL ORDER BY 1, 3"),
    contact: await district.rows("SELECT p.given_name, c.status, s.student_number FROM students.student_contact c JOIN people.person p ON p.id = c.person_id JOIN students.student s ON s.id = c.student_id WHERE c.district_id = $1 AND c.archived_at IS NULL ORDER BY 1, 3"),
    duties: await district.rows("SELECT p.given_name, d.role, s.code, d.from_date::text, d.to_date::text FROM people.duty_assignment d JOIN people.person p ON p.id = d.person_id LEFT JOIN schools.school s ON s.id = d.school_id WHERE d.district_id = $1 AND d.archived_at IS NULL ORDER BY 1, 2, 3, 4"),
    courses: await district.rows("SELECT c.code, c.title, s.title AS subject FROM academics.course c JOIN academics.subject s ON s.id = c.subject_id WHERE c.district_id = $1 AND c.archived_at IS NULL ORDER BY 1"),
    sections: await district.rows(`SELECT s.code, s.title, s.kind, s.first_day::text, s.end_day::text, array(SELECT t.name FROM academics.section_term st JOIN schools.term t ON t.id = st.term_id WHERE st.section_id = s.id AND st.archived_at IS NULL ORDER BY 1) AS terms
      FROM academics.section s WHERE s.district_id = $1 AND s.archived_at IS NULL ORDER BY 1`),
  };
}

async function imported(...packages: Record<string, string>[]): Promise<ImportingDistrict> {
  const district = importingDistrict(platform);
  for (const [at, files] of packages.entries()) {
    district.on(`2024-1${at}-05`);
    await district.load(files);
  }
  return district;
}

describe("changes lead to what a complete package leads to", () => {
  const added = (file: string, line: string): Record<string, string> => ({ ...files, [file]: `${files[file]!.trimEnd()}\n${line}\n` });
  const cases: [string, () => [Record<string, string>, Record<string, string[]>]][] = [
    ["a new name", () => {
      const bulk = edited(files, "users.csv", "Lea,Moreau", "Lea,Moreau-Reed");
      return [bulk, { "users.csv": [changed(lineOf(bulk, "users.csv", "u-lea"))] }];
    }],
    ["a new student with her sections", () => {
      const user = 'u-zoe,,,true,s2,student,zoe,,Zoe,Tran,,700009,,,,u-lea,10,';
      const bulk = { ...added("users.csv", user), "enrollments.csv": `${files["enrollments.csv"]!.trimEnd()}\ne20,,,k-alg-1,s2,u-zoe,student,,,\n` };
      return [bulk, { "users.csv": [changed(user)], "enrollments.csv": [changed(lineOf(bulk, "enrollments.csv", "e20"))] }];
    }],
    ["a class at another school for a student whom the package does not hold", () => {
      const line = "e20,,,k-hr-3,s1,u-ada,student,,,";
      return [added("enrollments.csv", line), { "enrollments.csv": [changed(line)] }];
    }],
    ["a class with another title and other terms, and a new one of a known course", () => {
      const bulk = edited(added("classes.csv", 'k-alg-2,,,Algebra I (2),09,c-alg,MA101-2,scheduled,B12,s2,p25,,,4'), "classes.csv", 'Algebra I (1),"09,10",c-alg,MA101-1,scheduled,B12,s2,"f25,p25"', 'Algebra I (A),"09,10",c-alg,MA101-1,scheduled,B12,s2,f25');
      return [bulk, { "classes.csv": [changed(lineOf(bulk, "classes.csv", "k-alg-1")), changed(lineOf(bulk, "classes.csv", "k-alg-2"))] }];
    }],
    ["rows that are deleted", () => [without(without(files, "e2,,,", "enrollments.csv"), "e5,,,", "enrollments.csv"), { "enrollments.csv": [changed(lineOf(files, "enrollments.csv", "e2"), "tobedeleted"), changed(lineOf(files, "enrollments.csv", "e5"), "tobedeleted")] }]],
    ["a teacher who is no longer the primary one, beside a new one", () => {
      const bulk = edited(added("enrollments.csv", "e20,,,k-alg-1,s2,u-voss,teacher,true,2024-11-05,2025-06-07"), "enrollments.csv", "k-alg-1,s2,u-ito,teacher,true", "k-alg-1,s2,u-ito,teacher,false");
      return [bulk, { "enrollments.csv": [changed(lineOf(bulk, "enrollments.csv", "e20")), changed(lineOf(bulk, "enrollments.csv", "e5"))] }];
    }],
  ];
  test.each(cases)("%s", async (_, make) => {
    const [bulk, changes] = make();
    const complete = await imported(files, bulk);
    const piecemeal = await imported(files, deltaOf(files, changes));
    expect(await stateOf(piecemeal)).toEqual(await stateOf(complete));
    expect((await piecemeal.load(deltaOf(files, changes))).counts).toEqual({});
  });
});

describe("what changes refer to", () => {
  test("has to be known: the row is named, and nothing is written", async () => {
    const district = await imported(files);
    const before = await stateOf(district);
    const broken = deltaOf(files, { "enrollments.csv": [changed("e20,,,k-alg-9,s2,u-ada,student,,,"), changed("e21,,,k-alg-1,s2,u-nobody,student,,,")] });
    await expect(district.load(broken)).rejects.toMatchObject({ code: "VALIDATION_FAILED", message: expect.stringMatching(/enrollments\.csv line 2, classSourcedId: .*"k-alg-9".*and 1 more/) });
    expect(await stateOf(district)).toEqual(before);
  });

  test("may be what another source brought no more than what nobody brought", async () => {
    const district = await imported(files);
    const delta = deltaOf(files, { "enrollments.csv": [changed("e20,,,k-hr-3,s1,u-ada,student,,,")] });
    await expect(district.load(delta, { source: "another" })).rejects.toMatchObject({ code: "VALIDATION_FAILED" });
  });
});

test("a role of a user whose row is not in the package is told with its line, and changes nobody's duties; with the user's row it gives them; one of nobody's is refused", async () => {
  const whole = await fixture("whole-v1p2");
  const district = importingDistrict(platform, "kelp");
  district.on("2026-11-05");
  await district.load(whole);
  const duties = () => district.rows("SELECT p.given_name, d.role, d.to_date::text FROM people.duty_assignment d JOIN people.person p ON p.id = d.person_id WHERE d.district_id = $1 AND d.archived_at IS NULL ORDER BY 1, 2");
  const before = await duties();
  const counselor = "r-new,active,2026-11-05T10:00:00.000Z,u-berg,secondary,counselor,2026-11-05,,s1,";
  const gone = lineOf(whole, "roles.csv", "r-cho").replace(/^([^,]+),,,/, "$1,tobedeleted,2026-11-05T10:00:00.000Z,");
  const { notes } = await district.load(deltaOf(whole, { "roles.csv": [counselor, gone] }));
  expect(notes.map(({ file, row, message }) => [file, row, message])).toEqual([
    ["roles.csv", 2, expect.stringMatching(/counselor.*u-berg.*not in this package/)], ["roles.csv", 3, expect.stringMatching(/districtAdministrator.*u-cho.*taken back/i)],
  ]);
  expect(await duties()).toEqual(before);
  await district.load(deltaOf(whole, { "roles.csv": [counselor], "users.csv": [changed(lineOf(whole, "users.csv", "u-berg"))] }));
  expect(await duties()).toEqual([...before, { given_name: "Anna", role: "COUNSELOR", to_date: null }].sort((a, b) => (`${a.given_name} ${a.role}` < `${b.given_name} ${b.role}` ? -1 : 1)));
  await expect(district.load(deltaOf(whole, { "roles.csv": [counselor.replace("u-berg", "u-nobody")] }))).rejects.toMatchObject({ code: "VALIDATION_FAILED", message: expect.stringMatching(/roles\.csv line 2, userSourcedId: .*"u-nobody"/) });
});

test("A, then B, then A again leads to A, but for what ended and began in between", async () => {
  const other = edited(edited(without(edited(files, "users.csv", "Lea,Moreau", "Lea,Moreau-Reed"), "e3,,,", "enrollments.csv"), "classes.csv", "Algebra I (1)", "Algebra I (A)"), "courses.csv", "Algebra I,MA101", "Algebra One,MA-1");
  const [once, back] = [await imported(files), await imported(files, other, files)];
  const [a, b] = [await stateOf(once), await stateOf(back)];
  expect({ ...b, rosters: null }).toEqual({ ...a, rosters: null });
  expect(b.rosters).toEqual(["Ada in Algebra I (1) 2024-08-19..2025-01-11", "Ada in Algebra I (1) 2025-01-11..2025-06-07", "Ben in Grade 3 Ito 2024-08-19..2024-11-05", "Ben in Grade 3 Ito 2024-12-05.."]);
});

test("A, then B, then A on one day is A", async () => {
  const once = await imported(files);
  const back = importingDistrict(platform);
  back.on("2024-10-05");
  for (const said of [files, without(without(files, "u-ada"), "e5,,,", "enrollments.csv"), files]) await back.load(said);
  expect(await stateOf(back)).toEqual(await stateOf(once));
});
