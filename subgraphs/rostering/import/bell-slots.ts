import type { WriteSession } from "#foundation/crud/write";
import { schools } from "../domains.ts";
import { groupBy } from "./people-work.ts";
import { plain } from "./write-organizations.ts";

export interface Slots {
  slots: { rotationDayId: string | null; periodCode: string }[];
  /** What the source wrote and no bell schedule of the school has. */
  unknown: string[];
}

/** The periods and rotation days of schools, for what a source writes of them: "3", or "3(A)" for period 3 on rotation day A. */
export class BellSlots {
  readonly #periods: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #rotation: ReadonlyMap<string, ReadonlyMap<string, string>>;

  private constructor(periods: ReadonlyMap<string, ReadonlySet<string>>, rotation: ReadonlyMap<string, ReadonlyMap<string, string>>) {
    this.#periods = periods;
    this.#rotation = rotation;
  }

  /** Runs as schools. */
  static async load(session: WriteSession, schoolIds: readonly string[]): Promise<BellSlots> {
    const bySchool = <T extends object>(rows: readonly T[]) => groupBy(rows, (row) => String(plain(row).school));
    const periods = bySchool(await schools.bellPeriodsOf(session, schoolIds));
    const rotation = bySchool(await schools.rotationDaysOf(session, schoolIds));
    return new BellSlots(
      new Map([...periods].map(([school, rows]) => [school, new Set(rows.map(({ code }) => code))])),
      new Map([...rotation].map(([school, rows]) => [school, new Map(rows.map(({ code, id }) => [code, id]))])),
    );
  }

  /** Whether anything could be derived from a pattern: without bells nothing says when a period is. */
  rings(schoolId: string): boolean {
    return this.#periods.has(schoolId);
  }

  /** A school without bell schedules has every period that a source writes: when it is, the bells will say. */
  slotsOf(schoolId: string, written: readonly string[]): Slots {
    const known = this.#periods.get(schoolId);
    const days = this.#rotation.get(schoolId);
    const found = new Map<string, Slots["slots"][number]>();
    const unknown: string[] = [];
    const has = (code: string) => code !== "" && code.length <= 16 && (known === undefined || known.has(code));
    for (const one of written) {
      const [, period, rotation] = /^(.+?)\s*\((.+)\)$/.exec(one) ?? [];
      const named = rotation?.split(/[,;\s]+/).map((code) => days?.get(code));
      if (known?.has(one) !== true && period !== undefined && named !== undefined && has(period) && named.every((id) => id !== undefined)) {
        for (const rotationDayId of named) found.set(`${rotationDayId} ${period}`, { rotationDayId: rotationDayId!, periodCode: period });
      } else if (has(one)) found.set(` ${one}`, { rotationDayId: null, periodCode: one });
      else unknown.push(one);
    }
    return { slots: [...found.values()], unknown };
  }
}
