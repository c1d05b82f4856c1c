import { isExcluded, type Decisions } from "../imports/decisions.ts";
import type { Ledger } from "../imports/ledger.ts";
import type { FileName } from "../oneroster/columns.ts";
import type { RosterBundle, RosterRecord } from "../oneroster/roster.ts";
import type { SourceBook } from "./source-book.ts";
import type { GoneRecord } from "./withdraw-sections.ts";

/** Whether the package names everybody, so that what it leaves out has gone. A header without rows says nothing. */
export function isComplete({ files, version }: Pick<RosterBundle, "files" | "version">): boolean {
  const names = (file: FileName) => files[file].mode === "bulk" && !files[file].headerOnly;
  return names("users") && names("orgs") && (version !== "1.2" || names("roles")) && files.enrollments.mode !== "delta" && files.classes.mode !== "delta";
}

/** The roster files, with the list that holds their records. */
const lists = {
  "orgs.csv": "organizations", "academicSessions.csv": "sessions", "users.csv": "users", "courses.csv": "courses", "classes.csv": "classes", "enrollments.csv": "enrollments",
} as const satisfies Record<string, keyof RosterBundle>;
type RosterFileName = keyof typeof lists;
const nameOf = (file: RosterFileName): FileName => file.slice(0, -".csv".length) as FileName;

/** What the source named before and names no longer, or calls deleted. A file that is absent or has no row says nothing; one of changes says what it deletes. */
export class Gone {
  readonly #decisions: Decisions;
  readonly #ledger: Ledger;
  readonly #book: SourceBook;
  readonly #files = new Map<RosterFileName, { active: Set<string>; deleted: Map<string, number>; complete: boolean }>();

  /** Whether whom it leaves out has gone. */
  readonly namesEverybody: boolean;

  /** `bundle`: the whole package, what a clerk left out included. */
  constructor(bundle: RosterBundle, decisions: Decisions, ledger: Ledger, book: SourceBook) {
    this.#decisions = decisions;
    this.#ledger = ledger;
    this.#book = book;
    this.namesEverybody = isComplete(bundle);
    for (const [file, list] of Object.entries(lists) as [RosterFileName, (typeof lists)[RosterFileName]][]) {
      const rows: readonly RosterRecord[] = bundle[list];
      this.#files.set(file, {
        active: new Set(rows.flatMap(({ sourcedId, status }) => (status === "active" ? [sourcedId] : []))),
        deleted: new Map(rows.flatMap(({ sourcedId, status, row }) => (status === "active" ? [] : [[sourcedId, row] as const]))),
        complete: book.isComplete(nameOf(file)),
      });
    }
  }

  has(file: RosterFileName, sourcedId: string): boolean {
    return this.#files.get(file)!.active.has(sourcedId);
  }

  /** Of these records of earlier imports, those that are gone. One whose withdrawal a clerk has refused is not. */
  of(file: RosterFileName, sourcedIds: Iterable<string>, complete: boolean = this.#files.get(file)!.complete): GoneRecord[] {
    const { active, deleted } = this.#files.get(file)!;
    const gone: GoneRecord[] = [];
    for (const sourcedId of sourcedIds) {
      const line = deleted.get(sourcedId) ?? null;
      if (active.has(sourcedId) || (line === null && !complete)) continue;
      if (isExcluded(this.#decisions, file, sourcedId)) {
        this.#ledger.exclude({ file, line, sourcedId, label: sourcedId });
        this.#book.leaveOut(nameOf(file), sourcedId);
      } else gone.push({ sourcedId, line });
    }
    return gone;
  }
}
