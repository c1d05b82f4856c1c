import { expect, test } from "vitest";
import type { Command, CommandIo } from "./command.ts";
import { commandNames, dispatch, nearest } from "./dispatch.ts";

function recorder(): CommandIo & { out: string[]; err: string[] } {
  const out: string[] = [];
  const err: string[] = [];
  return { out, err, print: (line) => void out.push(line), report: (line) => void err.push(line), path: (typed) => typed };
}

test("a misspelt command is refused with the one that was meant", async () => {
  const io = recorder();
  expect(await dispatch(["docotr"], io)).toBe(2);
  expect(io.err.join()).toContain('Did you mean "doctor"?');
  expect(io.out).toEqual([]);
});

test("a word far from every command gets no guess", async () => {
  const io = recorder();
  expect(await dispatch(["xylophone"], io)).toBe(2);
  expect(io.err.join()).not.toContain("Did you mean");
  expect(nearest("exp", ["export", "explain"])).not.toBeNull();
  expect(nearest("migrat", ["import", "migrate"])).toBe("migrate");
});

test("an unknown option is refused with the command's usage", async () => {
  const io = recorder();
  expect(await dispatch(["doctor", "--fast"], io)).toBe(2);
  expect(io.err.join()).toMatch(/--fast[\s\S]*npm run osss -- doctor/);
});

test("help lists every command, and no command at all is a mistake", async () => {
  const io = recorder();
  expect(await dispatch(["--help"], io)).toBe(0);
  for (const name of commandNames()) expect(io.out.join()).toContain(name);
  expect(await dispatch([], recorder())).toBe(2);
});

test.each(commandNames())("%s has the four parts of a command and tells its usage", async (name) => {
  const command = (await import(`./commands/${name}.ts`)) as Partial<Command>;
  expect(command).toMatchObject({ name, summary: expect.stringMatching(/^[A-Za-z].{10,80}[^.]$/), run: expect.any(Function) });
  const io = recorder();
  expect(await dispatch([name, "--help"], io)).toBe(0);
  expect(io.out.join()).toMatch(new RegExp(`osss (-- )?${name}\\b`));
});
