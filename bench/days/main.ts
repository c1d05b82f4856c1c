import "reflect-metadata";
import { readFileSync } from "node:fs";
import { parse } from "graphql";
import pg from "pg";
import { printSubgraph } from "#foundation/federation/sdl";
import type { Identity } from "#foundation/identity/identity";
import { startSubgraph } from "#foundation/serving/subgraph-service";
import { inProcess } from "../../gateway/data-sources/in-process.ts";
import { SupergraphGateway } from "../../gateway/supergraph-gateway.ts";
import { compose } from "../../schema/compose.ts";
import { allManifests } from "../../subgraphs/registry.ts";
import { measure, type Measured } from "../core/measure.ts";
import { sameFacts, sameGradebook, sameReply, sameTaken } from "./agreement.ts";
import { gradebookSql, listSql, openPeers, principalsDaySql, takeAttendanceSql } from "./peers.ts";
import { daysWorld, type UntakenMeeting } from "./world.ts";

/**
 * A school's days against hand-written SQL: the same figures, under the same row rules and session context, from the same process and pool
 * size. Prints a table for people and, last, one line of JSON. BENCH words: `--seconds N` (3).
 */
const at = process.argv.indexOf("--seconds");
const seconds = at < 0 ? 3 : Number(process.argv[at + 1]);
const workers = 4;

let statements = 0;
const query = pg.Client.prototype.query;
pg.Client.prototype.query = function counted(this: pg.Client, ...args: never[]) {
  statements += 1;
  return (query as (...a: never[]) => never).apply(this, args);
} as typeof query;

