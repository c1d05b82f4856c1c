export interface Measured {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Runs `work` for `seconds` by `workers` at a time, after a warm-up of a fifth of that; times are of single runs. */
export async function measure(work: (n: number) => Promise<unknown>, { seconds, workers }: { seconds: number; workers: number }): Promise<Measured> {
  await rounds(work, seconds / 5, workers);
  const { times, elapsed } = await rounds(work, seconds, workers);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { requestsPerSecond: times.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function rounds(work: (n: number) => Promise<unknown>, seconds: number, workers: number): Promise<{ times: number[]; elapsed: number }> {
  const times: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1000;
  let n = 0;
  await Promise.all(
    Array.from({ length: workers }, async () => {
      while (performance.now() < until) {
        const from = performance.now();
        await work(n++);
        times.push(performance.now() - from);
      }
    }),
  );
  return { times, elapsed: (performance.now() - started) / 1000 };
}
