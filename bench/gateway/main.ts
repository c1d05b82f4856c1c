import { agreementOf } from "./agreement.ts";
import { buildServer } from "./build.ts";
import { Contender, type Entry, type Load } from "./contender.ts";
import { installPeers } from "./install.ts";
import { heavy, mix, once } from "./operations.ts";
import { figuresOf, printReplies, printTable, type Result } from "./report.ts";

/**
 * Gateways beside each other: the same operations over the same subgraphs, all warmed, then in turn, several rounds in one run. Prints tables
 * for people and, last, one line of JSON. BENCH words: `--seconds N` (3, of each measurement), `--rounds N` (5), `--workers N` (8), `--only a,b`,
 * `--cpu-prof` (a profile of each process in the current folder).
 */
const word = (name: string) => (process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : undefined);
const seconds = Number(word("seconds") ?? 3);
const rounds = Number(word("rounds") ?? 5);
const workers = Number(word("workers") ?? 8);

const entries: Readonly<Record<string, Entry>> = {
  inProcess: { label: "OSSS, subgraphs in its process", file: "../../dist/bench/gateway/gateways/osss.js", args: ["in-process"], remote: false },
  http: { label: "OSSS, subgraphs over HTTP", file: "../../dist/bench/gateway/gateways/osss.js", args: ["http"], remote: true },
  stock: { label: "@apollo/gateway", file: "./gateways/stock.ts", args: [], remote: true },
  hive: { label: "Hive Gateway", file: "./peers/hive.mjs", args: [], remote: true },
  hiveNative: { label: "Hive Gateway, planner in Rust", file: "./peers/hive.mjs", args: ["native"], remote: true },
  mercurius: { label: "Mercurius gateway", file: "./peers/mercurius.mjs", args: [], remote: true },
};
const kinds = { heavy, mix };
/** Requests until a gateway counts as warm: its code is compiled, its caches are full. */
const warm = { heavy: 200, mix: 3_000 };

installPeers();
buildServer();
const names = word("only")?.split(",") ?? Object.keys(entries);
await using stack = new AsyncDisposableStack();
const contenders: { name: string; contender: Contender; loads: Record<keyof typeof kinds, Load[]> }[] = [];
for (const name of names) {
  console.error(`Warming ${entries[name]!.label} ...`);
  const contender = stack.use(await Contender.start(entries[name]!, workers));
  for (const kind of ["heavy", "mix"] as const) await contender.load(kinds[kind], { seconds, workers, atLeast: warm[kind] });
  contenders.push({ name, contender, loads: { heavy: [], mix: [] } });
}
for (let round = 1; round <= rounds; round++) {
  for (const kind of ["heavy", "mix"] as const) {
    console.error(`Round ${round} of ${rounds}, ${kind} ...`);
    for (const { contender, loads } of contenders) loads[kind].push(await contender.load(kinds[kind], { seconds, workers }));
  }
}

const expected = (contenders.find(({ name }) => name === "stock") ?? contenders[0]!).contender.replies;
const results = new Map(
  contenders.map(({ name, contender, loads }): [string, Result] => [
    name,
    {
      label: contender.entry.label,
      loads,
      calls: { heavy: contender.calls[0]!, mix: contender.calls.slice(1).reduce((sum, each) => sum + each, 0) / (once.length - 1) },
      rssMb: contender.rssMb(),
      agreement: agreementOf(once, contender.replies, expected),
    },
  ]),
);
const how = `${workers} at a time, ${rounds} rounds of ${seconds} s, every request another user's`;
printTable(`One heavy operation, a reply of ${(expected[0]!.length / 1024).toFixed(0)} KB; ${how}`, "heavy", results);
printTable(`A mix of ${once.length - 1} operations; ${how}`, "mix", results);
printReplies(results);
console.log(JSON.stringify({ bench: "gateway", ...figuresOf(results) }));
