/** The content type of Prometheus' text format. */
export const metricsType = "text/plain; version=0.0.4; charset=utf-8";

/** Counts and times of one process in Prometheus' text format. Labels come from fixed lists, never from callers. */
export class Metrics {
  readonly #counters = new Map<string, { help: string; values: Map<string, number> }>();
  readonly #distributions = new Map<string, { help: string; bounds: readonly number[]; values: Map<string, Distribution> }>();
  readonly #gauges = new Map<string, { help: string; kind: "gauge" | "counter"; reads: Map<string, () => number> }>();
  readonly #before: (() => Promise<unknown>)[] = [];

  count(name: string, help: string, labels: Readonly<Record<string, string>> = {}, by = 1): void {
    let counter = this.#counters.get(name);
    if (counter === undefined) this.#counters.set(name, (counter = { help, values: new Map() }));
    const key = labelText(labels);
    counter.values.set(key, (counter.values.get(key) ?? 0) + by);
  }

  /** @param seconds how long it took. */
  time(name: string, help: string, labels: Readonly<Record<string, string>>, seconds: number): void {
    this.observe(name, help, labels, seconds, secondsBounds);
  }

  /** A size of something, counted in ranges up to each of `bounds`. */
  observe(name: string, help: string, labels: Readonly<Record<string, string>>, value: number, bounds: readonly number[]): void {
    let distribution = this.#distributions.get(name);
    if (distribution === undefined) this.#distributions.set(name, (distribution = { help, bounds, values: new Map() }));
    const key = labelText(labels);
    let found = distribution.values.get(key);
    if (found === undefined) distribution.values.set(key, (found = { buckets: new Array<number>(bounds.length).fill(0), sum: 0, count: 0 }));
    found.sum += value;
    found.count++;
    const bucket = distribution.bounds.findIndex((bound) => value <= bound);
    if (bucket !== -1) found.buckets[bucket]!++;
  }

  /** A value that is read when the page is asked for. One that is no number then is left out. */
  read(name: string, help: string, read: () => number, kind: "gauge" | "counter" = "gauge", labels: Readonly<Record<string, string>> = {}): void {
    const gauge = this.#gauges.get(name) ?? { help, kind, reads: new Map<string, () => number>() };
    this.#gauges.set(name, gauge);
    gauge.reads.set(labelText(labels), read);
  }

  /** Work that brings values which `read` then tells; waited for, two seconds at most, before each page. */
  before(work: () => Promise<unknown>): void {
    this.#before.push(work);
  }

  /** The page, after what must be asked for elsewhere. */
  async page(): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, 2_000)));
    await Promise.race([late, Promise.all(this.#before.map((work) => work().catch(() => undefined)))]);
    clearTimeout(timer);
    return this.text();
  }

  text(): string {
    const lines: string[] = [];
    const head = (name: string, help: string, type: string) => lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
    for (const [name, { help, kind, reads }] of this.#gauges) {
      head(name, help, kind);
      for (const [labels, read] of reads) {
        const value = read();
        if (!Number.isNaN(value)) lines.push(`${name}${braced(labels)} ${value}`);
      }
    }
    for (const [name, { help, values }] of this.#counters) {
      head(name, help, "counter");
      for (const [labels, value] of values) lines.push(`${name}${braced(labels)} ${value}`);
    }
    for (const [name, { help, bounds, values }] of this.#distributions) {
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

interface Distribution {
  readonly buckets: number[];
  sum: number;
  count: number;
}

const secondsBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const unsafe = /[\\"\n]/g;

function labelText(labels: Readonly<Record<string, string>>): string {
  let text = "";
  for (const name of Object.keys(labels)) {
    const value = labels[name]!;
    text += `${text === "" ? "" : ","}${name}="${value.search(unsafe) === -1 ? value : value.replace(unsafe, "_")}"`;
  }
  return text;
}

function braced(...labels: string[]): string {
  const text = labels.filter((each) => each !== "").join(",");
  return text === "" ? "" : `{${text}}`;
}
