import "reflect-metadata";
import { parse } from "graphql";
import pg from "pg";
import { startSubgraph } from "#foundation/serving/subgraph-service";
import type { Identity } from "#foundation/identity/identity";
import { inProcess } from "../../gateway/data-sources/in-process.ts";
import { SupergraphGateway } from "../../gateway/supergraph-gateway.ts";
import { subgraphSdl, supergraphSdl } from "../../schema/files.ts";
import { allManifests } from "../../subgraphs/registry.ts";
import { measure, measureInTurns, type Measured } from "./measure.ts";
import { operations, sqlPeers } from "./operations.ts";
import { benchWorld } from "./world.ts";

type Work = (n: number) => Promise<unknown>;

/**
 * The core's speed against hand-written SQL: the same figures, under the same row rules and session context, from the same process and
 * pool size. Prints a table for people and, last, one line of JSON. BENCH words: `--seconds N` (3), `--schools N`, `--students N` (per school).
 */
const option = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const seconds = option("seconds", 3);
const workers = 4;

let statements = 0;
const query = pg.Client.prototype.query;
pg.Client.prototype.query = function counted(this: pg.Client, ...args: never[]) {
  statements += 1;
  return (query as (...a: never[]) => never).apply(this, args);
} as typeof query;

const world = await benchWorld({ schools: option("schools", 5), perSchool: option("students", 1_000) });
try {
  const manifests = await allManifests();
  const common = { database: world.database, prefix: world.prefix, clock: () => world.today, manifests };
  const services = new Map(await Promise.all(manifests.map(async (m) => [m.name, await startSubgraph(m, { ...common, sdl: subgraphSdl(m.name) })] as const)));
  const gateway = new SupergraphGateway({ supergraphSdl: supergraphSdl(), dataSourceFor: (name) => inProcess(services.get(name)!) });
  const peers = await sqlPeers(world);

  const graph = (name: keyof typeof operations, identity: Identity) => {
    const { document, variables } = operations[name];
    const known = gateway.preparer.known(name, parse(document), undefined);
    return async (n: number) => {
      const reply = await gateway.execute(known, variables(world, n), { identity, requestId: "bench" });
      if (reply.errors?.length) throw new Error(JSON.stringify(reply.errors));
      return reply.data as Record<string, unknown>;
    };
  };

  const rows: Record<string, Measured & { statements: number }> = {};
  const statementsOf = async (work: Work) => {
    await work(0);
    statements = 0;
    await work(1);
    return statements;
  };
  const run = async (label: string, work: Work) => {
    const count = await statementsOf(work);
    rows[label] = { ...(await measure(work, { seconds, workers })), statements: count };
  };
  const compare = async (all: readonly (readonly [string, Work | undefined])[]) => {
    const works = all.filter((each): each is readonly [string, Work] => each[1] !== undefined);
    const counts: number[] = [];
    for (const [, work] of works) counts.push(await statementsOf(work));
    const measured = await measureInTurns(works.map(([, work]) => work), { seconds, workers, turns: 10 });
    works.forEach(([label], i) => (rows[label] = { ...measured[i]!, statements: counts[i]! }));
  };

  for (const name of ["nested", "list", "search", "single", "studentPage"] as const) {
    await run(`${name} graph`, graph(name, world.principal));
    const peer = peers[name];
    if (peer) {
      const ours = JSON.stringify(await graph(name, world.principal)(3));
      const theirs = JSON.stringify(await peer.underRules(3));
      if (peer.comparable && peer.comparable(ours) !== peer.comparable(theirs)) throw new Error(`${name}: the graph and SQL differ:\n${ours.slice(0, 400)}\n${theirs.slice(0, 400)}`);
      await compare([[`${name} sql`, peer.underRules], [`${name} sql, no row rules`, peer.withoutRules], [`${name} sql, by trigrams`, peer.byTrigrams]]);
    }
  }
  await run("write graph", graph("write", world.registrar));
  await run("write sql", peers.write!.underRules);
  await peers.close();

  console.log(`\n${world.studentIds.length}+ students a school, ${workers} at a time, ${seconds} s each\n`);
  console.log(`${"".padEnd(26)}${"requests/s".padStart(12)}${"p50 ms".padStart(10)}${"p99 ms".padStart(10)}${"statements".padStart(12)}`);
  for (const [label, m] of Object.entries(rows)) {
    console.log(`${label.padEnd(26)}${m.requestsPerSecond.toFixed(0).padStart(12)}${m.p50Ms.toFixed(2).padStart(10)}${m.p99Ms.toFixed(2).padStart(10)}${String(m.statements).padStart(12)}`);
  }
  const ratio = (over: string, under: string) => Number((rows[over]!.p50Ms / rows[under]!.p50Ms).toFixed(2));
  console.log(
    JSON.stringify({
      bench: "core",
      figures: { studentPageP99Ms: Number(rows["studentPage graph"]!.p99Ms.toFixed(2)), nestedP50Ms: Number(rows["nested graph"]!.p50Ms.toFixed(2)), writeP50Ms: Number(rows["write graph"]!.p50Ms.toFixed(2)) },
      ratios: {
        nestedVsSql: ratio("nested graph", "nested sql"),
        listVsSql: ratio("list graph", "list sql"),
        singleVsSql: ratio("single graph", "single sql"),
        writeVsSql: ratio("write graph", "write sql"),
        listUnderRulesVsNone: ratio("list sql", "list sql, no row rules"),
        listUnderRulesVsTrigramsWithoutRules: ratio("list sql", "list sql, by trigrams"),
        searchUnderRulesVsNone: ratio("search sql", "search sql, no row rules"),
      },
    }),
  );
} finally {
  await world.stop();
}
