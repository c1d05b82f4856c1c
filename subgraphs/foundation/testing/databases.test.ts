import pg from "pg";
import { expect, inject, test } from "vitest";
import { createDatabase } from "./databases.ts";

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

test("a database made from a template holds its rows and none of a sibling's", async () => {
  const { superuserUrl } = inject("postgres");
  const template = await createDatabase({ superuserUrl });
  await ask(template.url, "CREATE TABLE bell (ring text); INSERT INTO bell VALUES ('first')");
  const [one, other] = await Promise.all([createDatabase({ superuserUrl, template: template.name }), createDatabase({ superuserUrl, template: template.name })]);
  await ask(one.url, "INSERT INTO bell VALUES ('second')");
  expect(await ask(one.url, "SELECT ring FROM bell ORDER BY ring")).toEqual([{ ring: "first" }, { ring: "second" }]);
  expect(await ask(other.url, "SELECT ring FROM bell")).toEqual([{ ring: "first" }]);
  await Promise.all([template, one, other].map((database) => database.drop()));
  await expect(ask(one.url, "SELECT 1")).rejects.toThrow(/does not exist/);
});

test("drop closes connections that are still open", async () => {
  const { superuserUrl } = inject("postgres");
  const database = await createDatabase({ superuserUrl });
  const client = new pg.Client({ connectionString: database.url });
  const errors: Error[] = [];
  const ended = new Promise<void>((resolve) => client.once("end", resolve));
  client.on("error", (error) => errors.push(error));
  await client.connect();
  await database.drop();
  await ended;
  expect(errors[0]).toMatchObject({ code: "57P01" });
});
