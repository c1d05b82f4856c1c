import type { Agreement } from "./agreement.ts";
import type { Load } from "./contender.ts";

type Kind = "heavy" | "mix";

export interface Result {
  readonly label: string;
  readonly loads: Readonly<Record<Kind, readonly Load[]>>;
  /** Calls to subgraphs for one operation. */
  readonly calls: Readonly<Record<Kind, number>>;
  readonly rssMb: number;
  readonly agreement: Agreement;
}

interface Summary {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of all processes, for one request. */
  readonly cpuMs: number;
  readonly gatewayMs: number;
  readonly subgraphsMs: number;
}

/** Times of all rounds together; the processor's of the middle round, since other work on the machine makes single ones dearer. */
function summaryOf(loads: readonly Load[]): Summary {
  const times = loads.flatMap((load) => load.times).sort((one, other) => one - other);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const seconds = loads.reduce((total, load) => total + load.seconds, 0);
  const rounds = loads.map((load) => ({ gatewayMs: load.gatewayMs / load.times.length, subgraphsMs: load.subgraphsMs / load.times.length }));
  rounds.sort((one, other) => one.gatewayMs + one.subgraphsMs - other.gatewayMs - other.subgraphsMs);
  const { gatewayMs, subgraphsMs } = rounds[Math.floor((rounds.length - 1) / 2)]!;
  return { requestsPerSecond: times.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99), cpuMs: gatewayMs + subgraphsMs, gatewayMs, subgraphsMs };
}

export function printTable(title: string, kind: Kind, results: ReadonlyMap<string, Result>): void {
  const cell = (value: number, digits: number) => value.toFixed(digits).padStart(11);
  console.log(`\n${title}\n`);
  console.log(`${"".padEnd(32)}${["requests/s", "p50 ms", "p99 ms", "CPU ms/req", "gateway's", "subgraphs'", "calls/op", "RSS MB"].map((head) => head.padStart(11)).join("")}`);
  for (const { label, loads, calls, rssMb } of results.values()) {
    const { requestsPerSecond, p50Ms, p99Ms, cpuMs, gatewayMs, subgraphsMs } = summaryOf(loads[kind]);
    console.log(`${label.padEnd(32)}${cell(requestsPerSecond, 1)}${cell(p50Ms, 2)}${cell(p99Ms, 2)}${cell(cpuMs, 3)}${cell(gatewayMs, 3)}${cell(subgraphsMs, 3)}${cell(calls[kind], 1)}${cell(rssMb, 0)}`);
  }
}

export function printReplies(results: ReadonlyMap<string, Result>): void {
  console.log("\nReplies beside @apollo/gateway's, data and errors of each operation once:\n");
  for (const { label, agreement } of results.values()) console.log(`${label.padEnd(32)}  ${agreement.told}`);
  console.log("");
}

/** How often OSSS's processor time for a request goes into another's. `ratios` are those of the heavy operation, `ratiosMix` of the mix. */
export function figuresOf(results: ReadonlyMap<string, Result>): { figures: object; ratiosMix: object; ratios: object } {
  const round = (value: number, digits: number) => Number(value.toFixed(digits));
  const figures = Object.fromEntries(
    [...results].map(([name, { loads, calls, rssMb, agreement }]) => {
      const of = (kind: Kind) => {
        const { requestsPerSecond, p50Ms, p99Ms, cpuMs } = summaryOf(loads[kind]);
        return { requestsPerSecond: round(requestsPerSecond, 1), p50Ms: round(p50Ms, 2), p99Ms: round(p99Ms, 2), cpuMsPerRequest: round(cpuMs, 3), subgraphCalls: round(calls[kind], 2) };
      };
      return [name, { heavy: of("heavy"), mix: of("mix"), rssMb: round(rssMb, 0), repliesEqual: agreement.equal, repliesByteEqual: agreement.byteEqual }];
    }),
  );
  const ratios = (kind: Kind) =>
    Object.fromEntries(
      ["inProcess", "http"].flatMap((ours) =>
        [["Stock", "stock"], ["Hive", "hive"], ["HiveNative", "hiveNative"], ["Mercurius", "mercurius"]].map(([title, theirs]) => {
          const [one, other] = [results.get(ours), results.get(theirs!)];
          return [`${ours}Vs${title}`, one && other ? round(summaryOf(other.loads[kind]).cpuMs / summaryOf(one.loads[kind]).cpuMs, 2) : null];
        }),
      ),
    );
  return { figures, ratiosMix: ratios("mix"), ratios: ratios("heavy") };
}
