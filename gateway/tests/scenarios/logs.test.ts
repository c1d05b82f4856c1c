import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { dataFolder } from "#foundation/testing/data-folder";
import { launch, typescript } from "#foundation/testing/launched-process";
import { readRecord } from "#foundation/persistence/postgres-home";
import { freePort, startedPlatform } from "#foundation/testing/started-platform";
import { issueDemoToken } from "../../../identity/demo-token.ts";

const name = "Zelda Quillfeather";

/** Lines of the log that are JSON. */
const linesOf = (text: string) => text.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line) as Record<string, unknown>] : []));

test("no log of any process holds a name, a token or a variable, whatever goes wrong; a call's lines share the request id", { timeout: 180_000 }, async () => {
  await using folder = dataFolder();
  const key = randomBytes(32).toString("hex");
  const port = await freePort();
  await using platform = await startedPlatform({ dataDir: folder.path, env: { SUBGRAPH_PEOPLE_URL: `http://127.0.0.1:${port}/graphql`, OSSS_SUBGRAPH_KEY: key, OSSS_LOG_LEVEL: "debug" } });
  await using people = launch(typescript("subgraphs/serve.ts", "people"), { env: { PORT: String(port), OSSS_DATA_DIR: folder.path, OSSS_SUBGRAPH_KEY: key, OSSS_LOG_LEVEL: "debug" } });
  await people.printed(/"msg":"listening"/);
  const token = await issueDemoToken(folder.path, platform.url, "registrar");
  const sent: { requestId: string | null; body: { data?: Record<string, unknown>; errors?: { message: string; extensions: Record<string, unknown> }[] } }[] = [];
  const send = async (query: string, variables: unknown, headers: Record<string, string> = {}, path = "/graphql") => {
    const reply = await fetch(`${platform.url}${path}`, { method: "POST", headers: { "content-type": "application/json", authorization: `Bearer ${token}`, ...headers }, body: JSON.stringify({ query, variables }) });
    sent.push({ requestId: reply.headers.get("x-request-id"), body: (await reply.json()) as never });
    return sent.at(-1)!;
  };

  const read = await send("query FindStudents($like: String!) { students(where: { sortName: { startsWith: $like } }) { totalCount } all: students(first: 2) { nodes { person { id version familyName } } } }", { like: name });
  expect(read.body.errors).toBeUndefined();
  // In literals, in variables of the wrong type, in a document that is none, in the address.
  await send(`{ students(where: { sortName: { eq: "${name}" } }) { nodes { id } } }`, {});
  await send("query ($n: Int!) { students(first: $n) { nodes { id } } }", { n: name });
  await send(`{ students(where: { "${name}" `, {});
  await send("{ me { roles } }", { [name]: name }, {}, `/graphql?name=${encodeURIComponent(name)}`);
  await send("{ me { roles } }", {}, { authorization: `Bearer ${token.slice(0, -4)}AAAA` });
  // A record that is written with the name.
  const [person] = (read.body.data as { all: { nodes: { person: { id: string; version: number } }[] } }).all.nodes.map(({ person: found }) => found);
  const rename = "mutation Rename($id: ID!, $version: Int!, $name: String!) { updatePerson(id: $id, version: $version, input: { preferredFamilyName: $name }) { record { version } } }";
  const written = await send(rename, { id: person!.id, version: person!.version, name });
  expect(written.body.errors).toBeUndefined();

  // The database itself refuses a row with the name, in words that quote it: through the record's subgraph, and masked.
  await folder.sql(`CREATE FUNCTION people.refuse() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN PERFORM ('no number: ' || NEW.preferred_family_name)::int; RETURN NEW; END $f$`);
  await folder.sql("CREATE TRIGGER refuse BEFORE UPDATE ON people.person FOR EACH ROW EXECUTE FUNCTION people.refuse()");
  const masked = await send(rename, { id: person!.id, version: person!.version + 1, name: `${name} Junior` });
  expect(masked.body.errors?.map(({ extensions }) => extensions["code"])).toEqual(["INTERNAL"]);

  await people.printed(new RegExp(`"requestId":"${masked.requestId}"[^\\n]*"msg":"call"`));
  expect(await platform.stop()).toBe(0);
  await people.end("SIGTERM");

  const gatewayLog = readFileSync(join(folder.path, "osss.log"), "utf8");
  const logs = { gateway: gatewayLog, people: people.output(), terminal: platform.output(), database: readFileSync(join(folder.path, "postgres.log"), "utf8"), record: dirname(readRecord(folder.path)!.cluster) };
  for (const [whose, text] of Object.entries(logs)) {
    expect(text, whose).not.toMatch(/Zelda|Quillfeather/i);
    expect(text, whose).not.toContain(token.split(".")[1]);
    expect(text, whose).not.toContain(token.split(".")[2]);
    expect(text, whose).not.toMatch(/Bearer|osss-identity/);
  }

  const requests = linesOf(gatewayLog).filter(({ msg }) => msg === "graphql");
  expect(requests.map(({ requestId }) => requestId).sort()).toEqual(sent.map(({ requestId }) => requestId).sort());
  expect(requests.find(({ requestId }) => requestId === read.requestId)).toMatchObject({ service: "gateway", operation: "FindStudents", accountId: expect.stringMatching(/^[0-9a-f-]{36}$/), status: 200, cost: expect.any(Number), milliseconds: expect.any(Number) });
  const calls = linesOf(people.output()).filter(({ msg }) => msg === "call");
  expect(calls.find(({ requestId }) => requestId === read.requestId)).toMatchObject({ service: "people", subgraph: "people", accountId: requests.find(({ requestId }) => requestId === read.requestId)!["accountId"], errors: 0 });
  // What was masked is found again by the request id: what failed, and where.
  const cause = linesOf(people.output()).find(({ requestId, msg }) => requestId === masked.requestId && msg === "A call failed.");
  expect(JSON.stringify(cause)).toContain("22P02");
  expect(JSON.stringify(cause)).toMatch(/\.ts:\d+:\d+/);
});
