import type { AcrossDomains } from "#foundation/crud/across-domains";
import { OsssError } from "#foundation/errors/errors";
import { EnrollmentCode, type EnrollmentCodeKind, type EnrollmentCodeMeaning } from "../entities/enrollment-code.ts";

type Listed = Pick<EnrollmentCode, "kind" | "code" | "meaning" | "standard">;

/** The district's codes for how students come and leave. */
export class EnrollmentCodes {
  readonly #listed: readonly Listed[];

  constructor(listed: readonly Listed[]) {
    this.#listed = listed;
  }

  /** The code that operations set by themselves; null where the district names none. */
  standard(kind: EnrollmentCodeKind, meaning: EnrollmentCodeMeaning): string | null {
    return this.#listed.find((each) => each.kind === kind && each.meaning === meaning && each.standard)?.code ?? null;
  }

  /**
   * The code that was given, or the standard one for the meaning. Any text is a code while the district lists none of the kind.
   * @throws OsssError VALIDATION_FAILED for a code that is not on the district's list.
   */
  choose(kind: EnrollmentCodeKind, meaning: EnrollmentCodeMeaning, given: string | null | undefined, path: string): string | null {
    if (given == null) return this.standard(kind, meaning);
    const ofKind = this.#listed.filter((each) => each.kind === kind);
    if (ofKind.length === 0 || ofKind.some(({ code }) => code === given)) return given;
    const known = ofKind.map(({ code }) => code).sort().slice(0, 12).join(", ");
    throw OsssError.invalid([{ path, message: `The district has no ${kind === "ENTRY" ? "entry" : "exit"} code "${given}". Choose one of its list (${known}${ofKind.length > 12 ? ", ..." : ""}), or have it added.` }]);
  }
}

export const readCodes = (across: AcrossDomains): Promise<EnrollmentCodes> =>
  across.in("rostering", async (session) => new EnrollmentCodes(await session.list(EnrollmentCode, { archivedAt: null })));
