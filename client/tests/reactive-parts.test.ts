import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type * as ReactiveParts from "./reactive-parts.ts";

type Parts = typeof ReactiveParts;
interface Answer {
  readonly student: { readonly id: string; readonly name: string } | null;
}

let parts: Parts;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "osss-client-parts-"));
  await build({
    configFile: false,
    logLevel: "error",
    build: { outDir: folder, minify: false, lib: { entry: join(import.meta.dirname, "reactive-parts.ts"), formats: ["es"], fileName: () => "parts.mjs" } },
  });
  parts = (await import(pathToFileURL(join(folder, "parts.mjs")).href)) as Parts;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An API that answers when the test says so. */
function heldApi() {
  const waiting: { id: string; answer: (reply: object) => Promise<void> }[] = [];
  const fetcher: typeof fetch = (_input, init) => {
    const { variables } = JSON.parse(String(init?.body)) as { variables: { id: string } };
    return new Promise((resolve, reject) => {
      init?.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      waiting.push({
        id: variables.id,
        answer: async (reply) => {
          resolve(new Response(JSON.stringify(reply), { headers: { "content-type": "application/json" } }));
          await settle();
        },
      });
    });
  };
  const client = new parts.Client({ url: "http://localhost/graphql", exchanges: [parts.cacheExchange, parts.fetchExchange], fetch: fetcher, preferGetMethod: false });
  const asked = async (id: string) => vi.waitUntil(() => waiting.find((one) => one.id === id) && waiting.splice(waiting.findIndex((one) => one.id === id), 1)[0]!);
  const ask = (variables: () => { id: string } | null, keep = false) => {
    const document = parts.gql<Answer, { id: string }>`query Student($id: ID!) { student(id: $id) { __typename id name } }`;
    return parts.createRoot((dispose) => ({ dispose, query: parts.createQuery<Answer, { id: string }>({ client, document, variables, keep }) }));
  };
  return { ask, asked };
}
const settle = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
const named = (id: string, name: string) => ({ data: { student: { __typename: "Student", id, name } } });

describe("a query of a screen", () => {
  it("shows another record's answer never under this one, however late it comes", async () => {
    const { ask, asked } = heldApi();
    const [id, setId] = parts.createSignal("a");
    const { query } = ask(() => ({ id: id() }));
    const first = await asked("a");
    setId("b");
    await (await asked("b")).answer(named("b", "Bea"));
    await first.answer(named("a", "Abe"));
    expect([query.data?.student?.name, query.fetching]).toEqual(["Bea", false]);
  });

  it("empties at once for other variables, unless told to keep the page that is on the screen", async () => {
    const { ask, asked } = heldApi();
    const [id, setId] = parts.createSignal("a");
    const strict = ask(() => ({ id: id() })).query;
    const kept = ask(() => ({ id: id() }), true).query;
    await (await asked("a")).answer(named("a", "Abe"));
    setId("b");
    expect([strict.data, kept.data?.student?.name, kept.fetching]).toEqual([undefined, "Abe", true]);
    await (await asked("b")).answer({ errors: [{ message: "closed", extensions: { code: "UNAVAILABLE" } }] });
    expect([kept.data?.student ?? null, kept.error?.graphQLErrors[0]?.message]).toEqual([null, "closed"]);
  });

  it("does not share its data with another query of the same record", async () => {
    const { ask, asked } = heldApi();
    const [id, setId] = parts.createSignal("a");
    const here = ask(() => ({ id: "a" })).query;
    const there = ask(() => ({ id: id() }), true).query;
    await (await asked("a")).answer(named("a", "Abe"));
    expect([here.data?.student?.name, there.data?.student?.name]).toEqual(["Abe", "Abe"]);
    setId("b");
    await (await asked("b")).answer(named("b", "Bea"));
    expect([here.data?.student?.name, there.data?.student?.name]).toEqual(["Abe", "Bea"]);
  });

  it("keeps what could be read beside an error, and asks again when told", async () => {
    const { ask, asked } = heldApi();
    const { query } = ask(() => ({ id: "a" }));
    await (await asked("a")).answer({ ...named("a", "Abe"), errors: [{ message: "a part is missing", extensions: { code: "UNAVAILABLE" } }] });
    expect([query.data?.student?.name, query.error?.graphQLErrors.length]).toEqual(["Abe", 1]);
    query.refetch();
    await (await asked("a")).answer(named("a", "Abraham"));
    expect([query.data?.student?.name, query.error]).toEqual(["Abraham", undefined]);
  });

  it("asks nothing without variables, and forgets what it had", async () => {
    const { ask, asked } = heldApi();
    const [id, setId] = parts.createSignal<string | null>("a");
    const { query } = ask(() => (id() === null ? null : { id: id()! }));
    await (await asked("a")).answer(named("a", "Abe"));
    setId(null);
    expect([query.data, query.fetching]).toEqual([undefined, false]);
  });
});

describe("a search while typing", () => {
  afterEach(() => void vi.useRealTimers());

  it("follows once the text is still, and at once when it is emptied", () => {
    vi.useFakeTimers();
    const [text, setText] = parts.createSignal("");
    const settled = parts.createRoot(() => parts.createDebounced(text, 200));
    setText("l");
    vi.advanceTimersByTime(199);
    setText("lo");
    vi.advanceTimersByTime(199);
    expect(settled()).toBe("");
    vi.advanceTimersByTime(1);
    expect(settled()).toBe("lo");
    setText("lop");
    setText("");
    expect(settled()).toBe("");
    vi.advanceTimersByTime(500);
    expect(settled()).toBe("");
  });
});
