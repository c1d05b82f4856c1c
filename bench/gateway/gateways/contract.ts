/** What a gateway's process is told to start with. */
export interface Start {
  readonly supergraphs: { readonly ruled: string; readonly plain: string };
  /** Where the subgraphs answer: to the signature of OSSS, or to anybody. */
  readonly subgraphs: { readonly signed: Readonly<Record<string, string>>; readonly plain: Readonly<Record<string, string>> };
  readonly firstVersionSdl: Readonly<Record<string, string>>;
}

export interface Started {
  readonly url: string;
  /** Calls to subgraphs in this process so far. */
  readonly calls?: () => number;
}

/** Lives as long as the benchmark does: starts what it is told, then answers how often it called. */
export function serve(start: (told: Start) => Promise<Started>): void {
  let started: Started | undefined;
  process.on("disconnect", () => process.exit(0));
  process.on("message", (message: Start | "calls") => {
    if (message === "calls") return void process.send!({ calls: started?.calls?.() ?? 0 });
    start(message).then(
      (made) => {
        started = made;
        process.send!({ ready: made.url });
      },
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
