import { expect, test } from "vitest";
import { folderOf } from "../oneroster/fixtures/build-package.ts";
import { templateNames } from "./columns.ts";
import { blankTemplate, describeTemplates, exampleOf } from "./describe-templates.ts";
import { readTemplates } from "./read-templates.ts";
import { fileOf } from "./templates.ts";

test("docs/templates.md says what the reader does", async () => {
  await expect(describeTemplates()).toMatchFileSnapshot("../../../docs/templates.md");
});

test("blank templates and examples are read without a word, each as what it is, also under another name", async () => {
  const all = await readTemplates(await folderOf(Object.fromEntries(templateNames.map((name) => [fileOf(name), exampleOf(name)]))));
  expect(all).toMatchObject({ outcome: "read", deviations: [] });
  for (const [index, name] of templateNames.entries()) {
    const read = await readTemplates(await folderOf({ [`${index}.csv`]: exampleOf(name) }));
    expect(read).toMatchObject({ outcome: "read", files: { [name]: [{ line: 2 }] } });
    const blank = await readTemplates(await folderOf({ [fileOf(name)]: blankTemplate(name) }));
    expect([blank.outcome, blank.deviations.map(({ code }) => code)]).toEqual(["read", ["header-only"]]);
  }
});
