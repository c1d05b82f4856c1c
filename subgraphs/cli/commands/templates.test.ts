import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderOf } from "../../rostering/oneroster/fixtures/build-package.ts";
import { UsageError } from "../command.ts";
import { run } from "./templates.ts";

async function templates(words: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(words, { print: (line) => out.push(line), report: (line) => err.push(line), path: (typed) => typed });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

test("blank templates go into a folder; what somebody has filled in stays", async () => {
  const folder = join(await folderOf({}), "new", "templates");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "contacts.csv"), "filled in");
  const { code, out } = await templates(["--out", folder]);
  expect(code).toBe(0);
  expect(out).toContain("contacts.csv is there already, and was left as it is");
  expect((await readdir(folder)).sort()).toEqual(["README.md", "calendar-days.csv", "contacts.csv", "course-history.csv", "daily-attendance.csv", "school-enrollments.csv"]);
  expect(await readFile(join(folder, "contacts.csv"), "utf8")).toBe("filled in");
  expect(await readFile(join(folder, "calendar-days.csv"), "utf8")).toBe("school_code,school_year,track,date,instructional,rotation_day,bell_schedule,reason,remove\n");
});

test("without a folder the columns are told; a folder that cannot be is refused in words", async () => {
  expect((await templates([])).out).toContain("| `entry_date` | needed | day | The first day of membership. |");
  const file = join(await folderOf({ "a-file": "x" }), "a-file");
  expect(await templates(["--out", file])).toEqual({ code: 1, out: "", err: `Nothing can be written into "${file}" (EEXIST). Name another folder, or change its permissions.` });
  await expect(templates(["here"])).rejects.toThrow(UsageError);
});
