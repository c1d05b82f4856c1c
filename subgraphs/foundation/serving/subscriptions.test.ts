import { buildSchema } from "graphql";
import { expect, it } from "vitest";
import { openStream, type ReplyStream } from "./subscriptions.ts";

it("a stream whose source fails says why, ends, and frees what was behind it", async () => {
  const schema = buildSchema("type Query { a: Int } type Subscription { ticks: Int }");
  let freed = 0;
  let ticks = 0;
  schema.getSubscriptionType()!.getFields()["ticks"]!.subscribe = () => ({
    next: async () => {
      ticks += 1;
      if (ticks > 1) throw Object.assign(new Error("No more of it."), { extensions: { code: "FORBIDDEN" } });
      return { done: false, value: { ticks } };
    },
    return: async () => ((freed += 1), { done: true, value: undefined }),
    [Symbol.asyncIterator]() {
      return this;
    },
  });
  const stream = (await openStream(schema, { document: "subscription { ticks }" }, { opening: {}, each: (run) => run({}) })) as ReplyStream;
  expect((await stream.next()).value).toEqual({ data: { ticks: 1 } });
  expect(freed).toBe(0);
  expect((await stream.next()).value.errors).toMatchObject([{ message: "No more of it.", extensions: { code: "FORBIDDEN" } }]);
  expect(freed).toBe(1);
  expect(await stream.next()).toEqual({ done: true, value: undefined });
});
