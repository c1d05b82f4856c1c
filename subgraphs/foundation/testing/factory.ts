import type { LoadedManifest } from "../federation/load-manifest.ts";
import { columnsOf, recordOf, type ColumnField, type RecordClass, type RecordMeta } from "../record/metadata.ts";
import { uuidv7 } from "../record/uuid.ts";
import { believable } from "./believable.ts";
import type { TestPlatform } from "./test-platform.ts";

/** Values of a record by field name, references as ids. */
export type Values = Record<string, unknown>;

/**
 * What a rule of a record's own asks for, beyond what its declaration tells: from the values that a test gave, those that must follow.
 * Declared beside the tests, by the record's name.
 */
export type Recipe = (given: Values, make: World) => Values;
export type Recipes = Readonly<Record<string, Recipe>>;

export interface MakeOptions {
  /** Fills optional plain fields too; references that may be empty stay so. */
  complete?: boolean;
  id?: string;
}

interface Made {
  id: string;
  meta: RecordMeta;
  values: Values;
}

const counters = new WeakMap<TestPlatform, Map<string, number>>();

/**
 * Records of one district that a test is about to have. `a` only notes what to write, with the parents that it needs; `save` writes
 * everything noted in one transaction, past all rules, as an import does.
 */
export class World {
  readonly platform: TestPlatform;
  readonly districtId: string;
  readonly #recipes: Recipes;
  readonly #made: Made[] = [];
  readonly #once = new Map<string, string>();
  #pending: Made[] = [];

  constructor(platform: TestPlatform, districtId: string, recipes: Recipes = {}) {
    this.platform = platform;
    this.districtId = districtId;
    this.#recipes = recipes;
  }

  get manifests(): readonly LoadedManifest[] {
    return this.platform.orchestration.manifests;
  }

  /** The metadata of a record by its class or its name; names let a test speak of another domain's records. */
  meta(type: RecordClass | string): RecordMeta {
    if (typeof type !== "string") return recordOf(type);
    const found = this.manifests.flatMap((m) => m.metas).find((m) => m.name === type);
    if (!found) throw new Error(`There is no record ${type} in this platform.`);
    return found;
  }

