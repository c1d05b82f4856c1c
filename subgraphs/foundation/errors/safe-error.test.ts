import { expect, test } from "vitest";
import { GraphQLError } from "graphql";
import { safeError } from "./safe-error.ts";

const child = "Zelda Quillfeather";

test("an error keeps kind, code and place; what it says, quotes or carries stays out", () => {
  const lines = new Error(`No place for ${child}\n    at ${child} (home:1:1)\nsecond line`);
  const error = Object.assign(new GraphQLError(`Masked ${child}`, { originalError: Object.assign(lines, { code: "E_PLACE", row: { name: child } }), extensions: { code: "INTERNAL", value: child } }), { [child]: child });
  const safe = safeError(error)!;
  expect(JSON.stringify(safe)).not.toMatch(/Zelda|Quillfeather|second/);
  expect(safe).toMatchObject({ type: "GraphQLError", cause: { type: "Error", code: "E_PLACE" } });
  expect(safe.cause!.at![0]).toMatch(/safe-error\.test\.ts:\d+:\d+/);
});

test("a database error keeps what it names, and its message only where that speaks of the server", () => {
  const given = { severity: "ERROR", schema: "people", table: "person", constraint: "person_name", detail: `Failing row contains (${child}).`, where: child, internalQuery: child };
  const refused = safeError(Object.assign(new Error(`invalid input syntax for type uuid: "${child}"`), { ...given, code: "22P02" }));
  expect(JSON.stringify(refused)).not.toContain("Zelda");
  expect(refused).toMatchObject({ code: "22P02", database: { severity: "ERROR", schema: "people", table: "person", constraint: "person_name" } });
  expect(safeError(Object.assign(new Error("sorry, too many clients already"), { severity: "FATAL", code: "53300" }))).toMatchObject({ code: "53300", message: "sorry, too many clients already" });
});

test("what the system says of files and sockets stays; other things that are thrown are named by their kind", () => {
  expect(safeError(Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), { errno: -111, syscall: "connect", code: "ECONNREFUSED" }))).toMatchObject({ code: "ECONNREFUSED", message: "connect ECONNREFUSED 127.0.0.1:5432" });
  expect(safeError(child)).toEqual({ type: "string" });
  expect(safeError(Object.assign(new Error(child), { name: child, code: child }))).not.toHaveProperty("code");
  expect(safeError({ [child]: child })).toEqual({ type: "Object" });
  const round = new Error("a");
  round.cause = round;
  expect(safeError(round)).not.toHaveProperty("cause");
});
