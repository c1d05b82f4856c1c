export interface Measured {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
}

type Work = (n: number) => Promise<unknown>;

/** Runs `work` for `seconds` by `workers` at a time, after a warm-up of a fifth of that; times are of single runs. */
export async function measure(work: Work, options: { seconds: number; workers: number }): Promise<Measured> {
  return (await measureInTurns([work], { ...options, turns: 1 }))[0]!;
}

/** The same of works that are compared: each runs for `seconds`, in turns, so that what else the machine does meets all of them alike. */
export async function measureInTurns(works: readonly Work[], { seconds, workers, turns }: { seconds: number; workers: number; turns: number }): Promise<Measured[]> {
  const all = works.map((work) => ({ work, times: [] as number[], elapsed: 0 }));
  for (const { work } of all) await rounds(work, seconds / 5, workers);
  for (let turn = 0; turn < turns; turn++) {
    for (const each of all) {
      const { times, elapsed } = await rounds(each.work, seconds / turns, workers);
      each.times.push(...times);
      each.elapsed += elapsed;
    }
  }
  return all.map(({ times, elapsed }) => {
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    return { requestsPerSecond: times.length / elapsed, p50Ms: at(0.5), p99Ms: at(0.99) };
  });
}

async function rounds(work: Work, seconds: number, workers: number): Promise<{ times: number[]; elapsed: number }> {
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
