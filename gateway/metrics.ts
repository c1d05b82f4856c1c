/** Counts and times of one process in Prometheus' text format. Labels come from fixed lists, never from callers. */
export class Metrics {
  readonly #counters = new Map<string, { help: string; values: Map<string, number> }>();
  readonly #durations = new Map<string, { help: string; values: Map<string, Durations> }>();
  readonly #gauges: { name: string; help: string; kind: "gauge" | "counter"; read: () => number }[] = [];

  count(name: string, help: string, labels: Readonly<Record<string, string>> = {}, by = 1): void {
    const counter = this.#counters.get(name) ?? { help, values: new Map<string, number>() };
    this.#counters.set(name, counter);
    const key = labelText(labels);
    counter.values.set(key, (counter.values.get(key) ?? 0) + by);
  }

  /** @param seconds how long it took. */
  time(name: string, help: string, labels: Readonly<Record<string, string>>, seconds: number): void {
    const timer = this.#durations.get(name) ?? { help, values: new Map<string, Durations>() };
    this.#durations.set(name, timer);
    const key = labelText(labels);
    const durations = timer.values.get(key) ?? { buckets: new Array<number>(bounds.length).fill(0), sum: 0, count: 0 };
    timer.values.set(key, durations);
    durations.sum += seconds;
    durations.count++;
    const bucket = bounds.findIndex((bound) => seconds <= bound);
    if (bucket !== -1) durations.buckets[bucket]!++;
  }

  /** A value that is read when the page is asked for. */
  read(name: string, help: string, read: () => number, kind: "gauge" | "counter" = "gauge"): void {
    this.#gauges.push({ name, help, kind, read });
  }

  text(): string {
    const lines: string[] = [];
    const head = (name: string, help: string, type: string) => lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
    for (const { name, help, kind, read } of this.#gauges) {
      head(name, help, kind);
      lines.push(`${name} ${read()}`);
    }
    for (const [name, { help, values }] of this.#counters) {
      head(name, help, "counter");
      for (const [labels, value] of values) lines.push(`${name}${braced(labels)} ${value}`);
    }
    for (const [name, { help, values }] of this.#durations) {
      head(name, help, "histogram");
      for (const [labels, { buckets, sum, count }] of values) {
        let below = 0;
        bounds.forEach((bound, index) => {
          below += buckets[index]!;
          lines.push(`${name}_bucket${braced(labels, `le="${bound}"`)} ${below}`);
        });
        lines.push(`${name}_bucket${braced(labels, 'le="+Inf"')} ${count}`, `${name}_sum${braced(labels)} ${sum}`, `${name}_count${braced(labels)} ${count}`);
      }
    }
    return `${lines.join("\n")}\n`;
  }
}

interface Durations {
  readonly buckets: number[];
  sum: number;
  count: number;
}

const bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${value.replace(/[\\"\n]/g, "_")}"`)
    .join(",");
}

function braced(...labels: string[]): string {
  const text = labels.filter((each) => each !== "").join(",");
  return text === "" ? "" : `{${text}}`;
}
