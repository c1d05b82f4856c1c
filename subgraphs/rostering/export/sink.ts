/** Where an export goes: entries one after another, each written in portions. */
export interface ExportSink {
  /** Takes one file whole; resolves when all of it has been taken. */
  add(name: string, portions: AsyncIterable<string>): Promise<void>;
  /** Ends the package: all of it is written, beside its place. */
  close(): Promise<void>;
  /** Puts the package, which is closed if it was not, where it shall be. */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}