const manifests = await allManifests();
const sdl = new Map<string, string>();
for (const manifest of manifests) sdl.set(manifest.name, await printSubgraph(manifest));
const { supergraphSdl } = compose([...sdl].map(([name, text]) => ({ name, sdl: text })));
const world = await daysWorld(manifests);
try {
  const common = { database: world.database, prefix: world.prefix, clock: () => world.now(), manifests };
  const services = new Map(await Promise.all(manifests.map(async (m) => [m.name, await startSubgraph(m, { ...common, sdl: sdl.get(m.name)! })] as const)));
  const gateway = new SupergraphGateway({ supergraphSdl, dataSourceFor: (name) => inProcess(services.get(name)!) });
  const peers = await openPeers(world);
  const document = (name: string) => {
    const known = gateway.preparer.known(name, parse(readFileSync(new URL(`./${name}.graphql`, import.meta.url), "utf8")), undefined);
    return async (identity: Identity, variables: Record<string, unknown>) => {
      const reply = await gateway.execute(known, variables, { identity, requestId: "bench" });
      if (reply.errors?.length) throw new Error(JSON.stringify(reply.errors));
      return reply.data as unknown;
    };
  };

  const rows: Record<string, Measured & { statements: number }> = {};
  const run = async (label: string, work: (n: number) => Promise<unknown>, measured = () => measure(work, { seconds, workers })) => {
    await work(0);
    statements = 0;
    await work(1);
    const count = statements;
    rows[label] = { ...(await measured()), statements: count };
  };

  interface Read {
    graph: (n: number) => Promise<unknown>;
    sql: string;
    asked: (n: number) => { identity: Identity; values: unknown[] };
    same: (graph: unknown, sql: unknown) => void;
  }
  const [gradebook, list, principalsDay] = [document("gradebook"), document("list"), document("principals-day")];
  const book = (n: number) => world.gradebooks[n % world.gradebooks.length]!;
  const day = (n: number) => world.days[n % world.days.length]!;
  const [g1, g2, g3, g4] = world.grades;
  const reads: Record<string, Read> = {
    gradebook: {
      graph: (n) => gradebook(book(n).teacher, { section: book(n).section, period: world.period }),
      sql: gradebookSql,
      asked: (n) => ({ identity: book(n).teacher, values: [book(n).section, world.period] }),
      same: sameGradebook,
    },
    list: {
      graph: (n) => list(world.principal, { school: world.school, date: day(n) }),
      sql: listSql,
      asked: (n) => ({ identity: world.principal, values: [world.school, day(n)] }),
      same: (graph, sql) => sameReply("list", graph, sql),
    },
    principalsDay: {
      graph: () => principalsDay(world.principal, { school: world.school, g1, g2, g3, g4 }),
      sql: principalsDaySql,
      asked: () => ({ identity: world.principal, values: [world.school, world.grades] }),
      same: (graph, sql) => sameReply("principalsDay", graph, sql),
    },
  };
  for (const [name, { graph, sql, asked, same }] of Object.entries(reads)) {
    const underRules = (n: number) => peers.underRules(asked(n).identity, sql, asked(n).values);
    const withoutRules = (n: number) => peers.withoutRules(asked(n).identity, sql, asked(n).values);
    same(await graph(3), await underRules(3));
    sameReply(`${name} without row rules`, await underRules(3), await withoutRules(3));
    await run(`${name} graph`, graph);
    await run(`${name} sql`, underRules);
    await run(`${name} sql, no row rules`, withoutRules);
  }

  const takeAttendance = document("take-attendance");
  interface Take { take: UntakenMeeting; version: number | null; tardy: boolean }
  type Taking = (take: Take) => Promise<unknown>;
  const byGraph: Taking = ({ take, version, tardy }) =>
    takeAttendance(take.teacher, { input: { classMeetingId: take.meeting, version, entries: take.five.map((studentId) => (tardy ? { studentId, codeId: world.codes.tardy, minutesMissed: 10 } : { studentId, codeId: world.codes.unexcused })) } });
  const bySql: Taking = ({ take, version, tardy }) =>
    peers.underRules(take.teacher, takeAttendanceSql, [take.meeting, take.five, take.five.map(() => (tardy ? world.codes.tardy : world.codes.unexcused)), take.five.map(() => (tardy ? 10 : 90)), version], "write");
  /** Attendance taken for the first time, once in each meeting, and then again and again in a few, absent and late by turns. */
  const takings = async (label: string, taking: Taking, meetings: readonly UntakenMeeting[]) => {
    const waiting = meetings.map((take): Take => ({ take, version: null, tardy: false }));
    const free: Take[] = [];
    const next = async (from: Take[]) => {
      const take = from.shift()!;
      const reply = (await taking(take)) as { takeAttendance: { record: { version: number } } };
      free.push({ ...take, version: reply.takeAttendance.record.version, tardy: !take.tardy });
    };
    await run(`takeAttendance ${label}, first`, () => next(waiting), () => drained(() => next(waiting), () => waiting.length));
    await run(`takeAttendance ${label}`, () => next(free));
  };
  const [ours, theirs] = world.untaken;
  const [one, other] = [ours.shift()!, theirs.shift()!];
  for (const [version, tardy] of [[null, false], [1, true]] as const) {
    await byGraph({ take: one, version, tardy });
    await bySql({ take: other, version, tardy });
    await sameTaken(world.admin, one.meeting, other.meeting);
  }
  await takings("graph", byGraph, ours);
  await takings("sql", bySql, theirs);
  await sameFacts(world.admin, world.district);
  await peers.close();
  await gateway.stop();

  console.log(`\n2 schools of 980 students, 112 sections and 60 days each; ${workers} at a time, ${seconds} s each\n`);
  console.log(`${"".padEnd(36)}${"requests/s".padStart(12)}${"p50 ms".padStart(10)}${"p99 ms".padStart(10)}${"statements".padStart(12)}`);
  for (const [label, m] of Object.entries(rows)) {
    console.log(`${label.padEnd(36)}${m.requestsPerSecond.toFixed(0).padStart(12)}${m.p50Ms.toFixed(2).padStart(10)}${m.p99Ms.toFixed(2).padStart(10)}${String(m.statements).padStart(12)}`);
  }
  const ms = (label: string, of: "p50Ms" | "p99Ms") => Number(rows[label]![of].toFixed(2));
  const ratio = (over: string, under: string) => Number((rows[over]!.p50Ms / rows[under]!.p50Ms).toFixed(2));
  const names = ["takeAttendance", ...Object.keys(reads)];
  console.log(
    JSON.stringify({
      bench: "days",
      figures: Object.fromEntries(names.flatMap((name) => [[`${name}P50Ms`, ms(`${name} graph`, "p50Ms")], [`${name}P99Ms`, ms(`${name} graph`, "p99Ms")], [`${name}Statements`, rows[`${name} graph`]!.statements]])),
      ratios: Object.fromEntries([
        ...names.map((name) => [`${name}VsSql`, ratio(`${name} graph`, `${name} sql`)]),
        ["firstTakeAttendanceVsSql", ratio("takeAttendance graph, first", "takeAttendance sql, first")],
        ...Object.keys(reads).map((name) => [`${name}UnderRulesVsNone`, ratio(`${name} sql`, `${name} sql, no row rules`)]),
      ]),
    }),
  );
} finally {
  await world.stop();
}

/** Times of single runs until nothing is left, by `workers` at a time. */
async function drained(work: () => Promise<unknown>, left: () => number): Promise<Measured> {
  const times: number[] = [];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (left() > 0) {
        const from = performance.now();
        await work();
        times.push(performance.now() - from);
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const share = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  return { requestsPerSecond: times.length / elapsed, p50Ms: share(0.5), p99Ms: share(0.99) };
}