  /** A record with believable values and the parents it needs; returns its id. */
  a(type: RecordClass | string, given: Values = {}, options: MakeOptions = {}): string {
    const meta = this.meta(type);
    const id = options.id ?? (meta.companionOf ? this.a(meta.companionOf.type) : uuidv7());
    const values = this.values(meta.type, given, options);
    if (meta.companionOf) Object.assign(values, this.#stampsOfParent(meta, id));
    const made = { id, meta, values };
    this.#made.push(made);
    this.#pending.push(made);
    return id;
  }

  /** The values that `a` would write, their parents noted; the record itself is not. */
  values(type: RecordClass | string, given: Values = {}, options: MakeOptions = {}): Values {
    const meta = this.meta(type);
    const ruled = { ...this.#recipes[meta.name]?.(given, this), ...given };
    const n = this.#next(meta);
    const values: Values = this.#agreeing(meta, ruled);
    for (const field of columnsOf(meta)) {
      if (field.name in values) continue;
      if (field.name in ruled) values[field.name] = ruled[field.name];
      else if ("readOnly" in field && field.readOnly) continue;
      else if (field.kind === "belongsTo" || field.kind === "foreign") {
        if (!field.optional && !meta.companionOf) values[field.name] = this.a(this.#target(field));
      } else if (!field.optional || options.complete) values[field.name] = believable(meta, field, n);
    }
    return values;
  }

  /** The one record of this type that everything in the world may share, e.g. the school year. */
  once(type: RecordClass | string, given: Values = {}): string {
    const { name } = this.meta(type);
    const known = this.#once.get(name) ?? this.a(type, given);
    this.#once.set(name, known);
    return known;
  }

  /** Keeps what a test made as the shared one of its type. */
  share(type: RecordClass | string, id: string): string {
    this.#once.set(this.meta(type).name, id);
    return id;
  }

  /** The values of a record of this world; of the parent where a companion has the same id. */
  valuesOf(id: string): Values {
    const made = this.#made.find((m) => m.id === id && !m.meta.companionOf);
    if (!made) throw new Error(`This world made no record ${id}.`);
    return made.values;
  }

  /** The first record of a type in this world whose values are these. */
  find(type: RecordClass | string, like: Values): string | undefined {
    const { name } = this.meta(type);
    return this.#made.find((m) => m.meta.name === name && Object.entries(like).every(([k, v]) => m.values[k] === v))?.id;
  }

  findOrMake(type: RecordClass | string, like: Values, more: Values = {}): string {
    return this.find(type, like) ?? this.a(type, { ...like, ...more });
  }

  /** Writes everything noted since the last time, in one transaction. */
  async save(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    if (pending.length === 0) return;
    await this.platform.write(this.districtId, async (across) => {
      for (const manifest of this.manifests) {
        const mine = pending.filter(({ meta }) => meta.domain === manifest.name);
        if (mine.length === 0) continue;
        await across.in(manifest.name, async (session) => {
          for (const { meta, values, id } of mine) session.create(meta.type, values, id);
        });
      }
    });
  }

  #target(field: ColumnField): RecordClass {
    if (field.kind === "belongsTo") return field.target();
    if (field.kind !== "foreign") throw new Error(`${field.name} is no reference.`);
    const { domain, table } = field.target().foreign;
    const found = this.manifests.find((m) => m.name === domain)?.metas.find((m) => m.table === table);
    if (!found) throw new Error(`No manifest of this platform has ${domain}.${table}.`);
    return found.type;
  }

  /** References with their copies, each true: what is given decides, the rest follows from it. */
  #agreeing(meta: RecordMeta, ruled: Values): Values {
    const values: Values = {};
    const known = (name: string) => values[name] ?? ruled[name];
    const agreements = meta.constraints.filter((c) => c.kind === "agrees");
    const given = (c: (typeof agreements)[number]) => known(c.fields[0]!) != null;
    for (const c of [...agreements.filter(given), ...agreements.filter((each) => !given(each))]) {
      const [reference, ...copies] = c.fields as [string, ...string[]];
      const field = meta.fields.get(reference) as ColumnField;
      if (known(reference) == null && (field.optional || reference in ruled || meta.companionOf)) continue;
      const like = Object.fromEntries(copies.flatMap((copy, i) => (known(copy) == null ? [] : [[c.theirs![i]!, known(copy)]])));
      const parent = (known(reference) as string | undefined) ?? this.a(this.#target(field), like);
      values[reference] = parent;
      const theirs = this.#made.find((m) => m.id === parent && !m.meta.companionOf)?.values;
      copies.forEach((copy, i) => {
        if (theirs && known(copy) === undefined && theirs[c.theirs![i]!] !== undefined) values[copy] = theirs[c.theirs![i]!];
      });
    }
    return values;
  }

  #stampsOfParent(meta: RecordMeta, id: string): Values {
    const parent = this.#made.find((m) => m.id === id && m.meta === meta.companionOf)?.values ?? {};
    return Object.fromEntries(columnsOf(meta).filter((f) => f.kind === "foreign" && f.name in parent).map((f) => [f.name, parent[f.name]]));
  }

  #next(meta: RecordMeta): number {
    const counts = counters.get(this.platform) ?? new Map<string, number>();
    counters.set(this.platform, counts);
    const key = `${this.districtId} ${meta.name}`;
    const n = counts.get(key) ?? 0;
    counts.set(key, n + 1);
    return n;
  }
}

/** One record with its parents, written at once. */
export async function a(platform: TestPlatform, districtId: string, type: RecordClass, overrides: Values = {}, recipes: Recipes = {}): Promise<string> {
  const world = new World(platform, districtId, recipes);
  const id = world.a(type, overrides);
  await world.save();
  return id;
}
