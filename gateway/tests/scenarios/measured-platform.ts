// The whole of OSSS, run with --expose-gc. Sent SIGUSR2 it prints how many bytes it holds after a collection: in the heap, and in buffers beside it.
process.on("SIGUSR2", () => {
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  process.stdout.write(`HOLDS ${heapUsed + external} BYTES\n`);
});
await import("../../main.ts");
