import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { judge, repository, sourceFiles, violations, violationsIn } from "./import-rules.ts";

test("no file of the project imports what the house does not allow", () => {
  expect(sourceFiles().length).toBeGreaterThan(50);
  expect(violations()).toEqual([]);
});

test.each([
  ["subgraphs/students/entities/student.ts", "subgraphs/people/entities/person.ts", "a domain imports the foundation and itself"],
  ["subgraphs/students/entities/student.ts", "subgraphs/people/ports.ts", "a domain imports the foundation and itself"],
  ["subgraphs/students/students.test.ts", "subgraphs/people/entities/person.ts", "a domain imports the foundation and itself"],
  ["subgraphs/students/entities/student.ts", "subgraphs/contract/stage.ts", "a domain imports the foundation and itself"],
  ["subgraphs/students/students.test.ts", "gateway/server.ts", "a domain imports the foundation and itself"],
  ["subgraphs/students/entities/student.ts", "subgraphs/foundation/testing/databases.ts", "a domain imports the foundation and itself"],
  ["subgraphs/rostering/operations/enroll-student.ts", "subgraphs/students/entities/student.ts", "ports.ts"],
  ["subgraphs/foundation/crud/read.ts", "subgraphs/people/ports.ts", "the foundation imports only the foundation"],
  ["subgraphs/foundation/crud/read.test.ts", "subgraphs/people/subgraph.ts", "the foundation imports only the foundation"],
  ["gateway/server.ts", "subgraphs/people/subgraph.ts", "the gateway imports subgraphs/registry.ts"],
  ["gateway/server.ts", "subgraphs/foundation/persistence/pool.ts", "the gateway imports subgraphs/registry.ts"],
  ["gateway/server.ts", "subgraphs/host.ts", "the gateway imports subgraphs/registry.ts"],
  ["gateway/start-platform.ts", "subgraphs/people/subgraph.ts", "the gateway imports subgraphs/registry.ts"],
  ["subgraphs/contract/recipes.ts", "subgraphs/people/entities/person.ts", "they know no domain by name"],
  ["client/src/app/main.tsx", "subgraphs/foundation/identity/role.ts", "the client imports nothing from the server"],
  ["subgraphs/cli/commands/seed.ts", "subgraphs/people/subgraph.ts", "the command line imports"],
  ["subgraphs/registry.ts", "subgraphs/people/entities/person.ts", "the registry names each domain's subgraph.ts"],
  ["subgraphs/everything.ts", "subgraphs/people/subgraph.ts", "no known part of the house"],
])("%s may not import %s", (from, to, rule) => {
  expect(judge(from, to)).toContain(rule);
});

test.each([
  ["subgraphs/students/entities/student.ts", "subgraphs/students/access.ts"],
  ["subgraphs/students/entities/student.ts", "subgraphs/foundation/record/record.ts"],
  ["subgraphs/students/students.test.ts", "subgraphs/foundation/testing/databases.ts"],
  ["subgraphs/students/students.test.ts", "subgraphs/contract/stage.ts"],
  ["subgraphs/rostering/operations/enroll-student.ts", "subgraphs/students/ports.ts"],
  ["subgraphs/platform/operations/run-job.ts", "subgraphs/people/ports.ts"],
  ["gateway/server.ts", "subgraphs/registry.ts"],
  ["gateway/main.ts", "subgraphs/foundation/persistence/embedded-postgres.ts"],
  ["gateway/start-platform.ts", "identity/provider.ts"],
  ["subgraphs/contract/recipes.ts", "subgraphs/foundation/testing/factory.ts"],
  ["gateway/tests/server.test.ts", "subgraphs/people/subgraph.ts"],
  ["subgraphs/cli/commands/import.ts", "subgraphs/rostering/oneroster/package.ts"],
  ["subgraphs/registry.ts", "subgraphs/people/subgraph.ts"],
])("%s may import %s", (from, to) => {
  expect(judge(from, to)).toBeNull();
});

test.each([
  'import { Person } from "../../people/entities/person.ts";',
  'import type { Person } from "../../people/entities/person.ts";',
  'export { Person } from "../../people/entities/person.ts";',
  'export * from "../../people/entities/person.ts";',
  'import "../../people/entities/person.ts";',
  'const { Person } = await import("../../people/entities/person.ts");',
  'let person: import("../../people/entities/person.ts").Person;',
])("a forbidden import is seen however it is written: %s", (statement) => {
  const source = `import { Record } from "#foundation/record/record";\nimport { a } from "./a.ts";\n${statement}\n`;
  expect(violationsIn("subgraphs/students/entities/student.ts", source)).toEqual([
    { file: "subgraphs/students/entities/student.ts", imports: "../../people/entities/person.ts", rule: expect.stringContaining("a domain imports") },
  ]);
});

/** What oxlint says, under the project's rules, about a file of this name and text. */
function lint(file: string, source: string): string {
  const folder = mkdtempSync(join(tmpdir(), "osss-lint-"));
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), source);
  copyFileSync(join(repository, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  const oxlint = join(repository, "node_modules", "oxlint", "bin", "oxlint");
  const run = spawnSync(process.execPath, [oxlint, "-f", "unix", "."], { cwd: folder, encoding: "utf8" });
  return run.stdout + run.stderr;
}

test("the linter refuses process.env outside of the settings", () => {
  const source = "export const port = process.env.PORT;\n";
  expect(lint("gateway/server.ts", source)).toContain("no-process-env");
  expect(lint("subgraphs/foundation/config/config.ts", source)).not.toContain("no-process-env");
});

test("the linter refuses any, comments that silence the compiler, and forgotten consoles", () => {
  const said = lint("gateway/server.ts", "// @ts-ignore\nexport const answer: any = 1;\nconsole.log(answer);\n");
  expect(said).toContain("ban-ts-comment");
  expect(said).toContain("no-explicit-any");
  expect(said).toContain("no-console");
});
