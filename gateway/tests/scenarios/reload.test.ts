import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dataFolder } from "#foundation/testing/data-folder";
import { launch, typescript } from "#foundation/testing/launched-process";
import { freePort } from "#foundation/testing/started-platform";
import { issueDemoToken } from "../../../identity/demo-token.ts";
import { cloned } from "./cloned.ts";
import { putUnderLoad } from "./load.ts";

const queries = [
  "{ schools(first: 5) { nodes { name rooms(first: 3) { nodes { number } } } } }",
  "{ students(first: 5) { totalCount nodes { studentNumber person { familyName } } } }",
  "{ me { roles person { givenName } } }",
];

test("under load: the supergraph is exchanged, a broken one is refused, SIGHUP reads it, SIGTERM ends with 0: no reply lost or wrong", { timeout: 240_000 }, async () => {
  const clone = cloned();
  await using folder = dataFolder();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  await using platform = launch(typescript("gateway/main.ts"), { cwd: clone, env: { PORT: String(port), OSSS_DATA_DIR: folder.path } });
  await platform.printed(/OSSS is ready in/);
  const load = putUnderLoad({ url, token: await issueDemoToken(folder.path, url, "principal"), callers: 6, queries: queries.map((query) => ({ query })) });
  await load.more(20);

  const file = join(clone, "schema", "supergraph.graphql");
  const sdl = readFileSync(file, "utf8");
  for (const [changed, told] of [
    [`${sdl}\n# Another text, the same graph.\n`, /The supergraph has changed; new requests run on it\./],
    [sdl.slice(0, sdl.length / 2), /The changed supergraph cannot be used, and the former one stays: Syntax Error/],
    [`${sdl}\n# Mended.\n`, /The supergraph has changed; new requests run on it\./],
  ] as const) {
    const soFar = platform.output().length;
    writeFileSync(file, changed);
    await platform.printed(told, soFar);
    await load.more(20);
  }

  // Default action of the signal would be to end the process.
  const soFar = platform.output().length;
  writeFileSync(file, `${sdl}\n# Once more.\n`);
  platform.child.kill("SIGHUP");
  await platform.printed(/The supergraph has changed/, soFar);
  await load.more(20);
  expect(load.wrong).toEqual([]);
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('osss_supergraph_reads_total{outcome="refused"} 1');

  const asked = performance.now();
  const ended = platform.end("SIGTERM");
  await load.gone;
  expect(await ended).toEqual({ code: 0, signal: null });
  expect(performance.now() - asked).toBeLessThan(10_000);
  expect(load.wrong).toEqual([]);
});
