import type { AcrossDomains } from "#foundation/crud/across-domains";
import type { WriteSession } from "#foundation/crud/write";
import { academics, attendance, grading, people, platform, schools, staff, students } from "../../rostering/domains.ts";
import { EnrollmentCode } from "../../rostering/entities/enrollment-code.ts";
import { NextYearPlacement } from "../../rostering/entities/next-year-placement.ts";
import type { Chance } from "./chance.ts";

export interface Loadables {
  schools: schools.Loadable;
  people: people.Loadable;
  students: students.Loadable;
  academics: academics.Loadable;
  staff: staff.Loadable;
  attendance: attendance.Loadable;
  grading: grading.Loadable;
  platform: platform.Loadable;
  rostering: { EnrollmentCode: Partial<EnrollmentCode> & { id: string }; NextYearPlacement: Partial<NextYearPlacement> & { id: string } };
}
/** A row as it is planned: values by field, references as ids, with an id where the plan needs to know it beforehand. */
export type Planned<D extends keyof Loadables, K extends keyof Loadables[D]> = Omit<Loadables[D][K], "id"> & { id?: string };

interface Port {
  loadOrder: readonly string[];
  load(session: WriteSession, kind: never, rows: readonly object[]): Promise<void>;
}

const ownRecords = { EnrollmentCode, NextYearPlacement };
const rostering: Port = { loadOrder: Object.keys(ownRecords), load: (session, kind, rows) => session.load<object>(ownRecords[kind as keyof typeof ownRecords], rows as readonly Readonly<Record<string, unknown>>[]) };
/** In the order of their foreign keys. */
const ports: { readonly [D in keyof Loadables]: Port } = { schools, people, students, academics, staff, attendance, grading, platform, rostering };

/** Rows that a seed is going to write, as plain objects, until `write` sends them to the database and lets them go. */
export class Draft {
  readonly chance: Chance;
  /** The local day of the district that the demo is as of. */
  readonly today: string;
  #rows = new Map<string, object[]>();
  #writing: Promise<void> = Promise.resolve();
  #paused = performance.now();

  constructor(chance: Chance, today: string) {
    this.chance = chance;
    this.today = today;
  }

  /** Plans a row, values by field and references as ids, which is the draft's from then on. Returns its id, a new one where none is given. */
  add<D extends keyof Loadables, K extends keyof Loadables[D] & string>(domain: D, kind: K, row: Planned<D, K>): string {
    row.id ??= this.chance.id();
    const key = `${domain} ${kind}`;
    const rows = this.#rows.get(key);
    if (rows === undefined) this.#rows.set(key, [row]);
    else rows.push(row);
    return row.id;
  }

  /** Lets the database take what is being written, so that it works while the next rows are planned. Cheap: call it often. */
  async pause(): Promise<void> {
    if (performance.now() - this.#paused < 8) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#paused = performance.now();
  }

  /** Begins to write what is planned, one table after the other, as soon as what was planned before is written, and forgets it. */
  async write(across: AcrossDomains): Promise<void> {
    await this.#writing;
    const planned = this.#rows;
    this.#rows = new Map();
    this.#writing = load(across, planned);
    // Whoever waits for it is told; until then nobody misses a failure.
    this.#writing.catch(() => undefined);
  }

  /** Waits until all that was planned is written. */
  async written(across: AcrossDomains): Promise<void> {
    await this.write(across);
    await this.#writing;
  }
}

async function load(across: AcrossDomains, planned: ReadonlyMap<string, object[]>): Promise<void> {
  for (const [domain, port] of Object.entries(ports)) {
    const kinds = port.loadOrder.filter((kind) => planned.has(`${domain} ${kind}`));
    if (kinds.length === 0) continue;
    await across.in(domain, async (session) => {
      for (const kind of kinds) await port.load(session, kind as never, planned.get(`${domain} ${kind}`)!);
    });
  }
}
