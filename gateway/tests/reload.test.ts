import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { compose } from "../../schema/compose.ts";
import type { DataSource } from "../data-sources/data-source.ts";
import { inProcess } from "../data-sources/in-process.ts";
import { reloadSupergraph } from "../supergraph-reload.ts";
import { testGateway } from "./running-gateway.ts";
import { composed, subgraphNames, subgraphSdl } from "./school-federation.ts";

const without = (line: string) => compose(subgraphNames.map((name) => ({ name, sdl: subgraphSdl[name].replace(line, "") }))).supergraphSdl;
const withoutVisits = without("visits: Int!\n");

/** A gateway whose supergraph stands in a file, and what was said of it. */
async function fromFile(options: Parameters<typeof testGateway>[0] = {}) {
  const folder = mkdtempSync(join(tmpdir(), "osss-supergraph-"));
  const file = join(folder, "supergraph.graphql");
  writeFileSync(file, composed.supergraphSdl);
  const running = await testGateway(options);
  const said: string[] = [];
  const listeners = new Set<() => void>();
  const say = (line: string) => {
    said.push(line);
    for (const heard of listeners) heard();
  };
  const { gateway, metrics } = running.gateway;
  const reload = reloadSupergraph({ file, gateway, metrics, log: { debug() {}, info() {}, warn() {}, error() {} }, say, settleMs: 30 });
  onTestFinished(async () => {
    reload.stop();
    await running[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true });
  });
  const next = () => new Promise<void>((resolve) => listeners.add(resolve));
  return { running, file, said, reload, next };
}

const visits = `{ schools(first: 1) { visits } }`;

it("runs new requests on a changed supergraph, and finishes those under way on the former", async () => {
  const entered = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const { running, file, next } = await fromFile({
    sources: (services) => (name): DataSource => {
      const inner = inProcess(services.get(name)!);
      return { ...inner, execute: async (request) => (request.document.includes("clinicHours") && (entered.resolve(), await release.promise), inner.execute(request)) };
    },
  });
  const underWay = running.ask(`{ schools(first: 1) { visits clinicHours } }`, "nurse");
  await entered.promise;
  const changed = next();
  writeFileSync(`${file}.new`, withoutVisits);
  renameSync(`${file}.new`, file);
  await changed;
  expect((await running.ask(visits, "nurse")).body.errors![0]!.message).toContain('Cannot query field "visits"');
  expect((await running.ask(`{ schools(first: 1) { name } }`, "nurse")).body).toEqual({ data: { schools: [{ name: "School 1" }] } });
  release.resolve();
  expect((await underWay).body).toEqual({ data: { schools: [{ visits: 0, clinicHours: "8-12" }] } });
});

it.each([
  ["is cut short", composed.supergraphSdl.slice(0, 2000), /Syntax Error/],
  ["is empty", "", /./],
  ["needs a subgraph that is not there", compose([...subgraphNames.map((name) => ({ name, sdl: subgraphSdl[name] })), { name: "bus", sdl: "type Query { buses: Int }" }]).supergraphSdl, /bus/],
])("keeps the former supergraph, and says so, where the file %s", async (_, sdl, reason) => {
  const { running, file, said, next } = await fromFile({
    sources: (services) => (name) => {
      const service = services.get(name);
      if (!service) throw new Error(`There is no ${name}.`);
      return inProcess(service);
    },
  });
  const told = next();
  writeFileSync(file, sdl);
  await told;
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(/^The changed supergraph cannot be used, and the former one stays: /);
  expect(said[0]).toMatch(reason);
  expect((await running.ask(visits, "nurse")).body).toEqual({ data: { schools: [{ visits: 0 }] } });
  const mended = next();
  writeFileSync(file, withoutVisits);
  await mended;
  expect((await running.ask(visits, "nurse")).status).toBe(400);
  expect(running.gateway.metrics.text()).toMatch(/osss_supergraph_reads_total\{outcome="refused"\} 1/);
});

it("notices where a link in the folder leads elsewhere, as clusters mount files", async () => {
  const { running, file, next } = await fromFile();
  const folder = dirname(file);
  for (const [name, sdl] of [["one", composed.supergraphSdl], ["two", withoutVisits]] as const) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "supergraph.graphql"), sdl);
  }
  symlinkSync("one", join(folder, "data"));
  rmSync(file);
  symlinkSync(join("data", "supergraph.graphql"), file);
  const changed = next();
  symlinkSync("two", join(folder, "data.new"));
  renameSync(join(folder, "data.new"), join(folder, "data"));
  await changed;
  expect((await running.ask(visits, "nurse")).status).toBe(400);
});

it("says nothing where the file is as before", async () => {
  const { said, reload, running } = await fromFile();
  reload.now();
  expect(said).toEqual([]);
  expect(running.gateway.metrics.text()).toContain('osss_supergraph_reads_total{outcome="unchanged"} 1');
});
