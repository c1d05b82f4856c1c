import { GraphQLError } from "graphql";
import { describe, expect, it } from "vitest";
import { OsssError } from "#foundation/errors/errors";
import { maskError } from "../errors.ts";
import { testGateway } from "./running-gateway.ts";

const mask = (error: unknown, hideSuggestions = false) => maskError(error, { requestId: "r-7", mayBeSuggested: () => !hideSuggestions });

describe("masking an error", () => {
  it("lets through what the caller can act on: code, message, path, fields, current", () => {
    const stale = OsssError.stale("student", { version: 4 });
    expect(mask(new GraphQLError(stale.message, { path: ["updateStudent"], originalError: stale, extensions: stale.extensions }))).toEqual({
      reply: { message: stale.message, path: ["updateStudent"], extensions: { code: "STALE_VERSION", current: { version: 4 } } },
      report: null,
    });
    const invalid = OsssError.invalid([{ path: "input.name", message: "must not be empty" }]);
    expect(mask(invalid).reply.extensions).toEqual({ code: "VALIDATION_FAILED", fields: [{ path: "input.name", message: "must not be empty" }] });
  });

  it("turns everything else into INTERNAL with the request id, and hands it back for the log", () => {
    const error = new GraphQLError('relation "students" does not exist at db1.internal:5432', {
      path: ["students"],
      extensions: { code: "42P01", serviceName: "students", stacktrace: ["at pg"], sql: "select 1" },
    });
    const { reply, report } = mask(error);
    expect(reply).toEqual({
      message: "Something went wrong on our side. Tell the school's IT the request id r-7.",
      path: ["students"],
      extensions: { code: "INTERNAL", requestId: "r-7" },
    });
    expect(report).toBe(error);
  });

  it("drops extensions that say where a known error came from", () => {
    const error = new GraphQLError("Try later.", { extensions: { code: "UNAVAILABLE", serviceName: "students", host: "10.0.0.7", stacktrace: ["x"] } });
    expect(mask(error).reply.extensions).toEqual({ code: "UNAVAILABLE" });
  });

  it("finds the code of an error that a server wrapped in one of its own", () => {
    const inner = new GraphQLError("Too deep.", { extensions: { code: "LIMIT_EXCEEDED", limit: 20 } });
    const outer = new GraphQLError("Too deep.", { originalError: inner, extensions: { code: "GRAPHQL_VALIDATION_FAILED" } });
    expect(mask(outer).reply.extensions).toEqual({ code: "LIMIT_EXCEEDED", limit: 20 });
  });

  it("takes whatever is thrown", () => {
    for (const thrown of ["text", undefined, null, { message: "object" }, new Error("plain")]) {
      expect(mask(thrown).reply).toEqual({ message: "Something went wrong on our side. Tell the school's IT the request id r-7.", extensions: { code: "INTERNAL", requestId: "r-7" } });
    }
  });

  it("keeps suggestions from people who may not read the schema", () => {
    const error = new GraphQLError('Cannot query field "nam" on type "School". Did you mean "name"?', { extensions: { code: "GRAPHQL_VALIDATION_FAILED" } });
    expect([mask(error).reply.message, mask(error, true).reply.message]).toEqual([error.message, 'Cannot query field "nam" on type "School".']);
  });
});

describe("errors of subgraphs in a reply", () => {
  it("carry neither the subgraph's name nor its words, and the log has both under the request's id", async () => {
    await using running = await testGateway({
      sources: (services) => (name) => ({
        execute: async (request) =>
          name === "health"
            ? { data: null, errors: [{ message: `select * from clinic failed on db1`, path: ["_entities"], extensions: { sql: "select *" } }] }
            : services.get(name)!.execute(request),
      }),
    });
    const { headers, body } = await running.ask(`{ schools(first: 1) { name clinicHours } }`, "nurse");
    const requestId = headers.get("x-request-id");
    expect(body.data).toEqual({ schools: [{ name: "School 1", clinicHours: null }] });
    expect(body.errors).toEqual([
      {
        message: `Something went wrong on our side. Tell the school's IT the request id ${requestId}.`,
        extensions: { code: "INTERNAL", requestId },
      },
    ]);
    const logged = running.logged.filter(({ level }) => level === "error");
    expect(logged).toHaveLength(1);
    expect(logged[0]!.fields["requestId"]).toBe(requestId);
    expect(String(logged[0]!.fields["err"])).toContain("clinic");
  });

  it("stand at the client's own path, also for one of several entities", async () => {
    await using running = await testGateway({
      sources: (services) => (name) => ({
        execute: async (request) =>
          name === "people"
            ? { data: { _entities: [{ name: "A" }, null] }, errors: [{ message: "There is no Person.", path: ["_entities", 1], extensions: { code: "NOT_FOUND" } }] }
            : services.get(name)!.execute(request),
      }),
    });
    const { body } = await running.ask(`{ schools(first: 2) { head: principal { name } } }`, "nurse");
    expect(body.data).toEqual({ schools: [{ head: { name: "A" } }, { head: null }] });
    expect(body.errors).toEqual([{ message: "There is no Person.", path: ["schools", 1, "head"], extensions: { code: "NOT_FOUND" } }]);
  });
});
