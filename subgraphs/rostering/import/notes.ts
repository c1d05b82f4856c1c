/** What an import has to say beyond the package's own deviations: something was left as it is, and why. */
export interface Note {
  /** Name of the CSV file, "" for none. */
  file: string;
  /** Line of the file; null for the whole of it. */
  row: number | null;
  message: string;
}

const KEPT = 1000;

/** Collects notes with bounded memory. */
export class Notes {
  readonly list: Note[] = [];
  total = 0;

  add(file: string, row: number | null, message: string): void {
    this.total += 1;
    if (this.list.length < KEPT) this.list.push({ file, row, message });
  }
}
